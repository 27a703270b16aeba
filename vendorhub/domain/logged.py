"""What makes an ask that came elsewhere one of ours, and which answers there are to it."""

from enum import StrEnum
from typing import Final

from vendorhub.domain import texts
from vendorhub.domain.deeds import Deed
from vendorhub.domain.heard import NAME_AT_MOST, Channel, Heard
from vendorhub.domain.meeting_requests import TOPIC_AT_MOST, State, after
from vendorhub.domain.newcomers import is_site
from vendorhub.domain.refusals import Unfit, WrongState


class Quiet(StrEnum):
    """The answers to what came elsewhere that are told as none."""

    REMEMBER = "remember"  # nothing is written to them; it binds like a no
    FRONT_DOOR = "front_door"  # one kind letter about how to ask; it binds nobody


# The ways in which an ask comes, as people write them.
_CHANNELS: Final = {
    Channel.PHONE: ("phoned", "call", "called", "tel", "telephone", "rang", "mobile"),
    Channel.MAIL: ("e-mail", "email", "letter"),
    Channel.INVITATION: ("invite", "calendar"),
    Channel.SITE: ("network", "linkedin", "xing", "chat", "message"),
    Channel.VOICEMAIL: ("voice mail", "answering machine"),
    Channel.OTHER: ("fair", "event", "visit", "conference", "in person", "met"),
}
MEANT: Final = {word: channel for channel, words in _CHANNELS.items() for word in (channel.value, *words)}

MINUTES = 30  # until somebody says otherwise
WITHOUT_A_TOPIC = "An ask without a subject"


def after_correction(state: State, *, logged: bool, told: bool) -> State:
    """The state from which an ask is judged anew once its sender is put right. Raises WrongState for one that was asked
    here, in its sender's own words, and where somebody has answered, or has written to them about it."""
    if not logged:
        raise WrongState("They have asked this here themselves, so there is nothing to put right.")
    if told:
        raise WrongState("They have heard from you about this, so who asks stays as it is.")
    if state is State.PENDING:
        return state
    if state is State.ATTACHED:  # on arrival, on what may have been a wrong guess
        return after(state, Deed.REOPEN)
    raise WrongState("This has been answered or closed, so it stays as it is.")


def check_channel(channel: str) -> Channel:
    """The way it came, as people may write it. Raises Unfit for none that we know."""
    if (meant := MEANT.get(channel.strip().lower())) is None:
        raise Unfit("channel", "Please say how it came: mail, invitation, phone, site, voicemail or other.")
    return meant


def check_topic(topic: str) -> str:
    """What it is about, cleaned. Raises Unfit for none."""
    if not topic.strip():
        raise Unfit("topic", "Please say in one line what it is about.")
    return texts.line(topic, at_most=TOPIC_AT_MOST, what="topic")


def check_name(name: str, *, what: str = "name") -> str:
    """A person's or a company's name, cleaned; "" where it was not told. Raises Unfit for what is no name."""
    return texts.line(name, at_most=NAME_AT_MOST, what=what) if name.strip() else ""


def check_email(email: str) -> str:
    """The sender's address; "" where it was not told. Raises Unfit for what is none, or a networking site's own."""
    if not email.strip():
        return ""
    address = texts.email(email)
    if is_site(address.partition("@")[2]):
        raise Unfit("email", "This is the networking site’s own address; an answer there reaches nobody.")
    return address


def heard(*, channel: str, topic: str, name: str, email: str, company: str) -> Heard:
    """The same as one. Raises Unfit, naming the field, for what needs another look."""
    said = Heard(
        channel=check_channel(channel),
        topic=check_topic(topic),
        sender_name=check_name(name),
        sender_email=check_email(email),
        company=check_name(company, what="company"),
    )
    return somebody(said)


def somebody(said: Heard) -> Heard:
    """The same where it says who asks. Raises Unfit where it does not."""
    if not (said.sender_name or said.sender_email or said.company):
        raise Unfit("company", "Please say who it was: a name, a company or an address.")
    return said
