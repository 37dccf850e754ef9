"""Every promise of the verifier, broken on purpose: each break must be caught by its own name."""

import json
from dataclasses import replace
from hashlib import sha256

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from caseapp.packets.pdf import index_pages
from caseapp.packets.pdf.packet import VolumeFile
from caseapp.packets.pdf.verification import verify_packet
from caseapp.typesetting.join import saved
from tests.packets.pdf.conftest import a_room, finish

EXHIBIT = 5
INDEX = 2


def check(facts, data):
    path = a_room() / "packet.pdf"
    path.write_bytes(data)
    return verify_packet(json.dumps(facts).encode(), [VolumeFile("packet.pdf", path, 0)])


def rules(failures):
    return {failure.rule for failure in failures}


@pytest.fixture
def facts(finished):
    return json.loads(finished.published)


@pytest.fixture
def broken(finished, facts):
    """Change the file, make the manifest's hash true again, and give back what the verifier says."""

    def breaking(change):
        with pikepdf.open(finished.volumes[0].path) as pdf:
            change(pdf)
            data = saved(pdf)
        facts["volumes"][0] |= {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
        return check(facts, data)

    return breaking


@pytest.fixture
def misdescribed(finished, facts):
    """Change the manifest, and give back what the verifier says of the true file."""

    def describing(change):
        change(facts)
        return check(facts, finished.volumes[0].path.read_bytes())

    return describing


def first_link(facts, kind):
    return next(link for link in facts["links"] if link["to"] == kind)


def annotation(pdf, fact):
    (found,) = (
        link
        for link in pdf.pages[fact["page"] - 1].Annots
        if all(abs(float(a) - b) < 0.1 for a, b in zip(link.Rect, fact["rect"], strict=True))
    )
    return found


def test_saving_again_breaks_nothing(broken):
    assert broken(lambda pdf: None) == ()


def test_another_file_is_told_by_its_hash(finished, facts):
    failures = check(facts, finished.volumes[0].path.read_bytes() + b"\n")
    assert [str(failure) for failure in failures] == [
        "The file “packet.pdf” is not the one that the manifest describes."
    ]


def test_a_missing_and_a_surplus_file(finished):
    failures = verify_packet(finished.published, [VolumeFile("other.pdf", b"", 0)])
    assert [str(failure) for failure in failures] == [
        "The file “packet.pdf” is missing.",
        "The file “other.pdf” is not in the manifest.",
    ]


def test_a_file_that_is_no_pdf(facts):
    assert [str(failure) for failure in check(facts, b"not a PDF")] == [
        "The file “packet.pdf” is not the one that the manifest describes.",
        "The file “packet.pdf” cannot be opened.",
    ]


def test_two_pages_swapped(broken):
    def swap(pdf):
        first, second = pdf.pages[EXHIBIT - 1], pdf.pages[EXHIBIT + 1]
        pdf.pages[EXHIBIT - 1], pdf.pages[EXHIBIT + 1] = second, first

    failures = broken(swap)
    assert {"stamp", "quotation"} <= rules(failures)
    assert "Page 5 of the file carries “7” where its page number should stand." in map(str, failures)


def test_a_dropped_page(broken):
    failures = broken(lambda pdf: pdf.pages.__delitem__(EXHIBIT - 1))
    assert [str(failure) for failure in failures] == ["The file has 6 pages, but the plan has 7."]


def test_a_changed_stamp(broken):
    def change(pdf):
        pdf.pages[2].obj[Name.Contents][-1] = pdf.pages[3].obj[Name.Contents][-1]

    failures = broken(change)
    assert [(failure.rule, failure.page) for failure in failures] == [("stamp", 3)]


def test_a_missing_stamp(broken):
    failures = broken(lambda pdf: pdf.pages[2].obj[Name.Contents].__delitem__(-1))
    assert ("stamp", 3, "Page 3 of the file carries no number where its page number should stand.") in [
        (failure.rule, failure.page, str(failure)) for failure in failures
    ]


def test_a_stamp_outside_what_can_be_seen(broken):
    def crop(pdf):
        pdf.pages[2].cropbox = Array([0, 60, 612, 792])

    assert ("stamp", 3) in [(failure.rule, failure.page) for failure in broken(crop)]


@pytest.mark.parametrize("kind", ["passage", "exhibit", "tab"])
def test_a_link_that_lands_elsewhere(broken, facts, kind):
    fact = first_link(facts, kind)

    def retarget(pdf):
        annotation(pdf, fact).Dest[0] = pdf.pages[0].obj

    failures = broken(retarget)
    assert rules(failures) == {"link"}
    assert f"lands on page 1 instead of page {fact['target_page']}" in str(failures[0])


def test_a_link_that_lands_nowhere(broken, facts):
    def retarget(pdf):
        link = annotation(pdf, first_link(facts, "passage"))
        link.Dest = Array([Dictionary(), Name.Fit])

    assert rules(broken(retarget)) == {"link"}


def test_a_link_taken_away(broken, facts):
    fact = first_link(facts, "passage")

    def take(pdf):
        page = pdf.pages[fact["page"] - 1]
        page.obj.Annots = Array([link for link in page.Annots if link.objgen != annotation(pdf, fact).objgen])

    failures = broken(take)
    assert rules(failures) == {"link"}
    assert any("is missing" in str(failure) for failure in failures)


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.Launch, F=String("/bin/sh")),
        Dictionary(S=Name.URI, URI=String("file:///etc/passwd")),
        Dictionary(S=Name.URI, URI=String("javascript:alert(1)")),
        Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit])),
        Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
    ],
    ids=["launch", "file", "javascript", "other-file", "script"],
)
def test_a_link_that_acts(broken, action):
    def add(pdf):
        page = pdf.pages[EXHIBIT - 1]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 120]), A=action)
        page.obj.Annots = Array([*page.obj.get(Name.Annots, Array()), pdf.make_indirect(link)])

    failures = broken(add)
    assert "link" in rules(failures)
    assert f"A link on page {EXHIBIT} leads somewhere other than a web address." in map(str, failures)


def test_an_annotation_that_came_and_one_that_went(broken):
    def add(pdf):
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([100, 100, 200, 120]), Contents=String("x"))
        pdf.pages[EXHIBIT - 1].obj.Annots = Array([pdf.make_indirect(note)])

    failures = broken(add)
    assert rules(failures) == {"annotations"}
    assert [str(failure) for failure in failures] == [
        "The part “exhibit-e1” has 0 annotations of the kind “Link” in the packet, but should have 1.",
        "The part “exhibit-e1” has 1 annotations of the kind “Text” in the packet, but should have 0.",
    ]


def test_a_changed_quotation(misdescribed):
    def change(facts):
        facts["quotations"][0]["quote"] = facts["quotations"][0]["quote"].replace("shot", "seen")

    failures = misdescribed(change)
    assert [failure.rule for failure in failures] == ["quotation", "index"]
    assert str(failures[0]) == (
        "The quotation “Two officers were seen on the steps of their own houses last…” (tab A) does not stand word "
        "for word on the cited page 5."
    )


def test_a_quotation_cited_on_another_page(misdescribed):
    failures = misdescribed(lambda facts: facts["quotations"][0].update(pages=[7]))
    assert rules(failures) == {"quotation", "link"}


def test_a_quotation_cited_on_a_page_too_many(misdescribed):
    assert "quotation" in rules(misdescribed(lambda facts: facts["quotations"][0].update(pages=[5, 6])))


def test_a_quotation_cited_outside_the_packet(misdescribed):
    assert "quotation" in rules(misdescribed(lambda facts: facts["quotations"][0].update(pages=[99])))


def test_a_quotation_that_the_index_leaves_out(misdescribed):
    failures = misdescribed(lambda facts: facts["quotations"][0].update(index_pages=[]))
    assert "A quotation of tab A is not in the index." in map(str, failures)


def test_a_passage_without_a_link(misdescribed):
    def change(facts):
        facts["quotations"].append(facts["quotations"][0] | {"key": "x9"})

    assert "No link in the index leads to the passage “x9”." in map(str, misdescribed(change))


def test_an_index_that_prints_another_page(misdescribed):
    def change(facts):
        first_link(facts, "passage")["says"] = "Tab A · p. 6"

    failures = misdescribed(change)
    assert rules(failures) == {"link"}
    assert "prints “Tab A · p. 5” where it should print “Tab A · p. 6”" in str(failures[0])


def test_words_changed_on_the_page_itself(broken):
    """An index page that lost its words: the quotations are gone, the links print nothing."""

    def empty(pdf):
        page = pdf.pages[INDEX - 1].obj
        page.Contents = Array([page.Contents[0], page.Contents[-1]])

    assert {"index", "link"} <= rules(broken(empty))


def test_a_bookmark_that_lands_elsewhere(broken):
    def retarget(pdf):
        with pdf.open_outline() as outline:
            outline.root[2].children[0].destination = Array([pdf.pages[0].obj, Name.XYZ, None, 792, None])

    failures = broken(retarget)
    assert rules(failures) == {"bookmark"}
    assert "lands on page 1 instead of page 5" in str(failures[0])


def test_a_bookmark_with_other_words(broken):
    def rename(pdf):
        with pdf.open_outline() as outline:
            outline.root[2].title = "Tab Z"

    assert [str(failure) for failure in broken(rename)] == ["The bookmarks are not those that the manifest lists."]


def test_a_bookmark_taken_away(broken):
    def take(pdf):
        with pdf.open_outline() as outline:
            del outline.root[-1]

    assert rules(broken(take)) == {"bookmark"}


@pytest.mark.parametrize("name", ["Author", "Creator", "Subject", "Keywords", "CreationDate", "ModDate"])
def test_an_entry_that_may_name_somebody(broken, name):
    def add(pdf):
        pdf.docinfo[Name(f"/{name}")] = String("D:20261122") if name.endswith("Date") else String("Jane Doe")

    failures = broken(add)
    assert [failure.rule for failure in failures] == ["metadata"]
    assert f"an entry “{name}”" in str(failures[0])


def test_another_title(broken):
    def rename(pdf):
        pdf.docinfo[Name.Title] = String("Jane Doe")

    assert [str(failure) for failure in broken(rename)] == ["The document’s title is not the packet’s."]


def test_page_labels_that_start_elsewhere(broken):
    def relabel(pdf):
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))

    failures = broken(relabel)
    assert rules(failures) == {"page-label"}
    assert str(failures[0]) == "Page 1 is labelled “i” in the reader’s page box."


def test_a_file_attached(broken):
    def attach(pdf):
        pdf.attachments["client.txt"] = b"words"

    assert "A file is attached inside the packet." in map(str, broken(attach))


def test_a_script(broken):
    def add(pdf):
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))

    assert "The packet holds a script." in map(str, broken(add))


def test_parts_that_do_not_add_up(misdescribed):
    failures = misdescribed(lambda facts: facts["parts"][-1].update(pages=9))
    assert "The parts add up to 15 pages, but the file has 7." in map(str, failures)


def test_a_cover_that_lost_its_words(broken):
    def empty(pdf):
        page = pdf.pages[0].obj
        page.Contents = Array([page.Contents[0], page.Contents[-1]])

    (failure,) = broken(empty)
    assert (failure.rule, failure.page) == ("shown", 1)
    assert str(failure).startswith("The cover does not show what it should: from page 1 on, ")
    assert str(failure).endswith(" letters are missing.")


def test_a_tab_sheet_of_another_tab(broken):
    def change(pdf):
        first, second = pdf.pages[3].obj, pdf.pages[5].obj
        second.Resources = first.Resources
        second.Contents = Array([*list(first.Contents)[:-1], second.Contents[-1]])

    failures = broken(change)
    assert {(failure.rule, failure.page) for failure in failures} == {("shown", 6)}
    assert str(failures[0]).startswith("The tab sheet of tab B, “تقرير <Doe> & Čačak”, does not show what it should: ")


def printed_index(monkeypatch, manifest, rendered, change):
    """What the verifier says of a packet whose index was printed in other words than the evidence has."""
    real = index_pages.build_index
    monkeypatch.setattr(index_pages, "build_index", lambda *given: change(real(*given)))
    finished = finish(manifest, rendered)
    monkeypatch.undo()
    return [str(failure) for failure in verify_packet(finished.published, finished.volumes)]


def test_an_index_without_a_heading(monkeypatch, manifest, rendered):
    def change(index):
        return replace(index, sections=tuple(replace(section, name="") for section in index.sections))

    sentences = printed_index(monkeypatch, manifest, rendered, change)
    assert "The index does not show the heading “A protection law was never passed”." in sentences
    assert "The index does not show the heading “Further passages”." in sentences


def test_an_index_that_leaves_a_quotation_out_under_one_theme(monkeypatch, manifest, rendered):
    def change(index):
        first, *others = index.sections
        (group,) = first.groups
        kept = tuple(entry for entry in group.entries if "handed in" not in entry.quote)
        assert len(kept) == len(group.entries) - 1
        return replace(index, sections=(replace(first, groups=(replace(group, entries=kept),)), *others))

    (sentence,) = printed_index(monkeypatch, manifest, rendered, change)
    assert sentence == (
        "The quotation “Both had handed in their pistols at the end of the shift” (tab A) does not stand under each "
        "of its headings in the index."
    )


def test_a_list_of_exhibits_that_leaves_one_out(monkeypatch, manifest, rendered):
    sentences = printed_index(monkeypatch, manifest, rendered, lambda index: replace(index, rows=index.rows[:1]))
    assert sentences == ["The list of exhibits leaves out tab B, “تقرير <Doe> & Čačak”."]


def test_a_list_of_exhibits_with_other_titles_and_pages(monkeypatch, manifest, rendered):
    def change(index):
        one, other = index.rows
        return replace(index, rows=(replace(one, key=other.key, title="Nothing", pages=other.pages), other))

    sentences = printed_index(monkeypatch, manifest, rendered, change)
    assert "The list of exhibits leaves out tab A, “Two Shot at Home”." in sentences


def test_a_list_of_exhibits_that_gives_other_pages(misdescribed):
    def change(facts):
        first_link(facts, "exhibit").update(says="7", target_page=7)

    sentences = [str(failure) for failure in misdescribed(change)]
    assert "The list of exhibits gives other pages for tab A, “Two Shot at Home”, than it stands on." in sentences


def test_a_link_told_of_on_a_page_that_is_none(misdescribed):
    def change(facts):
        facts["links"].append(facts["links"][0] | {"page": 99})

    assert "The manifest tells of a link on page 99, which there is not." in map(str, misdescribed(change))


def test_a_manifest_that_says_nothing_of_a_part(misdescribed):
    failures = misdescribed(lambda facts: facts["parts"][-1].update(shown=None))
    assert [str(failure) for failure in failures] == ["The manifest does not say what the part “exhibit-e2” shows."]


def test_an_exhibit_without_pages(misdescribed):
    def change(facts):
        facts["parts"][-1]["source"] = "other"

    assert "Tab B, “تقرير <Doe> & Čačak”, is not in the packet." in map(str, misdescribed(change))
