"""Settings for all tests. Examples of properties have no deadline, which would measure the machine."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgres"]

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def ordinary_garbage_collection() -> Iterator[None]:
    """Undo what a program that runs in this process does to the collector at its start.

    The program freezes all objects once, and ends with its process. Here thousands of programs share a process: what
    one of them froze would never be freed, and with it the files it has open.
    """
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.enable()


@pytest.fixture(autouse=True, scope="module")
def files_closed() -> Iterator[None]:
    """Close the files of objects that only a cycle keeps alive; `select` takes no descriptor above 1,023."""
    yield
    gc.collect()
