"""What holds for all tests."""

from hypothesis import settings

# How long an example may take depends on the machine and on what else it is doing, and says nothing about Limber.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")
