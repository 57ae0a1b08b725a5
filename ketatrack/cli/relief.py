"""Commands about how long relief lasted: relief, charts."""

import argparse
import json
from typing import TYPE_CHECKING

from ketatrack.cli.common import passphrase, today
from ketatrack.errors import WrongUsage
from ketatrack.i18n import _
from ketatrack.models import labels

if TYPE_CHECKING:
    from ketatrack.analysis.estimates import Estimates
    from ketatrack.analysis.result import Relief


def relief(arguments: argparse.Namespace) -> int:
    """How long relief lasted after each session, as a table or as JSON; a missing baseline is computed."""
    from ketatrack.analysis import estimates
    from ketatrack.analysis.estimate_sentences import headline
    from ketatrack.analysis.result import as_json

    result = _relief(arguments)
    estimated = estimates.estimates(result)
    if arguments.json:
        text = headline(result, estimated).sentence
        print(json.dumps({**as_json(result), **estimates.as_json(estimated, text)}, ensure_ascii=False))
    else:
        print("\n".join(_relief_lines(result, estimated)))
    return 0


def charts(arguments: argparse.Namespace) -> int:
    """Every chart of one measure as a file; an older picture of the same name gives way."""
    from ketatrack.analysis.estimates import estimates
    from ketatrack.charts import export
    from ketatrack.charts.export import FileKind
    from ketatrack.formats.saving import save_all

    result = _relief(arguments)
    pictures = export.pictures(result, estimates(result), FileKind(arguments.format))
    save_all(arguments.output, pictures)
    print("\n".join(str(arguments.output / name) for name in pictures))
    print(_("These are plain pictures, not encrypted."))
    return 0


def _relief(arguments: argparse.Namespace) -> "Relief":
    from ketatrack.analysis.measures import QUESTIONNAIRES
    from ketatrack.analysis.result import relief_of
    from ketatrack.diary import database, reading

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        with diary.read() as connection:
            records = reading.relief_records(connection)
            names = {item.key for item in records.tracked if item.is_measure} | set(QUESTIONNAIRES)
            if arguments.measure and arguments.measure not in names:
                raise WrongUsage(
                    _("There is no measure called {given} here; there are {names}.").format(
                        given=arguments.measure, names=", ".join(sorted(names))
                    )
                )
            return relief_of(records, today(records.settings.day_start_minutes), arguments.measure or None)
    finally:
        diary.close()


def _relief_lines(result: "Relief", estimated: "Estimates") -> list[str]:
    from ketatrack.analysis import estimate_sentences
    from ketatrack.analysis import sentences as words

    about = [
        result.measure.name,
        labels.rule(result.rule, result.measure.higher_is_better),
        words.limit_words(result),
    ]
    spans = [
        (
            span.day.isoformat(),
            words.span_days(span, words.Length.SHORT),
            words.how_it_ended(span),
            labels.reason_in_text(span.next_reason),
        )
        for span in result.spans
    ]
    rows = [(_("Session"), _("Relief, days"), _("How it ended"), _("Next session because")), *spans]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    text = estimate_sentences.headline(result, estimated).sentence
    behind = estimate_sentences.behind(result, estimated)
    facts = [text, words.now(result), words.counts(result), *behind, *words.cautions(result)]
    return [
        " · ".join(part for part in (*about, words.baseline_words(result.measure, result.baseline)) if part),
        *(fact for fact in facts if fact),
        *(("", *table) if spans else ()),
        "",
        words.not_a_forecast(),
    ]
