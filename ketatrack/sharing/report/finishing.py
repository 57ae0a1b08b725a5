"""The last step of a PDF: files put inside as PDF/A-3 wants them, and everything packed, always the same way."""

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

_KINDS = {
    "csv": ("text/csv", "Spreadsheet of the report's data"),
    "json": ("application/json", "The report's data for other programs"),
}


def finished(pdf: bytes, attachments: Mapping[str, bytes], made_at: datetime) -> bytes:
    """The PDF with the files inside; the same arguments give the same bytes.

    Args:
        pdf: from Typst.
        attachments: file contents by name.
        made_at: the aware moment that the files are dated.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        if attachments:
            _attach(opened, attachments, made_at)
        # "false" is what it means when absent too, and some readers take its presence for a fault.
        marks = opened.Root.get(Name.MarkInfo)
        if marks is not None and Name.Suspects in marks:
            del marks[Name.Suspects]
        # Object streams: the tags of a long table are most of its file otherwise.
        opened.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()


def _attach(opened: pikepdf.Pdf, attachments: Mapping[str, bytes], made_at: datetime) -> None:
    listed: list[object] = []
    specs = []
    for name in sorted(attachments):
        kind, words = _KINDS.get(name.rpartition(".")[2], ("text/plain", "Text"))
        stream = _stream(opened, attachments[name], kind, made_at)
        spec = opened.make_indirect(Dictionary(
            Type=Name.Filespec, F=name, UF=name, Desc=words, AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        ))  # fmt: skip
        specs.append(spec)
        listed += [pikepdf.String(name), spec]
    if Name.Names not in opened.Root:
        opened.Root.Names = Dictionary()
    opened.Root.Names.EmbeddedFiles = Dictionary(Names=Array(listed))
    opened.Root.AF = Array(specs)


def _stream(opened: pikepdf.Pdf, content: bytes, kind: str, made_at: datetime) -> pikepdf.Object:
    stream = pikepdf.Stream(opened, b"")
    # Compressed here and now: the plain text of ten years is larger than everything else together.
    stream.write(zlib.compress(content, 6), filter=Name.FlateDecode)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{kind}")
    check = hashlib.md5(content, usedforsecurity=False).digest()
    stream.Params = Dictionary(Size=len(content), ModDate=_stamp(made_at), CheckSum=pikepdf.String(check))
    return opened.make_indirect(stream)


def _stamp(moment: datetime) -> str:
    """A moment as PDF writes it: D:20261123140200+01'00'."""
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
