"""The base of the assistant's errors; `audio` and `intents` have one base each, too."""


class LimberError(Exception):
    """An error that Limber can explain. Its message is one line: what is wrong, where, and, at the end, the remedy."""
