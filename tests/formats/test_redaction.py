"""What is hidden, withheld or outside the period is gone before any exporter sees the diary."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from string import punctuation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.formats import redaction
from ketatrack.formats.export_data import Consent, share
from ketatrack.formats.redaction import HIDDEN
from ketatrack.models import enums, records
from ketatrack.models.diary_data import DiaryData

TODAY = date(2026, 11, 23)
MADE = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)


def session(day=TODAY, **more):
    return records.Session(day=day, route=enums.Route.INTRAVENOUS, **more)


def person(**more):
    held = {
        "profiles": (records.Profile(name="Ada Byron", birth_date=date(1980, 2, 29)),),
        "sessions": (session(provider="Dr Larsen", taken_home_by="Jonas", notes="Jonas drove; Larsen's room."),),
        "contacts": (records.Contact(name="Mira", phone="555 0142"),),
        "check_ins": (records.CheckIn(day=TODAY, note="ADA BYRON rang mira on 555 0142. Adagio, miracle."),),
        "early_signs": (records.EarlySign(sign="I stop calling Mira", helps="Walk with Jonas"),),
        "visit_questions": (records.VisitQuestion(words="Ask Dr Larsen"),),
        "drafts": (records.Draft(kind="session", payload='{"notes": "Jonas"}', saved_at=MADE),),
    }
    return DiaryData(**(held | more))


def test_names_are_gone_and_longer_words_stay():
    hidden = redaction.without_names(person())
    assert hidden.profiles == hidden.contacts == hidden.drafts == ()
    assert hidden.sessions[0].provider == hidden.sessions[0].taken_home_by == ""
    assert hidden.sessions[0].notes == f"{HIDDEN} drove; {HIDDEN}'s room."
    assert hidden.check_ins[0].note == f"{HIDDEN} rang {HIDDEN} on {HIDDEN}. Adagio, miracle."
    assert hidden.early_signs[0].sign == f"I stop calling {HIDDEN}"
    assert hidden.visit_questions[0].words == f"Ask {HIDDEN}"


def test_a_sign_in_the_place_of_a_name_is_no_name():
    asked = person(sessions=(session(provider="."), session(provider="?!")))
    assert redaction.without_names(asked).check_ins[0].note.endswith(". Adagio, miracle.")


def test_where_no_name_is_known_nothing_is_hidden():
    nobody = DiaryData(check_ins=(records.CheckIn(day=TODAY, note="Ada rang."),))
    assert redaction.without_names(nobody).check_ins[0].note == "Ada rang."


def test_names_in_scripts_without_spaces_are_found():
    whole = person(
        profiles=(records.Profile(name="李雷"),), check_ins=(records.CheckIn(day=TODAY, note="今天李雷好多了"),)
    )
    assert redaction.without_names(whole).check_ins[0].note == f"今天{HIDDEN}好多了"


def test_a_short_part_of_a_name_is_found_alone():
    whole = person(
        profiles=(records.Profile(name="山田 太郎"),),
        contacts=(records.Contact(name="Bo Anne-Marie de Wit"),),
        check_ins=(records.CheckIn(day=TODAY, note="山田さん、Bo and Marie de facto. An oboe, bo."),),
    )
    note = redaction.without_names(whole).check_ins[0].note
    assert note == f"{HIDDEN}さん、{HIDDEN} and {HIDDEN} de facto. An oboe, bo."


def test_a_title_alone_hides_nothing():
    whole = person(check_ins=(records.CheckIn(day=TODAY, note="The dr was late."),))
    assert redaction.without_names(whole).check_ins[0].note == "The dr was late."


names = st.text(st.characters(codec="utf-8", categories=["L", "Nd", "Po"]), min_size=1, max_size=12)
names = names.filter(lambda name: name.strip(punctuation + " "))


@given(name=names, phone=names, before=st.sampled_from(["", "a ", "(", "see "]), after=st.sampled_from(["", " b", ")"]))
def test_no_name_survives_as_a_word(name, phone, before, after):
    note = f"{before}{name}{after} {phone}"
    whole = DiaryData(
        contacts=(records.Contact(name=name, phone=phone),), check_ins=(records.CheckIn(day=TODAY, note=note),)
    )
    left = redaction.without_names(whole).check_ins[0].note
    rest = left.replace(HIDDEN, "\0").casefold()
    for gone in (name.strip(), phone.strip()):
        assert not re.search(rf"(?<!\w){re.escape(gone.casefold())}(?!\w)", rest)


def phq9(**more):
    return records.Answers(
        instrument="phq9", day=TODAY, items=(1, 1, 1, 1, 1, 1, 1, 1, 2), unscored=1, total=10, **more
    )


def test_a_withheld_answer_cannot_be_worked_out():
    gad7 = records.Answers(instrument="gad7", day=TODAY, items=(1,) * 7, total=7)
    card = records.CardShown(shown_at=MADE)
    left = redaction.without_safety_answers(person(answers=(phq9(), gad7), cards_shown=(card,)))
    assert left.answers[0] == replace(left.answers[0], items=None, unscored=None, total=10)
    assert left.answers[1] == gad7
    assert left.cards_shown == left.drafts == ()


def test_session_notes_are_withheld():
    whole = person(sessions=(session(notes="Waves", intention="Rest", provider="Dr Larsen"),))
    (left,) = redaction.without_notes(whole).sessions
    assert (left.notes, left.intention, left.provider) == ("", "", "Dr Larsen")


def test_notes_of_days_and_beside_questionnaires_are_withheld():
    whole = person(
        check_ins=(records.CheckIn(day=TODAY, note="A quiet day"),), answers=(phq9(note="In the waiting room"),)
    )
    left = redaction.without_notes(whole)
    assert (left.check_ins[0].note, left.answers[0].note) == ("", "")
    assert left.answers[0].items == whole.answers[0].items


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (enums.Period.SINCE_VISIT, date(2026, 11, 3)),
        (enums.Period.MONTHS_3, date(2026, 8, 24)),
        (enums.Period.MONTHS_12, date(2025, 11, 24)),
        (enums.Period.ALL, date(2024, 1, 5)),
        (enums.Period.OWN, date(2026, 2, 1)),
    ],
)
def test_periods(period, first):
    visits = [date(2026, 5, 1), date(2026, 11, 3), TODAY, date(2027, 1, 5)]
    whole = DiaryData(
        check_ins=(records.CheckIn(day=date(2024, 1, 5)),),
        appointments=tuple(records.Appointment(kind=enums.AppointmentKind.VISIT, day=day) for day in visits),
    )
    choices = records.SharingChoices(period=period, from_day=date(2026, 2, 1))
    assert redaction.days(whole, choices, TODAY) == (first, TODAY)


def test_without_a_visit_the_period_is_everything_and_never_before_the_first_entry():
    whole = DiaryData(check_ins=(records.CheckIn(day=date(2026, 10, 5)),))
    for period in (enums.Period.SINCE_VISIT, enums.Period.MONTHS_6, enums.Period.ALL):
        assert redaction.days(whole, records.SharingChoices(period=period), TODAY) == (date(2026, 10, 5), TODAY)
    assert redaction.days(DiaryData(), records.SharingChoices(), TODAY) == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (TODAY + timedelta(days=39), None, (TODAY + timedelta(days=39),) * 2),
        (None, date(2020, 1, 1), (date(2020, 1, 1),) * 2),
        (None, None, (TODAY - timedelta(days=9), TODAY)),
    ],
)
def test_a_period_of_ones_own_beyond_all_entries_has_a_day(first, last, expected):
    whole = DiaryData(check_ins=tuple(records.CheckIn(day=TODAY - timedelta(days=n)) for n in range(10)))
    choices = records.SharingChoices(period=enums.Period.OWN, from_day=first, to_day=last)
    assert redaction.days(whole, choices, TODAY) == expected


def test_what_is_shared_is_filtered_everywhere(tmp_path):
    rated = records.Tracked(key="low_mood", name="Low mood with Mira", kind=enums.Kind.RATING, is_measure=True)
    whole = person(
        tracked=(rated,),
        answers=(phq9(note="Mira helped"),),
        check_ins=tuple(
            records.CheckIn(day=TODAY - timedelta(days=n), values=(records.Value(tracked_id=rated.id, hundredths=700),))
            for n in range(30)
        ),
    )
    shared = share(whole, records.SharingChoices(hide_name=True), Consent(), TODAY, MADE)
    told = repr(shared).casefold()
    for name in ("ada", "byron", "larsen", "jonas", "mira", "555 0142"):
        assert not re.search(rf"(?<!\w){name}(?!\w)", told)
    assert {relief.measure.key for relief in shared.relief_results} == {"low_mood", "phq9"}
    assert (shared.days, shared.days_with_entries, shared.entries) == (30, 30, 32)


def test_relief_uses_what_lies_before_the_period():
    whole = DiaryData(
        answers=(phq9(), replace(phq9(), id=records.uuid4(), day=date(2026, 1, 5))),
        sessions=(session(date(2026, 1, 10)), session(TODAY - timedelta(days=3))),
    )
    choices = records.SharingChoices(period=enums.Period.OWN, from_day=date(2026, 11, 1), to_day=TODAY)
    shared = share(whole, choices, Consent(safety_answers=True, notes=True), TODAY, MADE)
    assert len(shared.diary.sessions) == len(shared.diary.answers) == 1
    (relief,) = shared.relief_results
    assert relief.baseline is not None
    assert len(relief.sessions) == 2
