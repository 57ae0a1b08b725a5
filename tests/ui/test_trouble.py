"""A diary that is gone or damaged: one screen says so, nothing is written, and nothing crashes at any width."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from windows import button, settle, words_on

from ketatrack import demo
from ketatrack.diary import backup, database
from ketatrack.errors import DamagedDiary, DiaryError
from ketatrack.paths import backup_folder
from ketatrack.ui.main_window import Window
from ketatrack.ui.start.first_start import FirstStart
from ketatrack.ui.start.trouble import TroubleScreen

PAGE = 4096


def test_a_diary_that_is_gone_is_not_taken_for_a_first_start(window, make_window, diary_path, today, qtbot):
    backup.make_daily(window.diary_view.editor.diary, today)
    window.close()
    diary_path.rename(diary_path.with_name("moved.ketatrack"))
    before = sorted(backup_folder(diary_path).iterdir())
    again = make_window(diary_path)
    again.show_start_screen()
    screen = again.centralWidget()
    assert isinstance(screen, TroubleScreen)
    assert "Your diary is not where it was" in words_on(screen)
    assert str(diary_path) in words_on(screen).replace("\u200b", "")
    diary_path.with_name("moved.ketatrack").rename(diary_path)
    button(screen, "Look again").click()
    assert "Your diary is locked" in words_on(again.centralWidget())
    assert sorted(backup_folder(diary_path).iterdir()) == before


def test_a_new_diary_there_is_begun_on_request_only(make_window, tmp_path):
    path = tmp_path / "never.ketatrack"
    backup_folder(path).mkdir()
    (backup_folder(path) / "never 2026-01-01.ketatrack").write_bytes(b"a backup")
    window = make_window(path)
    window.show_start_screen()
    assert isinstance(window.centralWidget(), TroubleScreen)
    button(window.centralWidget(), "Begin a new diary there").click()
    assert isinstance(window.centralWidget(), FirstStart)


def test_where_there_never_was_one_the_first_start_comes(make_window, tmp_path):
    window = make_window(tmp_path / "new.ketatrack")
    window.show_start_screen()
    assert isinstance(window.centralWidget(), FirstStart)


def test_nothing_reaches_a_closed_diary(diary):
    diary.close()
    for use in (diary.read, diary.write):
        with pytest.raises(DiaryError, match="closed"), use():
            pass


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lived") / "diary.ketatrack"
    made = database.create(path, "a few unrelated words")
    demo.fill(made, 1, 3, demo_day())
    made.close()
    return path


def demo_day():
    from datetime import date

    return date(2026, 11, 23)


def test_from_the_first_damage_on_nothing_is_written(lived, tmp_path):
    path = tmp_path / "diary.ketatrack"
    path.write_bytes(lived.read_bytes())
    diary = database.open_diary(path, "a few unrelated words")
    told: list[str] = []
    diary.when_damaged = told.append
    spoil(path, 20)
    problems = backup.check(diary)
    assert problems
    if diary.damage is not None:
        assert len(told) == 1
        with pytest.raises(DamagedDiary), diary.write():
            pass
    diary.close()


def spoil(path: Path, number: int) -> None:
    """Zero one page of the file in place, as a bad disk does."""
    with path.open("r+b") as file:
        file.seek(number * PAGE)
        file.write(b"\0" * PAGE)


@pytest.mark.parametrize("width", [320, 700, 900, 1200, 1920])
def test_a_damaged_diary_leads_to_one_screen_at_every_width(
    make_window: Callable[[Path], Window], lived: Path, tmp_path: Path, width: int, qtbot, monkeypatch, caplog
):
    """Every page in turn, with each of some pages of the file spoiled: no crash, no word that all is well."""
    pages = lived.stat().st_size // PAGE
    screens = 0
    for number in range(3, pages, max(1, pages // 8)):
        path = tmp_path / f"{number}.ketatrack"
        path.write_bytes(lived.read_bytes())
        spoil(path, number)
        try:
            diary = database.open_diary(path, "a few unrelated words")
        except DamagedDiary:
            continue
        window = make_window(path)
        with qtbot.capture_exceptions() as raised:
            window.resize(width, 700)
            window.open(diary)
            for name in ("today", "sessions", "scores", "habits", "share", "settings"):
                if window.diary_view is not None:
                    window.diary_view.show_page(name)
                    window.resize(width + 1, 701)
                    settle(qtbot)
                    window.resize(width, 700)
        assert {kind for kind, _error, _where in raised} <= {DamagedDiary}
        if window.diary_view is None:
            screens += 1
            assert re.search(r"damaged", words_on(window.centralWidget()))
            assert "Restore a backup" in words_on(window.centralWidget())
        window.close()
        caplog.clear()
    assert screens >= 2
    QTest.qWait(10)


def test_damage_met_before_anything_is_shown(make_window, lived, tmp_path):
    path = tmp_path / "diary.ketatrack"
    path.write_bytes(lived.read_bytes())
    diary = database.open_diary(path, "a few unrelated words")
    for number in range(1, path.stat().st_size // PAGE):
        spoil(path, number)
    window = make_window(path)
    window.show_start_screen()
    window.open(diary)
    assert window.diary_view is None
    assert diary.closed
    assert "is damaged" in words_on(window.centralWidget())
    button(window.centralWidget(), "Look again").click()
    assert "Your diary is locked" in words_on(window.centralWidget())
