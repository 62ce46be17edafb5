"""Phonemes as a second witness: a small acoustic network judges how well a text fits the sound."""
