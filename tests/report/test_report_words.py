"""What the doctor reads: a small diary worked out by hand, a golden text, and nothing of what is hidden."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from io import BytesIO
from math import inf
from pathlib import Path

import pikepdf
import pypdf
import pytest
from reports import EVERYTHING, MADE, asking, made_up, pdf_of, shared, text_of

from ketatrack import __version__
from ketatrack.analysis.weibull import weibull_posterior
from ketatrack.formats.export_data import Consent
from ketatrack.models import enums, records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import Period, Reason, Route, Section, VitalMoment
from ketatrack.models.tracked import built_in
from ketatrack.report.pdf import attachments

GOLDEN = Path(__file__).parents[1] / "golden" / "report.txt"
LIKELY = weibull_posterior([(10, 11), (12, 13), (13, inf)])
MOOD = next(item for item in built_in() if item.key == "low_mood")


def vitals(before, after):
    pairs = ((VitalMoment.BEFORE, before), (VitalMoment.FORTY_MINUTES, after))
    return tuple(records.Vital(moment=when, systolic=high, diastolic=low) for when, (high, low) in pairs)


def session(day, route=Route.INTRAVENOUS, dose=4000, reason=Reason.PLANNED, **more):
    return records.Session(day=day, route=route, dose_mg=dose, reason=reason, drug=enums.Drug.KETAMINE, **more)


def rated(day, low_mood):
    return records.CheckIn(day=day, values=(records.Value(tracked_id=MOOD.id, hundredths=100 * low_mood),))


def by_hand() -> DiaryData:
    """Three sessions in five days in September, one in October, one in November; relief for 10, then 12 days."""
    first, second, third = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 10)
    sessions = (
        session(first),
        session(first + timedelta(days=2)),
        session(first + timedelta(days=4), vitals=vitals((120, 80), (150, 95)), side_effects=(enums.SideEffect.DIZZY,)),
        session(
            second,
            dose=5500,
            reason=Reason.SYMPTOMS,
            vitals=vitals((142, 88), (168, 98)),
            side_effects=(enums.SideEffect.DIZZY,),
            other_side_effects=("Nausea",),
            other_medicines=("sertraline",),
            local_time=time(10, 30),
            duration_minutes=45,
            weight_kg=8000,
            provider="Dr Larsen",
            notes="Mira drove",
        ),
        session(third, Route.INTRAMUSCULAR, 7000, Reason.CLINIC),
    )
    course = first + timedelta(days=4)
    check_ins = [rated(first - timedelta(days=n), 8) for n in range(1, 8)]
    check_ins += [rated(course + timedelta(days=n), 2 if n <= 10 else 8) for n in range(1, 26)]
    check_ins += [rated(second + timedelta(days=n), 3 if n <= 12 else 7) for n in range(1, 40)]
    check_ins += [rated(third + timedelta(days=n), 4) for n in range(1, 14)]
    scores = ((date(2026, 8, 30), 20), (date(2026, 9, 20), 8), (date(2026, 11, 20), 6))
    return DiaryData(
        tracked=built_in(),
        sessions=sessions,
        check_ins=tuple(check_ins),
        answers=tuple(records.Answers(instrument="phq9", day=day, total=total) for day, total in scores),
        profiles=(records.Profile(name="Ada Byron", birth_date=date(1980, 2, 29)),),
        contacts=(records.Contact(name="Mira Vogel", phone="555 0142"),),
    )


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return text_of(pdf_of(by_hand(), Consent(True, True)))


@pytest.mark.parametrize(
    "words",
    [
        "Ada Byron, born 29 Feb 1980",
        # 25 Aug to 23 Nov are 91 days: 7 + 3 sessions + 25 + 1 + 39 + 1 + 13, and 30 Aug is among the first 7.
        "25 Aug 2026 to 23 Nov 2026 · entries on 89 of 91 days (98 %)",
        "Racemic ketamine, 5 sessions. First IV 40 mg × 3 in 4 days (September 2026). Then 2: IV 55 mg, IM 70 mg. "
        "They were 26 to 40 days apart. Last: IM 70 mg on 10 Nov 2026, 13 days ago.",
        "PHQ-9 (0–27) 20 → 6 baseline → 20 Nov 2026 response: 10 or lower",
        "Low mood (10 worst) 8 → 4 baseline → mean of the 7 days to 23 Nov 2026",
        f"Relief after a session {round(LIKELY.median)} days",
        "3 followed, 2 ends",
        "Responded 3 of 3",
        "Highest blood pressure 168/98 40 min after IV 55 mg 1 Oct 2026; rise +26/+10",
        "10 Nov 2026 IM 70 mg clinic or travel 13+ in relief so far",
        "1 Oct 2026 IV 55 mg symptoms were coming back 12–13 faded",
        "5 Sept 2026 IV 40 mg, last of 3 planned date 10–11 faded",
        "Blood pressure, 2 of 5 sessions: before 131/84, at 40 min 159/97 (medians). Above 140/90 before a session: "
        "1 time. Largest rise +30/+15, 5 Sept 2026.",
        "Side effects, sessions with: dizzy 2, nausea 1. Vomited: none noted. Bladder discomfort: none noted.",
        "Other medicines, session days with: sertraline 1.",
    ],
)
def test_page_1(pages, words):
    assert words in pages[0]


@pytest.mark.parametrize(
    "words",
    [
        f"Early estimate, leaning partly on published studies: about {round(LIKELY.median)} days (could be "
        f"{round(LIKELY.lower)} to {round(LIKELY.upper)}).",
        "In relief: daily low mood at most half of baseline (4 or lower). Baseline 8 from 7 readings, "
        "25 Aug 2026 – 31 Aug 2026.",
        "2 of 91 days without an entry.",
        "Reason for coming back given for 2 of 2 sessions.",
        "This comparison cannot show which route works better.",
        "too few sessions (1 of 5)",
        "This describes your past sessions. It is not a forecast",
    ],
)
def test_page_2(pages, words):
    assert words in pages[1]


@pytest.mark.parametrize(
    "words",
    [
        "IV 55 mg 0.69 mg/kg 45 min",
        "before 142/88 40 min 168/98",
        "one course with the next",
        "Dizzy, Nausea with sertraline",
        "12–13 days, faded",
        "Notes: Mira drove",
    ],
)
def test_every_session(pages, words):
    assert words in pages[2]


def test_nothing_is_shown_that_was_not_asked_for():
    told = " ".join(text_of(pdf_of(by_hand())))
    assert "Mira drove" not in told
    assert "Notes are not part of this report, nor of the data attached to it." in told
    assert "PHQ-9: answers to single questions withheld by the patient." in told


def everything_in(pdf: bytes) -> bytes:
    """Every stream decompressed, every string, and the metadata of a PDF; and its text."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        parts = [each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream)]
        parts += [str(each).encode() for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        parts += [attachment.get_file().read_bytes() for attachment in opened.attachments.values()]
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    return b"\n".join((*parts, pdf, text.encode()))


def test_a_hidden_name_leaves_no_trace():
    whole = asking(by_hand(), "Ask Dr Larsen about Mira")
    traces = (b"Ada", b"Byron", b"1980", b"Larsen", b"Mira", b"Vogel", b"555 0142")
    plain = shared(whole, Consent(True, True))
    shown = everything_in(pdf_of(whole, Consent(True, True), attachments(plain)))
    assert all(trace in shown for trace in traces[:5])
    hidden = shared(whole, Consent(True, True), hide_name=True)
    left = everything_in(pdf_of(whole, Consent(True, True), attachments(hidden), hide_name=True))
    assert b"Name withheld" in left
    assert b"Ask [hidden] about [hidden]" in left
    assert [trace for trace in traces if re.search(rb"(?<![A-Za-z0-9])" + trace + rb"(?![A-Za-z0-9])", left)] == []


def whole_text() -> str:
    """The text of every page of two months of the made-up person, with all sections."""
    whole = replace(
        asking(made_up(1), "Relief was longer at 55 mg. Is that the dose?"),
        habit_choices=(records.HabitChoice(habits=("exercise",), recorded_at=MADE),),
    )
    period = {"period": Period.OWN, "from_day": date(2026, 9, 20), "to_day": date(2026, 11, 23)}
    pages = text_of(pdf_of(whole, Consent(True, True), **period))
    return "\n\n".join(pages).replace(__version__, "VERSION") + "\n"


def test_the_words_of_a_whole_report():
    """To make the golden text anew after a change on purpose, write `whole_text()` there and read the difference."""
    assert whole_text() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("years", [1, 10])
def test_page_1_and_2_are_one_page_each(years):
    pages = text_of(pdf_of(asking(made_up(years), "One?", "Two?", "Three?"), sections=EVERYTHING[:2]))
    assert "summary for my doctor" in pages[0]
    assert "How long relief lasted" in pages[1]
    assert "How this report was made" in pages[2]


def test_a_period_that_ended_says_what_lies_outside_it():
    """The session of November lies after it, and the rating of its last day before it."""
    last = date(2026, 10, 5)
    whole = replace(by_hand(), check_ins=(*by_hand().check_ins, rated(last, 9)))
    page = text_of(pdf_of(whole, period=Period.OWN, from_day=date(2026, 10, 4), to_day=last))
    assert "No session is noted in this period." in page[0]
    assert "Relief, all sessions" in page[0]
    assert "Responded, all sessions" in page[0]
    assert "2 days to 5 Oct 2026" in page[0]
    assert "also those outside this period" in page[1]
    earlier = text_of(pdf_of(by_hand(), period=Period.OWN, to_day=last))[0]
    assert "Last in this period: IV 55 mg on 1 Oct 2026." in earlier
    assert "before this period" not in earlier


def test_numbers_are_written_as_the_locale_does():
    """Worked out here and there, they carry one decimal sign; dates and the version keep their points."""
    told = " ".join(text_of(pdf_of(made_up(2), locale="de_DE"))[:2])
    english = " ".join(text_of(pdf_of(made_up(2)))[:2])
    pointed = set(re.findall(r"(?<![\d.])\d+\.\d+(?![\d.])", english))
    assert {"9.5", "6.5"} < pointed
    charts = {"9.5", "3.25"}  # the labels of relief lines in pictures, which are drawn alike everywhere
    left = pointed & set(re.findall(r"(?<![\d.])\d+\.\d+(?![\d.])", told))
    assert "9,5 or lower" in told
    assert "6,5 → 2,4" in told
    assert left <= charts, left


def test_only_what_is_chosen():
    for chosen in EVERYTHING:
        told = " ".join(text_of(pdf_of(by_hand(), sections=(chosen,))))
        titles = {
            Section.SUMMARY: "summary for my doctor",
            Section.CURVES: "How long relief lasted",
            Section.SESSIONS: "Every session",
            Section.HABITS: "Patterns in the notes",
            Section.ITEMS: "Questionnaires, answer by answer",
            Section.READINGS: "Table of all readings",
        }
        assert [title for section, title in titles.items() if title in told] == [titles[chosen]]
        assert "How this report was made" in told
