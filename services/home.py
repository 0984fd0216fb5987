"""The area a family belongs to, as far as its parents may hear of it."""

from services.access import Reader
from storage import families
from storage.database import Tx


async def employer(tx: Tx, reader: Reader) -> str | None:
    """Who employs the parent supporter of the reader's area; None if staff have not said."""
    return (await families.home(tx, reader.family_id)).employer
