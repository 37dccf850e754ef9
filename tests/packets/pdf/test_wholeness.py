"""An exhibit that lost, doubled, moved or changed some of its words must be caught by name, and a true one never."""

import json
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.pdf import html
from caseapp.packets.pdf.packet import render_part
from caseapp.packets.pdf.verification import verify_packet
from caseapp.typesetting.readback import folded
from caseapp.typesetting.wholeness import account, counted, letters_of, shortfall
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish, render_all
from tests.packets.pdf.reading import page_texts
from tests.packets.pdf.test_readback import BY_WORDS, EXACT

HINDI = [
    "अधिकारियों ने कहा कि वे अपने हथियार घर नहीं ले जा सकते और थाने में ही उन्हें जमा करना पड़ता है।",
    "पिछले वसंत में दो सिपाही अपने मकानों की सीढ़ियों पर गोली लगने से मारे गये, और कोई पूछने नहीं आया।",
    "मंत्रालय का कहना है कि अब गश्ती दल हर रात दो बार उनकी गली से गुज़रते हैं, पर पड़ोसी इसे सच नहीं मानते।",
    "विधेयक सभा में एक बार पढ़ा गया था, फिर उस पर मतदान कभी हुआ ही नहीं, जैसा कि अख़बार ने लिखा है।",
]
ARABIC = [
    "قال الضباط إنهم لا يستطيعون حمل أسلحتهم إلى المنزل بعد انتهاء العمل في 15 مارس 2019.",
    "لم يأت أحد ليسأل من فعل ذلك (حسب The Daily Post) رغم أن الجيران سمعوا كل شيء.",
    "تقول الوزارة إن الدوريات تمر الآن في كل شارع مرتين في الليل ولم يصب أحد منذ ذلك الحين.",
]
ENGLISH = samples.HERALD.split("\n\n")


def without_last(parts):
    return parts[:-1]


def without_first(parts):
    return parts[1:]


def first_doubled(parts):
    return [parts[0], *parts]


def last_doubled(parts):
    return [*parts, parts[-1]]


def swapped(parts):
    return [parts[1], parts[0], *parts[2:]]


PARAGRAPH_FAULTS = [without_last, without_first, first_doubled, last_doubled, swapped]


true_pages = cache(render_all)


def verified(manifest, printed):
    """The failures of a packet whose last exhibit is printed as if it had this text."""
    rendered = dict(true_pages(manifest))
    name = f"exhibit-{manifest.exhibits[-1].key}"
    other = replace(manifest, exhibits=(*manifest.exhibits[:-1], replace(manifest.exhibits[-1], text=printed)))
    rendered[name] = replace(render_part(other, name), places=rendered[name].places)
    finished = finish(manifest, rendered)
    return verify_packet(finished.published, finished.volumes)


@pytest.mark.parametrize("fault", PARAGRAPH_FAULTS)
@pytest.mark.parametrize("paragraphs", [ENGLISH, ARABIC, HINDI], ids=["English", "Arabic", "Hindi"])
def test_a_paragraph_missing_doubled_or_moved(paragraphs, fault):
    manifest = samples.with_text("\n".join(paragraphs))
    failures = verified(manifest, "\n".join(fault(paragraphs)))
    assert {failure.rule for failure in failures} == {"shown"}
    assert str(failures[0]).startswith("Tab A does not show the whole article “Two Shot at Home”, and nothing else: ")


def test_the_missing_letters_are_counted():
    last = folded(ENGLISH[-1])
    (failure,) = verified(samples.with_text("\n".join(ENGLISH)), "\n".join(ENGLISH[:-1]))
    assert str(failure).endswith(f": from page 4 on, {len(last)} letters are missing.")
    assert failure.page == 4


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("pistols", "pistole", "from page 4 on, its letters are others or in another order."),
        ("twice", "twixe", "from page 4 on, its letters are others or in another order."),
        ("twice", "twie", "from page 4 on, 1 letter is missing."),
        ("twice", "twicee", "from page 4 on, it has 1 letter too many."),
        ("’", "'", "from page 4 on, its letters are others or in another order."),
        ("both", "Both", None),
    ],
)
def test_a_letter_outside_any_quotation(was, becomes, says):
    failures = verified(samples.with_text(samples.HERALD), samples.HERALD.replace(was, becomes))
    assert [str(failure).rpartition(": ")[2] for failure in failures] == ([says] if says else [])


def test_a_letter_in_an_article_that_also_holds_hindi():
    text = f"{samples.HERALD}\n{HINDI[0]}\n{samples.HERALD}"
    head, _, tail = text.rpartition("street")
    (failure,) = verified(samples.with_text(text), f"{head}streat{tail}")
    assert failure.rule == "shown"


def test_a_letter_of_arabic():
    text = "\n".join(ARABIC)
    assert [failure.rule for failure in verified(samples.with_text(text), text.replace("2019", "2018"))] == ["shown"]


def test_a_page_far_inside_is_named():
    lines = [f"Entry {number}: {samples.HERALD.splitlines()[0]}" for number in range(400)]
    manifest = samples.with_text("\n".join(lines))
    pages = page_texts(render_part(manifest, "exhibit-e1").pdf)
    place = 4 + next(number for number, page in enumerate(pages) if "Entry 300:" in page)
    (failure,) = verified(manifest, manifest.exhibits[0].text.replace("Entry 300:", "Entry 301:"))
    assert place - 2 <= failure.page <= place


def test_chunks_left_out_by_the_printer_itself(monkeypatch):
    real = html.chunks
    monkeypatch.setattr(html, "chunks", lambda pieces: (chunk[:-1] for chunk in real(pieces)))
    finished = finish(manifest := samples.with_text(samples.HERALD), render_all(manifest))
    assert [failure.rule for failure in verify_packet(finished.published, finished.volumes)] == ["shown"]


@pytest.mark.parametrize(
    "text",
    [
        *EXACT.values(),
        *BY_WORDS.values(),
        "t\u0361s and d\u0361z, o\u0315 and \u0f00 \u0f68, x\u0301\u0302\u0303\u0304y",
        "A hyphen-" * 200,
        "",
    ],
)
def test_a_true_packet_is_never_accused(text):
    finished = finish(manifest := samples.with_text(text), render_all(manifest))
    assert verify_packet(finished.published, finished.volumes) == ()


def test_what_is_published_of_each_kind():
    assert account(["One word.", "and the next"]) == {
        "read_back": "exact",
        "letters": 18,
        "stretches": [["order", 18, "a47365920ef694089dcee1a5e549f57e"]],
        "landmarks": [],
    }
    assert account([ARABIC[0]])["read_back"] == "by-letters"
    hindi = account(["words before it", HINDI[0]])
    assert hindi["read_back"] == "by-count"
    assert [row[0] for row in hindi["stretches"]] == ["order", "count"]
    assert [len(marks) for marks in hindi["landmarks"]] == [24]


def test_of_a_cover_only_the_number_of_letters_is_published(finished):
    (cover,) = (part for part in json.loads(finished.published)["parts"] if part["kind"] == "cover")
    assert cover["shown"]["stretches"] == [["count", cover["shown"]["letters"], 0]]
    assert cover["shown"]["landmarks"] == []


def test_counting_alone_tells_more_and_fewer():
    told = counted(["Jane Doe", "A 000"])
    assert shortfall(told, ["Jane Doe A 000"]) is None
    assert shortfall(told, ["Jane A 000"]).letters == -3


WORDS = st.text(st.sampled_from("abc é\u0301-\n"), max_size=80)


@given(st.lists(WORDS, max_size=6), st.data())
def test_page_breaks_and_white_space_change_nothing(lines, data):
    whole = "\n".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    assert shortfall(account(lines), [whole[:cut], " \r\n", whole[cut:]]) is None


@given(st.text(st.sampled_from("ab é-\n"), max_size=80), st.text(st.sampled_from("ab é-\n"), max_size=80))
def test_other_letters_are_always_told(one, other):
    same = letters_of(one) == letters_of(other)
    assert (shortfall(account([one]), [other]) is None) == same
