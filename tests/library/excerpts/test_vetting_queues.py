"""What waits for whom."""

import pytest

from caseapp.library.excerpts.context_shown import proof_of
from caseapp.library.excerpts.vetting_queues import (
    Queue,
    Waiting,
    Wanted,
    following,
    in_order,
    passages_waiting,
    preceding,
    waiting_for,
)
from caseapp.library.services.vetting import check_excerpt, send_back_excerpt
from caseapp.library.templatetags.library import passages_to_check
from tests.library.conftest import NOW

RIFLE, LEAVE, BILL = "His rifle had stayed", "The officer was on leave", "never came to a vote"


@pytest.fixture
def three(source, quote, caseworker, stranger, weapons, killings):
    """In the order of the text: of the caseworker, of the stranger, of nobody."""
    capture = source.capture
    return [
        quote(capture, LEAVE, killings, created_by=caseworker),
        quote(capture, RIFLE, weapons, created_by=stranger),
        quote(capture, BILL),
    ]


def test_beside_a_tab_no_more_are_counted_than_stand_there(three, caseworker, monkeypatch):
    assert passages_to_check(caseworker) == "2"
    monkeypatch.setattr("caseapp.library.templatetags.library.MOST_COUNTED", 1)
    assert passages_to_check(caseworker) == "1+"


def waiting(person, queue, **narrowed):
    return list(in_order(passages_waiting(person, Wanted(queue, **narrowed))))


def test_everybody_is_asked_to_check_what_others_proposed(three, caseworker, lawyer):
    leave, rifle, bill = three
    assert waiting(caseworker, Queue.TO_CHECK) == [rifle, bill]
    assert waiting(lawyer, Queue.TO_CHECK) == [leave, rifle, bill]


def test_a_queue_is_narrowed_to_a_source_or_a_theme_with_those_below_it(three, lawyer, weapons, add):
    leave, rifle, _bill = three
    assert waiting(lawyer, Queue.TO_CHECK, theme=weapons) == [rifle]
    assert waiting(lawyer, Queue.TO_CHECK, source=leave.capture.source_id) == three
    assert waiting(lawyer, Queue.TO_CHECK, source=add("Other words.").pk) == []


def test_what_is_checked_waits_for_lawyers(three, caseworker, lawyer):
    rifle = three[1]
    check_excerpt(by=caseworker, excerpt=rifle, shown=proof_of(rifle, caseworker), now=NOW)
    assert waiting(lawyer, Queue.TO_APPROVE) == [rifle]
    assert waiting(caseworker, Queue.TO_APPROVE) == []


def test_what_was_sent_back_waits_for_who_proposed_it_alone(three, caseworker, lawyer, stranger):
    leave = three[0]
    send_back_excerpt(by=lawyer, excerpt=leave, shown=proof_of(leave, lawyer), words="Why?", now=NOW)
    assert waiting(caseworker, Queue.CAME_BACK) == [leave]
    assert waiting(stranger, Queue.CAME_BACK) == []
    assert leave not in waiting(lawyer, Queue.TO_CHECK)
    assert waiting_for(caseworker) == Waiting(to_check=2, to_approve=0, came_back=1)


def test_what_came_back_to_somebody_who_left_waits_for_all(three, caseworker, lawyer, stranger):
    leave, _rifle, bill = three
    for excerpt in (leave, bill):
        send_back_excerpt(by=lawyer, excerpt=excerpt, shown=proof_of(excerpt, lawyer), words="Why?", now=NOW)
    assert waiting(stranger, Queue.CAME_BACK) == [bill]
    caseworker.is_active = False
    caseworker.save()
    assert waiting(stranger, Queue.CAME_BACK) == [leave, bill]


def test_a_queue_is_walked_in_the_order_of_the_text_and_round(three, lawyer):
    leave, rifle, bill = three
    queue = passages_waiting(lawyer, Wanted(Queue.TO_CHECK))
    assert (following(queue, leave), following(queue, bill)) == (rifle, leave)
    assert (preceding(queue, bill), preceding(queue, leave)) == (rifle, None)
    assert following(queue.filter(pk=leave.pk), leave) is None
