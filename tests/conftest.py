"""What holds for all tests: a busy machine is not a fault, so examples are not timed; what takes long is begun first."""

import gc

import pytest
from hypothesis import settings

settings.register_profile("antrean", deadline=None)
settings.load_profile("antrean")

SELDOM = 20_000
"""So many new things more than were let go: then the collector looks."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: begun last, one of them alone would hold the whole run up."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end; looking through them for what may go took a tenth of the processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
