import json

from caseapp.library.exporting.annotations import annotation, annotations_json
from tests.library.exporting.making import passage, source


def test_a_passage_is_a_web_annotation():
    made = annotation(passage(note="At home.", translation="dos hombres", is_adverse=True, answer="One case."))
    assert made["type"] == "Annotation"
    assert made["target"] == {
        "source": "https://herald.example/door",
        "state": {
            "type": "TimeState",
            "sourceDate": "2026-11-22T15:30:00+00:00",
            "cached": f"urn:sha256:{'ab' * 32}",
        },
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": "two men came to his house",
                "prefix": "leave when ",
                "suffix": ".\nHis rifle",
            },
            {"type": "TextPositionSelector", "start": 10, "end": 34},
        ],
    }
    assert made["creator"] == {"type": "Person", "name": "Carla Caseworker"}
    assert [(body["purpose"], body["value"]) for body in made["body"]] == [
        ("tagging", "Killings / Off duty"),
        ("tagging", "Weapons"),
        ("tagging", "state: checked"),
        ("tagging", "adverse"),
        ("commenting", "At home."),
        ("replying", "One case."),
        ("describing", "dos hombres"),
    ]


def test_a_source_without_an_address_is_named_by_its_hash():
    assert annotation(passage(source=source(url="")))["target"]["source"] == f"urn:sha256:{'ab' * 32}"


def test_the_whole_is_one_page_of_annotations_however_many():
    for count in (0, 1, 3):
        whole = json.loads(b"".join(annotations_json(passage(id=number) for number in range(count))))
        assert (whole["@context"], whole["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        assert [item["id"].rpartition(":")[2] for item in whole["items"]] == [str(number) for number in range(count)]
