"""Where, beside test_laws.py, each law has its tests."""

import ast

import pytest

from tests.code.house import ROOT

GUARDED_BY = {
    1: (
        "usecases/test_every_state.py::test_everybody_tries_everything",
        "store/test_ledger_by_sql.py::test_no_invitation_rests_on_another_decision_slot_or_terms",
        "outbox/test_gate.py::test_anything_else_may_not",
        "itip/test_what_people_type.py::test_whatever_is_taken_is_harmless",
        "machine/test_gathering.py::test_nobody_is_invited_before_everybody_has_said_so",
        "store/test_joins_by_sql.py::test_an_invitation_waits_for_every_vendor_that_is_named",
        "usecases/test_who_is_left.py::test_nothing_happens_by_itself_where_nobody_comes_and_the_buyer_may_call_it_off",
    ),
    2: (
        "domain/test_terms.py::test_narrower_is_free_and_wider_is_named",
        "usecases/test_answering.py::test_a_yes_is_never_wider_than_the_ask",
        "usecases/test_meetings.py::test_the_asking_side_only_wishes_to_move",
        "usecases/test_briefings.py::test_a_changed_line_up_asks_everybody_again_and_a_wider_one_the_buyer_first",
    ),
    3: (
        "store/test_ledger_by_sql.py::test_sqlite_refuses_every_statement_on_a_bare_connection",
        "store/test_ledger_by_sql.py::test_postgresql_refuses_the_app_s_role",
        "store/test_check.py::test_a_changed_line_of_the_ledger_is_named",
        "store/test_joins_by_sql.py::test_only_the_vendor_joins",
    ),
    4: (
        "domain/test_rights.py::test_each_cell_of_deed_side_role_and_relation",
        "usecases/test_answering.py::test_what_only_the_clock_or_a_letter_says_is_no_yes",
        "store/test_ledger_by_sql.py::test_no_yes_by_a_door_where_nobody_presses",
        "web/test_decision_link.py::test_a_form_sent_with_its_defaults_answers_nothing",
        "usecases/test_replies_by_mail.py::test_nobody_joins_by_mail",
    ),
    5: (
        "usecases/test_blocks.py::test_never_is_held_like_any_answer_and_then_ends_the_rest",
        "outbox/test_queue.py::test_a_block_stops_what_no_worker_has_claimed",
        "outbox/test_queue.py::test_block_against_claim_has_one_winner",
        "races/test_briefings.py::test_a_never_meets_the_invitation_that_waits",
        "store/test_joins_by_sql.py::test_a_block_of_a_vendor_or_of_its_person_holds_its_letters_at_the_claim",
    ),
    6: (
        "domain/test_people.py::test_a_circle_of_bosses_ends_where_it_closes",
        "usecases/test_asking.py::test_an_ask_that_meets_an_answer_from_before_is_put_on_its_thread",
    ),
    7: (
        "domain/test_meeting_requests.py::test_what_waits_lapses_by_the_clock",
        "usecases/test_silence.py::test_an_answer_at_the_end_or_after_it_is_too_late",
        "usecases/test_silence.py::test_silence_is_told_once",
    ),
    8: (
        "usecases/test_finding_a_time.py::test_nobody_is_in_two_places_over_all_buyers",
        "usecases/test_finding_a_time.py::test_a_clash_is_named_to_ones_own_side_only",
        "store/test_ledger_by_sql.py::test_nobody_is_in_two_places_but_one_after_the_other_is_fine",
        "usecases/test_polls.py::test_a_clash_at_the_choice_is_told_and_one_at_a_join_gives_up_the_time",
    ),
    9: (
        "store/test_write.py::test_whatever_is_raised_takes_everything_back",
        "outbox/test_queue.py::test_an_orphan_is_rescued_with_the_same_bytes_and_its_first_worker_fenced_off",
    ),
    10: (
        "usecases/test_asking.py::test_who_sees_an_ask_and_for_whom_it_is_not_there",
        "usecases/test_held.py::test_the_other_side_sees_nothing_before_the_instant",
        "web/test_doors.py::test_what_is_not_yours_is_not_there",
        "api/test_items.py::test_a_rival_s_probing_finds_nothing",
        "queries/test_items.py::test_what_comes_after_the_publication_stays_unknown",
        "web/test_rivals.py::test_before_the_publication",
        "web/test_rivals.py::test_after_the_publication",
        "web/test_rivals.py::test_on_the_day_and_afterwards",
        "web/test_rivals.py::test_once_it_has_left",
    ),
    11: (
        "domain/test_offers.py::test_what_is_no_time_is_refused",
        "usecases/test_finding_a_time.py::test_an_hour_that_comes_twice_is_taken_once_it_is_clear_which",
    ),
    12: (
        "web/test_opening.py::test_every_address_and_every_link_of_every_letter_changes_nothing",
        "domain/test_codes.py::test_a_new_code_is_seven_crockford_characters",
    ),
}


@pytest.mark.parametrize("law", range(1, 13))
def test_the_tests_of_a_law_are_there(law: int):
    for named in GUARDED_BY[law]:
        path, _, name = named.partition("::")
        module = ast.parse((ROOT / "tests" / path).read_text())
        assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}, named
