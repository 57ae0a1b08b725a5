"""The one style sheet of the application, written from a theme, and how a theme is put on all of it.

What a widget is, it says in the property `kind` (buttons), `role` (labels), `tone` (frames) or `state` (fields).
"""

from PySide6.QtWidgets import QApplication

from ketatrack.ui.theme import fonts, tokens
from ketatrack.ui.theme.tokens import Theme, px


def style_sheet(of: Theme) -> str:
    """Return the style sheet for `of` at the current text size."""
    return "\n".join((_frames(of), _labels(of), _buttons(of), _toggles(of), _fields(of), _bars(of), _popups(of)))


def _frames(of: Theme) -> str:
    return f"""
    QScrollArea, QAbstractScrollArea, QStackedWidget {{ border: none; background: transparent; outline: none; }}
    QWidget#page, QMainWindow {{ background: {of.window}; }}
    QDialog {{ background: {of.card}; }}
    QFrame[tone="card"] {{ background: {of.card}; border: 1px solid {of.hairline}; border-radius: {px(12)}px; }}
    QFrame[tone="note"] {{ background: {of.note}; border: 1px solid {of.note_line}; border-radius: {px(8)}px; }}
    QFrame[tone="notice"] {{ background: {of.note}; border: 1px solid {of.note_line}; border-radius: {px(12)}px; }}
    QFrame[tone="notice-bar"] {{ background: {of.note}; border: none; border-bottom: 1px solid {of.note_line}; }}
    QDialog QWidget#page {{ background: {of.card}; }}
    QFrame[tone="divider"] {{ background: {of.hairline}; border: none; }}
    QWidget[tone="sidebar"] {{ background: {of.sidebar}; }}
    QWidget[tone="window"] {{ background: {of.window}; }}
    QWidget[tone="plain"] {{ background: {of.card}; }}
    """


def _labels(of: Theme) -> str:
    return f"""
    QLabel {{ color: {of.text}; background: transparent; }}
    QLabel[role="page_title"] {{ font-size: {px(24)}px; font-weight: 600; }}
    QLabel[role="page_title"][day="other"] {{ color: {of.mark}; }}
    QLabel[role="headline"] {{ font-size: {px(24)}px; font-weight: 600; }}
    QLabel[role="title"] {{ font-size: {px(18)}px; font-weight: 600; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="medium"] {{ font-weight: 500; }}
    QLabel[role="secondary"] {{ color: {of.secondary}; }}
    QLabel[role="hint"] {{ color: {of.secondary}; font-size: {px(12)}px; }}
    QLabel[role="heading"] {{ color: {of.secondary}; font-size: {px(12)}px; font-weight: 500; }}
    QLabel[role="strength"] {{ font-size: {px(12)}px; font-weight: 600; }}
    QLabel[role="error"] {{ color: {of.error}; font-size: {px(12)}px; }}
    """


def _buttons(of: Theme) -> str:
    return f"""
    QPushButton {{ border: 1px solid {of.control}; border-radius: {px(8)}px; background: {of.field};
        color: {of.text}; padding: 0 {px(15)}px; min-height: {px(36) - 2}px; font-weight: 600; outline: none; }}
    QPushButton:hover, QPushButton:pressed {{ background: {of.hover}; }}
    QPushButton:disabled {{ color: {of.disabled}; border-color: {of.hairline}; background: transparent; }}
    QPushButton[kind="primary"], QPushButton[kind="big"] {{ background: {of.fill}; color: {of.on_fill};
        border-color: {of.fill}; }}
    QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed, QPushButton[kind="big"]:hover,
    QPushButton[kind="big"]:pressed {{ background: {of.fill_hover}; border-color: {of.fill_hover}; }}
    QPushButton[kind="primary"]:disabled, QPushButton[kind="big"]:disabled {{ color: {of.disabled};
        border-color: {of.hairline}; background: {of.window}; }}
    QPushButton[kind="big"] {{ min-height: {px(48) - 2}px; }}
    QPushButton[kind="quiet"], QPushButton[kind="icon"] {{ background: transparent; border: none;
        color: {of.accent}; padding: 0 {px(9)}px; min-height: {px(32)}px; font-weight: 500; }}
    QPushButton[kind="icon"] {{ padding: 0; min-width: {px(36)}px; min-height: {px(36)}px; }}
    QPushButton[kind="quiet"]:hover, QPushButton[kind="quiet"]:pressed, QPushButton[kind="icon"]:hover,
    QPushButton[kind="icon"]:pressed {{ background: {of.hover}; }}
    QPushButton[kind="link"] {{ background: transparent; border: none; border-radius: {px(4)}px; color: {of.accent};
        padding: 0; min-height: {px(24)}px; font-weight: 500; }}
    QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled, QPushButton[kind="icon"]:disabled {{
        color: {of.disabled}; background: transparent; }}
    """


def _toggles(of: Theme) -> str:
    chosen = f"background: {of.soft}; border-color: {of.accent};"
    radius = px(8)
    return f"""
    QPushButton[kind="chip"] {{ min-height: {px(30) - 2}px; border-radius: {px(30) // 2}px; padding: 0 {px(12)}px;
        font-weight: 400; }}
    QPushButton[kind="chip"]:checked {{ {chosen} }}
    QPushButton[kind="segment"] {{ border-radius: 0; padding: 0 {px(11)}px; font-weight: 400; }}
    QPushButton[kind="segment"][edge="first"] {{ border-top-left-radius: {radius}px;
        border-bottom-left-radius: {radius}px; }}
    QPushButton[kind="segment"][edge="last"] {{ border-top-right-radius: {radius}px;
        border-bottom-right-radius: {radius}px; }}
    QPushButton[kind="segment"][edge="only"] {{ border-radius: {radius}px; }}
    QPushButton[kind="segment"]:checked {{ {chosen} font-weight: 600; }}
    QPushButton[kind="chip"]:disabled, QPushButton[kind="segment"]:disabled {{ color: {of.disabled};
        border-color: {of.hairline}; }}
    QPushButton[kind="nav"] {{ background: transparent; border: 1px solid transparent; text-align: left;
        padding: 0 {px(11)}px; font-weight: 400; }}
    QPushButton[kind="nav"]:hover {{ background: {of.hover}; }}
    QPushButton[kind="nav"]:checked {{ background: {of.soft}; font-weight: 600; }}
    QPushButton[kind="nav"][shape="rail"] {{ text-align: center; padding: 0; }}
    QPushButton[kind="help"] {{ text-align: left; padding: 0 {px(11)}px; min-height: {px(40) - 2}px; }}
    QPushButton[kind="help"][shape="rail"] {{ text-align: center; padding: {px(4)}px 0; font-size: {px(12)}px; }}
    """


def _fields(of: Theme) -> str:
    edge = f"border: 1px solid {of.control}; border-radius: {px(8)}px;"
    kinds = "QLineEdit, QPlainTextEdit, QTextEdit"
    return f"""
    {kinds} {{ background: {of.field}; color: {of.text}; {edge} padding: 0 {px(10)}px;
        selection-background-color: {of.fill}; selection-color: {of.on_fill};
        placeholder-text-color: {of.secondary}; }}
    QLineEdit {{ min-height: {px(36) - 2}px; }}
    QLineEdit[look="plain"] {{ min-height: {px(26) - 2}px; padding: 0 {px(6)}px; background: transparent;
        border-color: transparent; color: {of.secondary}; }}
    QLineEdit[look="plain"]:hover {{ background: {of.hover}; }}
    QPlainTextEdit, QTextEdit {{ padding: {px(5)}px {px(7)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {of.accent}; }}
    QLineEdit[state="error"], QPlainTextEdit[state="error"] {{ border-color: {of.error}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{ background: {of.window};
        color: {of.disabled}; border-color: {of.hairline}; }}
    QComboBox {{ background: {of.field}; color: {of.text}; {edge} padding: 0 0 0 {px(10)}px;
        min-height: {px(36) - 2}px; outline: none; }}
    QComboBox:hover {{ background: {of.hover}; }}
    QComboBox:disabled {{ color: {of.disabled}; border-color: {of.hairline}; background: {of.window}; }}
    QComboBox::drop-down {{ border: none; width: {px(28)}px; }}
    QComboBox::down-arrow {{ image: none; }}
    """


def _bars(of: Theme) -> str:
    thick, gap = px(12), px(3)
    return f"""
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: {thick}px; }}
    QScrollBar:horizontal {{ height: {thick}px; }}
    QScrollBar::handle {{ background: {of.control}; border-radius: {(thick - 2 * gap) // 2}px; margin: {gap}px; }}
    QScrollBar::handle:vertical {{ min-height: {px(40)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {px(40)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: none; width: 0; height: 0; }}
    QProgressBar {{ background: {of.groove}; border: none; border-radius: {px(2)}px; min-height: {px(4)}px;
        max-height: {px(4)}px; }}
    QProgressBar::chunk {{ background: {of.accent}; border-radius: {px(2)}px; }}
    """


def _popups(of: Theme) -> str:
    return f"""
    QToolTip {{ background: {of.card}; color: {of.text}; border: 1px solid {of.hairline}; padding: {px(4)}px; }}
    QMenu {{ background: {of.card}; color: {of.text}; border: 1px solid {of.control}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: {px(6)}px; }}
    QMenu::item:selected {{ background: {of.soft}; color: {of.text}; }}
    QMenu::item:disabled {{ color: {of.disabled}; }}
    QMenu::separator {{ height: 1px; background: {of.hairline}; margin: {px(4)}px {px(8)}px; }}
    QCalendarWidget QWidget {{ background: {of.card}; color: {of.text}; alternate-background-color: {of.hover}; }}
    QCalendarWidget QAbstractItemView {{ background: {of.card}; color: {of.text}; selection-background-color: {of.fill};
        selection-color: {of.on_fill}; }}
    QCalendarWidget QAbstractItemView:disabled {{ color: {of.disabled}; }}
    QCalendarWidget QToolButton {{ background: transparent; color: {of.text}; border: none; padding: {px(4)}px; }}
    QFileDialog QHeaderView::section {{ background: {of.card}; color: {of.text}; border: none; padding: {px(4)}px; }}
    QFileDialog QTreeView, QFileDialog QListView {{ background: {of.field}; color: {of.text}; }}
    QComboBox QAbstractItemView, QAbstractItemView[kind="popup"] {{ background: {of.card}; color: {of.text};
        border: 1px solid {of.control}; padding: {px(4)}px; outline: none; selection-background-color: {of.soft};
        selection-color: {of.text}; }}
    QComboBox QAbstractItemView::item {{ min-height: {px(32)}px; padding: 0 {px(8)}px; border-radius: {px(6)}px; }}
    QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover {{
        background: {of.soft}; color: {of.text}; }}
    """


def apply_theme(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Show the whole application in `theme` at the text size `scale`.

    Colours change at once everywhere. Widths counted with px() are read when a page is built, so a page that is
    open is built again after the text size has changed.
    """
    tokens.set_theme(theme, scale)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(fonts.font(14))
    app.setPalette(tokens.palette(theme))
    app.setStyleSheet(style_sheet(theme))
