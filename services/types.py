"""Names that the layers above need for values they only pass on."""

from storage.database import Database, Tx, Unavailable

__all__ = ["Database", "Tx", "Unavailable"]
