import pytest

from benchmarks.reuse import sentences
from caseapp.library.reuse.attributions import attributions_of, byline_origins


def named(text: str, *own: str) -> list[tuple[str, str]]:
    return [(one.name, one.phrase) for one in attributions_of(text, 0, len(text), own_names=own)]


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        ("Boats were lost, the Harbour Gazette reported.", "The Harbour Gazette", "the Harbour Gazette reported"),
        ("According to the Coast Daily, boats were lost.", "The Coast Daily", "According to the Coast Daily"),
        ("It was first published by Coast News.", "Coast News", "first published by Coast News"),
        ("He fears the winter, he told The Coast Times.", "The Coast Times", "told The Coast Times"),
        ("PORT AMELIA (AP) - Boats were lost.", "AP", "(AP)"),
        ("Boats were lost.\n— Reuters", "Reuters", "— Reuters"),
        ("Reuters contributed to this report.", "Reuters", "Reuters contributed to this report"),
        ("The list is in a report by Amnesty Watch.", "Amnesty Watch", "report by Amnesty Watch"),
        ("Se perdieron barcos, según el Diario del Puerto.", "El Diario del Puerto", "según el Diario del Puerto"),
        ("Se perdieron barcos, informó la Agencia Norte.", "La Agencia Norte", "informó la Agencia Norte"),
        ("Publicado originalmente en Prensa Marina.", "Prensa Marina", "Publicado originalmente en Prensa Marina"),
        ("El alcalde dijo a Radio Marea que no.", "Radio Marea", "dijo a Radio Marea"),
    ],
)  # fmt: skip
def test_whose_report_it_is_is_read_from_the_phrase(text, name, phrase):
    assert named(text) == [(name, phrase)]


@pytest.mark.parametrize(
    "text",
    [
        "According to police, boats were lost.",
        "According to Maria Kalder, boats were lost.",
        "The Supreme Court said that it would wait.",
        "The State Department said so.",
        "Según la policía, se perdieron barcos.",
        "She told the court that boats were lost.",
    ],
)
def test_not_everybody_who_says_something_made_a_report(text):
    assert named(text) == []


def test_whose_report_a_sentence_repeats_is_seldom_mistaken_and_seldom_missed():
    """Media that no word gives away, wires and credits; and whoever else reports, reveals and publishes."""
    found = [(name, {one for one, _phrase in named(sentence)}) for name, sentence in sentences()]
    wanted = sum(bool(name) for name, _names in found)
    right = sum(name in names for name, names in found if name)
    assert right >= 0.95 * wanted
    assert right >= 0.97 * sum(len(names) for _name, names in found)


def test_a_publisher_of_the_library_is_known_by_its_name_alone():
    text = "Lanterna reported that the dam was cracked. Maria Kalder reported the theft. Police reported rain."
    asked: list[set[str]] = []
    found = attributions_of(text, 0, len(text), knows=lambda names: asked.append(names) or names & {"Lanterna"})
    assert [one.name for one in found] == ["Lanterna"]
    assert asked == [{"Lanterna", "Maria Kalder"}]


def test_a_paper_that_names_itself_is_no_origin():
    text = "The mayor told the Gazette that boats were lost, the Coast Daily reported."
    assert named(text, "The Harbour Gazette") == [("The Coast Daily", "the Coast Daily reported")]


def test_a_shortened_name_is_given_in_full():
    text = "Boats were lost, the Harbour Gazette reported. The Gazette said that eleven were missing."
    assert {name for name, _phrase in named(text)} == {"The Harbour Gazette"}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("A. Reporter (The Harbour Gazette)", ["The Harbour Gazette"]),
        ("Reuters", ["Reuters"]),
        ("A. Reporter, Coast Daily", []),
        ("A. Reporter", []),
        ("", []),
    ],
)
def test_a_byline_may_name_another_paper(author, names):
    assert byline_origins(author, "Coast Daily") == names
