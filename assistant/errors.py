"""The one family of errors: each says what is wrong, where, and what to do next."""


class LimberError(Exception):
    """Anything Limber can explain. The message is one line and ends with the remedy."""
