from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.people import address
from tests.stage import HOLD, Stage, refused, words
from vendorhub import inbound
from vendorhub.domain.refusals import NotThere, WrongState
from vendorhub.outbox.office import office
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries import relationships
from vendorhub.queries.request_views import RequestView
from vendorhub.store import Letter, Mail, db
from vendorhub.usecases import blocks, decisions, logged, mails, not_vendors, parking
from vendorhub.usecases.sweep import sweep

MAILS = Path(__file__).parent.parent / "itip" / "mails"
US = "mx.norden.example"
MARCH = date(2027, 3, 1)
PASS = b"Authentication-Results: mx.norden.example; dmarc=pass header.from=norden.example\n"


def sample(name: str, *changes: tuple[str, str]) -> bytes:
    raw = (MAILS / f"{name}.eml").read_bytes()
    for old, new in changes:
        assert old.encode() in raw
        raw = raw.replace(old.encode(), new.encode())
    return raw


def receive(raw: bytes, to: str | None = None) -> str:
    return inbound.receive(raw, to=to, domain=office().domain, authserv_id=US)


def rows() -> list[tuple[str, str, bool, bool]]:
    """Of each mail: its state and why, whether it is a buyer's and one of their people's."""
    db.session.rollback()
    found = db.session.scalars(select(Mail).order_by(Mail.id))
    return [(row.state, row.why, row.buyer_id is not None, row.person_id is not None) for row in found]


def cards(stage: Stage, by: str = "Ada") -> list[RequestView]:
    db.session.rollback()
    return asks.listing(stage[by])[0]


FORWARDED = ("taken", "forwarded", True, True)
CHANGED = ("kim@norden.example", "alex@norden.example")


def test_what_is_forwarded_becomes_a_card_and_writes_to_nobody_outside(stage: Stage):
    raw = sample("outlook-german-chain", CHANGED)
    assert receive(raw) == "forwarded"
    assert rows() == [FORWARDED]
    [card] = cards(stage)
    assert (card.company, card.asked_by, card.sender_email, card.topic) == (
        "Fastprint",
        "Vera Vendor",
        address("Vera"),
        "Sicherungskosten für 2027",
    )
    assert (card.channel, card.noted_by, card.asked_of, card.unreadable) == ("mail", "Alex", "Kim", ("Angebot.pdf",))
    assert {letter.recipient for letter in stage.letters()} <= {address("Kim"), address("Alex")}
    refused(NotThere, asks.see, stage["Vera"], card.code)
    before = stage.told()
    assert receive(raw.replace(b"\n", b"\r\n")) == "forwarded"  # the same mail, by another way
    assert receive(b"Received: from elsewhere\n" + raw, to="norden@hub.example") == "forwarded"
    assert (rows(), len(cards(stage)), stage.told()) == ([FORWARDED], 1, before)


def test_each_attached_mail_is_a_card_and_a_nameless_sender_is_one_of_their_own(stage: Stage):
    assert receive(sample("two-attached")) == "forwarded"
    assert {(card.company, card.topic) for card in cards(stage)} == {
        ("Fastprint", "Backup costs"),
        ("Cloudio", "Cloud exit"),
    }
    for subject in ("Backup costs", "Tape"):
        receive(sample("winmail", ("FW: Backup costs", subject)), to="ASK+inbox@HUB.example")
    unknown = [card for card in cards(stage) if card.unreadable]
    assert [card.unreadable for card in unknown] == [("winmail.dat",)] * 2
    assert len({card.company for card in unknown}) == 2  # an answer to one is none to the other


def test_a_forger_of_ones_own_people_gets_a_note_that_the_named_may_confirm(stage: Stage):
    raw = sample("gmail").replace(PASS, b"")
    assert receive(raw) == "unproven"
    assert (rows(), cards(stage), stage.told()) == ([("kept", "unproven", True, True)], [], [])
    code = db.session.scalar(select(Mail.code))
    for other in ("Bo", "Alex", "Charlie", "Vera"):
        refused(NotThere, mails.confirm, stage[other], code)
    assert mails.confirm(stage["Kim"], code) == "confirmed"
    assert rows() == [("taken", "confirmed", True, True)]
    assert [(card.company, card.noted_by) for card in cards(stage)] == [("Fastprint", "Kim")]
    refused(WrongState, mails.confirm, stage["Kim"], code)


def test_what_came_is_kept_a_month_and_what_became_of_it_for_good(stage: Stage):
    raw = sample("gmail").replace(PASS, b"")
    receive(raw)
    code, sealed = db.session.execute(select(Mail.code, Mail.sealed)).one()
    assert b"Vera" not in sealed
    stage.go(timedelta(days=30))
    assert sweep() == 1
    assert db.session.execute(select(Mail.sealed, Mail.words, Mail.why)).one() == (None, "", "unproven")
    refused(WrongState, mails.confirm, stage["Kim"], code)
    assert sweep() == 0


STRAIGHT = sample("straight-invitation")


def test_an_unasked_invitation_is_a_card_and_a_known_vendor_is_told_once_how_to_ask(stage: Stage):
    assert receive(STRAIGHT) == "unasked"
    [card] = cards(stage)
    assert (card.channel, card.topic, card.asked_of, card.noted_by) == ("invitation", "Backup review", "Kim", None)
    [letter] = stage.letters(kind="front_door")
    assert letter.recipient == address("Vera")
    assert "https://hub.example/b/norden" in words(letter)
    assert "14:00" not in words(letter)
    for again in (b"<second@", b"<third@"):
        receive(STRAIGHT.replace(b"<grey@", again))
        stage.go(timedelta(days=20))
    # the second within a month of the first, the third after it
    assert len(stage.letters(kind="front_door")) == 1
    receive(STRAIGHT.replace(b"<grey@", b"<fourth@"))
    assert len(stage.letters(kind="front_door")) == 2


UNPROVEN = STRAIGHT.replace(b"dmarc=pass", b"dmarc=fail")


def test_an_unproven_invitation_is_nobodys_until_somebody_says_that_it_is_theirs(stage: Stage):
    decisions.refuse(stage["Kim"], stage.asked(), kind="not_now", again_on=MARCH)
    stage.go(HOLD)
    before = len(stage.letters())
    assert receive(UNPROVEN) == "unasked"
    card = next(each for each in cards(stage) if each.channel)
    claim = card.beside.claim
    assert (card.state, card.parked, card.sender_email, card.guests) == ("pending", "unproven", None, ())
    assert (card.company, card.asked_by) == (card.company, card.company)
    assert card.company.startswith("Unknown sender (")
    assert (claim.name, claim.says, claim.email, claim.seems) == (
        *("Vera Vendor", "Fastprint", address("Vera"), "Fastprint"),
    )
    assert relationships.between(stage["Kim"], "fastprint").asks == 1  # Kim's not now, and nothing of this one
    assert [words(letter).count("nothing shows") for letter in stage.letters()[before:]] == [1, 1]  # Kim, Alex
    logged.correct(stage["Alex"], card.code, topic="Tape")
    assert next(each for each in cards(stage) if each.channel).parked == "unproven"  # that says nothing of who it is
    parking.settle(stage["Alex"], card.code, who="them")
    card = asks.see(stage["Kim"], card.code)
    assert (card.state, card.parked, card.company, card.asked_by) == ("attached", "", "Fastprint", "Vera Vendor")
    assert (card.beside.first.again_on, card.topic) == (MARCH, "Tape")
    refused(NotThere, asks.see, stage["Vera"], card.code)
    assert len(stage.letters()) == before + 2
    receive(UNPROVEN.replace(b"<grey@", b"<second@"))
    assert [each.parked for each in cards(stage)].count("unproven") == 1  # one that was theirs says nothing of another


@pytest.mark.parametrize("scope", ["company", "person"])
def test_leaving_out_the_proof_is_no_way_around_a_never(stage: Stage, scope: str):
    decisions.refuse(stage["Kim"], stage.asked(), kind="never", scope=scope)
    stage.go(HOLD)
    before = len(stage.letters())
    assert receive(UNPROVEN) == "unasked"
    (card,) = (each for each in cards(stage) if each.channel)
    assert (card.state, card.parked, card.beside.claim.email) == ("attached", "unproven", address("Vera"))
    assert (len(stage.letters()), relationships.between(stage["Kim"], "fastprint").asks) == (before, 1)


def test_an_unproven_invitation_of_somebody_else_stays_nobodys(stage: Stage):
    receive(UNPROVEN)
    receive(UNPROVEN.replace(b"<grey@", b"<second@"))
    second, first = (card.code for card in cards(stage))
    parking.settle(stage["Kim"], first, who="other")
    logged.correct(stage["Kim"], second, name="Carl", email=address("Carl"), company="Cloudio")
    told = {card.code: (card.parked, card.company) for card in cards(stage)}
    assert told[second] == ("", "Cloudio")
    assert (told[first][0], told[first][1][:14]) == ("", "Unknown sender")
    refused(WrongState, parking.settle, stage["Kim"], second, who="them")
    assert relationships.between(stage["Kim"], "fastprint").asks == 0


def test_one_free_mail_address_does_not_ask_in_the_name_of_another(stage: Stage):
    receive(
        STRAIGHT.replace(b"fastprint.example", b"gmail.com").replace(b"From: Vera Vendor <vera@", b"From: Eve <eve@")
    )
    assert [card.sender_email for card in cards(stage)] == ["eve@gmail.com"]


def test_machines_strangers_and_whoever_may_be_somebody_else_get_no_letter(stage: Stage):
    head = (b"List-Id: <x>", b"List-Unsubscribe: <x>", b"Precedence: bulk", b"Auto-Submitted: auto-generated")
    head += (b"X-Auto-Response-Suppress: All", b"Return-Path: <>", b"Resent-From: kim@norden.example")
    sent = [STRAIGHT.replace(b"MIME-Version", line + b"\nMIME-Version") for line in head]
    sent.append(STRAIGHT.replace(b"dmarc=pass", b"dmarc=fail"))
    sent.append(STRAIGHT.replace(b"fastprint.example", b"unheard-of.example"))  # believed, and of no known vendor
    assert {receive(raw) for raw in sent} == {"unasked"}
    assert (len(cards(stage)), stage.letters(kind="front_door")) == (len(sent), [])


def test_who_is_shut_out_or_no_vendor_gets_no_letter(stage: Stage):
    blocks.block(stage["Kim"], company="fastprint")
    assert receive(STRAIGHT) == "unasked"
    assert cards(stage)[0].state == "attached"
    not_vendors.add(stage["Kim"], "fastprint.example")
    assert receive(STRAIGHT.replace(b"<grey@", b"<second@")) == "not_a_vendor"
    assert receive(sample("gmail")) == "not_a_vendor"
    assert (len(cards(stage)), stage.letters(kind="front_door")) == (1, [])


KIM = PASS + b"From: kim@norden.example\n"
DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
OWN = sample("forwarded-invitation").replace(b"Vera@fastprint", b"bo@norden").replace(b"vera@fastprint", b"bo@norden")
# what comes, to which mailbox, its state and why, and whether it is of one of the buyer's people
OTHER = (
    (STRAIGHT.replace(b"method:request", b"method:cancel"), "norden", "ignored", "other_calendar", False),
    (STRAIGHT, "meet-abcdef", "ignored", "reply", False),
    (STRAIGHT.replace(b"invite.ics", b"invite.pdf"), "norden", "ignored", "stranger", False),
    (b"From: MAILER-DAEMON@x.example\nTo: kim@norden.example\n\nx", "vendorhub", "ignored", "bounce", False),
    (KIM + b"Auto-Submitted: auto-replied\n\nAway", "ask", "ignored", "auto_reply", True),
    (STRAIGHT.replace(b"vera@fastprint.example", b"vendorhub@hub.example"), "norden", "ignored", "ours", False),
    (KIM + b"\n", "ask", "kept", "empty", True),
    (OWN, "ask", "ignored", "own", True),
    (PASS + b"From: newcomer@norden.example\nSubject: Fwd: x\n\nWords", "ask", "kept", "nobody", False),
    (sample("gmail"), "harbour", "ignored", "stranger", False),
    (b"From: kim@norden.example\n" + DEEP, "norden", "kept", "unreadable", False),
)


def test_every_other_mail_is_kept_with_the_reason_and_answered_by_nobody(stage: Stage):
    for raw, mailbox, *_ in OTHER:
        receive(raw, to=f"{mailbox}@hub.example")
    assert rows() == [(state, why, True, own) for _, _, state, why, own in OTHER]
    assert (cards(stage), stage.told()) == ([], [])
    assert (
        receive(sample("straight-invitation", (*CHANGED,), ("norden@hub", "x@hub")), to="ask@hub.example") == "unasked"
    )
    assert receive(b"From: x@y.example\nSubject: Hello\n\nWords", to="ask@hub.example") == "no_buyer"
    assert rows()[-1] == ("ignored", "no_buyer", False, False)


def test_two_places_that_write_to_each_other_stop(stage: Stage):
    receive(STRAIGHT)
    for _ in range(3):  # each letter of ours comes in at another place like this one
        for _, message in stage.delivered():
            with pytest.raises(inbound.Refused):
                receive(message)
            receive(message, to="norden@hub.example")
            receive(b"From: x@other.example\nAuto-Submitted: auto-replied\n\n" + message, to="ask@hub.example")
    assert stage.delivered() == []
    assert len(cards(stage)) == 1


def test_what_is_for_nobody_or_no_mail_is_refused_and_not_kept(stage: Stage):
    for raw, to, why in (
        (STRAIGHT, "nobody@hub.example", "There is no such mailbox here: nobody@hub.example."),
        (STRAIGHT, "norden@elsewhere.example", "There is no such mailbox here: norden@elsewhere.example."),
        (STRAIGHT.replace(b"norden@hub", b"norden@elsewhere"), None, "This mail is for no mailbox here."),
        (b"", "norden@hub.example", "This is no mail."),
        (b"x" * 30_000_001, "norden@hub.example", "This mail is larger than 30 MB."),
    ):
        assert str(refused(inbound.Refused, receive, raw, to=to)) == why
    assert db.session.scalars(select(Letter)).all() == []
