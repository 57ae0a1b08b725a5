"""Older notes come in through the window: columns are proposed, the preview follows, one step takes all back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from ketatrack.diary import queries
from ketatrack.importing import mapping as mappings
from ketatrack.ui.dialogs.import_csv import ImportDialog
from ketatrack.ui.editor import Editor

ESM = Path(__file__).resolve().parents[3] / "shared" / "data" / "esm" / "ESMdata.csv"
MAPPING = Path(__file__).resolve().parents[1] / "data" / "esm_mapping.json"


@pytest.fixture
def editor(qapp, diary, now):
    return Editor(diary, now)


@pytest.fixture
def dialog(editor, qtbot, focus_ring):
    made = ImportDialog(editor)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def held(editor):
    with editor.diary.read() as connection:
        return queries.check_ins(connection)


def wait_for_plan(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=20_000)


@pytest.mark.skipif(not ESM.exists(), reason="the shared ESM data set is not here")
def test_the_esm_diary_column_by_column(dialog, editor, qtbot):
    dialog.open_file(ESM)
    assert (dialog.date.value, str(dialog.order.value)) == ("date", "dmy")
    dialog.time.value = "resptime_s"
    for key, name, low, high in (
        ("low_mood", "mood_down", "-3", "3"), ("anxiety", "mood_anxious", "-3", "3"), ("pain", "phy_pain", "1", "7"),
        ("energy", "phy_tired", "1", "7"), ("sleep_quality", "mor_qualsleep", "1", "7"),
    ):  # fmt: skip
        row = dialog.rows[key]
        row.choice.value = name
        row.choice.changed.emit(name)
        for field, words in ((row.low, low), (row.high, high)):
            field.selectAll()
            QTest.keyClicks(field, words)
            field.commit()
    dialog.rows["energy"].reverse.click()
    wait_for_plan(dialog, qtbot)
    assert dialog.preview.account.text().startswith(
        "1,476 rows read: 1,475 new, 0 here already or twice in the file, 1 left out."
    )
    assert "13 Aug 2012 – 8 Apr 2013" in dialog.preview.account.text()
    assert dialog.preview.skipped.toPlainText().startswith("Line 875:")
    by_file = mappings.load(MAPPING)
    made = dialog.mapping()
    assert {key: made.values[key] for key in by_file.values} == dict(by_file.values)
    dialog.go.click()
    assert len(held(editor)) == 1475
    assert len({entry.day for entry in held(editor)}) == 238
    again = ImportDialog(editor)
    qtbot.addWidget(again)
    again.open_file(ESM)
    again.show_mapping(by_file)
    wait_for_plan(again, qtbot)
    assert "0 new, 1,475 here already" in again.preview.account.text()
    assert not again.go.isEnabled()
    editor.undo_stack.undo()
    assert held(editor) == ()
    editor.undo_stack.redo()
    assert len(held(editor)) == 1475


def test_a_file_with_our_own_names_is_mapped_by_itself(dialog, editor, tmp_path, qtbot):
    path = tmp_path / "own.csv"
    path.write_text(
        "date;time;low_mood;exercise;note\n28.01.2024;8:00;3,5;30;fine\n29.01.2024;9:00;4;;\n", encoding="cp1252"
    )
    dialog.open_file(path)
    wait_for_plan(dialog, qtbot)
    assert "semicolon" in dialog._about.text()
    dialog.go.click()
    first, second = held(editor)
    assert (first.day, first.note, len(first.values)) == (date(2024, 1, 28), "fine", 2)
    assert len(second.values) == 1


def test_a_file_that_is_no_table_says_so(dialog, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a\x00b")
    dialog.open_file(path)
    assert "not a text file" in dialog._about.text()
    assert not dialog.go.isEnabled()


def test_an_older_preview_never_replaces_a_newer_one(dialog, tmp_path, qtbot):
    path = tmp_path / "own.csv"
    path.write_text("date,low_mood\n2024-01-28,3\n", encoding="utf-8")
    dialog.open_file(path)
    wait_for_plan(dialog, qtbot)
    stale = dialog._plan
    dialog._changed()
    dialog._show_plan(dialog._serial - 1, stale)
    assert dialog._plan is None
    wait_for_plan(dialog, qtbot)
    assert dialog._plan is not stale


def test_nothing_mapped_brings_nothing_in(dialog, editor, tmp_path, qtbot):
    path = tmp_path / "own.csv"
    path.write_text("when,what\n2024-01-28,3\n", encoding="utf-8")
    dialog.open_file(path)
    qtbot.waitUntil(lambda: "which column is what" in dialog.preview.account.text())
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert held(editor) == ()
