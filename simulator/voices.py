"""Voice messages: how long one is, and two tones for people who do not care what they say."""

from base64 import b64decode

RATE = 48_000  # Opus counts in samples of this rate, whatever was recorded
_HEAD, _PAGE = b"OpusHead", b"OggS"
_FIRST_PAGE = 100  # bytes in which the head must stand

TWO_TONES = b64decode(
    "T2dnUwACAAAAAAAAAADRjR5qAAAAAMLSjHMBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAANGNHmoB"
    "AAAA/8LlVwE2T3B1c1RhZ3MNAAAATGF2ZjYyLjEyLjEwMgEAAAAVAAAAZW5jb2Rlcj1MYXZmNjIuMTIuMTAyT2dn"
    "UwAAQL8AAAAAAADRjR5qAgAAAH1VeO4RMSglKiojKCdEOjMzOzk5PTAY4PK33/jCboiYLv+0ZgZlRzprCEVbFD9+"
    "H6NdHLnRHUXgS5+cfo1n6bIVwZGyLWWgGOmUIgfPIv0YV4sHcym6dXbYROOMq/k2c2bGJdJLoU6x7bdtCS5OgBjp"
    "QgoHzyLwxzEkdVRNpS1J5Ul1ME9u+B74KlLa1LW4f8nJa/UY6UIKB88i/RhH0JV2Qvl7ytzi/AG7NpeyR7H55+2K"
    "i/Ptpph4Qm+CxawY6UIKB88i8XWYH04o2MQrGQS+/V2sCsl2grojywm9s+19dlFK8dT15/AY6UIKB88jw6/OK1rV"
    "EzGLTNLBvgKc2mAidPzwKSRIkkzUwBjpQgoHzyL9GFgkb1pvIVgYqYloJDsRi22oLBLV6kDSiR7DJf4+WoAY6UIK"
    "B88i8Mcgm23awZdRTtAm/v3cxdoZBeG7jaCTMnE4ii5YVTQY6ZaM3ANIV7iYgFA2zUF2sVVALoqW0aXbg/6i22zg"
    "+/WhRxEtNH/g1NkKjQyuUB0x4zyoZ690kyKgGIZrv2E3iCvO0xjqQn/Bg4OxS/tPzYmLghXXoB6VG+k4QepqxBCW"
    "GUqXXaV9clVHHBsmdgJCFcOPWpNAbnSlHkgMpzgY6mPt8sE04oVYWUv9vt0e1HrdUaiAHjAleLo+xmKnYlpRB674"
    "H0BfzV+ON50oy79v6xQY6mPt840D/6uvKymh4+5rI+p+DX6trDPnaeuiEwhWsrwwdRpbTWNOb5S+q0O3Pz6SfUAY"
    "6nbDmej/mrL5nzd93F4zo+SR97kE8ZzQnZh6pEdL4Y55BiNFYDHRUVnRwSdcz5f2gPkJ6RE68Sh8EBjqYIK/+nFD"
    "vj+T/C8oCVzFlND1b0nR34s3sbxIpH4c++WMtsX+qySp9PgjKkcFb9e+aZygEhjJZxjq90nQAy3p4Ttc+rE480lU"
    "3Yvw9Vc9CQHaZyZwRRb2Dzb6jqpRavWCnZu49UaKkSQJmTDmgpvHQBjqY+3ywTTqI2D4/aoK+EwSZGhqrskdoyzD"
    "GaPAEcOIRLPmkrMiL3ttqbsvQTTbuG9tr4ALT6yPNrOvSIAY6tCd8sE04oVZltf6avR0KCDSWqOe9kN+TKCYQhgE"
    "7zgzkh3DrDf7w/+jM93o2oBPZ2dTAAR4wAAAAAAAANGNHmoDAAAALqBaeQEaGA898Aqk6kFO0qcJ5assrTD08atU"
    "Yt3Llgw="
)


def is_voice(content: bytes) -> bool:
    """Whether Telegram plays it as a voice message: OGG with Opus."""
    return content.startswith(_PAGE) and _HEAD in content[:_FIRST_PAGE]


def seconds(content: bytes) -> int | None:
    """How long it is, in whole seconds; None for what is no OGG with Opus."""
    if not is_voice(content):
        return None
    head, last = content.index(_HEAD), content.rindex(_PAGE)
    skipped = int.from_bytes(content[head + 10 : head + 12], "little")
    samples = int.from_bytes(content[last + 6 : last + 14], "little", signed=True)
    return max(round((samples - skipped) / RATE), 1)
