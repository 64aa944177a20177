"""Tests and the README's lines run from the root of the repository, wherever pytest was started."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def _at_the_root():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).parents[1])
        yield
