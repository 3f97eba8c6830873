"""What holds for all tests: a busy machine is not a fault, so examples are not timed."""

from hypothesis import settings

settings.register_profile("antrean", deadline=None)
settings.load_profile("antrean")
