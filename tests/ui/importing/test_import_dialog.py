"""Older notes come in through the window: columns are proposed, the preview follows, one step takes all back."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from windows import settle

from ketatrack.diary import reading
from ketatrack.formats.archive import archive
from ketatrack.formats.csv_tables import csv_files
from ketatrack.formats.export_data import Consent, share
from ketatrack.formats.foreign import mapping as mappings
from ketatrack.formats.foreign.reader import Scale
from ketatrack.models import records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import Kind, Period, Route
from ketatrack.models.tracked import built_in
from ketatrack.ui.editor import Editor
from ketatrack.ui.importing.dialog import ImportDialog

ESM = Path(__file__).resolve().parents[2] / "data" / "esm" / "ESMdata.csv"
MAPPING = Path(__file__).resolve().parents[2] / "data" / "esm_mapping.json"


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
        return reading.check_ins(connection)


def wait_for_plan(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=20_000)


def test_the_esm_diary_column_by_column(dialog, editor, qtbot):
    dialog.open_file(ESM)
    assert (dialog.date.value, str(dialog.order.value)) == ("date", "dmy")
    dialog.time.value = "resptime_s"
    for key, name, low, high in (
        ("low_mood", "mood_down", "-3", "3"),
        ("anxiety", "mood_anxious", "-3", "3"),
        ("pain", "phy_pain", "1", "7"),
        ("energy", "phy_tired", "1", "7"),
        ("sleep_quality", "mor_qualsleep", "1", "7"),
    ):
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


def choose(row, name):
    row.choice.value = name
    row.choice.changed.emit(name)


def test_another_scale_is_asked_for_before_anything_comes_in(dialog, editor, qtbot):
    dialog.open_file(ESM)
    row = dialog.rows["low_mood"]
    choose(row, "mood_down")
    wait_for_plan(dialog, qtbot)
    assert not dialog.go.isEnabled()
    assert dialog.preview.account.text().startswith("“mood_down” runs from -3 to 3 in the file")
    assert row._hint.text() == "-3 to 3 seen: which end is “none”?"
    assert [end.text() for end in row.ends if end.isVisible()] == ["-3", "3"]
    qtbot.mouseClick(row.ends[1], Qt.MouseButton.LeftButton)
    assert dialog._plan is None
    wait_for_plan(dialog, qtbot)
    assert dialog.mapping().values["low_mood"].scale == Scale(Fraction(-3), Fraction(3), reverse=True)
    assert not any(end.isVisible() for end in row.ends)
    assert row._hint.text().startswith("-3 to 3 seen, becomes 0 none")
    assert dialog.go.isEnabled()
    choose(row, "phy_pain")
    wait_for_plan(dialog, qtbot)
    assert row._hint.text().startswith("1 to 3 seen, becomes 0 none")
    assert dialog.go.isEnabled()


def test_hours_in_minutes_cannot_come_in(dialog, tmp_path, qtbot):
    path = tmp_path / "own.csv"
    path.write_text("date,sleep_hours\n2024-01-28,450\n2024-01-29,400\n", encoding="utf-8")
    dialog.open_file(path)
    wait_for_plan(dialog, qtbot)
    assert not dialog.go.isEnabled()
    assert "outside 0 to 24 h" in dialog.preview.account.text()
    assert not any(end.isVisible() for end in dialog.rows["sleep_hours"].ends)


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


def exported():
    """A lived diary: one session, two check-ins with something of the person's own, a renamed measure."""
    mood, *others = built_in()
    own = records.Tracked(
        id=UUID(int=9), key="tea", name="Tea", kind=Kind.COUNT, unit="cups", is_measure=False, position=20
    )
    day = date(2026, 11, 20)
    return DiaryData(
        tracked=(replace(mood, name="Black dog"), *others, own),
        sessions=(records.Session(id=UUID(int=8), day=day, route=Route.ORAL, notes="Waves"),),
        check_ins=(
            records.CheckIn(id=UUID(int=1), day=day, values=(records.Value(tracked_id=own.id, hundredths=200),)),
            records.CheckIn(id=UUID(int=2), day=day, note="=Two"),
        ),
    )


def whole(editor):
    with editor.diary.read() as connection:
        return reading.diary_data(connection)


def test_an_archive_comes_in_whole_and_goes_again(dialog, editor, tmp_path, qtbot):
    before = whole(editor)
    path = tmp_path / "notes.txt"
    path.write_bytes(archive(exported()))
    dialog.open_file(path)
    wait_for_plan(dialog, qtbot)
    assert dialog._about.text() == "notes.txt · an export of KetaTrack"
    assert dialog.preview.account.text().startswith(
        "5 entries read: 5 new, 0 here already or twice in the file, 0 left out. 20 Nov 2026"
    )
    assert not dialog._form.isEnabled()
    assert dialog.go.text() == "Bring in 5 entries"
    dialog.go.click()
    assert whole(editor) == exported()
    editor.undo_stack.undo()
    assert whole(editor) == before


def test_one_table_of_an_export_comes_alone_and_the_others_are_asked_for(dialog, editor, tmp_path, qtbot):
    chosen = records.SharingChoices(period=Period.ALL)
    asked = Consent(safety_answers=True, notes=True)
    files = csv_files(share(exported(), chosen, asked, editor.today(), editor.now()))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "check_ins.csv").open("ab") as file:
        file.write(b"broken\r\n")
    dialog.open_file(tmp_path / "sessions.csv")
    wait_for_plan(dialog, qtbot)
    assert [box.text() for box in dialog.others.boxes.values()] == [
        "check_ins.csv",
        "measures.csv",
        "questionnaires.csv",
        "vitals.csv",
    ]
    assert dialog.others.isVisible()
    assert not any(box.isChecked() for box in dialog.others.boxes.values())
    assert dialog.preview.account.text().startswith("1 entry read: 1 new")
    assert dialog._about.text() == "sessions.csv · an export of KetaTrack"
    for box in dialog.others.boxes.values():
        box.click()
        wait_for_plan(dialog, qtbot)
    assert dialog.preview.skipped.toPlainText().startswith("check_ins.csv, line 4: The row does not have as many")
    dialog.go.click()
    assert whole(editor) == exported()


def test_a_damaged_archive_says_so_and_brings_nothing_in(dialog, editor, tmp_path, qtbot):
    path = tmp_path / "a.json"
    path.write_bytes(archive(exported())[:-9])
    dialog.open_file(path)
    qtbot.waitUntil(lambda: "is not a whole archive" in dialog.preview.account.text())
    assert not dialog.go.isEnabled()


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
    assert "1 row read" in dialog.preview.account.text()
    path.write_text("date,low_mood\n2024-01-28,3\n2024-01-29,3\n", encoding="utf-8")
    dialog._work_out()
    dialog._changed()
    assert not dialog.go.isEnabled()
    wait_for_plan(dialog, qtbot)
    settle(qtbot)
    assert "2 rows read" in dialog.preview.account.text()


def test_nothing_mapped_brings_nothing_in(dialog, editor, tmp_path, qtbot):
    path = tmp_path / "own.csv"
    path.write_text("when,what\n2024-01-28,3\n", encoding="utf-8")
    dialog.open_file(path)
    qtbot.waitUntil(lambda: "which column is what" in dialog.preview.account.text())
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert held(editor) == ()
