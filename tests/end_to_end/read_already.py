"""What every forked process would build for itself at its first update and its first answer."""

from aiogram import methods, types
from aiogram.methods.base import Response

for kind in (types.Update, Response[types.Message], methods.SendMessage, methods.EditMessageText):
    kind.model_rebuild()
