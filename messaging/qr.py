"""A link as a picture to be scanned. The only home of segno."""

import io

import segno

from messaging.keyboards import File, FileKind

_SCALE = 12  # pixels of one square: about 500 in all, sharp on a phone held towards another one
_QUIET_ZONE = 4  # white squares around it, without which readers find no edge
_NAME = "lotsen.png"  # a file's name tells nothing (mission C10)


def _code(link: str) -> segno.QRCode:
    return segno.make_qr(link, error="m", boost_error=False)


def squares(link: str) -> tuple[tuple[bool, ...], ...]:
    """The link as rows of squares, dark or light, with the white edge around them."""
    rows = _code(link).matrix_iter(border=_QUIET_ZONE)
    return tuple(tuple(bool(each) for each in row) for row in rows)


def picture(link: str) -> File:
    """The link as a PNG picture."""
    code = _code(link)
    body = io.BytesIO()
    code.save(body, kind="png", scale=_SCALE, border=_QUIET_ZONE)
    return File(FileKind.PHOTO, _NAME, body.getvalue())
