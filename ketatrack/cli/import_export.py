"""Commands that bring entries in or take them out: import, export, report."""

import argparse
import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from ketatrack.cli.common import passphrase, today
from ketatrack.errors import ImportRefused
from ketatrack.i18n import _, ngettext

if TYPE_CHECKING:
    from ketatrack.diary.database import Diary
    from ketatrack.formats.detect import Origin
    from ketatrack.formats.export_data import ExportData
    from ketatrack.formats.foreign.check_ins import Plan
    from ketatrack.formats.foreign.mapping import Mapping
    from ketatrack.formats.plan import Merge
    from ketatrack.models.diary_data import DiaryData
    from ketatrack.models.records import SharingChoices


def import_notes(arguments: argparse.Namespace) -> int:
    """Import an archive, our own tables, or a foreign CSV as check-ins, in one transaction."""
    from ketatrack.diary import database
    from ketatrack.formats.detect import Origin, origin_of
    from ketatrack.formats.foreign import mapping

    origin = Origin.FOREIGN_CSV if arguments.mapping else origin_of(arguments.file)
    chosen = mapping.load(arguments.mapping) if arguments.mapping else None
    if origin is Origin.FOREIGN_CSV and chosen is None:
        chosen = mapping.guess(arguments.file)
    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        result: Plan | Merge = _foreign(arguments, diary, chosen) if chosen else _own(arguments, diary, origin)
    finally:
        diary.close()
    others = _left_beside(arguments, origin)
    if arguments.json:
        print(json.dumps(result.as_json() | ({"beside": others} if others else {}), ensure_ascii=False))
    else:
        print("\n".join(_account(result, arguments.dry_run)))
        if others:
            names = ", ".join(others)
            print(
                _("Only {name} was read; --tables-beside reads {names} beside it too.").format(
                    name=arguments.file.name, names=names
                )
            )
    return 0


def _left_beside(arguments: argparse.Namespace, origin: "Origin") -> list[str]:
    """Return names of other tables of an export in the folder of the one that was named, unless they came with it."""
    from ketatrack.formats.csv_tables import beside
    from ketatrack.formats.detect import Origin

    if origin is not Origin.TABLES or arguments.tables_beside:
        return []
    return [table.name for table in beside(arguments.file)]


def _foreign(arguments: argparse.Namespace, diary: "Diary", chosen: "Mapping") -> "Plan":
    from ketatrack.diary import reading, writing
    from ketatrack.formats.foreign import check_ins
    from ketatrack.models.records import CheckIn

    with diary.read() as connection:
        tracked, settings = reading.tracked(connection), reading.settings(connection)
        known = reading.ids(connection, CheckIn)
    day = today(settings.day_start_minutes)
    result = check_ins.plan(arguments.file, chosen, tracked, known, day, settings.day_start_minutes)
    if result.wrong:
        raise ImportRefused(
            _(
                "{names}. Nothing was brought in: give a --mapping that says the scale of each such "
                'column ("scale": [lowest, highest], "reverse": false).'
            ).format(names="; ".join(fit.words() for fit in result.wrong))
        )
    if not arguments.dry_run:
        writing.apply(diary, result.pairs, day)
    return result


def _own(arguments: argparse.Namespace, diary: "Diary", origin: "Origin") -> "Merge":
    from ketatrack.diary import reading, writing
    from ketatrack.formats.csv_tables import beside
    from ketatrack.formats.detect import Origin, plan_own

    with diary.read() as connection:
        present, settings = reading.diary_data(connection), reading.settings(connection)
    day = today(settings.day_start_minutes)
    also = beside(arguments.file) if origin is Origin.TABLES and arguments.tables_beside else ()
    merge = plan_own(arguments.file, origin, present, day, also)
    if not arguments.dry_run:
        writing.apply(diary, merge.pairs, day)
    return merge


def _account(merge: "Plan | Merge", dry_run: bool) -> list[str]:
    from ketatrack.formats.plan import read_in_words

    text = (
        _("{read}, {n} would come in, {here} here already, {skipped} skipped.")
        if dry_run
        else _("{read}, {n} imported, {here} here already, {skipped} skipped.")
    )
    return [
        text.format(
            read=read_in_words(merge.unit, merge.read - merge.defaults),
            n=merge.imported,
            here=merge.duplicates - merge.defaults,
            skipped=len(merge.skipped),
        ),
        *(f"  {row.words()}" for row in merge.skipped),
    ]


def report(arguments: argparse.Namespace) -> int:
    """Return the report for a doctor as one PDF; an older file of that name gives way when the new one is whole."""
    from ketatrack.formats.saving import save
    from ketatrack.report import pdf
    from ketatrack.report.build import prepare
    from ketatrack.report.formatting import locale_of
    from ketatrack.report.pdf import attachments

    choices = _report_choices(arguments)
    locale = locale_of(choices.locale)
    chosen = shared(arguments, choices, *everything(arguments))
    inside = attachments(chosen)
    result = pdf.pdf(prepare(chosen, locale), inside)
    save(arguments.output, result.content)
    print(
        _("The report is at {output}. It is not encrypted: anyone who has the file can read it.").format(
            output=arguments.output
        )
    )
    if result.note:
        print(result.note)
    return 0


def _report_choices(arguments: argparse.Namespace) -> "SharingChoices":
    from ketatrack.models.enums import Paper, Period
    from ketatrack.models.records import SharingChoices

    own = arguments.from_day is not None or arguments.to_day is not None
    return SharingChoices(
        period=Period.OWN if own else Period.ALL,
        from_day=arguments.from_day,
        to_day=arguments.to_day,
        paper=Paper(arguments.paper),
        hide_name=arguments.hide_name,
        grey=arguments.grey,
        sections=arguments.sections or SharingChoices().sections,
        locale=arguments.locale or "",
        attach=not arguments.without_data,
    )


def everything(arguments: argparse.Namespace) -> "tuple[DiaryData, date]":
    """Return what the diary holds, and the diary day of now."""
    from ketatrack.diary import database, reading

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        with diary.read() as connection:
            return reading.diary_data(connection), today(reading.settings(connection).day_start_minutes)
    finally:
        diary.close()


def shared(arguments: argparse.Namespace, choices: "SharingChoices", data: "DiaryData", day: date) -> "ExportData":
    """Return what is left of the diary after the choices, and after what was said yes to this time."""
    from ketatrack.formats.export_data import Consent, share

    consent = Consent(safety_answers=arguments.with_question_9, notes=arguments.with_notes)
    return share(data, choices, consent, day, datetime.now().astimezone())


def export(arguments: argparse.Namespace) -> int:
    """Write what was asked for and say what it holds; before that, that it is not encrypted."""
    from ketatrack.formats.saving import save, save_all

    exported, result = _made(arguments)
    many = isinstance(result, dict)
    print(
        _("These files can be read by anyone who has them.")
        if many
        else _("This file can be read by anyone who has it.")
    )
    if arguments.format == "json" and not _narrowed(arguments):
        print(_("It holds everything: names, every note, and every answer, question 9 of PHQ-9 included."))
    else:
        for words in _withheld(arguments):
            print(words)
    if arguments.hide_name:
        print(_("Names are taken out where they are found; what you wrote in notes may still tell who you are."))
    if isinstance(result, dict):
        save_all(arguments.output, result)
    else:
        save(arguments.output, result)
    counts = (
        ngettext("{n} session", "{n} sessions", len(exported.sessions)).format(n=len(exported.sessions)),
        ngettext("{n} check-in", "{n} check-ins", len(exported.check_ins)).format(n=len(exported.check_ins)),
        ngettext("{n} questionnaire", "{n} questionnaires", len(exported.answers)).format(n=len(exported.answers)),
    )
    print(f"{arguments.output}: {', '.join(counts)}.")
    return 0


def _withheld(arguments: argparse.Namespace) -> list[str]:
    """Return what is not in the export until it is asked for, and how to ask."""
    sentences = []
    if not arguments.with_question_9:
        sentences.append(_("Left out: answers to single questions of PHQ-9; --with-question-9 puts them in."))
    if not arguments.with_notes:
        sentences.append(_("Left out: your notes, of sessions and of days; --with-notes puts them in."))
    return sentences


def _made(arguments: argparse.Namespace) -> "tuple[DiaryData, bytes | dict[str, bytes]]":
    """Return what is in the export, and its one file or its several."""
    from ketatrack.formats.archive import archive

    choices = _choices(arguments)
    everything_held, day = everything(arguments)
    # Whoever asks for less than everything hands it on; an archive of everything is the person's own.
    if arguments.format == "json" and not _narrowed(arguments):
        return everything_held, archive(everything_held)
    data = shared(arguments, choices, everything_held, day)
    return data.diary, _written(arguments, data)


def _narrowed(arguments: argparse.Namespace) -> bool:
    return bool(arguments.from_day or arguments.to_day or arguments.hide_name)


def _written(arguments: argparse.Namespace, data: "ExportData") -> bytes | dict[str, bytes]:
    from ketatrack.formats.archive import archive
    from ketatrack.formats.csv_tables import csv_files, csv_zip

    if arguments.format == "fhir":
        from ketatrack.formats.fhir.document import document

        return document(data)
    if arguments.format == "json":
        return archive(data.diary)
    return csv_zip(data) if arguments.output.suffix.lower() == ".zip" else csv_files(data)


def _choices(arguments: argparse.Namespace) -> "SharingChoices":
    from ketatrack.models.enums import Period
    from ketatrack.models.records import SharingChoices

    own = arguments.from_day is not None or arguments.to_day is not None
    return SharingChoices(
        period=Period.OWN if own else Period.ALL,
        from_day=arguments.from_day,
        to_day=arguments.to_day,
        hide_name=arguments.hide_name,
    )
