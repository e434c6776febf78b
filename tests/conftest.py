"""For every test: how long an example of a property takes says more of the machine than of the property."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
