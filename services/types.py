"""Names that the layers above need for values they only pass on."""

from storage.columns import SealBroken
from storage.database import Database, Tx, Unavailable

__all__ = ["Database", "SealBroken", "Tx", "Unavailable"]
