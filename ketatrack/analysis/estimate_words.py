"""The headline and what stands behind it, in the words of the design's table "What may be shown when".

Past tense only; the page, the command line and spoken descriptions all take them from here.
"""

from ketatrack.analysis import relief_words as words
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.gates import Gate
from ketatrack.analysis.relief import Relief
from ketatrack.i18n import translate


def tr(text: str) -> str:
    """`text` in the person's language."""
    return translate("Relief", text)


def headline(result: Relief, found: Estimates) -> words.Headline:
    """The one sentence on top: how long relief lasted, or why that cannot be told yet."""
    posterior = found.posterior
    if posterior is None:
        return words.Headline(words.not_enough(result))
    early = found.gate is Gate.HEADLINE
    before = (
        tr("Early estimate, leaning partly on published studies:")
        if early
        else tr("After the sessions recorded here, relief lasted")
    )
    limits = tr("(could be {low} to {high})") if early else tr("(likely range {low} to {high})")
    low, high = round(posterior.lower), round(posterior.upper)
    return words.Headline(before, words.days_words(posterior.median), limits.format(low=low, high=high))


def behind(result: Relief, found: Estimates) -> tuple[str, ...]:
    """What the headline rests on, a sentence each: whose data it is, the median, the good days, responses, drift."""
    said = (
        _own_share(found),
        _differs(found),
        half_faded(result, found),
        good_days(found),
        _responses(found),
        drift_sentence(found),
    )
    return tuple(each for each in said if each)


def _own_share(found: Estimates) -> str:
    if found.posterior is None:
        return ""
    share = round(100 * found.posterior.own_share)
    return tr("{share} % of this comes from your own sessions.").format(share=share)


def _differs(found: Estimates) -> str:
    if found.posterior is None or not found.posterior.differs:
        return ""
    return tr("Your pattern differs from published averages.")


def half_faded(result: Relief, found: Estimates, sessions: str = "") -> str:
    """By when half of the sessions had faded; "" where that may not be said.

    `sessions` is what they are called, "your sessions" without it: a report speaks of the sessions.
    """
    if found.gate is not Gate.MEDIAN:
        return ""
    named = sessions or tr("your sessions")
    if found.turnbull is not None:
        box = found.turnbull.median
        if box is None:
            return ""
        return tr("In half of {sessions} relief had faded somewhere between day {low} and day {high}.").format(
            sessions=named, low=words.whole(int(box[0])), high=words.whole(int(box[1]))
        )
    return words.median_sentence(result, named)


def good_days(found: Estimates) -> str:
    """The second number: mean days in relief within 28 days after a session, with the least and most it can be."""
    days = found.good_days
    if days is None:
        return ""
    said = tr(
        "You had {days} in relief in the {within} days after a session "
        "({low} to {high}, whatever brought the next one)."
    )
    low, high = round(days.lower), round(days.upper)
    return said.format(days=words.days_words(days.mean), within=days.within, low=low, high=high)


def _responses(found: Estimates) -> str:
    response = found.response
    if not response.assessed:
        return ""
    return tr("Relief followed {n} of {all} sessions that could be judged ({low} to {high} %).").format(
        n=response.responded, all=response.assessed, low=round(100 * response.lower), high=round(100 * response.upper)
    )


def drift_sentence(found: Estimates) -> str:
    """Whether relief became longer or shorter over the sessions; "" where that may not be spoken of."""
    drift = found.drift
    if drift is None or not drift.may_be_spoken_of or drift.slope is None:
        return ""
    longer = tr("longer") if drift.slope > 0 else tr("shorter")
    said = tr(
        "Over your sessions relief became {way}: by {days} days per 5 sessions "
        "(among those seen to end; {low} to {high})."
    )
    return said.format(
        way=longer, days=f"{abs(drift.slope):.1f}", low=f"{drift.lower or 0:.1f}", high=f"{drift.upper or 0:.1f}"
    )
