"""Automatic speech recognition: the protocol of a recogniser, its engines, and early commands."""
