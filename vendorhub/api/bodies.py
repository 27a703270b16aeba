"""Answers what a call was sent: bodies and queries read strictly, with a sentence beside each field that won't do."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from flask_babel import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from vendorhub.api.problems import Trouble
from vendorhub.domain.refusals import Unfit

_UNFIT: Final = "urn:vendorhub:problem:unfit"
_NOT_JSON: Final = ("json_invalid", "json_type")
_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Body(BaseModel):
    """What a call takes as JSON: no other fields, no other types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Query(BaseModel):
    """What a call takes in its query."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Body):
    """A deed that needs no words."""


Given = TypeVar("Given", bound=BaseModel)


def _day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != len("2027-01-13"):
        raise PydanticCustomError("day", "not a date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "not a date") from None


def _number(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    raise PydanticCustomError("int_type", "not a number")


Day = Annotated[date, BeforeValidator(_day), Field(json_schema_extra={"pattern": _DATE})]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
Mark = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._@-]{1,100}$")]
Note = Annotated[str, StringConstraints(max_length=1000)]


class Page(Query):
    """Which part of a list: at most `limit` items, after the `next` of the page before."""

    limit: Annotated[int, BeforeValidator(_number), Field(ge=1, le=100)] = 50
    cursor: Mark | None = None


def read_body(model: type[Given], raw: bytes) -> Given:
    """The JSON that was sent, as `model`; an empty body is `{}`.

    Raises Trouble: 400 for what is no JSON, 422 with `errors` by field for what the model doesn't take.
    """
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise _trouble(error) from None


def read_query(model: type[Given], sent: Mapping[str, list[str]]) -> Given:
    """The query as `model`. Raises Trouble 422, for a field that is there twice as well."""
    twice = {name: [_("Please give this once.")] for name, values in sent.items() if len(values) > 1}
    if twice:
        raise unfit(twice)
    try:
        return model.model_validate({name: values[0] for name, values in sent.items()})
    except ValidationError as error:
        raise _trouble(error) from None


def unfit(errors: Mapping[str, list[str]]) -> Trouble:
    """The 422 with these sentences by field; its detail is the first of them."""
    return Trouble(422, next(iter(errors.values()))[0], title=_(Unfit.title), kind=_UNFIT, errors=errors)


def _trouble(error: ValidationError) -> Trouble:
    errors: dict[str, list[str]] = {}
    for one in error.errors(include_url=False):
        if one["type"] in _NOT_JSON:
            return Trouble(400, _("This is not JSON; please send one JSON object."))
        where = ".".join(str(step) for step in _steps(one)) or "body"
        sentence = _sentence(one)
        if sentence not in errors.setdefault(where, []):
            errors[where].append(sentence)
    return unfit(errors)


def _steps(one: ErrorDetails) -> tuple[int | str, ...]:
    """Where in what was sent; without the names that only tell which of two types was tried."""
    return tuple(step for step in one["loc"] if isinstance(step, int) or (step.isidentifier() and step not in _TRIED))


_TRIED: Final = frozenset({"str", "constrained-str", "PlaceSaid", "VendorGiven"})


def _sentence(one: ErrorDetails) -> str:
    """What to do about it, in words. Pydantic's own words are for programmers."""
    kind, context = one["type"], one.get("ctx", {})
    match kind:
        case "missing":
            return str(_("Please fill this in."))
        case "extra_forbidden":
            return str(_("There is no such field here."))
        case "string_too_long":
            return str(
                _(
                    "Please keep this to %(at_most)d characters; it has %(length)d.",
                    at_most=context["max_length"],
                    length=len(str(one["input"])),
                )
            )
        case "string_too_short" | "too_short":
            return str(_("Please fill this in."))
        case "too_long":
            return str(_("Please give at most %(most)s of these.", most=context["max_length"]))
        case "literal_error" | "enum":
            return str(_("This is one of: %(expected)s.", expected=str(context["expected"]).replace("'", "")))
        case "day":
            return str(_("Please write the date like this: 2027-01-13."))
        case "greater_than_equal" | "less_than_equal":
            return str(_("This number is out of bounds."))
        case "string_type":
            return str(_("Please give this as text."))
        case "int_type" | "int_parsing" | "int_parsing_size" | "int_from_float":
            return str(_("Please give this as a whole number."))
        case "list_type":
            return str(_("Please give this as a list."))
        case _:
            return str(_("This can't be taken as it is; the API's description says what can."))


def plain(value: Any) -> str:
    """Text that may be left out: nothing is the empty text."""
    return value or ""
