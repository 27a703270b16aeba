from datetime import timedelta

from tests.people import address
from tests.stage import Stage, refused, words
from vendorhub.domain.refusals import NotThere
from vendorhub.queries import history
from vendorhub.queries import meeting_requests as asks
from vendorhub.queries.request_views import RequestView
from vendorhub.usecases import logged
from vendorhub.usecases.sweep import sweep

JOE = "joe@newtape.example"


def noted(stage: Stage, by: str = "Kim", **told: str) -> str:
    given = {"channel": "phone", "topic": "Tape", "name": "Joe", "company": "Newtape", **told}
    return logged.log(stage[by], **given)


def seen(stage: Stage, code: str, by: str = "Kim") -> RequestView:
    return asks.see(stage[by], code)


def test_a_noted_ask_is_the_buyers_alone_and_writes_to_nobody_outside(stage: Stage) -> None:
    code = noted(stage, "Alex", email=address("Vera"), company="", topic="Toner")
    view = seen(stage, code)
    assert (view.company, view.asked_by, view.sender_email) == ("Fastprint", "Joe", address("Vera"))
    assert (view.state, view.channel, view.noted_by, view.asked_of, view.minutes) == (
        "pending",
        "phone",
        "Alex",
        "Kim",
        30,
    )
    assert view.answer_by == view.created_at.replace(day=11, hour=23, minute=0)
    assert stage.told() == [("ask_noted", address("Kim"))]
    assert "Joe of Fastprint asks about “Toner”" in words(stage.letters()[0])
    for other in ("Vera", "Vic", "Charlie", "Carl"):
        refused(NotThere, asks.see, stage[other], code)
        assert asks.listing(stage[other])[0] == []
        assert history.lines(stage[other])[0] == []
    stage.go(timedelta(days=30))
    sweep()
    assert (seen(stage, code).state, stage.told()) == ("lapsed", [("ask_noted", address("Kim"))])
    refused(NotThere, asks.see, stage["Vera"], code)
