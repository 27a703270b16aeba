"""How it has gone between a buyer and a company, gathered from what happened; both sides read the same facts (M13)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from vendorhub import clock
from vendorhub.domain.briefings import Part
from vendorhub.domain.codes import meant
from vendorhub.domain.deeds import Deed
from vendorhub.domain.items import ItemState
from vendorhub.domain.meeting_requests import CLOSED_BY_TIME, Kind, State
from vendorhub.domain.meetings import MeetingState
from vendorhub.domain.minutes import ActionState
from vendorhub.domain.outcomes import Held
from vendorhub.domain.papers import Stage
from vendorhub.domain.people import Actor, Side
from vendorhub.domain.records import OF_HELD, Fact, What, Whose, counted, delivered, in_order
from vendorhub.domain.refusals import NotThere
from vendorhub.domain.rights import Relation, may
from vendorhub.domain.windows import working_days_between
from vendorhub.queries import cadence
from vendorhub.queries import meeting_sight as sight
from vendorhub.queries.rhythms import day_of
from vendorhub.queries.scope import scope
from vendorhub.store import (
    Action,
    Briefing,
    FactAnswer,
    Item,
    Meeting,
    MeetingRequest,
    Organisation,
    Outcome,
    Paper,
    Participation,
    Person,
    Relationship,
    Thanks,
    Writing,
    db,
)
from vendorhub.store.outcomes import of_meeting
