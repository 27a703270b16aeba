"""A VAR asks in a vendor's name: it goes no further without the vendor's word, and binds both from then on."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.people import address
from tests.stage import DAY, HOLD, SECOND, SLOTS, VERA, VIC, Stage, refused, words
from vendorhub import clock
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Role
from vendorhub.domain.refusals import NotAllowed, NotThere, Refusal, Unfit, WrongState
from vendorhub.queries import confirmations as seen_links
from vendorhub.queries import desk, history, my_asks, offers
from vendorhub.queries import meeting_requests as seen
from vendorhub.queries import meetings as seen_meetings
from vendorhub.store import Domain, Membership, Organisation, Person, db
from vendorhub.usecases import blocks, confirmations, decisions, meeting_requests, meetings
from vendorhub.usecases import offers as arranging
from vendorhub.usecases.reopening import reopen
from vendorhub.usecases.sweep import sweep

RITA = ("Rita", address("Rita"), "Account lead")
NINA = ("Nina", "nina@newtape.example", "Sales")
FASTPRINT, NEWTAPE = VendorNamed(slug="fastprint"), VendorNamed(name="Newtape", domain="newtape.example")


def asked(stage: Stage, vendor: VendorNamed = FASTPRINT, **changes: Any) -> str:
    """The code of what Rita of Bridgeworks asks Kim in a vendor's name."""
    given = {"attendees": [RITA, VERA], **changes}
    return stage.asked("Rita", vendor=vendor, **given)


def confirmed(stage: Stage, **changes: Any) -> str:
    """The same with Vera's word."""
    code = asked(stage, **changes)
    confirmations.confirm(stage["Vera"], code)
    return code


def link(stage: Stage, to: str) -> str:
    """The secret in the latest letter that asks somebody for the name."""
    found = re.search(r"/in-your-name/([\w-]{43})", words(stage.letters(kind="name_asked", recipient=to)[-1]))
    assert found is not None
    return found[1]


def state(stage: Stage, name: str, code: str) -> str:
    db.session.rollback()
    return seen.see(stage[name], code).state


def test_before_the_vendors_word_the_buyer_sees_nothing_of_it(stage: Stage) -> None:
    before = [stage.seen(name, code) for name, code in [("Kim", stage.asked())]]
    code = asked(stage)
    assert stage.told() == [
        ("ask_received", address("Kim")),
        ("ask_received", address("Alex")),
        ("name_asked", VERA[1]),
    ]
    for name in ("Rita", "Vera", "Vic"):
        view = seen.see(stage[name], code)
        assert (view.state, view.company, view.vendor, view.confirmed_by) == (
            "unverified",
            "Bridgeworks",
            "Fastprint",
            None,
        )
    assert seen.see(stage["Rita"], code).may == {Deed.WITHDRAW}
    assert seen.see(stage["Vera"], code).may == {Deed.WITHDRAW, Deed.VERIFY}
    assert [len(pile.lines) for pile in my_asks.piles(stage["Vera"])] == [1, 1, 0, 0]
    assert [len(pile.lines) for pile in my_asks.piles(stage["Rita"])] == [0, 1, 0, 0]
    for name in ("Kim", "Alex", "Bo", "Ada", "Carl", "Charlie"):
        refused(NotThere, seen.see, stage[name], code)
        for deed in (decisions.accept, confirmations.confirm, meeting_requests.withdraw):
            refused(NotThere, deed, stage[name], code)
    other = seen.listing(stage["Kim"])[0][0].code
    assert [stage.seen("Kim", other)] == before
    assert [view.code for view in desk.desk(stage["Kim"]).waiting] == [other]
    refused(NotAllowed, confirmations.confirm, stage["Rita"], code)


def test_with_it_the_ask_goes_out_and_its_window_begins(stage: Stage) -> None:
    code = asked(stage)
    stage.go(2 * DAY)
    confirmations.confirm(stage["Vic"], code)
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.company, view.vendor, view.asked_by, view.confirmed_by) == (
        "pending",
        "Bridgeworks",
        "Fastprint",
        "Rita",
        "Vic",
    )
    assert view.answer_by == clock.now().replace(day=13, hour=23)  # five working days from Wednesday
    assert stage.told() == [
        ("name_asked", VERA[1]),
        ("ask_received", address("Kim")),
        ("ask_received", address("Alex")),
        ("name_given", RITA[1]),
    ]
    assert "Rita of Bridgeworks for Fastprint asks for 30 minutes" in words(stage.letters(kind="ask_received")[0])
    assert [(line.deed, line.by) for line in history.lines(stage["Kim"], about=code)[0]] == [
        ("ask", "Rita"),
        ("verify", "Vic"),
    ]
    for again in (lambda: confirmations.confirm(stage["Vera"], code), lambda: link_pressed(stage)):
        assert refused(WrongState, again).sentence.startswith("This has been settled already")


def link_pressed(stage: Stage) -> None:
    confirmations.confirm_by_link(link(stage, VERA[1]))


def test_a_link_proves_the_address_and_opens_once(stage: Stage) -> None:
    code = asked(stage, NEWTAPE, attendees=[RITA, NINA, ("Niko", "niko@eu.newtape.example", "")])
    assert seen.see(stage["Rita"], code).vendor == "Newtape"
    assert [to for _, to in stage.told(kind="name_asked")] == [NINA[1], "niko@eu.newtape.example"]
    assert (known(NINA[1]), known("newtape.example", Domain), count(Organisation)) == (None, None, 5)
    secret = link(stage, NINA[1])
    page = seen_links.see(secret)
    assert (page.waits, page.is_new, page.vendor, page.company, page.buyer_name) == (
        True,
        True,
        "Newtape",
        "Bridgeworks",
        "Norden Mutual",
    )
    refused(Unfit, confirmations.confirm_by_link, secret, company=" ")
    confirmations.confirm_by_link(secret, company="Newtape Ltd")
    view = seen.see(stage["Kim"], code)
    assert (view.state, view.vendor, view.confirmed_by) == ("pending", "Newtape Ltd", "Nina")
    nina = stage.cast.__class__({"Nina": known(NINA[1])})["Nina"]
    assert (nina.roles, seen.see(nina, code).code) == ({Role.MEMBER}, code)
    assert db.session.get_one(Domain, "newtape.example").organisation_id == nina.organisation
    assert (seen_links.see(secret).waits, seen_links.see(secret).confirmed_by) == (False, "Nina")
    for one in (secret, link(stage, "niko@eu.newtape.example")):
        refused(WrongState, confirmations.confirm_by_link, one, company="Newtape")
        refused(WrongState, confirmations.refuse_by_link, one)
    refused(NotThere, confirmations.confirm_by_link, "no-such-secret")


def known(email: str, what: type = Person) -> Any:
    db.session.rollback()
    if what is Domain:
        return db.session.get(Domain, email)
    return db.session.scalar(select(Person.id).where(Person.email == email))


def count(what: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(what)) or 0


@pytest.mark.parametrize(
    ("vendor", "attendees", "field"),
    [
        (VendorNamed(slug="nobody"), [RITA], "vendor"),
        (VendorNamed(slug="bridge"), [RITA], "vendor"),
        (VendorNamed(slug="norden"), [RITA], "vendor"),
        (VendorNamed(name="Harbour Freight"), [RITA], "vendor"),
        (VendorNamed(name="Newtape"), [RITA, NINA], "vendor_domain"),
        (VendorNamed(name="Newtape", domain="gmail.com"), [RITA], "vendor_domain"),
        (NEWTAPE, [RITA, VERA], "attendees"),
        (VendorNamed(name="Anything", domain="mail.norden.example"), [RITA], "vendor"),
    ],
)
def test_whom_a_var_can_not_ask_for(stage: Stage, vendor: VendorNamed, attendees: Any, field: str) -> None:
    assert refused(Unfit, asked, stage, vendor, attendees=attendees).field == field


def test_only_vars_ask_for_others_and_a_vendor_is_known_by_slug_name_or_domain(stage: Stage) -> None:
    assert refused(Unfit, stage.asked, "Carl", vendor=FASTPRINT).field == "vendor"
    for number, vendor in enumerate(
        (FASTPRINT, VendorNamed(name="fastPRINT"), VendorNamed(name="X", domain="eu.fastprint.example"))
    ):
        code = asked(stage, vendor, attendees=[RITA])
        assert seen.see(stage["Vera"], code).vendor == "Fastprint"
        assert [to for _, to in stage.told(kind="name_asked")][2 * number :] == [VERA[1], VIC[1]]  # none of them comes
    refused(WrongState, asked, stage, attendees=[RITA])  # three letters a day to each
    stage.go(DAY)
    asked(stage, attendees=[RITA])


def test_refused_withdrawn_or_left_lying_it_ends_and_the_var_hears_so(stage: Stage) -> None:
    by_page = asked(stage, topic="One")
    meeting_requests.withdraw(stage["Vic"], by_page)
    by_link = asked(stage, NEWTAPE, attendees=[RITA, NINA], topic="Two")
    confirmations.refuse_by_link(link(stage, NINA[1]))
    assert (
        count(Organisation),
        db.session.scalar(select(Membership.id).where(Membership.person_id == known(NINA[1]))),
    ) == (5, None)
    taken_back = asked(stage, topic="Three")
    meeting_requests.withdraw(stage["Rita"], taken_back)
    lying = asked(stage, topic="Four")
    stage.go(timedelta(days=7) - SECOND)
    assert sweep() == 0
    stage.go(SECOND)
    assert state(stage, "Rita", lying) == "lapsed"
    assert refused(WrongState, confirmations.confirm, stage["Vera"], lying).sentence.startswith("This has been settled")
    assert sweep() == 1
    assert [state(stage, "Rita", code) for code in (by_page, by_link, taken_back, lying)] == [
        *["withdrawn"] * 3,
        "lapsed",
    ]
    told = [(kind, to) for kind, to in stage.told() if kind != "name_asked"]
    assert told == [("name_refused", RITA[1]), ("name_refused", RITA[1]), ("name_lapsed", RITA[1])]
    assert "Vic, Fastprint" in words(stage.letters(kind="name_refused")[0])
    assert "Nina, Newtape" in words(stage.letters(kind="name_refused")[1])
    for code in (by_page, by_link, taken_back, lying):
        refused(NotThere, seen.see, stage["Kim"], code)
    assert seen.listing(stage["Kim"])[0] == []


def test_both_hear_the_answer_and_both_arrange_and_meet(stage: Stage) -> None:
    code = confirmed(stage)
    decisions.accept(stage["Kim"], code)
    assert stage.seen("Vera", code) == stage.seen("Vera", code)
    assert (state(stage, "Vera", code), state(stage, "Rita", code)) == ("pending", "pending")
    stage.go(HOLD)
    assert stage.told(kind="yes") == [("yes", RITA[1]), ("yes", VERA[1])]
    arranging.offer(stage["Kim"], code, slots=SLOTS)
    offer = offers.of_request(stage["Vera"], code)[0]
    assert Deed.CHOOSE in offer.may
    uid = arranging.choose(stage["Vera"], offer.code, slot=offer.slots[0].code)
    for name in ("Rita", "Vic", "Kim"):
        meeting = seen_meetings.see(stage[name], uid)
        assert (meeting.company, meeting.vendor) == ("Bridgeworks", "Fastprint")
    refused(NotThere, seen_meetings.see, stage["Carl"], uid)
    invitation = words(stage.letters(kind="invitation", recipient=address("Kim"))[0])
    assert "Bridgeworks for Fastprint and Norden Mutual meet about" in invitation
    who = [line for line in invitation.splitlines() if line.startswith("- ")]
    assert who == ["- Kim, Norden Mutual", "- Rita, Bridgeworks", "- Vera, Fastprint"]
    meetings.cancel(stage["Vic"], uid)
    assert seen_meetings.see(stage["Rita"], uid).state == "cancelled"


def test_the_vendor_takes_its_name_back_before_a_time_is_agreed(stage: Stage) -> None:
    code = confirmed(stage)
    meeting_requests.withdraw(stage["Vera"], code)
    assert [state(stage, name, code) for name in ("Kim", "Rita", "Vera")] == ["withdrawn"] * 3
    assert [pair for pair in stage.told() if pair[0] in ("withdrawn", "name_refused")] == [
        ("withdrawn", address("Kim")),
        ("withdrawn", address("Alex")),
        ("name_refused", RITA[1]),
    ]
    code = confirmed(stage, topic="Again")
    meeting_requests.withdraw(stage["Rita"], code)
    assert stage.told(kind="withdrawn")[-1] == ("withdrawn", VERA[1])


@pytest.mark.parametrize("of", ["fastprint", "bridge"])
def test_an_answer_to_either_company_holds_for_both_and_a_never_of_one_tells_nothing(stage: Stage, of: str) -> None:
    waiting = asked(stage)
    blocks.block(stage["Kim"], company=of)
    if of == "bridge":
        assert "asks you not to ask again" in refused(NotAllowed, asked, stage).sentence
    letters = len(stage.letters())
    confirmations.confirm(stage["Vera"], waiting)
    for name in ("Rita", "Vera"):
        view = seen.see(stage[name], waiting)
        assert (view.state, view.again_on, view.decided_by, view.attached_to) == ("attached", None, None, None)
    said = [(letter.kind, letter.recipient) for letter in stage.letters()[letters:]]
    assert said == [("not_taken_up", RITA[1]), ("not_taken_up", VERA[1])]
    assert "will not take this up now" in words(stage.letters()[-1])
    assert seen.waiting_count(stage["Kim"]) == 0


def test_a_no_to_a_vars_ask_binds_the_vendor_too(stage: Stage) -> None:
    code = confirmed(stage)
    decisions.refuse(stage["Kim"], code, kind="not_now", again_on=date(2027, 3, 1))
    stage.go(HOLD)
    assert stage.told(kind="not_now") == [("not_now", RITA[1]), ("not_now", VERA[1])]
    assert [state(stage, name, stage.asked(name, to=None)) for name in ("Vera", "Rita", "Carl")] == [
        "attached",
        "attached",
        "pending",
    ]


@pytest.mark.parametrize(
    ("scope", "shut_out"),
    [("person", ["Rita"]), ("var", ["Rita"]), ("vendor", ["Vera"]), ("company", ["Rita", "Vera"])],
)
def test_whom_a_never_shuts_out_is_the_buyers_to_say(stage: Stage, scope: str, shut_out: list[str]) -> None:
    code = confirmed(stage)
    decisions.refuse(stage["Kim"], code, kind="never", scope=scope)
    stage.go(HOLD)
    refusals = []
    for name in ("Rita", "Vera", "Carl"):
        try:
            stage.asked(name, to=address("Pia"))
        except NotAllowed:
            refusals.append(name)
    assert refusals == shut_out


def test_an_undone_never_shuts_out_neither(stage: Stage) -> None:
    from vendorhub.usecases.undo import undo

    code = confirmed(stage)
    decisions.refuse(stage["Kim"], code, kind="never")
    undo(stage["Kim"], code)
    stage.go(2 * HOLD)
    assert [state(stage, name, stage.asked(name)) for name in ("Rita", "Vera")] == ["pending"] * 2


def test_a_never_to_the_vendor_takes_back_the_yes_to_the_var(stage: Stage) -> None:
    code = confirmed(stage)
    decisions.accept(stage["Kim"], code)
    stage.go(HOLD)
    offer = arranging.offer(stage["Kim"], code, slots=SLOTS)
    blocks.block(stage["Kim"], company="fastprint")
    assert state(stage, "Rita", code) == "revoked"
    refused(Refusal, arranging.choose, stage["Rita"], offer, slot=stage.slot(offer))


def test_while_the_vendor_is_shut_out_a_vars_ask_is_not_opened_again(stage: Stage) -> None:
    code = confirmed(stage)
    decisions.refuse(stage["Kim"], code, kind="no")
    stage.go(HOLD)
    blocks.block(stage["Kim"], company="fastprint")
    refused(WrongState, reopen, stage["Kim"], code, reason="We need it now.")
