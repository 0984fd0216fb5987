"""Words and delivery: texts, languages, letters, buttons, push. Knows rules, no table, no clock.

A sentence is written once, in English, and read in the reader's language when it is sent.
"""
