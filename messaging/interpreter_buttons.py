"""Typed buttons of the interpreter (mission D9)."""

from messaging.callbacks import CallbackData

ASK, WHOM, WHOM_ELSE = "ask", "whom", "else"  # pages of the question; else an InterpreterWish


class WishInterpreter(CallbackData, prefix="Hw"):
    """A parent opens a page of the question, or says whom they would rather have."""

    wish: str


class InterpreterBooked(CallbackData, prefix="Hi"):
    """Staff have booked one for that visit."""

    family: int
    booking: int
