"""Answers how an item of a briefing is read from a form, and how what was typed goes into a draft and out of it."""

from datetime import UTC, datetime
from typing import Any, Final

from wtforms import FieldList, FormField, SelectMultipleField, StringField

from vendorhub.domain import items as rules
from vendorhub.domain.item_words import ItemWords
from vendorhub.domain.refusals import Unfit
from vendorhub.queries.items import ItemView
from vendorhub.web.ask_forms import GuestForm
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

ROWS_AT_FIRST: Final = 1
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class PresenterForm(GuestForm):
    """One of those who present; an empty row is nobody."""

    def validate(self, extra_validators: object = None) -> bool:
        """A person has a name and an address."""
        fits = bool(super().validate(extra_validators))
        if self.somebody() and not (self.email.data or "").strip():
            name = (self.name.data or "").strip() or "?"
            words = "Please give an address for %(name)s: the invitation and the agenda go to it."
            self.email.errors = [say(Unfit("email", words, name=name))]
        return fits


class ItemForm(Form):
    """An item, whole."""

    frame = 480  # minutes of the briefing

    title = StringField(validators=[Fits(rules.check_title)])
    abstract = StringField(validators=[Fits(rules.check_abstract)])
    minutes = StringField()
    topics = SelectMultipleField(validate_choice=False)
    further = StringField()
    asks = StringField()
    visibility = StringField(validators=[Fits(rules.check_visibility, optional=True)])
    presenters = FieldList(FormField(PresenterForm), min_entries=ROWS_AT_FIRST, max_entries=rules.PRESENTERS_AT_MOST)
    opened = StringField()  # when this person opened it
    ticket = StringField()  # whose form it is, sealed

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field, the minutes against the briefing's, and the topics together."""
        fits = bool(super().validate(extra_validators))
        words = self.words()
        try:
            rules.check_minutes(words.length(), frame=self.frame)
        except Unfit as refusal:
            self.minutes.errors, fits = [say(refusal)], False
        return fits

    def words(self) -> ItemWords:
        """Everything as it was typed."""
        return ItemWords(
            title=self.title.data or "",
            abstract=self.abstract.data or "",
            minutes=self.minutes.data or "",
            topics=tuple(self.topics.data or ()),
            further=self.further.data or "",
            visibility=self.visibility.data or "",
            asks=self.asks.data or "",
            presenters=tuple(row.form.typed() for row in self.presenters if row.form.somebody()),
        )

    def since(self) -> datetime:
        """When this person opened it; long ago where the form does not say, so that nothing of others' is lost."""
        try:
            at = datetime.fromisoformat(self.opened.data or "")
        except ValueError:
            return _LONG_AGO
        return at if at.tzinfo else _LONG_AGO

    def one_more(self) -> None:
        """A further empty row, where there may be one."""
        if len(self.presenters) < rules.PRESENTERS_AT_MOST:
            self.presenters.append_entry()

    def take(self, refusal: Unfit) -> None:
        """Topics are refused beside the line where they are typed."""
        if refusal.field == "topics":
            self.further.errors = [*self.further.errors, say(refusal)]
        else:
            super().take(refusal)

    def fill(self, words: ItemWords) -> None:
        """Puts what was typed before into the form."""
        for name in ("title", "abstract", "minutes", "further", "visibility", "asks"):
            self[name].data = getattr(words, name)
        self.topics.data = list(words.topics)
        while self.presenters.entries:
            self.presenters.pop_entry()
        for name, email, role in words.presenters[: rules.PRESENTERS_AT_MOST]:
            self.presenters.append_entry({"name": name, "email": email, "role": role})
        if not self.presenters.entries:
            self.presenters.append_entry()


def words_of(item: ItemView, vocabulary: tuple[str, ...]) -> ItemWords:
    """What a form shows of an item: what is kept of it, else what was sent."""
    if item.kept is not None:
        return item.kept
    return ItemWords(
        title=item.title,
        abstract=item.abstract,
        minutes=str(item.minutes),
        topics=tuple(word for word in item.topics if word in vocabulary),
        further=", ".join(word for word in item.topics if word not in vocabulary),
        visibility=item.visibility.value,
        asks=item.asks or "",
        presenters=tuple((one.name, one.email, one.role) for one in item.presenters),
    )
