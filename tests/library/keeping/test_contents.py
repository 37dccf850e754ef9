"""What a capture holds, read from bytes and what came with them."""

from caseapp.library.keeping.contents import came_with, contents_of
from caseapp.library.models import Method

PAGE = "<html><body><p>Los policías estaban de permiso.</p></body></html>".encode("koi8-r", "xmlcharrefreplace")


def test_what_a_web_server_said_goes_before_the_name():
    response = {
        "final_address": "https://diario.example/nota.php",
        "headers": [["Content-Type", "text/html; charset=koi8-r"], ["Server", "x"]],
    }
    assert came_with(response) == {
        "media_type": "text/html; charset=koi8-r",
        "address": "https://diario.example/nota.php",
    }
    contents = contents_of(PAGE, name="nota.php", method=Method.FETCHED, **came_with(response))
    assert contents.text == "Los policías estaban de permiso."
    assert (contents.media_type, contents.encoding) == ("text/html", "koi8-r")
    assert contents.found.url == "https://diario.example/nota.php"


def test_a_file_came_with_nothing():
    assert came_with(None) == came_with({}) == {"media_type": "", "address": ""}
