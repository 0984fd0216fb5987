"""Names that the layers above need for values they only pass on."""

from storage.columns import SealBroken
from storage.database import Damaged, Database, Tx, Unavailable

__all__ = ["Damaged", "Database", "SealBroken", "Tx", "Unavailable"]
