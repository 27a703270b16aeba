"""Time that was given, shared out."""

from datetime import date

from vendorhub.domain.hours import Share, Spent, by_month, given_to, months_until

SHARES = [
    Share(date(2026, 10, 5), "acme", 60, goals=("Fewer suppliers",), topics=("Backup", "Print")),
    Share(date(2026, 11, 9), "acme", 40, joint=True, goals=("Fewer suppliers", "Backups that restore")),
    Share(date(2026, 11, 9), "blue", 40, joint=True),
]


def test_time_is_shared_out_without_a_rest() -> None:
    assert given_to(SHARES, lambda share: (share.company,)) == [Spent("acme", 100, 40), Spent("blue", 40, 40)]
    assert given_to(SHARES, lambda share: share.goals) == [
        Spent("Fewer suppliers", 80, 20),
        Spent("", 40, 40),
        Spent("Backups that restore", 20, 20),
    ]
    assert given_to(SHARES, lambda share: share.topics) == [
        Spent("", 80, 80),
        Spent("Backup", 30, 0),
        Spent("Print", 30, 0),
    ]
    assert given_to(SHARES, lambda share: (share.company,))[0].alone == 60


def test_a_month_without_time_stands_there_too() -> None:
    months = months_until(date(2026, 11, 23))
    assert (months[0], months[-1], len(months)) == (date(2025, 12, 1), date(2026, 11, 1), 12)
    assert by_month(SHARES, months)[-3:] == [
        (date(2026, 9, 1), Spent("2026-09", 0, 0)),
        (date(2026, 10, 1), Spent("2026-10", 60, 0)),
        (date(2026, 11, 1), Spent("2026-11", 80, 80)),
    ]
