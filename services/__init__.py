"""What people can do: one function is one act, in the transaction it is given.

Nothing here knows aiogram, HTTP or a clock; `now` is passed in.
"""
