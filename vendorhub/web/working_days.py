"""Answers by when somebody hears who asks a buyer today."""

from datetime import datetime

from vendorhub import clock
from vendorhub.domain.windows import window_ends
from vendorhub.queries.people import BuyerView


def answer_by(buyer: BuyerView) -> datetime:
    """The instant by which an ask of today is answered, or closed."""
    return window_ends(clock.now(), working_days=buyer.response_days, zone=buyer.zone)
