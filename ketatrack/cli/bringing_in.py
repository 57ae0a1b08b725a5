"""The command `import`: older notes come in, and every row is accounted for."""

import argparse
import json
from typing import TYPE_CHECKING

from ketatrack.cli.asking import passphrase, today
from ketatrack.errors import ImportRefused

if TYPE_CHECKING:
    from ketatrack.diary.database import Diary
    from ketatrack.importing.check_ins import Plan
    from ketatrack.importing.mapping import Mapping
    from ketatrack.importing.merging import Merge
    from ketatrack.importing.origin import Origin


def bring_in(arguments: argparse.Namespace) -> int:
    """Import an archive, our own tables, or a foreign CSV as check-ins, in one transaction."""
    from ketatrack.diary import database
    from ketatrack.importing import mapping
    from ketatrack.importing.origin import Origin, origin_of

    origin = Origin.FOREIGN_CSV if arguments.mapping else origin_of(arguments.file)
    chosen = mapping.load(arguments.mapping) if arguments.mapping else None
    if origin is Origin.FOREIGN_CSV and chosen is None:
        chosen = mapping.guess(arguments.file)
    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        made: Plan | Merge = _foreign(arguments, diary, chosen) if chosen else _own(arguments, diary, origin)
    finally:
        diary.close()
    others = _left_beside(arguments, origin)
    if arguments.json:
        print(json.dumps(made.as_json() | ({"beside": others} if others else {}), ensure_ascii=False))
    else:
        print("\n".join(_account(made, arguments.dry_run)))
        if others:
            names = ", ".join(others)
            print(f"Only {arguments.file.name} was read; --tables-beside reads {names} beside it too.")
    return 0


def _left_beside(arguments: argparse.Namespace, origin: "Origin") -> list[str]:
    """The names of other tables of an export in the folder of the one that was named, unless they came with it."""
    from ketatrack.importing.origin import Origin
    from ketatrack.importing.own_tables import beside

    if origin is not Origin.TABLES or arguments.tables_beside:
        return []
    return [each.name for each in beside(arguments.file)]


def _foreign(arguments: argparse.Namespace, diary: "Diary", chosen: "Mapping") -> "Plan":
    from ketatrack.diary import changes, queries
    from ketatrack.importing import check_ins
    from ketatrack.models.records import CheckIn

    with diary.read() as connection:
        tracked, settings = queries.tracked(connection), queries.settings(connection)
        known = queries.ids(connection, CheckIn)
    day = today(settings.day_start_minutes)
    made = check_ins.plan(arguments.file, chosen, tracked, known, day, settings.day_start_minutes)
    if made.wrong:
        raise ImportRefused(
            f"{'; '.join(fit.words() for fit in made.wrong)}. Nothing was brought in: give a --mapping that says the "
            'scale of each such column ("scale": [lowest, highest], "reverse": false).'
        )
    if not arguments.dry_run:
        changes.apply(diary, made.pairs, day)
    return made


def _own(arguments: argparse.Namespace, diary: "Diary", origin: "Origin") -> "Merge":
    from ketatrack.diary import changes, queries
    from ketatrack.importing.origin import Origin, plan_own
    from ketatrack.importing.own_tables import beside

    with diary.read() as connection:
        present, settings = queries.whole(connection), queries.settings(connection)
    day = today(settings.day_start_minutes)
    also = beside(arguments.file) if origin is Origin.TABLES and arguments.tables_beside else ()
    made = plan_own(arguments.file, origin, present, day, also)
    if not arguments.dry_run:
        changes.apply(diary, made.pairs, day)
    return made


def _account(made: "Plan | Merge", dry_run: bool) -> list[str]:
    verb = "would come in" if dry_run else "imported"
    return [
        f"{made.read - made.defaults} {made.unit} read, {made.imported} {verb}, "
        f"{made.duplicates - made.defaults} here already, "
        f"{len(made.skipped)} skipped.",
        *(f"  {row.words()}" for row in made.skipped),
    ]
