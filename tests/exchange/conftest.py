"""The crowd of devices, for every test of the room; and two of them that know each other."""

import random

import pytest


@pytest.fixture
def crowd(crowds, tmp_path):
    """Five devices of three holders; nothing was written or sent yet."""
    made = crowds.Crowd(tmp_path, random.Random(16)).begin()
    yield made
    made.close()
