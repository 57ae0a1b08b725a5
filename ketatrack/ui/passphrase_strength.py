"""How strong a passphrase is, in a word and a hint, by the zxcvbn estimate of how many guesses it takes."""

from ketatrack.i18n import translate

_LONGEST_LOOKED_AT = 100


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("PassphraseStrength", text, n)


def strength(passphrase: str) -> tuple[int, str, str]:
    """(bars of four, word, hint) for a passphrase; nothing is refused for being weak, it is only said."""
    if not passphrase:
        return 0, "", tr("Four unrelated words are a good start.")
    from zxcvbn import zxcvbn

    # The estimate takes quadratic time; what is longer is strong by its length.
    guesses = float(zxcvbn(passphrase[:_LONGEST_LOOKED_AT])["guesses_log10"])
    if guesses < 6:
        return 1, tr("Weak"), tr("Someone with this file could guess it quickly.")
    if guesses < 10:
        return 2, tr("Fair"), tr("Another unrelated word would make it good.")
    if guesses < 14:
        return 3, tr("Good"), tr("One more word would make it very strong.")
    return 4, tr("Very strong"), ""
