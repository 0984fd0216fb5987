"""Which addresses on the web families may be sent to (mission E9)."""

from urllib.parse import urlsplit

LONGEST_LINK = 200


def is_a_link(text: str) -> bool:
    """Whether that is an address families may be sent to: https, a real host, no login in it."""
    if len(text) > LONGEST_LINK or any(each.isspace() for each in text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and "." in host.strip(".")
        and parts.username is None
        and port in {None, 443}
    )
