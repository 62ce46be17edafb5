"""Phonemes: a second acoustic model scores how well a text fits the sound."""
