"""Add to a tagged PDF what PDF/UA-1 (ISO 14289-1) requires and Chromium leaves out. Nothing here runs Chromium.

Each function corrects one thing in an open document. Numbers in brackets are clauses of PDF/UA-1. None of the functions
marks words as decoration, because words without a tag are a fault of the page that was printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # it has no types
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    String,
)

ROLES = {"Strong": "Span", "Em": "Span"}
"""Element types of PDF 2.0 that Chromium writes, and their equivalents in PDF 1.7, on which PDF/UA-1 is based."""

Instruction = ContentStreamInstruction | ContentStreamInlineImage

CELLS = (Name.TH, Name.TD)
"""Elements that stay even if they are empty: without an empty cell, a row would have too few cells for its table."""

_DRAWS_PATH = frozenset(("m", "l", "c", "v", "y", "h", "re"))
_PAINTS_PATH = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"))
_SAYS = frozenset(("Tj", "TJ", "'", '"', "Do", "INLINE IMAGE"))
_BEGIN_ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END = ContentStreamInstruction([], Operator("EMC"))

_NO_LETTER = re.compile(rb"<([0-9A-Fa-f]{4})> <0000>")


def map_roles(document: Pdf) -> None:
    """Map each element type that PDF 1.7 does not have to one that it has (7.1)."""
    document.Root.StructTreeRoot.RoleMap = Dictionary({f"/{role}": Name(f"/{as_}") for role, as_ in ROLES.items()})


# ── decoration ───────────────────────────────────────────────────────────────────────────────────────────────────────


def mark_decoration(document: Pdf) -> None:
    """Mark borders and backgrounds as artifacts (7.1), and remove the elements that contain nothing else."""
    owners = _owners(document)
    for page in document.pages:
        instructions, unsaid = decoration(pikepdf.parse_content_stream(page), _pictures(page))
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        for mcid in unsaid:
            element = owners[int(page.StructParents)][mcid]
            owners[int(page.StructParents)][mcid] = None
            _set_kids(element, [kid for kid in _kids(element) if _marked(kid, element) != (page.obj.objgen, mcid)])
            _drop_if_empty(element)


def _pictures(page: pikepdf.Page) -> set[str]:
    """Return the names of forms without words, such as the bar beside a number."""
    forms = dict(page.Resources.get("/XObject", {}))
    return {
        name
        for name, form in forms.items()
        if form.Subtype == Name.Form
        and not any(str(each.operator) in _SAYS for each in pikepdf.parse_content_stream(form))
    }


def decoration(instructions: Iterable[Instruction], pictures: Container[str]) -> tuple[list[Instruction], list[int]]:
    """Mark everything in a page that is only drawn as an artifact.

    pictures: the names of forms without words.
    Returns the new instructions of the page, and the ids of marked content that has become an artifact.
    """
    found: list[Instruction] = []
    unsaid = []
    # For each open marked content, where it begins and whether it has words. Then where the current path begins.
    opened: list[tuple[int, bool]] = []
    path: int | None = None
    for instruction in instructions:
        operator = str(instruction.operator)
        is_picture = operator == "Do" and str(instruction.operands[0]) in pictures
        if path is None and (is_picture or operator in _DRAWS_PATH):
            path = len(found)
        found.append(instruction)
        if operator in ("BDC", "BMC"):
            opened.append((len(found) - 1, False))
        elif operator in _SAYS and not is_picture:
            opened = [(begin, True) for begin, _ in opened]
        elif operator == "EMC" and opened:
            begin, says = opened.pop()
            mcid = _mcid(found[begin])
            if mcid is not None and not says:
                found[begin] = _BEGIN_ARTIFACT
                unsaid.append(mcid)
        elif path is not None and (is_picture or operator in _PAINTS_PATH):
            if not opened:
                found.insert(path, _BEGIN_ARTIFACT)
                found.append(_END)
            path = None
        elif operator == "n":
            path = None
    return found, unsaid


def _mcid(begin: Instruction) -> int | None:
    properties = begin.operands[-1]
    return int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else None


# ── the tree ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def elements(document: Pdf) -> Iterator[Object]:
    """Yield all elements of the structure tree in reading order, each before the elements inside it."""
    waiting = [document.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        waiting += [kid for kid in reversed(_kids(element)) if _is_element(kid)]


def give_lists_bodies(document: Pdf) -> None:
    """Put the content of each list item, except its label, into a body (7.6; ISO 32000-1, 14.8.4.3.3)."""
    owners = _owners(document)
    for item in [element for element in elements(document) if element.S == Name.LI]:
        labels = [kid for kid in _kids(item) if _is_element(kid) and kid.S in (Name.Lbl, Name.LBody)]
        others = [kid for kid in _kids(item) if not (_is_element(kid) and kid.S in (Name.Lbl, Name.LBody))]
        if not others:
            continue
        body = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item))
        if "/Pg" in item:
            body.Pg = item.Pg
        for kid in others:
            if _is_element(kid):
                kid.P = body
            elif marked := _marked(kid, item):
                owners[_page(document, marked[0])][marked[1]] = body
        _set_kids(body, others)
        _set_kids(item, [*labels, body])


def number_ids(document: Pdf) -> None:
    """Number the ids of elements in reading order, and all that refers to them.

    Those of Chromium count what it made before the page, which is not always the same: so a PDF had other bytes.
    """
    every = list(elements(document))
    named = [element for element in every if "/ID" in element]
    new = {bytes(element.ID): String(f"node{place:08}") for place, element in enumerate(named, 1)}
    for element in named:
        element.ID = new[bytes(element.ID)]
    for element in every:
        kinds = element.get("/A", Array())
        for kind in kinds if isinstance(kinds, Array) else [kinds]:
            if "/Headers" in kind:
                kind.Headers = Array([new.get(bytes(one), one) for one in kind.Headers])
    if "/IDTree" in document.Root.StructTreeRoot:
        names = [part for element in named for part in (element.ID, element)]
        document.Root.StructTreeRoot.IDTree = Dictionary(Names=Array(names))


def describe_links(document: Pdf, anchors: Iterable[tuple[str, str]]) -> None:
    """Describe each link by the words that it has on the page (7.18.5).

    anchors: the links of the page in their order, each as its address and its words. Links that are not printed may be
        among them.
    """
    waiting = list(anchors)
    for element in elements(document):
        notes = [kid.Obj for kid in _kids(element) if isinstance(kid, Dictionary) and "/Obj" in kid]
        if not notes:
            continue
        target = _target(notes[0])
        place = next((place for place, (href, _) in enumerate(waiting) if _same(href, target)), None)
        words = target
        if place is not None:
            words = waiting[place][1] or target
            del waiting[: place + 1]
        for note in notes:
            note.Contents = words


def _target(note: Object) -> str:
    """Return the target of a link as HTML writes it."""
    if "/A" in note and "/URI" in note.A:
        return str(note.A.URI)
    return f"#{str(note.get('/Dest', '')).removeprefix('/')}"


def _same(one: str, other: str) -> bool:
    """Return whether two addresses are the same. Chromium adds a slash to an address that is only a host."""
    return one.rstrip("/") == other.rstrip("/")


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _set_kids(element: Object, kids: Sequence[Object]) -> None:
    if kids:
        element.K = Array(kids)
    elif "/K" in element:
        del element.K


def _is_element(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _marked(kid: Object, element: Object) -> tuple[tuple[int, int], int] | None:
    """Return the page and the id of marked content; None if `kid` is anything else."""
    if isinstance(kid, int):
        return element.Pg.objgen, int(kid)
    if isinstance(kid, Dictionary) and "/MCID" in kid:
        return (kid if "/Pg" in kid else element).Pg.objgen, int(kid.MCID)
    return None


def _drop_if_empty(element: Object) -> None:
    while not _kids(element) and element.get("/S") not in (None, *CELLS):
        parent = element.P
        _set_kids(parent, [kid for kid in _kids(parent) if getattr(kid, "objgen", None) != element.objgen])
        element = parent


def _owners(document: Pdf) -> Mapping[int, Object]:
    """Return the elements that contain the marked content of each page: by the page's /StructParents, then by id."""
    return pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)


def _page(document: Pdf, objgen: tuple[int, int]) -> int:
    return int(document.get_object(objgen).StructParents)


# ── letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def name_ligatures(document: Pdf, letters: Callable[[str], Mapping[int, str]]) -> None:
    """Add the letters of each glyph that does not represent a single letter, such as two marks in one (7.21.7).

    letters: returns the `ligatures` of a font by its PostScript name. The font inside the document lacks their parts.
    """
    fonts = {
        font.objgen: font for page in document.pages for font in dict(page.Resources.get("/Font", {})).values()
    }.values()
    for font in fonts:
        said = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        if _NO_LETTER.search(said):
            # The name of a font that contains only some glyphs begins with six letters and "+".
            known = letters(str(font.BaseFont).rpartition("+")[2])
            font.ToUnicode.write(_named(said, known))


def _named(said: bytes, known: Mapping[int, str]) -> bytes:
    def with_letters(found: re.Match[bytes]) -> bytes:
        letters = known.get(int(found[1], 16), "\0").encode("utf-16-be").hex().upper()
        return b"<%s> <%s>" % (found[1], letters.encode())

    return _NO_LETTER.sub(with_letters, said)


def ligatures(program: Path) -> dict[int, str]:
    """Return the letters that each ligature of a font file joins, by the number of its glyph. Raises ValueError."""
    try:
        font = TTFont(program)
    except TTLibError as error:
        raise ValueError(f"{program}: {error}") from None
    letters = {sign: chr(code) for code, sign in font.getBestCmap().items()}
    found: dict[int, str] = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            # An extension table refers to the table that it extends.
            for first, joined in getattr(getattr(table, "ExtSubTable", table), "ligatures", {}).items():
                for one in joined:
                    parts = [first, *one.Component]
                    if all(part in letters for part in parts):
                        text = unicodedata.normalize("NFC", "".join(letters[part] for part in parts))
                        found.setdefault(font.getGlyphID(one.LigGlyph), text)
    return found


# ── metadata ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def declare(document: Pdf, title: str, made: str) -> None:
    """Write the title, the language and the time to XMP, and that the document conforms to PDF/UA-1 (5, 7.1).

    title: the title of the document.
    made: the time in ISO 8601.
    """
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {str(document.Root.Lang)}
        metadata["xmp:CreateDate"] = made
        metadata["xmp:ModifyDate"] = made
        metadata["pdfuaid:part"] = "1"
