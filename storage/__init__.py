"""What is remembered: the only home of SQLAlchemy.

Functions here take an open transaction, find and write, and decide nothing. They give back the
frozen values of `programme`, never rows.
"""
