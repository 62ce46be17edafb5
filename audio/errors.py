"""The error of this package: its message is one line and ends with the remedy."""


class AudioError(Exception):
    """A fault of a recording, a voice, a model or a device that a person can do something about."""
