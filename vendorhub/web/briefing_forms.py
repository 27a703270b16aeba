"""Answers how a briefing's forms are read: the proposal, and who is in the room."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import DateField, FieldList, StringField
from wtforms.validators import StopValidation

from vendorhub.domain import briefings as rules
from vendorhub.domain import meeting_requests as asks
from vendorhub.domain import texts
from vendorhub.domain.meeting_requests import Kind
from vendorhub.domain.refusals import Unfit
from vendorhub.queries import vendors
from vendorhub.queries.briefing_views import BriefingView
from vendorhub.web.forms import Fits, Form
from vendorhub.web.words import say

ROWS = 4


def whole(typed: str | None) -> int:
    """The number that was typed, -1 for what is none: the rules say then what would do."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 4 else -1


class LineUpForm(Form):
    """What the buyer's yes is to: the theme, the minutes, and the vendors, a row each, by name."""

    theme = StringField(
        validators=[
            Fits(
                lambda typed: texts.line(typed, at_most=120, what="theme"),
                empty=lazy_gettext("Please say in one line what it is about."),
            )
        ]
    )
    minutes = StringField(validators=[Fits(lambda typed: asks.check_minutes(whole(typed), Kind.BRIEFING))])
    vendors = FieldList(StringField(), min_entries=ROWS, max_entries=rules.VENDORS_AT_MOST + ROWS)
    version = StringField()

    def validate_vendors(self, field: FieldList) -> None:
        """As many as there have to be, each once, each known. Raises StopValidation."""
        try:
            rules.check_how_many(self.slugs())
        except Unfit as refusal:
            raise StopValidation(say(refusal)) from None

    def slugs(self) -> list[str]:
        """The vendors by slug. Raises Unfit for one that nobody is called."""
        return vendors.slugs([row.data or "" for row in self.vendors])

    def take(self, refusal: Unfit) -> None:
        """Beside the field it names; what is wrong with the vendors, above their rows."""
        if refusal.field == "vendors":
            self.vendors.errors = [say(refusal)]
        else:
            super().take(refusal)

    def name(self, briefing: BriefingView) -> None:
        """As it was agreed for a briefing."""
        self.theme.data, self.minutes.data = briefing.theme, str(briefing.minutes)
        self.fill([each.name for each in briefing.vendors if each.state in rules.NAMED])

    def fill(self, names: Sequence[str]) -> None:
        """Writes these names into the rows, as many as it takes."""
        for at, name in enumerate(names):
            if at >= len(self.vendors):
                self.vendors.append_entry()
            self.vendors[at].data = name

    def more(self) -> None:
        """Two rows more."""
        for _ in range(2):
            if len(self.vendors) < rules.VENDORS_AT_MOST:
                self.vendors.append_entry()


class BriefingForm(LineUpForm):
    """What a proposal says."""

    outcome = StringField(
        validators=[
            Fits(
                lambda typed: texts.line(typed, at_most=asks.SENTENCE_AT_MOST, what="outcome"),
                empty=lazy_gettext("Please say what would be known or decided afterwards."),
            )
        ]
    )
    goal = StringField()
    buyer_share = StringField(validators=[Fits(lambda typed: rules.check_share(whole(typed)))])
    items_due = DateField()
    house_rules = StringField(validators=[Fits(rules.check_house_rules, optional=True)])
    to = StringField()
    once = StringField()

    @classmethod
    def blank(cls, today: date) -> "BriefingForm":
        """As it stands before anybody has typed: an hour and a half, half of it the buyer's, three weeks to prepare."""
        form = cls()
        form.minutes.data, form.buyer_share.data = "90", str(rules.SHARE)
        form.items_due.data = today + timedelta(days=21 - today.weekday() + 2)
        form.house_rules.data = rules.HOUSE_RULES
        return form

    def copy(self, briefing: BriefingView) -> None:
        """The same words and vendors as another; by when items are due is asked anew."""
        for name in ("outcome", "goal", "house_rules"):
            self[name].data = getattr(briefing, name)
        self.buyer_share.data = str(briefing.buyer_share)
        self.name(briefing)

    def prefill(self, said: MultiDict[str, str]) -> None:
        """With what an address says: a theme, minutes, a goal, and vendors by their names."""
        for name in ("theme", "minutes", "goal"):
            self[name].data = said.get(name, self[name].data)
        self.fill(said.getlist("vendors")[: rules.VENDORS_AT_MOST])

    def take(self, refusal: Unfit) -> None:
        """Beside the field it names; a request calls the theme its topic."""
        super().take(Unfit("theme", refusal.msgid, **refusal.values) if refusal.field == "topic" else refusal)


class FrameForm(Form):
    """By when items are due, whose the time is, what everybody keeps to, and when the agenda is published."""

    items_due = DateField()
    buyer_share = StringField(validators=[Fits(lambda typed: rules.check_share(whole(typed)))])
    publish_days_before = StringField(validators=[Fits(lambda typed: rules.check_days_before(whole(typed)))])
    house_rules = StringField(validators=[Fits(rules.check_house_rules, optional=True)])
    version = StringField()
