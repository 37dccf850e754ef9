"""Zips, also those made to do harm: every entry is written, or it is said why not."""

import io
import stat
import zipfile

import pytest

from caseapp.core.refused import Refused
from caseapp.library.lists import unpacking
from caseapp.library.lists.unpacking import unpack
from caseapp.library.lists.wording import sentence_of


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def unpacked(folder, data: bytes) -> list[tuple[str, str]]:
    (folder / "input").write_bytes(data)
    return [(entry["name"], entry["wrong"]) for entry in unpack(folder, file="input")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_entry_is_written_or_said(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = zipped(
        ("folder/", b""),
        ("folder/a.txt", b"He left."),
        ("folder/a.txt", b"She left."),
        ("../../etc/passwd", b"x"),
        ("__MACOSX/._a.txt", b"x"),
        (".DS_Store", b"x"),
        ("inner.zip", b"PK"),
        ("empty.txt", b""),
        (link, b"/etc/passwd"),
        ("naïve.txt", b"x"),
    )
    assert unpacked(tmp_path, data) == [
        ("folder/a.txt", ""),
        ("folder/a.txt", ""),
        ("../../etc/passwd", ""),
        ("__MACOSX/._a.txt", "entry-of-system"),
        (".DS_Store", "entry-of-system"),
        ("inner.zip", "entry-zip"),
        ("empty.txt", "entry-empty"),
        ("link.txt", "entry-link"),
        ("naïve.txt", ""),
    ]
    assert sorted(path.name for path in tmp_path.glob("entry-*")) == ["entry-0", "entry-1", "entry-2", "entry-8"]


def test_an_entry_without_a_name_is_an_entry(tmp_path):
    nameless = zipped(("x", b"She left."), ("a.txt", b"He left."))
    for mark, names_at in ((b"PK\x03\x04", 26), (b"PK\x01\x02", 28)):
        start = nameless.index(mark)
        nameless = nameless[: start + names_at] + b"\0\0\x01\0" + nameless[start + names_at + 4 :]
    assert unpacked(tmp_path, nameless) == [("", ""), ("a.txt", "")]


def test_one_damaged_entry_of_any_packing_keeps_no_other_back(tmp_path):
    data = zipped(("a.txt", b"He left." * 50), method=zipfile.ZIP_LZMA)
    start = data.index(b"a.txt") + len("a.txt") + 4
    data = data[:start] + bytes(range(1, 9)) + data[start + 8 :]
    assert unpacked(tmp_path, data) == [("a.txt", "entry-broken")]


def test_bytes_are_counted_as_they_come(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_BYTES_OF_ONE", 1000)
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1500)
    data = zipped(("bomb.txt", b"0" * 100_000), ("a.txt", b"1" * 900), ("b.txt", b"1" * 900))
    assert unpacked(tmp_path, data) == [("bomb.txt", "entry-too-large"), ("a.txt", ""), ("b.txt", "entry-no-room")]


def test_names_that_are_utf_8_without_saying_so(tmp_path):
    data = zipped(("xx.txt", b"x")).replace(b"xx.txt", "é.txt".encode())
    assert unpacked(tmp_path, data) == [("é.txt", "")]


def test_a_locked_or_damaged_entry_stops_no_other(tmp_path):
    data = bytearray(zipped(("a.txt", b"He left." * 9), ("b.txt", b"She left."), method=zipfile.ZIP_STORED))
    data[data.index(b"He left.")] ^= 1
    central = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[central + 8] |= 1
    assert unpacked(tmp_path, bytes(data)) == [("a.txt", "entry-broken"), ("b.txt", "entry-locked")]


def test_too_many_or_no_zip_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 2)
    with pytest.raises(Refused, match="zip-too-many") as refused:
        unpacked(tmp_path, zipped(*((f"{number}.txt", b"x") for number in range(3))))
    assert "3 files; at most 2" in sentence_of(refused.value.code, refused.value.params)
    with pytest.raises(Refused, match="zip-broken"):
        unpacked(tmp_path, b"PK\x03\x04 and nothing")
