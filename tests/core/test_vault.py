"""The encrypted store: whole or not at all, nothing told by the folder, and nothing at all without the key."""

import hashlib
import stat
from pathlib import Path

import pytest

from caseapp.core.keyring import KeyLost, KeyRing
from caseapp.core.storage import Blob, FileAltered
from caseapp.core.vault import Vault, new_key

WORDS = "Čačak, año".encode()
NAME = hashlib.sha256(WORDS).hexdigest()
LARGE = b"0123456789" * 300_000


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "case", new_key())


def files(vault: Vault) -> list[Path]:
    return sorted(path for path in vault.folder.rglob("*") if path.is_file())


class TestKeeping:
    @pytest.mark.parametrize("data", [b"", b"x", WORDS, LARGE])
    def test_gives_back_what_it_was_given(self, vault, data, tmp_path):
        blob = vault.put([data[:7], b"", data[7:]])
        assert blob == Blob(hashlib.sha256(data).hexdigest(), len(data))
        assert vault.read_bytes(blob.sha256) == data
        with vault.open_whole(blob.sha256) as file:
            assert file.read() == data
        for verb in (vault.copy_out, vault.lay_out):
            place = tmp_path / verb.__name__
            verb(blob.sha256, place)
            assert (place.read_bytes(), stat.S_IMODE(place.stat().st_mode)) == (data, 0o600)
        assert vault.put_file(tmp_path / "copy_out") == blob
        assert list(vault.every_name()) == [blob.sha256]

    def test_the_folder_tells_neither_words_nor_names(self, vault):
        vault.put_bytes(WORDS)
        (path,) = files(vault)
        assert WORDS not in path.read_bytes()
        assert NAME not in str(path)
        assert bytes.fromhex(NAME) not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700

    def test_the_same_bytes_look_different_under_another_key_and_lie_elsewhere(self, vault, tmp_path):
        other = Vault(tmp_path / "other", new_key())
        vault.put_bytes(WORDS)
        other.put_bytes(WORDS)
        (one,), (two,) = files(vault), files(other)
        assert one.relative_to(vault.folder) != two.relative_to(other.folder)
        assert one.read_bytes()[-100:] != two.read_bytes()[-100:]

    def test_what_stops_in_the_middle_leaves_nothing(self, vault):
        def stops():
            yield WORDS
            raise OSError(28, "No space left")

        with pytest.raises(OSError, match="No space"):
            vault.put(stops())
        assert files(vault) == []

    def test_a_damaged_file_is_mended_by_the_same_bytes(self, vault):
        vault.put_bytes(WORDS)
        (path,) = files(vault)
        path.chmod(0o600)
        path.write_bytes(b"damaged")
        assert vault.put_bytes(WORDS).sha256 == NAME
        assert vault.read_bytes(NAME) == WORDS


class TestNothingElse:
    def test_any_bit_that_fell_over_is_noticed_and_nothing_is_handed_out(self, vault, tmp_path):
        vault.put_bytes(WORDS)
        (path,) = files(vault)
        whole = path.read_bytes()
        path.chmod(0o600)
        for place in range(len(whole)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert not vault.is_whole(NAME)
        for verb in (vault.copy_out, vault.lay_out):
            with pytest.raises(FileAltered):
                verb(NAME, tmp_path / "out")
        with pytest.raises(FileAltered):
            vault.open_whole(NAME)
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("kept", [0, 10, 60, -1])
    def test_a_file_that_was_cut_off(self, vault, kept):
        vault.put_bytes(WORDS)
        (path,) = files(vault)
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:kept])
        with pytest.raises(FileAltered):
            vault.read_bytes(NAME)
        assert [vault.is_whole(name) for name in vault.every_name()] == [False]

    def test_a_file_put_in_the_place_of_another(self, vault):
        vault.put_bytes(WORDS)
        (path,) = files(vault)
        vault.put_bytes(b"other")
        (other,) = set(files(vault)) - {path}
        path.chmod(0o600)
        path.write_bytes(other.read_bytes())
        with pytest.raises(FileAltered):
            vault.read_bytes(NAME)

    def test_another_key_opens_nothing(self, vault):
        vault.put_bytes(WORDS)
        other = Vault(vault.folder, new_key())
        assert not other.has(NAME)
        with pytest.raises(FileAltered):
            other.read_bytes(NAME)
        assert [other.is_whole(name) for name in other.every_name()] == [False]


class TestKeyRing:
    @pytest.fixture
    def ring(self, tmp_path) -> KeyRing:
        ring = KeyRing(tmp_path / "keys")
        ring.make()
        return ring

    def test_only_its_owner_reads_it_and_making_it_again_changes_nothing(self, ring):
        before = ring.path.read_bytes()
        ring.make()
        assert ring.path.read_bytes() == before
        assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600

    def test_what_one_key_wrapped_opens_after_a_newer_one_came_until_it_is_dropped(self, ring):
        key, first = new_key(), ring.newest
        wrapped = ring.wrap(key, of=b"case")
        assert key not in wrapped.data
        second = ring.add()
        assert (wrapped.by, ring.newest, ring.wrap(key, of=b"case").by) == (first, second, second)
        assert ring.unwrap(wrapped, of=b"case") == key
        ring.keep_only([second])
        with pytest.raises(KeyLost):
            ring.unwrap(wrapped, of=b"case")

    def test_it_opens_for_nobody_else(self, ring):
        with pytest.raises(KeyLost):
            ring.unwrap(ring.wrap(new_key(), of=b"case"), of=b"another")

    @pytest.mark.parametrize("contents", [None, "", "# nothing\n", "one AAAA\n", "one ???\n", "año x\n"])
    def test_a_key_file_that_is_lost_or_is_none_is_said_in_a_sentence(self, ring, contents):
        wrapped = ring.wrap(new_key(), of=b"case")
        ring.path.unlink()
        if contents is not None:
            ring.path.write_text(contents)
        with pytest.raises(KeyLost, match="Ask your administrator to restore the key file"):
            ring.unwrap(wrapped, of=b"case")
        with pytest.raises(KeyLost):
            ring.wrap(new_key(), of=b"case")
