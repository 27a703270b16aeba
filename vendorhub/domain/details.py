"""What a buyer holds of a relationship for itself: whose it is, what it serves, its contract, who may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from vendorhub.domain.refusals import Unfit

GOALS_AT_MOST: Final = 10
SPEND_AT_MOST: Final = 999_999_999_999
_EARLIEST, _LATEST = date(1990, 1, 1), date(2199, 12, 31)

Who = tuple[str, str]  # a name, and an address

_COUNTRIES_PAY_IN: Final = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
    CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST
    XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES: Final = frozenset(_COUNTRIES_PAY_IN.split())  # ISO 4217, as of 2026


@dataclass(frozen=True)
class Details:
    """What stands there now: `spend` is what the buyer pays a year, in whole units of `currency`; `notice_by` the last
    day on which the contract can be ended in time; `contacts` the people there, as brought in;
    `circle` whoever may know of the relationship, nobody for all."""

    owner: Who | None = None
    goals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    contract_end: date | None = None
    notice_by: date | None = None
    spend: int | None = None
    currency: str = ""
    contacts: tuple[Who, ...] = ()
    circle: tuple[Who, ...] = ()

    @property
    def confidential(self) -> bool:
        """Whether it is for a named circle alone."""
        return bool(self.circle)


class Said(TypedDict, total=False):
    """What somebody says anew; what is left out stays. People are told by their addresses, "" for no owner."""

    owner: str
    goals: Sequence[str]
    topics: Sequence[str]
    contract_end: date | None
    notice_by: date | None
    spend: int | None
    currency: str
    confidential: bool
    circle: Sequence[str]


def check_contract(end: date | None, notice_by: date | None) -> None:
    """Raises Unfit for a day far from any contract's, or a notice that would come after the contract's end."""
    for field, day in (("contract_end", end), ("notice_by", notice_by)):
        if day is not None and not _EARLIEST <= day <= _LATEST:
            raise Unfit(field, "Please look at the year again.")
    if end is not None and notice_by is not None and notice_by > end:
        raise Unfit("notice_by", "Notice is given before the contract ends; please look at the two days again.")


def check_spend(spend: int | None, currency: str) -> tuple[int | None, str]:
    """What is paid a year, and the currency in capitals; no amount has none. Raises Unfit naming spend or currency."""
    if spend is None:
        return None, ""
    if not 0 <= spend <= SPEND_AT_MOST:
        raise Unfit("spend", "Please give whole units, from 0 to %(most)s.", most=SPEND_AT_MOST)
    code = currency.strip().upper()
    if code not in CURRENCIES:
        raise Unfit("currency", "Please give the currency by its three letters, like EUR or USD.")
    return spend, code


def check_goals(goals: Sequence[str]) -> tuple[str, ...]:
    """The goals' names, each once. Raises Unfit for too many."""
    named = tuple(dict.fromkeys(goal.strip() for goal in goals if goal.strip()))
    if len(named) > GOALS_AT_MOST:
        raise Unfit("goals", "Please keep to %(most)s goals.", most=GOALS_AT_MOST)
    return named


def circle_of(said: Said, stands: Details, *, owner: str, by: str) -> frozenset[str]:
    """The addresses of those who may know of it, its owner always among them; nobody where all may.

    Raises Unfit for a circle of nobody, and for one in which whoever presses (`by`) would not be themselves.
    """
    named = frozenset(said.get("circle", [email for _name, email in stands.circle]))
    if not said.get("confidential", stands.confidential or bool(named)):
        return frozenset()
    if not named:
        raise Unfit("circle", "Please name who may know of it; a circle of nobody would hide it from everybody.")
    circle = named | ({owner} if owner else frozenset())
    if by not in circle:
        raise Unfit("circle", "Please name yourself as well, or you would not see it any more.")
    return circle
