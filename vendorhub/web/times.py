"""Answers how a wall time is typed: a date, a time and a zone, each row judged by itself (law 11)."""

from typing import Any

import wtforms
from flask import request
from wtforms import FieldList, FormField, StringField

from vendorhub.domain import texts, wall_times
from vendorhub.domain.offers import SLOTS_AT_MOST, SlotGiven
from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import WallTimeRefused
from vendorhub.web.forms import Fits, Form
from vendorhub.web.picks import PicksField, asks_to_look
from vendorhub.web.words import say

ROWS_AT_FIRST = 3


class SlotForm(Form):
    """One time as the clock on the wall shows it. `fold` says which of two, where a clock is set back."""

    date = StringField()
    time = StringField()
    fold = StringField()

    twice = False  # whether this time comes twice, so that the page has to ask which is meant

    def empty(self) -> bool:
        """Whether nothing is typed in this row."""
        return not (self.date.data or "").strip() and not (self.time.data or "").strip()

    def read(self, zone: str) -> SlotGiven:
        """The time as the use-cases take it. Raises Unfit where it names no instant, or two."""
        given = f"{(self.date.data or '').strip()}T{(self.time.data or '').strip()}"
        fold = int(self.fold.data) if self.fold.data in ("0", "1") else None
        try:
            wall = wall_times.parse_wall(given)
            wall_times.instant(wall, zone, fold=fold)
        except WallTimeRefused as refusal:
            self.twice = refusal.problem == "fold"
            if refusal.problem == "malformed":
                raise Unfit("date", "Please give a date like 2027-01-13 and a time like 14:00.") from None
            raise
        return given, zone, fold


class ZonedForm(Form):
    """Times ticked in a week, or typed, and the zone in which all typed ones are meant."""

    picks = PicksField()
    zone = StringField()
    note = StringField(validators=[Fits(lambda typed: texts.text(typed, at_most=1000, what="note"))])

    def zone_or_refuse(self) -> str:
        """The zone that was typed. Raises Unfit for one that nobody knows."""
        typed = (self.zone.data or "").strip()
        if typed not in wall_times.zones():
            raise Unfit("zone", "We do not know this time zone; please name one like Europe/Berlin.")
        return typed

    def picked(self) -> list[SlotGiven]:
        """The times that are ticked. Raises Unfit if there is one that can't be read."""
        try:
            return self.picks.read()
        except WallTimeRefused:
            raise Unfit("picks", "One of the times you ticked can't be read; please tick it anew.") from None

    def read_row(self, row: SlotForm, zone: str) -> SlotGiven | None:
        """One row's time; None, with its sentence beside it, where it won't do."""
        try:
            return row.read(zone)
        except Unfit as refusal:
            row.date.errors = [say(refusal)]
            return None


class SlotsForm(ZonedForm):
    """Several times to put up: ticked in the week, or typed."""

    slots = FieldList(FormField(SlotForm), min_entries=ROWS_AT_FIRST, max_entries=SLOTS_AT_MOST)

    def looks_first(self) -> bool:
        """Whether it was sent to be looked at anew, with one row more or another part of the weeks."""
        more = "more" in request.form
        if more and len(self.slots) < SLOTS_AT_MOST:
            self.slots.append_entry()
        return more or asks_to_look()

    def read(self) -> list[SlotGiven] | None:
        """All times that are ticked or typed; None where something needs another look."""
        fits = bool(self.validate())
        try:
            zone, picked = self.zone_or_refuse(), self.picked()
        except Unfit as refusal:
            self.take(refusal)
            return None
        given = [self.read_row(row.form, zone) for row in self.slots if not row.form.empty()]
        told = [each for each in given if each is not None]
        return [*picked, *told] if fits and len(told) == len(given) else None

    def typed(self) -> bool:
        """Whether something is typed in the rows, so that they are to be seen."""
        return any(not row.form.empty() or row.form.date.errors for row in self.slots)


class MoveForm(ZonedForm):
    """One other time: ticked in the week, or typed."""

    slot = FormField(SlotForm)

    def read(self) -> SlotGiven | None:
        """The time that is ticked, else the one typed; None where something needs another look."""
        fits = bool(self.validate())
        try:
            zone, picked = self.zone_or_refuse(), self.picked()
        except Unfit as refusal:
            self.take(refusal)
            return None
        told = picked[-1] if picked and self.slot.form.empty() else self.read_row(self.slot.form, zone)
        return told if fits else None

    def take(self, refusal: Unfit) -> None:
        """A refusal of the slot stands beside its date."""
        if refusal.field in ("slot", "slots", "start"):
            self.slot.form.date.errors = [say(refusal)]
        else:
            super().take(refusal)


def all_errors(form: Any) -> list[tuple[str, str]]:
    """Every sentence of a form with the id of the field it is about ("" where it is about the whole)."""
    found: list[tuple[str, str]] = [("", sentence) for sentence in getattr(form, "form_errors", [])]
    for field in form:
        if isinstance(field, FormField):
            found += all_errors(field.form)
        elif isinstance(field, FieldList):
            found += [(field.id, sentence) for sentence in field.errors if isinstance(sentence, str)]
            for row in field:
                found += all_errors(row.form) if isinstance(row, FormField) else [(row.id, each) for each in row.errors]
        elif isinstance(field, wtforms.Field):
            found += [(field.id, sentence) for sentence in field.errors]
    return found
