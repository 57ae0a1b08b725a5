"""The appendix, always there: method, what was left out and why, notices of the questionnaires, version and time."""

from dataclasses import dataclass

from ketatrack import __version__
from ketatrack.analysis.sentences import not_a_forecast
from ketatrack.formats.fhir import code_table as codes
from ketatrack.i18n import _, ngettext
from ketatrack.models.instruments import KEYS, instrument
from ketatrack.report.context import Passage, ReportContext
from ketatrack.report.method import not_in_curve, reasons, rule, withheld


@dataclass(frozen=True, slots=True)
class Appendix:
    """Headings with short paragraphs; `attached` says that files are inside the PDF, where that was chosen."""

    title: str
    parts: tuple[tuple[str, tuple[Passage, ...]], ...]
    attached: str


def appendix(basis: ReportContext) -> Appendix:
    """Return what stands behind everything else in the report."""
    return Appendix(
        title=_("How this report was made"),
        parts=(
            (_("Method"), _method(basis)),
            (_("Left out, and why"), _missing(basis)),
            (_("Questionnaires"), _notices(basis)),
            (_("About this report"), _about(basis)),
        ),
        attached=_attached(basis),
    )


def _attached(basis: ReportContext) -> str:
    if not basis.shared.choices.attach:
        return ""
    return _("The data behind this report are attached to its PDF file: spreadsheets (CSV) and FHIR.")


def _method(basis: ReportContext) -> tuple[Passage, ...]:
    own = [Passage(_("Measure."), rule(basis.timed, basis.formats))] if basis.timed is not None else []
    return (
        *own,
        Passage(
            _("Sessions and days."),
            _(
                "Sessions at most 5 days apart count as one course. Days are counted from the day on which its last "
                "session ended; readings of that day count for nothing."
            ),
        ),
        Passage(
            _("End of relief."),
            _(
                "The first reading out of relief that a second one confirms, with none in relief between: at least a "
                "day later for daily ratings, 5 days for weekly questionnaires. The end lies between the last reading "
                "in relief and the first one of that loss. A session that was given because symptoms were coming back "
                "ends relief as well; one that was planned, or came for another reason, only ends what is known of it."
            ),
        ),
        Passage(
            _("Response."),
            _(
                "A reading in relief within the first days (3 for daily ratings, 10 for PEG, 14 for PHQ-9 and GAD-7). "
                "Intervals of rates: Wilson."
            ),
        ),
        Passage(
            _("Length of relief."),
            _(
                "Bayesian interval-censored Weibull model; prior median 18 days for mood and anxiety (90 % 5 to 67), "
                "21 days for pain. Shown: posterior median and its 90 % interval. Curve: Kaplan-Meier on midpoints "
                "where readings are close enough together, else the Turnbull estimate. Band: Peterson’s bounds, "
                "without any assumption about why the next session came. Good days: restricted mean within 28 days."
            ),
        ),
    )


def _missing(basis: ReportContext) -> tuple[Passage, ...]:
    sentences = []
    if basis.timed is not None:
        sentences += [*not_in_curve(basis.timed), *reasons(basis.timed)]
    silent = basis.shared.days - basis.shared.days_with_entries
    text = ngettext(
        "{n} of {all} day of the period has no entry.",
        "{n} of {all} days of the period have no entry.",
        basis.shared.days,
    )
    sentences.append(text.format(n=silent, all=basis.shared.days))
    sentences += withheld(basis)
    return (Passage("", " ".join(sentences)),)


def _notices(basis: ReportContext) -> tuple[Passage, ...]:
    """Return the notice of each questionnaire that has entries, sentences shared by two of them once."""
    used = {entry.instrument for entry in basis.shared.diary.answers}
    named: dict[str, list[str]] = {}
    for key in KEYS:
        if key in used:
            named.setdefault(instrument(key).copyright, []).append(instrument(key).name)
    sentences = tuple(_notice(notice, names) for notice, names in named.items() if notice)
    sentences = sentences or (Passage("", _("0 questionnaires are filled in in this period.")),)
    return (*sentences, Passage("", codes.notice("loinc")))


def _notice(notice: str, names: list[str]) -> Passage:
    """Return a notice behind the names it is about, unless it begins with its name itself."""
    text = notice.startswith(f"{names[0]}:")
    return Passage("" if text else f"{', '.join(names)}:", notice)


def _about(basis: ReportContext) -> tuple[Passage, ...]:
    text = _(
        "Self-reported, not medical advice. Made by KetaTrack {version} on {moment} (UTC{offset}), a personal diary: "
        "it stores what the patient enters, draws it and summarises the past. It does not diagnose, monitor or treat "
        "any condition."
    ).format(
        version=__version__,
        moment=basis.formats.moment(basis.shared.made_at),
        offset=basis.shared.made_at.isoformat()[-6:],
    )
    return Passage("", text), Passage("", not_a_forecast())
