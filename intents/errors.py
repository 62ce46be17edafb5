"""The error of this package; its message is one line and ends with the remedy."""


class IntentsError(Exception):
    """A template file that cannot be read or used."""
