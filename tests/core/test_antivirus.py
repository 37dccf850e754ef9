"""Row U8 of security.md: a virus scanner, where the office has one. The scanner is played, its socket is real."""

import socket
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseapp.library.models import ImportRow

ARTICLE = b"The march began in spring, and nobody counted who was there."


class Scanner:
    """Answers one connection after another as clamd does."""

    def __init__(self, place, answer):
        self.place, self.answer, self.seen = str(place), answer, []
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(self.place)
        self.server.listen()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as line:
                assert line.read(10) == b"zINSTREAM\0"
                data = b""
                while length := struct.unpack("!I", line.read(4))[0]:
                    data += line.read(length)
                self.seen.append(data)
                connection.sendall(self.answer + b"\0")

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join(timeout=10)


@pytest.fixture
def scanner(tmp_path, settings):
    running = []

    def start(answer):
        running.append(Scanner(tmp_path / "clamd.ctl", answer))
        settings.CLAMAV = running[0].place
        return running[0]

    yield start
    for each in running:
        each.close()


@pytest.fixture
def upload(caseworker, as_person):
    client = as_person(caseworker)
    return lambda: client.post(reverse("import_add"), {"files_chosen": SimpleUploadedFile("article.txt", ARTICLE)})


@pytest.mark.parametrize("in_memory", [True, False])
def test_u8_what_the_scanner_calls_clean_is_taken_in(in_memory, scanner, upload, settings):
    if not in_memory:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    clean = scanner(b"stream: OK")
    assert upload().status_code == 302
    assert clean.seen == [ARTICLE]
    assert ImportRow.objects.count() == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: Eicar-Test-Signature FOUND", "found something in a file"),
        (b"INSTREAM size limit exceeded. ERROR", "could not look through a file"),
        (b"", "could not look through a file"),
    ],
)
def test_u8_what_it_does_not_call_clean_is_refused_in_words(answer, said, scanner, upload):
    scanner(answer)
    refused = upload()
    assert (refused.status_code, ImportRow.objects.count()) == (422, 0)
    assert said in refused.content.decode()
    assert "article.txt" not in refused.content.decode()


def test_u8_a_scanner_that_is_down_lets_nothing_in(upload, settings, tmp_path):
    for place in (str(tmp_path / "nobody.ctl"), "127.0.0.1:9", "127.0.0.1:no"):
        settings.CLAMAV = place
        assert (upload().status_code, ImportRow.objects.count()) == (422, 0)


def test_u8_without_a_scanner_files_are_taken_in(upload, settings):
    assert settings.CLAMAV == ""
    assert upload().status_code == 302
