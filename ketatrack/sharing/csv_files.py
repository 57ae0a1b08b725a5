"""The diary as tables for a spreadsheet: one CSV file a kind, which import brings back as it was.

UTF-8 with a byte order mark so that Excel opens them, RFC 4180, and no typed words that could run as a formula.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import time

from ketatrack.analysis import relief_words
from ketatrack.analysis.measures import day_values
from ketatrack.analysis.relief import Relief
from ketatrack.models import labels, sheets
from ketatrack.models.instruments import instrument
from ketatrack.models.records import Answers, CheckIn, Session, Settings, Tracked
from ketatrack.models.sheet_cells import guarded, write_value
from ketatrack.models.values import Kind
from ketatrack.models.whole import WholeDiary
from ketatrack.sharing.shared import Shared

_BYTE_ORDER_MARK = "\ufeff"
_OF_THE_DAY = {
    Kind.RATING: "mean", Kind.HOURS: "last", Kind.YES_NO: "any", Kind.MINUTES: "sum", Kind.COUNT: "sum"
}  # fmt: skip
_RELIEF_HEAD = (
    "measure", "measure_name", "baseline", "baseline_source", "in_relief_when", "date", "session_ids", "lower (days)",
    "upper (days)", "status", "status_in_words", "note", "next_session_reason",
)  # fmt: skip


def csv_files(shared: Shared) -> dict[str, bytes]:
    """Every table by the name of its file; the same bytes for the same diary."""
    whole = shared.diary
    certain_from = sheets.certain_from(next(iter(whole.settings), Settings()))
    return {
        sheets.SESSIONS: _file(_sessions(whole, certain_from)),
        sheets.VITALS: _file(_vitals(whole, certain_from)),
        sheets.CHECK_INS: _file(_check_ins(whole, certain_from)),
        sheets.QUESTIONNAIRES: _file(_questionnaires(whole, certain_from)),
        sheets.MEASURES: _file(_measures(whole.tracked)),
        sheets.HABITS: _file(_habits(whole)),
        sheets.RELIEF: _file(_reliefs(shared)),
    }


def csv_zip(shared: Shared) -> bytes:
    """The same tables in one zip; the same bytes for the same diary."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in csv_files(shared).items():
            # The date that ZipInfo starts with stands still: 1980-01-01.
            archive.writestr(zipfile.ZipInfo(name), table, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _file(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return (_BYTE_ORDER_MARK + written.getvalue()).encode()


def _when(entry: Session | CheckIn | Answers, certain_from: time) -> list[str]:
    return [str(entry.id), *sheets.write_when(entry.day, entry.local_time, entry.utc_offset_minutes, certain_from)]


def _sessions(whole: WholeDiary, certain_from: time) -> Iterable[Sequence[str]]:
    yield sheets.head(sheets.SESSIONS)
    for session in whole.sessions:
        yield [*_when(session, certain_from), *sheets.write_cells(session, sheets.SESSION_COLUMNS)]


def _vitals(whole: WholeDiary, certain_from: time) -> Iterable[Sequence[str]]:
    yield sheets.head(sheets.VITALS)
    for session in whole.sessions:
        for number, vital in enumerate(session.vitals, start=1):
            when = sheets.write_when(session.day, vital.local_time, session.utc_offset_minutes, certain_from)
            yield [str(session.id), str(number), *when, *sheets.write_cells(vital, sheets.VITAL_COLUMNS)]


def _check_ins(whole: WholeDiary, certain_from: time) -> Iterable[Sequence[str]]:
    yield (*sheets.head(sheets.CHECK_INS), *(sheets.header_of(each) for each in whole.tracked))
    for entry in whole.check_ins:
        held = {value.tracked_id: value.hundredths for value in entry.values}
        values = (
            write_value(each.kind, held[each.id]) if each.id in held else "" for each in whole.tracked
        )  # fmt: skip
        yield [*_when(entry, certain_from), guarded(entry.note), *values]


def _questionnaires(whole: WholeDiary, certain_from: time) -> Iterable[Sequence[str]]:
    yield sheets.head(sheets.QUESTIONNAIRES)
    for entry in whole.answers:
        form = instrument(entry.instrument)
        given = [str(answer) for answer in entry.items or ()]
        blank = [""] * (len(sheets.item_columns()) - len(given))
        band = form.band(entry.total)
        yield [
            *_when(entry, certain_from), entry.instrument, *given, *blank,
            "" if entry.unscored is None else str(entry.unscored), str(entry.total), form.words(entry.total),
            band.name if band else "", guarded(entry.note),
        ]  # fmt: skip


def _measures(tracked: Iterable[Tracked]) -> Iterable[Sequence[str]]:
    yield sheets.head(sheets.MEASURES)
    for each in tracked:
        yield [*sheets.write_cells(each, sheets.TRACKED_COLUMNS), sheets.header_of(each)]


def _habits(whole: WholeDiary) -> Iterable[Sequence[str]]:
    """One row a day: what each habit amounted to. Made from the check-ins, so it is not brought in again."""
    habits = [each for each in whole.tracked if not each.is_measure]
    yield ("date", *(f"{sheets.header_of(each)} {_OF_THE_DAY[each.kind]} of the day" for each in habits))
    days = [day_values(each, whole.check_ins) for each in habits]
    for day in sorted(set().union(*days)):
        # A mean of three ratings has no end as a decimal: rounded to hundredths, half to even.
        cells = (
            write_value(each.kind, round(found[day] * 100)) if day in found else ""
            for each, found in zip(habits, days, strict=True)
        )
        yield [day.isoformat(), *cells]


def _reliefs(shared: Shared) -> Iterable[Sequence[str]]:
    """One row for each measure and course of the period. Worked out, so it is not brought in again."""
    yield _RELIEF_HEAD
    for found in shared.reliefs:
        head = _head(found)
        for span in found.spans:
            if not shared.first <= span.day <= shared.last:
                continue
            yield [
                *head, span.day.isoformat(), ";".join(map(str, span.session_ids)), _days(span.lower),
                _days(span.upper), str(span.status), relief_words.how_it_ended(span), span.note,
                labels.reason_in_text(span.next_reason),
            ]  # fmt: skip


def _head(found: Relief) -> list[str]:
    measure, baseline = found.measure, found.baseline
    level = "" if baseline is None else measure.words(measure.worse(baseline.value))
    limit = relief_words.limit_words(found)
    source = "" if baseline is None else str(baseline.source)
    return [guarded(measure.key), guarded(measure.name), level, source, limit]


def _days(days: int | None) -> str:
    return "" if days is None else str(days)
