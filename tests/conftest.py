"""Settings for all tests. Examples of properties have no deadline, which would measure the machine."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
