"""The rules of the programme: standard library only, no database, no Telegram, no clock.

Everything here is a value or a pure function of values; `now` never appears by itself.
"""
