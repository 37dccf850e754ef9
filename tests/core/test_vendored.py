"""What came from elsewhere is what VENDORED.md says it is."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR, "caseapp/static/vendor")
ROW = re.compile(r"^\| [^|]+ \| [^|]+ \| [^|]+ \| `([^`]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
LISTED = dict(ROW.findall((VENDOR / "VENDORED.md").read_text()))


def test_every_file_has_its_hash():
    found = {
        str(file.relative_to(VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name not in {"LICENSE", "VENDORED.md"}
    }
    assert found == LISTED


def test_every_library_keeps_its_licence():
    assert all((VENDOR / file).with_name("LICENSE").is_file() for file in LISTED)


def test_no_file_names_a_source_map_that_is_not_there():
    assert [file for file in LISTED if b"sourceMappingURL" in (VENDOR / file).read_bytes()] == []
