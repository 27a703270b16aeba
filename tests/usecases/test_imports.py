"""A table of vendors, people and past meetings: good rows in, bad ones named, the same again changes nothing."""

import time
from datetime import date

from sqlalchemy import event

from tests.people import address
from tests.stage import refused
from vendorhub.domain.imports import Counts
from vendorhub.domain.refusals import NotAllowed, NotThere, Unfit
from vendorhub.queries import cadence, history
from vendorhub.store import Letter, LoggedMeeting, Organisation, RelationshipDetails, WaitingImport, db
from vendorhub.usecases import details, imports

HEAD = (
    "company,domain,person,email,every,owner,goals,topics,contract_end,notice_by,spend,currency,met_on,minutes,note\n"
)
FIVE = (
    HEAD
    + "Fastprint,,Vera,vera@fastprint.example,month,mo@norden.example,Fewer suppliers|Backups that restore,Print,"
    + '2027-12-31,2027-09-30,9000,EUR,2026-12-01,45,"They said:\n""soon"""\n'
    + "Newcomer,newcomer.example,Eve,eve@newcomer.example,,,,,,,,,2026-11-01,,\n"
    + "newcomer,,Ned,ned@newcomer.example,,,,,,,,,2026-11-02,30,=1+1\n"
    + "Nowhere,,,,every day,,,,,,,,,,\n"
    + "Somewhere,,,,,vera@fastprint.example,,,,,,,,,\n"
    + "Else,,,,,,World peace,,,,,,,,\n"
    + "Norden Mutual,norden.example,,,,,,,,,,,,,\n"
).encode()


def test_good_rows_are_taken_and_bad_ones_named(stage):
    tried = imports.keep(stage["Kim"], FIVE)
    named = [(each.line, each.column) for each in tried.bad]
    assert (tried.good, named) == (3, [(6, "every"), (7, "owner"), (8, "goals"), (9, "company")])
    assert [str(each.why) for each in imports.waiting(stage["Kim"]).bad] == [str(each.why) for each in tried.bad]
    assert imports.waiting(stage["Alex"]) is None
    assert (cadence.listing(stage["Kim"]), db.session.query(LoggedMeeting).count()) == (([], None), 0)
    taken, counts = imports.take_waiting(stage["Kim"])
    assert (taken.good, len(taken.bad), counts) == (3, 4, Counts(companies=1, relationships=2, meetings=3))
    fastprint, newcomer = cadence.listing(stage["Kim"])[0]
    assert (fastprint.company, str(fastprint.rule.every), fastprint.last_met) == (
        *("fastprint", "month"),
        date(2026, 12, 1),
    )
    held = fastprint.details
    assert held.contacts == (("Vera", "vera@fastprint.example"),)
    assert (held.owner, held.goals, held.topics) == (
        *(("Mo", address("Mo")), ("Backups that restore", "Fewer suppliers")),
        ("Print",),
    )
    assert (held.contract_end, held.notice_by, held.spend, held.currency) == (
        *(date(2027, 12, 31), date(2027, 9, 30)),
        *(9000, "EUR"),
    )
    assert (newcomer.name, str(newcomer.rule.every), newcomer.last_met) == ("Newcomer", "quarter", date(2026, 11, 2))
    notes = {row.note for row in db.session.query(LoggedMeeting)}
    assert notes == {'They said:\n"soon"', "", "=1+1"}
    contacts = [row.contacts for row in db.session.query(RelationshipDetails).order_by("relationship_id")]
    assert contacts[1] == [["Eve", "eve@newcomer.example"], ["Ned", "ned@newcomer.example"]]
    assert db.session.query(WaitingImport).count() == db.session.query(Letter).count() == 0
    assert next((line.deed, line.words) for line in history.lines(stage["Kim"])[0]) == ("bring_in", "3")
    assert cadence.listing(stage["Charlie"]) == ([], None)
    assert imports.take(stage["Alex"], FIVE)[1] == Counts()
    assert [row.contacts for row in db.session.query(RelationshipDetails).order_by("relationship_id")] == contacts
    assert refused(NotThere, imports.take_waiting, stage["Kim"])


def test_whose_it_is_and_what_is_of_a_circle(stage):
    imports.take(stage["Kim"], FIVE)
    code = cadence.listing(stage["Kim"])[0][0].code
    details.set_details(stage["Kim"], code, circle=[address("Kim")])
    again = imports.try_(stage["Bo"], FIVE)
    assert (again.good, (again.bad[0].line, again.bad[0].column)) == (2, (2, "company"))
    assert refused(NotAllowed, imports.take, stage["Cleo"], FIVE)
    assert refused(NotThere, imports.take, stage["Vera"], FIVE)
    assert refused(Unfit, imports.keep, stage["Kim"], b"a,b\n1,2\n").field == "file"


def test_ten_thousand_rows_take_as_many_statements_as_ten(stage):
    def table(rows, name):
        lines = (
            f"{name} {at},{name.lower()}{at}.example,P,p@{name.lower()}{at}.example,2026-11-0{at % 9 + 1}"
            for at in range(rows)
        )
        return "\n".join(["company,domain,person,email,met_on", *lines, "Bad,,,,soon"]).encode()

    asked: list[str] = []

    def told(_connection, _cursor, statement, _values, _context, _many):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", told)
    numbers = []
    for rows, name in ((10, "Few"), (1000, "Many")):
        asked.clear()
        began = time.process_time()
        tried, counts = imports.take(stage["Kim"], table(rows, name))
        assert (tried.good, len(tried.bad), counts) == (rows, 1, Counts(rows, rows, rows))
        assert time.process_time() - began < 10
        numbers.append(len(asked))
    assert numbers[1] - numbers[0] <= 20  # rows are written a thousand at a time
    assert db.session.query(Organisation).filter(Organisation.noted_by.is_not(None)).count() == 1010
