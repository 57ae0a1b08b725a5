"""The encrypted copy of a PDF: AES-256 with a password of its own, which the person passes on separately."""

from io import BytesIO

from ketatrack.errors import WrongUsage
from ketatrack.i18n import translate
from ketatrack.models.records import normalised


def encrypted(pdf: bytes, password: str) -> bytes:
    """The PDF under AES-256 (R6, ISO 32000-2), its metadata and attachments included; PDF/A does not allow this.

    The password, in its composed Unicode form, opens it for everything. Raises WrongUsage for an empty one.
    """
    import pikepdf

    if not password.strip():
        raise WrongUsage(translate("Report", "An encrypted copy needs a password; without one anyone could open it."))
    secret, file = normalised(password), BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            # An encrypted file must not claim to follow PDF/A.
            for claim in ("pdfaid:part", "pdfaid:conformance"):
                about.pop(claim, None)
        opened.save(file, encryption=pikepdf.Encryption(owner=secret, user=secret, R=6, aes=True, metadata=True))
    return file.getvalue()
