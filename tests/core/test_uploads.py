from io import BytesIO

import pytest
from django.test import RequestFactory

BOUND = 3_000_000


@pytest.fixture
def given(settings):
    """given(size) → what a form gets of a file of that size."""
    settings.MAX_UPLOAD_BYTES = BOUND
    settings.FILE_UPLOAD_TEMP_DIR = settings.DATA_DIR

    def given(size: int):
        file = BytesIO(b"a" * size)
        file.name = "file.txt"
        request = RequestFactory().post("/", {"file": file})
        return request.FILES["file"]

    return given


@pytest.mark.parametrize("size", [1, 2_700_000, BOUND])
def test_a_file_within_the_bound_arrives_whole(given, size):
    file = given(size)
    assert (file.size, len(file.read())) == (size, size)
    file.close()


@pytest.mark.parametrize("size", [BOUND + 1, 2 * BOUND])
def test_a_file_beyond_the_bound_arrives_empty_with_its_true_size_and_leaves_nothing(given, settings, size):
    file = given(size)
    assert (file.name, file.size, file.read()) == ("file.txt", size, b"")
    assert list(settings.DATA_DIR.iterdir()) == []
