"""What can go wrong with sound: each message is one line and ends with the remedy."""


class AudioError(Exception):
    """Anything about recordings, voices or devices that can be explained."""
