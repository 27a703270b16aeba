from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorhub.domain.refusals import Unfit
from vendorhub.domain.wall_times import WallTimeRefused, in_zone, instant, parse_wall, zone_name, zones

BERLIN = "Europe/Berlin"
IN_GAP = datetime(2027, 3, 28, 2, 30)
IN_FOLD = datetime(2027, 10, 31, 2, 30)

some_zones = st.sampled_from(sorted(zones()))
some_instants = st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


def problem(refused: pytest.ExceptionInfo[WallTimeRefused]) -> tuple[str, str]:
    return refused.value.problem, refused.value.field


def test_a_wall_time_in_berlin_is_an_hour_or_two_before_in_utc():
    assert instant(datetime(2027, 1, 13, 14), BERLIN) == datetime(2027, 1, 13, 13, tzinfo=UTC)
    assert instant(datetime(2027, 7, 13, 14), BERLIN) == datetime(2027, 7, 13, 12, tzinfo=UTC)
    assert instant(datetime(2027, 7, 13, 14), BERLIN).tzinfo is UTC


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(WallTimeRefused) as refused:
        instant(IN_GAP, BERLIN)
    assert problem(refused) == ("gap", "start")
    assert str(refused.value) == "The clocks go forward then and skip this time; please choose another one."


def test_no_fold_talks_a_skipped_time_into_being():
    for fold in (0, 1):
        with pytest.raises(WallTimeRefused) as refused:
            instant(IN_GAP, BERLIN, fold=fold)
        assert problem(refused) == ("gap", "start")


def test_a_time_that_comes_twice_is_asked_about():
    with pytest.raises(WallTimeRefused) as refused:
        instant(IN_FOLD, BERLIN)
    assert problem(refused) == ("fold", "start")
    assert instant(IN_FOLD, BERLIN, fold=0) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert instant(IN_FOLD, BERLIN, fold=1) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_a_fold_that_python_put_on_the_start_does_not_count():
    with pytest.raises(WallTimeRefused) as refused:
        instant(IN_FOLD.replace(fold=1), BERLIN)
    assert problem(refused) == ("fold", "start")


def test_a_fold_changes_nothing_where_the_time_comes_once():
    wall = datetime(2027, 1, 13, 14)
    assert instant(wall, BERLIN, fold=1) == instant(wall, BERLIN, fold=0) == instant(wall, BERLIN)


@pytest.mark.parametrize(
    "zone",
    ["", "Berlin", "europe/berlin", "../etc/passwd", "/etc/localtime", "localtime", "Factory", "Europe/\0"],
)
def test_an_unknown_zone_is_refused(zone: str):
    for asked in (
        lambda: instant(datetime(2027, 1, 13), zone),
        lambda: in_zone(datetime(2027, 1, 13, tzinfo=UTC), zone),
        lambda: zone_name(datetime(2027, 1, 13, tzinfo=UTC), zone),
    ):
        with pytest.raises(WallTimeRefused) as refused:
            asked()
        assert problem(refused) == ("unknown_zone", "timezone")


def test_an_aware_start_another_fold_and_the_end_of_the_calendar_are_refused():
    for start, zone, fold in [
        (datetime(2027, 1, 13, tzinfo=UTC), BERLIN, None),
        (datetime(2027, 1, 13), BERLIN, 2),
        (datetime(9999, 12, 31, 23), "America/New_York", None),
        (datetime(1, 1, 1), "Asia/Tokyo", None),
    ]:
        with pytest.raises(WallTimeRefused) as refused:
            instant(start, zone, fold=fold)
        assert problem(refused) == ("malformed", "start")


def test_a_refusal_is_a_value_error_that_every_door_can_show():
    assert issubclass(WallTimeRefused, ValueError)
    assert issubclass(WallTimeRefused, Unfit)


@given(some_instants, some_zones)
def test_what_a_clock_shows_names_the_instant_it_was_shown_at(moment: datetime, zone: str):
    shown = in_zone(moment, zone)
    assert instant(shown.replace(tzinfo=None), zone, fold=shown.fold) == moment


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)), some_zones)
def test_a_wall_time_names_the_instants_at_which_it_is_shown(wall: datetime, zone: str):
    # Independently: the instants, among all offsets of that week, at which the zone's clocks show this time.
    offsets = {
        (datetime.combine(wall, datetime.min.time(), UTC) + timedelta(hours=hour))
        .astimezone(ZoneInfo(zone))
        .utcoffset()
        for hour in range(-72, 96)
    }
    candidates = {wall.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None}
    shown = sorted(each for each in candidates if each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall)
    try:
        named = [instant(wall, zone)]
    except WallTimeRefused as refused:
        named = [instant(wall, zone, fold=fold) for fold in (0, 1)] if refused.problem == "fold" else []
    assert named == shown


@pytest.mark.parametrize(
    ("value", "wall"),
    [
        ("2027-01-13T14:00:00", datetime(2027, 1, 13, 14)),
        ("2027-01-13T14:05", datetime(2027, 1, 13, 14, 5)),
        ("2028-02-29T23:59:59", datetime(2028, 2, 29, 23, 59, 59)),
    ],
)
def test_a_wall_time_is_read(value: str, wall: datetime):
    assert parse_wall(value) == wall
    assert parse_wall(value).tzinfo is None


@pytest.mark.parametrize("value", ["2027-01-13T14:00:00Z", "2027-01-13T14:00:00+01:00", "2027-01-13T14:00-0500"])
def test_an_offset_is_refused_with_its_own_sentence(value: str):
    with pytest.raises(WallTimeRefused) as refused:
        parse_wall(value)
    assert problem(refused) == ("malformed", "start")
    assert str(refused.value) == (
        "Please leave out the offset: write the time as the clock on the wall shows it, with its zone beside it."
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "tomorrow",
        "2027-01-13",
        "2027-01-13 14:00:00",
        "2027-01-13T14",
        "20270113T140000",
        "2027-1-13T14:00:00",
        "2027-01-13T14:00:00.5",
        "2027-01-13T14:00:00\n",
        " 2027-01-13T14:00:00",
        "٢٠٢٧-01-13T14:00:00",
    ],
)
def test_another_form_is_refused_with_the_right_one(value: str):
    with pytest.raises(WallTimeRefused) as refused:
        parse_wall(value)
    assert problem(refused) == ("malformed", "start")
    assert str(refused.value) == "Please write the time like this: 2027-01-13T14:00:00."


@pytest.mark.parametrize(
    "value", ["2027-02-29T14:00:00", "2027-13-01T14:00:00", "2027-01-13T24:00:00", "0000-01-01T00:00:00"]
)
def test_a_day_or_hour_that_does_not_exist_is_refused(value: str):
    with pytest.raises(WallTimeRefused) as refused:
        parse_wall(value)
    assert str(refused.value) == "This date or time does not exist; please look at it again."


@given(st.datetimes())
def test_what_is_written_in_iso_is_read_back(wall: datetime):
    wall = wall.replace(microsecond=0)
    assert parse_wall(wall.isoformat()) == wall


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Europe/Berlin", "Berlin time, UTC+01:00", "Berlin time, UTC+02:00"),
        ("America/New_York", "New York time, UTC-05:00", "New York time, UTC-04:00"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time, UTC-03:00", "Buenos Aires time, UTC-03:00"),
        ("Asia/Kathmandu", "Kathmandu time, UTC+05:45", "Kathmandu time, UTC+05:45"),
        ("America/St_Johns", "St Johns time, UTC-03:30", "St Johns time, UTC-02:30"),
        ("Europe/London", "London time, UTC+00:00", "London time, UTC+01:00"),
        ("Japan", "Japan time, UTC+09:00", "Japan time, UTC+09:00"),
        ("UTC", "UTC", "UTC"),
        ("Etc/UTC", "UTC", "UTC"),
        ("Etc/GMT+5", "UTC-05:00", "UTC-05:00"),
    ],
)
def test_a_zone_is_named_as_people_say_it(zone: str, winter: str, summer: str):
    assert zone_name(datetime(2027, 1, 13, tzinfo=UTC), zone) == winter
    assert zone_name(datetime(2027, 7, 13, tzinfo=UTC), zone) == summer
