"""Answers how the five questions are read, and how what was typed goes into a draft and comes out of it (M5)."""

from typing import Final

from wtforms import FieldList, FormField, StringField

from vendorhub.domain import meeting_requests as rules
from vendorhub.domain import texts
from vendorhub.domain.confirmations import VendorNamed
from vendorhub.domain.drafts import FIELDS, DraftWords
from vendorhub.domain.refusals import Unfit
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

ROWS_AT_FIRST: Final = 2


def _one_line(what: str, at_most: int, missing: str) -> Fits:
    """One line; `missing` says what to do where there is none, so that a list of what is missing tells them apart."""

    def rule(typed: str) -> None:
        if not typed.strip():
            raise Unfit(what, missing)
        texts.line(typed, at_most=at_most, what=what)

    return Fits(rule)


def _sentences(what: str, missing: str) -> Fits:
    def rule(typed: str) -> None:
        if not texts.text(typed, at_most=rules.SENTENCE_AT_MOST, what=what):
            raise Unfit(what, missing)

    return Fits(rule)


def _minutes(typed: str) -> int:
    return rules.check_minutes(int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0)


class GuestForm(Form):
    """One of those who would come; an empty row is nobody."""

    name = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=120, what="name"), optional=True)])
    email = StringField(validators=[Fits(texts.email, optional=True)])
    role = StringField(validators=[Fits(lambda typed: texts.line(typed, at_most=80, what="role"), optional=True)])

    def validate(self, extra_validators: object = None) -> bool:
        """A person has a name and an address."""
        fits = bool(super().validate(extra_validators))
        if self.somebody():
            for field in (self.name, self.email):
                if not (field.data or "").strip():
                    field.errors = [say(Unfit("", "Please fill this in."))]
                    fits = False
        return fits

    def somebody(self) -> bool:
        """Whether anything is typed in this row."""
        return any((field.data or "").strip() for field in (self.name, self.email, self.role))

    def typed(self) -> tuple[str, str, str]:
        """Name, address and role as they stand."""
        return self.name.data or "", self.email.data or "", self.role.data or ""


class AskForm(Form):
    """The five questions (M5)."""

    topic = StringField(
        validators=[_one_line("topic", rules.TOPIC_AT_MOST, "Please say in one line what it is about.")]
    )
    kind = StringField(default="topic")
    goal = StringField()
    outcome = StringField(validators=[_sentences("outcome", "Please say what they would know or decide afterwards.")])
    learned = StringField(validators=[_sentences("learned", "Please say what you have learned about them.")])
    minutes = StringField(validators=[Fits(_minutes)])
    attendees = FieldList(FormField(GuestForm), min_entries=ROWS_AT_FIRST, max_entries=rules.GUESTS_AT_MOST)
    to = StringField()
    vendor = StringField()  # for whom a VAR asks
    vendor_domain = StringField()
    introduced_by = StringField(validators=[Fits(texts.email, optional=True)])
    once = StringField()  # the same for every press of the form, new for every form
    ticket = StringField()  # whose form it is, sealed

    def guests(self) -> list[tuple[str, str, str]]:
        """Who is named, as the use-case takes them."""
        return [row.form.typed() for row in self.attendees if row.form.somebody()]

    def in_whose_name(self) -> VendorNamed | None:
        """The vendor for whom it is asked; None where they ask for themselves."""
        name, domain = (self.vendor.data or "").strip(), (self.vendor_domain.data or "").strip()
        return VendorNamed(name=name, domain=domain) if name or domain else None

    def one_more(self) -> None:
        """A further empty row, where there may be one."""
        if len(self.attendees) < rules.GUESTS_AT_MOST:
            self.attendees.append_entry()

    def length(self) -> int:
        """The minutes that were chosen. Raises Unfit for none."""
        return _minutes(self.minutes.data or "")

    def words(self) -> DraftWords:
        """Everything as it was typed."""
        told = {name: self[name].data or "" for name in FIELDS}
        return DraftWords(**told, attendees=self.guests())

    def fill(self, words: DraftWords) -> None:
        """Puts what was typed before into the form."""
        for name in FIELDS:
            self[name].data = getattr(words, name)
        while self.attendees.entries:
            self.attendees.pop_entry()
        for name, email, role in words.attendees:
            self.attendees.append_entry({"name": name, "email": email, "role": role})
        while len(self.attendees) < ROWS_AT_FIRST:
            self.attendees.append_entry()


class NewcomerForm(AskForm):
    """The same for somebody who is not signed in: who they are, too. Who asks comes along; the rows are the others."""

    name = StringField(validators=[_one_line("name", 120, "Please tell us your name.")])
    email = StringField(validators=[Fits(texts.email)])
    company = StringField(validators=[_one_line("company", 120, "Please name your company.")])
