"""Corrections of a PDF that Chromium printed, tested on documents of a few lines."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf

from packs import tagged


def made(content: str, *kids: tuple[str, list[int]], outer: str = "L") -> Pdf:
    """A page, and a tree of one `outer` element that has an element for each of `kids`, with marked content by id."""
    document = Pdf.new()
    page = document.add_blank_page()
    page.StructParents = 0
    page.Contents = document.make_stream(content.encode())
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document.Root.StructTreeRoot = root
    parent = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{outer}"), P=root))
    root.K = parent
    owners: dict[int, Object] = {}
    parent.K = Array()
    for role, ids in kids:
        element = document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent, Pg=page.obj, K=Array(ids))
        )
        parent.K.append(element)
        owners |= dict.fromkeys(ids, element)
    root.ParentTree = document.make_indirect(
        Dictionary(Nums=Array([0, Array([owners[number] for number in sorted(owners)])]))
    )
    return document


def written(document: Pdf) -> str:
    """The content of the only page, in one line."""
    return " ".join(document.pages[0].Contents.read_bytes().decode().split())


def roles(document: Pdf) -> list[str]:
    return [str(element.S) for element in tagged.elements(document)]


BORDER = "0 0 10 10 re f"
TEXT = "BT (Help) Tj ET"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (BORDER, f"/Artifact BMC {BORDER} EMC"),
        ("q 1 w 0 0 m 9 9 l S Q", "q 1 w /Artifact BMC 0 0 m 9 9 l S EMC Q"),
        ("0 0 10 10 re W n", "0 0 10 10 re W n"),
        (f"/P << /MCID 0 >> BDC {BORDER} {TEXT} EMC", f"/P << /MCID 0 >> BDC {BORDER} {TEXT} EMC"),
        (TEXT, TEXT),
    ],
    ids=["a background", "a line", "where to draw", "beside words", "words without a tag"],
)
def test_what_is_only_drawn_is_an_artifact(content: str, wanted: str) -> None:
    """A border or a background outside of tags becomes decoration. Words never do: the checker has to see them."""
    document = made(content, ("P", [0]))
    tagged.mark_decoration(document)
    assert written(document) == wanted


def test_a_tag_around_a_border_alone_is_let_go() -> None:
    """The border of a table is not content: its id leaves the tree, and an element without other content is removed."""
    document = made(
        f"/Table << /MCID 0 >> BDC {BORDER} EMC /P << /MCID 1 >> BDC {TEXT} EMC /TH << /MCID 2 >> BDC {BORDER} EMC",
        ("NonStruct", [0]),
        ("P", [1]),
        ("TH", [2]),
    )
    tagged.mark_decoration(document)
    assert written(document) == (
        f"/Artifact BMC {BORDER} EMC /P << /MCID 1 >> BDC {TEXT} EMC /Artifact BMC {BORDER} EMC"
    )
    # A cell stays, empty or not.
    assert roles(document) == ["/L", "/P", "/TH"]
    assert [each is None for each in document.Root.StructTreeRoot.ParentTree.Nums[1]] == [True, False, True]


def test_a_picture_is_an_artifact_and_a_form_with_words_is_not() -> None:
    """The bar beside a number only draws; what shows words is left for the checker."""
    document = made("/Bar Do /Words Do", ("P", [0]))
    forms = {"/Bar": BORDER, "/Words": TEXT}
    document.pages[0].Resources = Dictionary(
        XObject=Dictionary(
            {
                name: document.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
                for name, content in forms.items()
            }
        )
    )
    tagged.mark_decoration(document)
    assert written(document) == "/Artifact BMC /Bar Do EMC /Words Do"


def test_decoration_inside_of_decoration_is_marked_once() -> None:
    """Existing artifacts are unchanged."""
    instructions = [
        pikepdf.ContentStreamInstruction([Name.Artifact], Operator("BMC")),
        pikepdf.ContentStreamInstruction([0, 0, 1, 1], Operator("re")),
        pikepdf.ContentStreamInstruction([], Operator("f")),
        pikepdf.ContentStreamInstruction([], Operator("EMC")),
    ]
    found, unsaid = tagged.decoration(instructions, ())
    assert [str(each.operator) for each in found] == ["BMC", "re", "f", "EMC"]
    assert unsaid == []


def test_a_list_item_has_a_label_and_a_body() -> None:
    """What stands beside the label is in the body, marked content too, and the page finds its element there."""
    document = made("", ("LI", [0, 1]))
    (item,) = document.Root.StructTreeRoot.K.K
    item.K.insert(0, document.make_indirect(Dictionary(S=Name.Lbl, P=item)))
    item.K.append(document.make_indirect(Dictionary(S=Name.Link, P=item)))
    tagged.give_lists_bodies(document)
    assert roles(document) == ["/L", "/LI", "/Lbl", "/LBody", "/Link"]
    _, body = item.K
    assert [body.K[0], body.K[1], str(body.K[2].S)] == [0, 1, "/Link"]
    assert body.P.objgen == body.K[2].P.P.objgen == item.objgen
    assert {each.objgen for each in document.Root.StructTreeRoot.ParentTree.Nums[1]} == {body.objgen}
    before = roles(document)
    tagged.give_lists_bodies(document)
    assert roles(document) == before


def test_a_link_is_described_by_its_words() -> None:
    """All parts of a link that runs over lines have its words; links that are not printed are passed over."""
    document = made("", ("Link", [0]), ("Link", [1]), ("Link", [2]), outer="P")
    notes = [
        Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://help.example/")),
        Dictionary(Subtype=Name.Link, Dest=Name("/arrested")),
        Dictionary(Subtype=Name.Link, Dest=Name("/elsewhere")),
    ]
    for element, note in zip(document.Root.StructTreeRoot.K.K, notes, strict=True):
        lines = [document.make_indirect(note), document.make_indirect(Dictionary(note))]
        element.K = Array([0, *(Dictionary(Type=Name.OBJR, Obj=line) for line in lines)])
    anchors = [("#copy", "Skip"), ("https://help.example", "Help"), ("#top", "Top"), ("#arrested", "Arrested")]
    tagged.describe_links(document, anchors)
    found = [
        [str(kid.Obj.Contents) for kid in element.K if isinstance(kid, Dictionary)]
        for element in document.Root.StructTreeRoot.K.K
    ]
    # A link that is on no page, which should not be, says where it leads.
    assert found == [["Help", "Help"], ["Arrested", "Arrested"], ["#elsewhere", "#elsewhere"]]


def test_types_of_later_pdf_are_said_in_earlier_ones() -> None:
    """Bold and emphasis are types of PDF 2.0: readers of PDF/UA-1 are told what they are."""
    document = made("")
    tagged.map_roles(document)
    assert document.Root.StructTreeRoot.RoleMap == Dictionary(Strong=Name.Span, Em=Name.Span)


@pytest.fixture
def font(tmp_path: Path) -> Path:
    """A font that joins shadda and fatha to a sign that has no letter."""
    signs = [".notdef", "shadda", "fatha", "both"]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(signs)
    builder.setupCharacterMap({0x0651: "shadda", 0x064E: "fatha"})
    builder.setupGlyf(dict.fromkeys(signs, TTGlyphPen(None).glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(signs, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, "feature ccmp { sub shadda fatha by both; } ccmp;")
    path = tmp_path / "marks.ttf"
    builder.save(path)
    return path


def test_a_ligature_without_a_letter_is_read_as_its_parts(font: Path) -> None:
    """Text that is copied or read aloud has both marks instead of none. Glyphs that no font explains are unchanged."""
    document = made("")
    said = b"2 beginbfchar\n<0001> <0651>\n<0003> <0000>\n<0009> <0000>\nendbfchar"
    document.pages[0].Resources = Dictionary(
        Font=Dictionary(
            F1=document.make_indirect(Dictionary(BaseFont=Name("/ABCDEF+Marks"), ToUnicode=document.make_stream(said)))
        )
    )
    asked = []

    def letters(name: str) -> dict[int, str]:
        asked.append(name)
        return tagged.ligatures(font)

    tagged.name_ligatures(document, letters)
    assert asked == ["Marks"]
    assert document.pages[0].Resources.Font.F1.ToUnicode.read_bytes() == said.replace(
        b"<0003> <0000>", b"<0003> <064E0651>"
    )


def test_a_file_that_is_not_a_font_is_said(tmp_path: Path) -> None:
    """The sentence names the file."""
    path = tmp_path / "letter.ttf"
    path.write_text("Dear sir")
    with pytest.raises(ValueError, match=r"letter\.ttf"):
        tagged.ligatures(path)


def test_a_document_says_what_it_is_whatever_the_time() -> None:
    """Title, language, PDF/UA-1 and the given time are in XMP, and nothing of the clock."""
    document = made("")
    document.Root.Lang = "ar"
    tagged.declare(document, "عنوان", "2026-11-27T00:00:00Z")
    said = document.open_metadata()
    assert {name: said[name] for name in ("dc:title", "dc:language", "pdfuaid:part", "xmp:CreateDate")} == {
        "dc:title": "عنوان",
        "dc:language": {"ar"},
        "pdfuaid:part": "1",
        "xmp:CreateDate": "2026-11-27T00:00:00Z",
    }
    assert b"MetadataDate" not in document.Root.Metadata.read_bytes()


@pytest.mark.parametrize("first", [41, 42])
def test_ids_do_not_say_what_was_before_the_page(first: int) -> None:
    """They are numbered from 1 in reading order, and cells name their headings by the new ids."""
    document = made("", ("TH", [0]), ("TH", [1]), ("TD", [2]), outer="TR")
    row = document.Root.StructTreeRoot.K
    for place in (0, 1):
        row.K[place].ID = pikepdf.String(f"node{first + place}")
    row.K[2].A = Array([Dictionary(O=Name.Table, Headers=Array([pikepdf.String(f"node{first + 1}")]))])
    document.Root.StructTreeRoot.IDTree = Dictionary(Names=Array([pikepdf.String(f"node{first}"), row.K[0]]))
    tagged.number_ids(document)
    assert [str(cell.ID) for cell in (row.K[0], row.K[1])] == ["node00000001", "node00000002"]
    assert [str(one) for one in row.K[2].A[0].Headers] == ["node00000002"]
    names = list(document.Root.StructTreeRoot.IDTree.Names)
    assert [str(one) for one in names[::2]] == ["node00000001", "node00000002"]
    assert [one.objgen for one in names[1::2]] == [row.K[0].objgen, row.K[1].objgen]
