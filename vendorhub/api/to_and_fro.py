"""Answers what goes to and fro before a yes or no: a question and its answer, changes agreed to, a colleague."""

from typing import Annotated

from pydantic import StringConstraints

from vendorhub.api.bodies import Body, Nothing
from vendorhub.api.calls import Answer, post
from vendorhub.api.request_shapes import MeetingRequest, Sentences, judged, told
from vendorhub.domain.deeds import Deed
from vendorhub.domain.people import Actor
from vendorhub.usecases import amending, passing, questions
from vendorhub.usecases.once import once


class QuestionGiven(Body):
    """What the buyer would know before they answer."""

    question: Sentences


class AnswerGiven(Body):
    """What the other side says to the question."""

    answer: Sentences


class RedirectionGiven(Body):
    """To whom the ask is passed: the address of somebody of the buyer's who decides, or of a colleague."""

    to: Annotated[str, StringConstraints(max_length=254)]


@post("/meeting-requests/<code>/question", MeetingRequest, body=QuestionGiven, judge=judged(Deed.ASK_BACK))
def ask_back(actor: Actor, body: QuestionGiven, code: str) -> Answer:
    """Ask a question first. It goes out at once; the time to answer the ask waits, at most for its own length."""
    once(lambda: questions.ask_back(actor, code, question=body.question))
    return told(actor, code)


@post("/meeting-requests/<code>/answer", MeetingRequest, body=AnswerGiven, judge=judged(Deed.ANSWER_BACK))
def answer_back(actor: Actor, body: AnswerGiven, code: str) -> Answer:
    """Answer the buyer's question; their time to answer the ask goes on."""
    once(lambda: questions.answer_back(actor, code, answer=body.answer))
    return told(actor, code)


@post("/meeting-requests/<code>/agreement", MeetingRequest, judge=judged(Deed.AGREE))
def agree(actor: Actor, body: Nothing, code: str) -> Answer:
    """Agree to the changes with which the buyer said yes; taking the ask back is the other way."""
    once(lambda: amending.agree(actor, code))
    return told(actor, code)


@post("/meeting-requests/<code>/redirection", MeetingRequest, body=RedirectionGiven, judge=judged(Deed.REDIRECT))
def pass_on(actor: Actor, body: RedirectionGiven, code: str) -> Answer:
    """Pass the ask to a colleague, who answers for themselves. Held like an answer: nobody sees it before it counts."""
    once(lambda: passing.pass_on(actor, code, to=body.to))
    return told(actor, code)
