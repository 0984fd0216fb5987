"""A link as a picture to be scanned. The only home of segno."""

import io

import segno

from messaging.keyboards import File, FileKind

_SCALE = 12  # pixels of one square: about 500 in all, sharp on a phone held towards another one
_QUIET_ZONE = 4  # white squares around it, without which readers find no edge
_NAME = "lotsen.png"  # a file's name tells nothing (mission C10)


def picture(link: str) -> File:
    """The link as a PNG picture."""
    code = segno.make_qr(link, error="m", boost_error=False)
    body = io.BytesIO()
    code.save(body, kind="png", scale=_SCALE, border=_QUIET_ZONE)
    return File(FileKind.PHOTO, _NAME, body.getvalue())
