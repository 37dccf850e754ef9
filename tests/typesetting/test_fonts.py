import hashlib
import os
import re
from io import BytesIO

import pikepdf
import pytest

from caseapp.typesetting import fonts
from caseapp.typesetting.fonts import font_stack
from caseapp.typesetting.typeset import typeset

PAGE = "@page { size: 300pt 300pt; margin: 20pt }"


def font_names(pdf):
    """(name, whether it is embedded) of every font in the file."""
    with pikepdf.open(BytesIO(pdf)) as document:
        descriptors = [
            found
            for found in document.objects
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == pikepdf.Name.FontDescriptor
        ]
        return {(re.sub(r"^/\w+\+", "", str(d.FontName)), "/FontFile2" in d or "/FontFile3" in d) for d in descriptors}


def test_fontconfig_reads_our_file():
    assert os.environ["FONTCONFIG_FILE"] == str(fonts.CONFIGURATION)
    assert fonts.CONFIGURATION.is_file()


@pytest.mark.parametrize("family", ["DejaVu Sans", "Liberation Serif", "sans-serif", "No Such Font"])
def test_a_font_of_the_machine_is_never_used(family):
    pdf = typeset(f'<p style="font-family: {family}">Words, Слова, كلمات</p>', PAGE).pdf
    assert {name for name, _ in font_names(pdf)} <= {"Noto-Serif", "Noto-Naskh-Arabic"}


@pytest.mark.parametrize(
    ("sample", "family"),
    [
        ("Čačak, Nguyễn, Ærø, Łódź, Ünlü", "Noto-Serif"),
        ("Ελληνικά, Русский, Ўзбек", "Noto-Serif"),
        ("العربية فارسی اردو", "Noto-Naskh-Arabic"),
        ("עברית", "Noto-Serif-Hebrew"),
        ("አማርኛ", "Noto-Serif-Ethiopic"),
        ("हिन्दी", "Noto-Serif-Devanagari"),
        ("ქართული", "Noto-Serif-Georgian"),
        ("中文日本語", "Droid-Sans-Fallback"),
        ("한국어", "NanumMyeongjo"),
    ],
)
def test_a_script_is_drawn_by_the_font_made_for_it(sample, family):
    pdf = typeset(f"<p style='font-family: {font_stack()}'>{sample}</p>".replace('"', "&quot;"), PAGE).pdf
    assert family in {name for name, _ in font_names(pdf)}


def test_a_korean_text_is_drawn_by_one_font():
    pdf = typeset('<p lang="ko">가져갈 수 없다고</p>', PAGE).pdf
    assert {name for name, _ in font_names(pdf)} <= {"NanumMyeongjo", "Noto-Serif"}


def test_the_text_face_is_asked_first_and_broad_sets_last():
    families = fonts.families()
    assert families[0] == "Noto Serif"
    assert families[-2:] == ("Droid Sans Fallback", "NanumMyeongjo")


def test_every_vendored_font_is_listed_with_its_hash():
    listed = (fonts.FOLDER / "VENDORED.md").read_text()
    for path in fonts.font_files():
        assert f"| `{path.name}` |" in listed
        assert hashlib.sha256(path.read_bytes()).hexdigest() in listed


def test_the_fingerprint_covers_every_font():
    assert re.fullmatch(r"[0-9a-f]{64}", fonts.fingerprint())
    assert len(fonts.font_files()) > 30
