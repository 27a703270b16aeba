"""A joint briefing: proposed, consented to, and who hears of it when."""

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import HOLD, SECOND, SLOTS, Stage, refused, words
from tests.usecases.agendas import NEWS, built
from tests.usecases.briefings import THEME, consented, joined, proposed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.refusals import NotThere, Unfit, WrongState
from vendorhub.queries import agendas, meeting_requests
from vendorhub.queries import briefings as seen
from vendorhub.queries import polls as poll_views
from vendorhub.queries.briefing_views import PartView
from vendorhub.store import Decision, MeetingRequest, db
from vendorhub.usecases import (
    agenda_building,
    blocks,
    briefings,
    decisions,
    line_ups,
    participations,
    polls,
    revoking,
    undo,
)
from vendorhub.usecases.agenda_publication import publish


def parts(stage: Stage, name: str, code: str) -> list[tuple[str, str]]:
    return [(part.slug, part.state) for part in seen.see(stage[name], code).vendors]


def test_a_proposal_is_a_request_that_only_the_buyer_hears_of(stage: Stage) -> None:
    code = proposed(stage)
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.theme, view.minutes, view.buyer_share) == ("proposed", THEME, 90, 50)
    assert meeting_requests.see(stage["Kim"], code).kind == "briefing"
    assert parts(stage, "Rita", code) == [("fastprint", "asked"), ("cloudio", "asked")]
    assert stage.told() == [("ask_received", address("Kim")), ("ask_received", address("Alex"))]
    for name in ("Vera", "Carl", "Charlie"):
        refused(NotThere, seen.see, stage[name], code)
        refused(NotThere, participations.take_part, stage[name], code)


def test_the_vendors_are_asked_once_the_yes_counts_and_never_if_it_is_taken_back(stage: Stage) -> None:
    code = proposed(stage)
    decisions.accept(stage["Kim"], code)
    refused(NotThere, seen.see, stage["Vera"], code)
    assert seen.see(stage["Rita"], code).state == "proposed"
    undo.undo(stage["Kim"], code)
    stage.go(HOLD)
    refused(NotThere, seen.see, stage["Vera"], code)
    assert stage.delivered()
    assert {letter.state for letter in stage.letters(kind="briefing_asked")} == {"stopped"}
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    sent = [to for to, raw in stage.delivered() if b"Do you come?" in raw]
    assert sent == [address("Vera"), address("Vic"), address("Carl")]
    assert seen.see(stage["Vera"], code).vendors == (
        PartView("fastprint", "Fastprint", "asked", has_sent=False, own=True),
        PartView("cloudio", "Cloudio", "named"),
    )


def test_no_standing_yes_is_given_to_one(stage: Stage) -> None:
    code = proposed(stage)
    assert Deed.STAND not in meeting_requests.see(stage["Kim"], code).may
    refusal = refused(Unfit, decisions.accept, stage["Kim"], code, each_quarter=True)
    assert refusal.sentence == "A joint briefing is agreed to one at a time; its vendors may be others."


def test_a_rival_learns_nothing_of_who_comes(stage: Stage) -> None:
    code = consented(stage)
    before = seen.see(stage["Vera"], code)
    stage.go(SECOND)
    participations.take_part(stage["Carl"], code)
    assert seen.see(stage["Vera"], code) == before
    assert parts(stage, "Rita", code) == [("fastprint", "asked"), ("cloudio", "joined")]
    assert stage.told(kind="briefing_answered") == [("briefing_answered", address("Rita"))]


def test_a_deed_of_another_vendor_is_not_there_and_one_out_of_turn_is_refused(stage: Stage) -> None:
    code = consented(stage)
    refused(WrongState, participations.leave, stage["Vera"], code)
    refused(NotThere, participations.take_part, stage["Vera"], code, vendor="bridge")
    participations.take_part(stage["Vera"], code)
    said = refused(WrongState, participations.take_part, stage["Vic"], code)
    assert said.sentence == "You have joined this briefing already."
    participations.leave(stage["Vic"], code, note="Our man is ill.")
    assert parts(stage, "Kim", code) == [("fastprint", "left"), ("cloudio", "asked")]
    assert parts(stage, "Carl", code) == [("cloudio", "asked")]


@pytest.mark.parametrize(
    ("vendors", "sentence"),
    [
        (["fastprint"], "Please name at least two vendors; one alone is asked for by an ask of its own."),
        (["fastprint", "fastprint"], "A vendor is named twice."),
        (["fastprint", "bridge"], "There is no vendor called bridge here."),
        (["fastprint", "no\nbody"], "There is no vendor called ? here."),
    ],
)
def test_a_line_up_that_will_not_do(stage: Stage, vendors: list[str], sentence: str) -> None:
    assert refused(Unfit, proposed, stage, vendors=vendors).sentence == sentence


def test_whom_the_buyer_has_shut_out_can_not_be_named_and_nobody_hears_why(stage: Stage) -> None:
    blocks.block(stage["Kim"], company="cloudio")
    assert refused(Unfit, proposed, stage).sentence == "Cloudio: not with this buyer."


def test_a_never_takes_a_vendor_off_the_line_up(stage: Stage) -> None:
    code = joined(stage)
    blocks.block(stage["Kim"], company="cloudio")
    assert parts(stage, "Rita", code) == [("fastprint", "joined"), ("cloudio", "dropped")]
    assert stage.told()[-2:] == [("briefing_off", address("Carl")), ("briefing_answered", address("Rita"))]


def test_a_changed_line_up_asks_everybody_again_and_a_wider_one_the_buyer_first(stage: Stage) -> None:
    code = joined(stage)
    third = stage.further_vendor()
    line_ups.set_line_up(stage["Rita"], code, vendors=["fastprint", "cloudio", third])
    assert parts(stage, "Rita", code) == [("fastprint", "joined"), ("cloudio", "joined")]
    assert seen.see(stage["Kim"], code).wished[-1] == (third, "Thirdwave")
    assert Deed.WIDEN in seen.see(stage["Kim"], code).may
    assert seen.see(stage["Vera"], code).wished == ()
    line_ups.allow_wider(stage["Kim"], code)
    assert parts(stage, "Rita", code) == [("fastprint", "asked"), ("cloudio", "asked"), (third, "asked")]
    participations.take_part(stage["Vera"], code)
    line_ups.set_line_up(stage["Rita"], code, vendors=["fastprint", third])
    assert parts(stage, "Kim", code) == [("fastprint", "asked"), ("cloudio", "dropped"), (third, "asked")]


def test_a_refused_wider_line_up_changes_nothing(stage: Stage) -> None:
    code = joined(stage)
    third = stage.further_vendor()
    before = seen.see(stage["Vera"], code)
    line_ups.set_line_up(stage["Rita"], code, vendors=["fastprint", third])
    line_ups.refuse_wider(stage["Kim"], code, note="Two are enough.")
    assert seen.see(stage["Vera"], code) == before
    assert stage.told()[-1] == ("line_up_kept", address("Rita"))
    refused(WrongState, line_ups.allow_wider, stage["Kim"], code)


def test_another_theme_and_other_minutes_wait_for_the_buyer_s_yes(stage: Stage) -> None:
    code = joined(stage)
    poll = polls.put_up(stage["Kim"], code, slots=SLOTS)
    same = ["fastprint", "cloudio"]
    before = seen.see(stage["Vera"], code)
    for theme, minutes in ((THEME, 90), (None, None)):
        refused(Unfit, line_ups.set_line_up, stage["Rita"], code, vendors=same, theme=theme, minutes=minutes)
    assert refused(Unfit, line_ups.set_line_up, stage["Rita"], code, vendors=same, minutes=20).field == "minutes"
    line_ups.set_line_up(stage["Rita"], code, vendors=same, theme="Backups alone", minutes=60)
    assert seen.see(stage["Vera"], code) == before
    view = seen.see(stage["Kim"], code)
    assert (view.theme, view.minutes, view.wished_theme, view.wished_minutes) == (THEME, 90, "Backups alone", 60)
    assert stage.told()[-2:] == [("line_up_wished", address("Kim")), ("line_up_wished", address("Alex"))]
    first = consent_hash(code)
    line_ups.allow_wider(stage["Kim"], code)
    view = seen.see(stage["Vera"], code)
    assert (view.theme, view.minutes, view.own.state if view.own else "") == ("Backups alone", 60, "asked")
    assert seen.see(stage["Kim"], code).wished == ()
    assert consent_hash(code) != first
    anew = stage.letters(kind="briefing_asked", recipient=address("Carl"))[-1]
    assert "60 minutes about “Backups alone”" in words(anew)
    assert poll_views.see(stage["Kim"], poll).state == "retracted"  # its times were of another length
    line_ups.set_line_up(stage["Kim"], code, vendors=same, minutes=120)  # the buyer's own press is its yes
    assert (seen.see(stage["Rita"], code).minutes, seen.see(stage["Rita"], code).wished_minutes) == (120, None)


def consent_hash(code: str) -> str:
    """The terms of the yes that holds now."""
    db.session.rollback()
    request = db.session.scalars(select(MeetingRequest).filter_by(code=code)).one()
    return db.session.get_one(Decision, request.consent_id).terms_hash or ""


def test_who_is_asked_anew_keeps_the_agenda_that_it_had(stage: Stage) -> None:
    code, _, _ = built(stage)
    publish(stage["Rita"], code)
    third = stage.further_vendor()
    line_ups.set_line_up(stage["Kim"], code, vendors=["fastprint", "cloudio", third])
    assert (agendas.see(stage["Vera"], code).number, len(agendas.see(stage["Vera"], code).lines)) == (1, 3)
    agenda_building.put(stage["Rita"], code, entries=[NEWS])
    stage.go(seen.see(stage["Rita"], code).deadline)
    publish(stage["Rita"], code, overrule="For now.")
    assert (agendas.see(stage["Kim"], code).number, agendas.see(stage["Vera"], code).number) == (2, 1)
    refused(NotThere, agendas.see, stage["Vera"], code, 2)


def test_a_decider_s_own_proposal_is_their_yes(stage: Stage) -> None:
    code = proposed(stage, by="Kim", to=None)
    assert seen.see(stage["Kim"], code).state == "consented"
    refused(NotThere, seen.see, stage["Vera"], code)
    stage.go(HOLD)
    assert seen.see(stage["Vera"], code).state == "consented"
    participations.take_part(stage["Vera"], code)
    assert stage.told(kind="briefing_answered")[0] == ("briefing_answered", address("Kim"))
    refused(NotThere, seen.see, stage["Rita"], code)


def test_what_a_colleague_or_an_assistant_proposes_waits_for_the_decider(stage: Stage) -> None:
    for name in ("Cleo", "Alex"):
        code = proposed(stage, by=name, to=None)
        assert seen.see(stage["Kim"], code).state == "proposed"


def test_a_briefing_that_is_called_off_is_told_to_whom_it_was_asked(stage: Stage) -> None:
    code = joined(stage)
    revoking.revoke(stage["Kim"], code, note="Another year.")
    assert stage.told(kind="briefing_off") == [("briefing_off", address("Vera")), ("briefing_off", address("Carl"))]
    assert {seen.see(stage[name], code).state for name in ("Kim", "Rita", "Vera")} == {"called_off"}
    refused(WrongState, participations.leave, stage["Vera"], code)


def test_the_frame_is_changed_for_all_alike(stage: Stage) -> None:
    code = proposed(stage)
    briefings.set_frame(stage["Rita"], code, buyer_share=40, house_rules="Be kind.", publish_days_before=5)
    view = seen.see(stage["Kim"], code)
    assert (view.buyer_share, view.house_rules, view.publish_days_before) == (40, "Be kind.", 5)
    assert refused(Unfit, briefings.set_frame, stage["Rita"], code, buyer_share=101).field == "buyer_share"
