"""New English into old catalogs: what a translator wrote stays, and only what changed becomes stale."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from i18n import catalogs
from i18n.__main__ import main
from i18n.language import Language
from i18n.locales import Locale
from i18n.merge import Message, Pool, foreign, merge, same
from tests.configured import CONFIG

HERE = Path(__file__).parent
CASES = HERE / "cases/catalogs"
GUIDE = (CASES / "arrested.md").read_text(encoding="utf-8")
TURKISH = Locale.of("tr")

LAWYER = "Ask for a lawyer and an interpreter before you make any statement."
SIGN = "Do not sign anything you do not understand."
EMBASSY = "Ask the police not to call the embassy of the country you fear."


def messages(*sentences: str) -> list[Message]:
    """The sentences as a guide has them, one below the other."""
    return [Message(sentence, places=(f"guide#top:{place}",)) for place, sentence in enumerate(sentences, 1)]


def translated(*sentences: str) -> polib.POFile:
    """A catalog with "tr: …" for each sentence."""
    catalog = merge(catalogs.new(TURKISH), messages(*sentences))
    for entry in catalog:
        entry.msgstr = f"tr: {entry.msgid}"
    return catalog


def live(catalog: polib.POFile) -> list[tuple[str, str, bool, str | None]]:
    """(msgid, msgstr, whether stale, what it translates) of all messages in use."""
    return [(e.msgid, e.msgstr, e.fuzzy, e.previous_msgid) for e in catalog if not e.obsolete]


def current(*sentences: str) -> list[tuple[str, str, bool, str | None]]:
    return [(sentence, f"tr: {sentence}", False, None) for sentence in sentences]


# ── one catalog ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_changed() -> None:
    """The same English gives the same catalog, and leaves the old one unchanged."""
    old = translated(LAWYER, SIGN)
    before = catalogs.text_of(old)
    assert same(old, merge(old, messages(LAWYER, SIGN)))
    merge(old, messages(EMBASSY, f"{SIGN} Really."), Pool([old]))
    assert catalogs.text_of(old) == before


def test_one_edit_makes_one_stale() -> None:
    """One edited sentence makes one unit stale, with the English that its translation is of; its neighbours stay."""
    edited = SIGN.replace("anything", "a paper")
    merged = merge(translated(LAWYER, SIGN, EMBASSY), messages(LAWYER, edited, EMBASSY))
    stale = (edited, f"tr: {SIGN}", True, SIGN)
    assert live(merged) == [*current(LAWYER), stale, *current(EMBASSY)]
    assert f'#, fuzzy\n#| msgid "{SIGN}"\nmsgid "{edited}"\n' in catalogs.text_of(merged)
    assert merged.obsolete_entries() == []


def test_second_edit_keeps_the_first_english() -> None:
    """What is stale and edited again still says which English its translation is of."""
    once, twice = f"{SIGN} Ever.", f"{SIGN} Never ever."
    merged = merge(merge(translated(SIGN), messages(once)), messages(twice))
    assert live(merged) == [(twice, f"tr: {SIGN}", True, SIGN)]


def test_edit_and_revert() -> None:
    """English that goes back to what it was has its translation back, current."""
    old = translated(LAWYER, SIGN)
    merged = merge(merge(old, messages(LAWYER, f"{SIGN} Ever.")), messages(LAWYER, SIGN))
    assert same(merged, old)


def test_move() -> None:
    """A paragraph in another place of the guide is not stale."""
    merged = merge(translated(LAWYER, SIGN, EMBASSY), messages(EMBASSY, LAWYER, SIGN))
    assert live(merged) == current(EMBASSY, LAWYER, SIGN)


def test_move_and_edit() -> None:
    """A paragraph moved and edited takes its own translation along, not that of the one that stood there."""
    edited = f"{EMBASSY} At once."
    merged = merge(translated(LAWYER, SIGN, EMBASSY), messages(edited, LAWYER, SIGN))
    assert live(merged) == [(edited, f"tr: {EMBASSY}", True, EMBASSY), *current(LAWYER, SIGN)]


def test_delete_and_restore() -> None:
    """What is deleted becomes obsolete, comments and all; what comes back has everything again."""
    old = translated(LAWYER, SIGN)
    old[1].tcomment = "A note of a translator."
    old[1].flags = ["no-wrap"]
    without = merge(old, messages(LAWYER))
    assert [(e.msgid, e.msgstr, e.tcomment, e.flags) for e in without.obsolete_entries()] == [
        (SIGN, f"tr: {SIGN}", "A note of a translator.", ["no-wrap"])
    ]
    assert same(merge(without, messages(LAWYER, SIGN)), old)


def test_delete_of_one_with_a_comment_only() -> None:
    """A comment that a translator left on a message without a translation outlives the message."""
    old = translated(LAWYER, SIGN, EMBASSY)
    old[1].msgstr, old[1].tcomment = "", "What is meant by sign?"
    old[2].msgstr = ""
    gone = merge(old, messages(LAWYER)).obsolete_entries()
    assert [(entry.msgid, entry.tcomment) for entry in gone] == [(SIGN, "What is meant by sign?")]


def test_delete_of_a_stale_one() -> None:
    """A stale message that is deleted keeps what it is a translation of, also in the file."""
    stale = merge(translated(SIGN), messages(f"{SIGN} Ever."))
    assert f'#, fuzzy\n#~| msgid "{SIGN}"\n#~ msgid "{SIGN} Ever."\n#~ msgstr "tr: {SIGN}"' in catalogs.text_of(
        merge(stale, [])
    )


def test_new_text() -> None:
    """A sentence like no other starts empty, and takes nothing from a sentence that was deleted."""
    merged = merge(translated(LAWYER), messages("Courts decide."))
    assert live(merged) == [("Courts decide.", "", False, None)]
    assert [entry.msgid for entry in merged.obsolete_entries()] == [LAWYER]


def test_same_words_twice() -> None:
    """Words that come twice are one message with both places."""
    merged = merge(catalogs.new(TURKISH), messages(SIGN, LAWYER, SIGN))
    assert [(e.msgid, e.occurrences) for e in merged] == [
        (SIGN, [("guide#top", "1"), ("guide#top", "3")]),
        (LAWYER, [("guide#top", "2")]),
    ]


def test_context_keeps_apart() -> None:
    """The same words in another context are another message."""
    old = merge(catalogs.new(TURKISH), [Message("Check", "nav"), Message("Check")])
    old[0].msgstr, old[1].msgstr = "Denetim", "Denetleyin"
    merged = merge(old, [Message("Check"), Message("Check", "nav")])
    assert [(e.msgctxt, e.msgstr) for e in merged] == [(None, "Denetleyin"), ("nav", "Denetim")]


@pytest.mark.parametrize("forms", [1, 2, 3, 6])
def test_a_new_plural_has_the_forms_of_the_language(forms: int) -> None:
    """A translator finds as many empty forms as the header of the catalog counts, so that msgfmt accepts the file."""
    old = polib.POFile()
    old.metadata = {"Plural-Forms": f"nplurals={forms}; plural=0;"}
    (entry,) = merge(old, [Message("%d file", plural="%d files")])
    assert entry.msgstr_plural == dict.fromkeys(range(forms), "")


def test_plural_appears_and_goes() -> None:
    """A message that gets a plural form, or loses it, loses no translation, not in the next run either."""
    one, many = [Message("%d file")], [Message("%d file", plural="%d files")]
    old = merge(catalogs.new(TURKISH), one)
    old[0].msgstr = "%d dosya"
    merged = merge(merge(old, many), many)
    assert [entry.msgid_plural for entry in merged if not entry.obsolete] == ["%d files"]
    assert "%d dosya" in msgstrs(merged)
    assert "%d dosya" in msgstrs(merge(merge(merged, one), one))


def test_editorial() -> None:
    """With `editorial` a typo fix leaves the translation current; a new sentence still makes it stale."""
    typo = LAWYER.replace("statement", "statment")
    assert live(merge(translated(typo), messages(LAWYER), editorial=True)) == [(LAWYER, f"tr: {typo}", False, None)]
    more = "Ask for a lawyer before you make any statement, and sign no paper at all."
    assert live(merge(translated(LAWYER), messages(more), editorial=True)) == [(more, f"tr: {LAWYER}", True, LAWYER)]


def test_editorial_does_not_refresh_what_is_stale() -> None:
    """A stale translation stays stale through an editorial run."""
    stale = merge(translated(SIGN), messages(f"{SIGN} Ever and ever."))
    (found,) = live(merge(stale, messages(f"{SIGN} Ever and evr."), editorial=True))
    assert found == (f"{SIGN} Ever and evr.", f"tr: {SIGN}", True, SIGN)


def test_pool_gives_what_another_catalog_has() -> None:
    """Text that another catalog of the locale has translated is current at once; similar text gives nothing."""
    other = translated(LAWYER, SIGN)
    edited = f"{SIGN} Ever."
    merged = merge(catalogs.new(TURKISH), messages(LAWYER, edited), Pool([other]))
    assert live(merged) == [*current(LAWYER), (edited, "", False, None)]


def test_pool_fills_what_is_empty() -> None:
    """A message that is there already, without a translation, is filled too, and keeps what was said about it."""
    old = merge(catalogs.new(TURKISH), messages(SIGN))
    old[0].tcomment = "What is meant?"
    merged = merge(old, messages(SIGN), Pool([old, translated(SIGN)]))
    assert live(merged) == current(SIGN)
    assert merged[0].tcomment == "What is meant?"


@pytest.mark.parametrize("kind", ["stale", "unfaithful", "denial", "context"])
def test_pool_gives_only_what_is_current_and_faithful(kind: str) -> None:
    """A twin that is stale itself, is not faithful, or stands in another context gives nothing."""
    other, language = translated(SIGN), Language.of("tr", {"denials": [r"mayın\b"]})
    if kind == "stale":
        other[0].flags, other[0].previous_msgid = ["fuzzy"], EMBASSY
    elif kind == "unfaithful":
        other[0].msgstr = "<b>tr</b>"
    elif kind == "denial":
        other[0].msgstr = "Her şeyi imzalayın."
    else:
        other[0].msgctxt = "nav"
    for old in (catalogs.new(TURKISH), merge(catalogs.new(TURKISH), messages(SIGN))):
        assert live(merge(old, messages(SIGN), Pool([old, other], language))) == [(SIGN, "", False, None)]


def test_pool_prefers_the_current() -> None:
    """Of two translations of the same words in two catalogs, the one that is not stale is taken."""
    stale, good = translated(SIGN), translated(SIGN)
    stale[0].fuzzy, stale[0].msgstr = True, "old"
    for pool in ([stale, good], [good, stale]):
        assert live(merge(catalogs.new(TURKISH), messages(SIGN), Pool(pool))) == current(SIGN)


# ── a version of the same sentence, and nothing else ─────────────────────────────────────────────────────────────────


def test_sentence_still_in_use_gives_nothing() -> None:
    """A new sentence that resembles one that is still there starts empty."""
    more = f"{SIGN} Ever."
    assert live(merge(translated(SIGN), messages(SIGN, more))) == [*current(SIGN), (more, "", False, None)]


def test_of_two_that_could_be_meant_none_is_taken() -> None:
    """A sentence that came elsewhere than where two like it left is a version of neither."""
    one, two, new = "Ask the police for a form.", "Ask the court for a form.", "Ask the embassy for a form."
    merged = merge(translated(LAWYER, one, two), messages(new, LAWYER))
    assert live(merged) == [(new, "", False, None), *current(LAWYER)]
    assert {entry.msgid for entry in merged.obsolete_entries()} == {one, two}


def test_the_more_similar_of_two_is_the_version() -> None:
    """Where a sentence is inserted in the place of an edited one, the edited one keeps its translation."""
    edited, inserted = f"{SIGN} Ever.", "Do not believe everything you read."
    merged = merge(translated(LAWYER, SIGN), messages(LAWYER, inserted, edited))
    assert live(merged) == [*current(LAWYER), (inserted, "", False, None), (edited, f"tr: {SIGN}", True, SIGN)]


def test_what_left_long_ago_gives_nothing() -> None:
    """A sentence that left in an earlier run is not what a new one is a version of."""
    without = merge(translated(LAWYER, SIGN), messages(LAWYER))
    edited = f"{SIGN} Ever."
    assert live(merge(without, messages(LAWYER, edited))) == [*current(LAWYER), (edited, "", False, None)]


def test_english_that_comes_back_beside_its_version() -> None:
    """When the older English is in use again, it has its translation back, and the newer one is not a version of it."""
    edited = f"{SIGN} Ever."
    stale = merge(translated(SIGN), messages(edited))
    merged = merge(stale, messages(edited, SIGN))
    assert live(merged) == [(edited, "", False, None), *current(SIGN)]


def test_version_of_a_sentence_that_other_guides_have() -> None:
    """It stays a version in the next run: what proves that its English stood in this guide is kept."""
    here, there, edited = translated(LAWYER, SIGN), translated(SIGN), f"{SIGN} Ever."
    once = merge(here, messages(LAWYER, edited), Pool([here, there]))
    assert live(once) == [*current(LAWYER), (edited, f"tr: {SIGN}", True, SIGN)]
    assert same(once, merge(once, messages(LAWYER, edited), Pool([once, there])))
    assert foreign(once, Pool([once, there])) == []


def smuggled(msgstr: str, comment: str = "") -> polib.POFile:
    """A catalog with SIGN as a stale message that claims to be a version of EMBASSY, which stands in another guide."""
    catalog = translated(SIGN)
    catalog[0].msgstr, catalog[0].previous_msgid, catalog[0].flags = msgstr, EMBASSY, ["fuzzy"]
    catalog[0].tcomment = comment
    return catalog


def test_sentence_of_another_guide_is_taken_out() -> None:
    """A stale message whose English never stood in its guide is empty again; the other guide has its words."""
    old, other = smuggled(f"tr: {EMBASSY}", "A note."), translated(EMBASSY)
    assert foreign(old, Pool([old, other])) == [old[0]]
    merged = merge(old, messages(SIGN), Pool([old, other]))
    assert live(merged) == [(SIGN, "", False, None)]
    assert merged[0].tcomment == "A note."
    assert merged.obsolete_entries() == []
    assert same(merged, merge(merged, messages(SIGN), Pool([merged, other])))


def test_words_that_no_other_guide_has_are_kept() -> None:
    """What a translator wrote on it since is nowhere else: it stays in the catalog, as obsolete."""
    old, other = smuggled("tr: half done"), translated(EMBASSY)
    merged = merge(old, messages(SIGN), Pool([old, other]))
    assert live(merged) == [(SIGN, "", False, None)]
    assert [(e.msgid, e.msgstr, e.fuzzy) for e in merged.obsolete_entries()] == [(EMBASSY, "tr: half done", True)]
    assert same(merged, merge(merged, messages(SIGN), Pool([merged, other])))
    assert live(merge(merged, messages(SIGN, EMBASSY)))[1] == (EMBASSY, "tr: half done", True, None)


def test_no_message_is_there_twice() -> None:
    """GNU gettext takes no msgid twice: what two stale messages have of a sentence elsewhere is kept once, or stays."""
    old, other = translated(SIGN, LAWYER, "Wait."), translated(EMBASSY)
    for entry, words in zip(old, ("half", "half", "other"), strict=True):
        entry.msgstr, entry.previous_msgid, entry.flags = words, EMBASSY, ["fuzzy"]
    merged = merge(old, messages(SIGN, LAWYER, "Wait."), Pool([old, other]))
    assert live(merged) == [(SIGN, "", False, None), (LAWYER, "", False, None), ("Wait.", "other", True, EMBASSY)]
    assert [(e.msgid, e.msgstr) for e in merged.obsolete_entries()] == [(EMBASSY, "half")]


def test_stale_words_beside_the_sentence_they_translate() -> None:
    """Where the older English is in use with another translation, what a translator wrote on the newer one stays."""
    edited = f"{SIGN} Ever."
    old = translated(edited, SIGN)
    old[0].msgstr, old[0].previous_msgid, old[0].flags = "half done", SIGN, ["fuzzy"]
    assert same(old, merge(old, messages(edited, SIGN), Pool([old])))


def test_equal_paragraphs_without_end() -> None:
    """A page of 200,000 equal paragraphs is one message; of a quadratic merge this test would not come to an end."""
    wanted = [Message(SIGN, places=(f"guide#top:{place}",), comments=("paragraph",)) for place in range(200_000)]
    old = translated(SIGN)
    merged = merge(old, wanted, Pool([old]))
    assert [(len(entry.occurrences), entry.comment) for entry in merged] == [(200_000, "paragraph")]
    assert len(merge(merged, [replace(message, msgid=f"{SIGN} Ever.") for message in wanted])) == 1


# ── no word is ever lost ─────────────────────────────────────────────────────────────────────────────────────────────


def msgstrs(catalog: polib.POFile) -> set[str]:
    """Every translation in a catalog, in use or not."""
    return {msgstr for e in catalog for msgstr in (e.msgstr, *(e.msgstr_plural or {}).values()) if msgstr}


SENTENCES = [
    LAWYER,
    SIGN,
    EMBASSY,
    f"{SIGN} Ever.",
    f"{LAWYER} Now.",
    "Say no.",
    "Say no!",
    "Wait.",
    "%d day",
    "%(n)s left",
]
sentence = st.builds(
    lambda context, words, plural: Message(words, context, f"{words}s" if plural else None),
    st.sampled_from((None, None, None, "nav")),
    st.sampled_from(SENTENCES),
    st.sampled_from((False, False, False, True)),
)
script = st.lists(st.tuples(st.lists(sentence, max_size=5), st.booleans(), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=120, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=script)
def test_no_msgstr_is_ever_lost(script: list[tuple[list[Message], bool, bool]], tmp_path: Path) -> None:
    """However the English changes, each translation that a catalog had is in the next one, through files and back."""
    path = tmp_path / "guide.po"
    catalog, pool, number = catalogs.new(TURKISH), None, 0
    for wanted, editorial, is_pooled in script:
        placed = [Message(m.msgid, m.context, m.plural, (f"guide#top:{place}",)) for place, m in enumerate(wanted, 1)]
        before = msgstrs(catalog)
        catalog = merge(catalog, placed, pool, editorial)
        assert before <= msgstrs(catalog)
        assert {(m.context, m.msgid) for m in wanted} == {(e.msgctxt, e.msgid) for e in catalog if not e.obsolete}
        assert same(catalog, merge(catalog, placed, pool, editorial))
        if not any(message.plural for each, _, _ in script for message in each):
            assert max(Counter((e.msgctxt, e.msgid) for e in catalog).values(), default=1) == 1
        for entry in catalog:
            if entry.obsolete or not (entry.fuzzy or not (entry.msgstr or any(entry.msgstr_plural.values()))):
                continue
            number += 1
            if entry.msgid_plural:
                entry.msgstr_plural = {0: f"tr {number} a", 1: f"tr {number} b"}
            else:
                entry.msgstr = f"tr {number}"
            if number % 2:
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
                entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
        catalogs.save(catalog, path)
        loaded = catalogs.load(path)
        assert msgstrs(loaded) == msgstrs(catalog)
        catalog, pool = loaded, Pool([catalog]) if is_pooled else None


# ── files, as the command writes them ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of one guide and one language, without a catalog."""
    for path in (CONFIG, HERE.parent / "pyproject.toml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides/arrested.md").write_text(GUIDE, encoding="utf-8")
    (tmp_path / "locales/tr/LC_MESSAGES").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def catalog_of(project: Path, name: str = "arrested") -> Path:
    return project / "locales/tr/LC_MESSAGES" / f"{name}.po"


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "as-it-is": lambda content: content,
    "crlf": lambda content: content.replace(b"\n", b"\r\n"),
    "byte-order-mark": lambda content: b"\xef\xbb\xbf" + content,
    "no-last-line-end": lambda content: content.rstrip(b"\n"),
    "more-empty-lines": lambda content: content.replace(b"\n\n", b"\n\n\n") + b"\n\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("tool", ["own", "msgmerge", "poedit", "weblate"])
def test_run_that_changes_nothing_changes_no_byte(tool: str, form: str, project: Path) -> None:
    """A catalog that is up to date keeps every byte, whatever tool has written it and however it breaks lines."""
    path = catalog_of(project)
    path.write_bytes(FORMS[form]((CASES / f"{tool}.po").read_bytes()))
    before = path.read_bytes()
    assert main(["update"]) == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("tool", ["own", "msgmerge", "weblate"])
def test_wrapped_catalog_is_unwrapped_once(tool: str, project: Path) -> None:
    """Strings broken over several lines are put on one each; no word is changed, and the next run changes nothing."""
    path = catalog_of(project)
    shutil.copy(CASES / "wrapped" / f"{tool}.po", path)
    old = catalogs.load(path)
    assert main(["update"]) == 0
    written, new = path.read_bytes(), catalogs.load(path)
    assert new.metadata.pop("Plural-Forms") == old.metadata.pop("Plural-Forms").replace("(n > 1)", "n > 1")
    assert same(old, new)
    assert [
        line for line in written.splitlines() if line.startswith((b'"', b'#| "', b'#~| "')) and b"\\n" not in line
    ] == []
    assert main(["update"]) == 0
    assert path.read_bytes() == written


def test_headers_keep_their_order(project: Path) -> None:
    """A change of the English leaves the headers that Poedit wrote where they are, its own ones with them."""
    path = catalog_of(project)
    shutil.copy(CASES / "poedit.po", path)
    before = path.read_text(encoding="utf-8")
    (project / "guides/arrested.md").write_text(GUIDE.replace("The first day", "The very first day"), encoding="utf-8")
    assert main(["update"]) == 0
    after = path.read_text(encoding="utf-8")
    assert "POT-Creation-Date" in after
    assert "X-Generator: Poedit" in after
    assert headers(after) == headers(before.replace("plural=(n > 1);", "plural=n > 1;"))


def headers(text: str) -> list[str]:
    return re.findall(r'^"[A-Z].*', text[: text.index("\n\n")], re.MULTILINE)


def test_second_run_changes_no_byte(project: Path) -> None:
    """What the command has written once it does not write again."""
    assert main(["update"]) == 0
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.rglob("*.po")}
    assert len(before) == 2
    assert main(["update"]) == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.rglob("*.po")} == before


WRITTEN = [
    "# Turkish translation of the guides.",
    "X-Reviewed: 2026-09-30\\n",
    "X-Unknown: kept: as it is\\n",
    "# A note to other translators.\n# On two lines.",
    "# Do not soften this sentence.",
    "# Why this one went.",
    "no-wrap",
    "max-length:200",
    '"The first hours"',
    '"İlk saatler"',
    'say \\"yes\\"',
    '{{ deadline(\\"ece-release\\") }} içinde',
    '"Sonraki adım"',
    '"Polisin yapabilecekleri ve yapamayacakları"',
    "#~| ",
    '| msgctxt "old context"',
    'msgctxt "nav"',
    'msgstr[1] "%d dosyalar"',
]


@pytest.mark.parametrize("guide", ["# Nothing is left\n", GUIDE.replace("The first day", "The very first day")])
def test_nothing_that_a_translator_wrote_is_lost(guide: str, project: Path) -> None:
    """Comments, flags, headers, previous msgids and translations are all there after the English has changed."""
    path = catalog_of(project)
    shutil.copy(CASES / "own.po", path)
    (project / "guides/arrested.md").write_text(guide, encoding="utf-8")
    before = path.read_bytes()
    assert main(["update"]) == 0
    assert path.read_bytes() != before
    text = path.read_text(encoding="utf-8")
    assert [piece for piece in WRITTEN if piece not in text] == []


def test_text_that_moves_to_another_guide(project: Path) -> None:
    """A paragraph that is cut from one guide and put into another has its translation there, current."""
    shutil.copy(CASES / "own.po", catalog_of(project))
    moved = "If you have protection, read [The refugee policy](refugees.md)."
    (project / "guides/arrested.md").write_text(GUIDE.replace(moved, ""), encoding="utf-8")
    (project / "guides/zebra.md").write_text(f"# Another guide\n\n{moved}\n", encoding="utf-8")
    assert main(["update"]) == 0
    found = polib.pofile(str(catalog_of(project, "zebra"))).find(moved.replace("refugees.md", "1"))
    assert (found.msgstr, found.fuzzy) == ("Korumanız varsa, [Mülteci politikası](1) sayfasını okuyun.", False)


def test_update_takes_out_what_is_of_another_guide(project: Path) -> None:
    """The command empties a stale message that translates a sentence of another guide, and fills empty twins."""
    shutil.copy(CASES / "own.po", catalog_of(project))
    (project / "guides/zebra.md").write_text("# Zebra\n\nNext step\n\nStep\n", encoding="utf-8")
    assert main(["update"]) == 0
    path = catalog_of(project, "zebra")
    catalog = catalogs.load(path)
    assert catalog.find("Next step").msgstr == "Sonraki adım"
    catalog.find("Next step").msgstr = ""
    wrong = catalog.find("Step")
    wrong.msgstr, wrong.previous_msgid, wrong.flags = "Sonraki adım", "Next step", ["fuzzy"]
    catalogs.save(catalog, path)
    assert main(["update"]) == 0
    found = {entry.msgid: (entry.msgstr, entry.fuzzy, entry.previous_msgid) for entry in catalogs.load(path)}
    assert found["Next step"] == ("Sonraki adım", False, None)
    assert found["Step"] == ("", False, None)


def test_guide_that_is_withdrawn(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The catalog of a guide that is gone keeps all its translations, as obsolete, and is counted."""
    path = catalog_of(project)
    shutil.copy(CASES / "own.po", path)
    before = msgstrs(catalogs.load(path))
    (project / "guides/arrested.md").unlink()
    (project / "guides/other.md").write_text("# Other\n", encoding="utf-8")
    assert main(["update"]) == 0
    assert "tr: 3 of 3 catalogs changed." in capsys.readouterr().out
    after = catalogs.load(path)
    assert msgstrs(after) == before
    assert all(entry.obsolete for entry in after)


@pytest.mark.parametrize("was", ["arrested", "[arrested]", "[older, arrested]"])
def test_guide_that_is_renamed(project: Path, was: str) -> None:
    """A guide that says what it was called before, once or twice, has its catalog under the new name."""
    shutil.copy(CASES / "own.po", catalog_of(project))
    before = msgstrs(catalogs.load(catalog_of(project)))
    (project / "guides/arrested.md").rename(project / "guides/stopped.md")
    path = project / "guides/stopped.md"
    path.write_text(GUIDE.replace("---\n", f"---\nwas: {was}\n", 1), encoding="utf-8")
    assert main(["update"]) == 0
    assert not catalog_of(project).exists()
    after = catalogs.load(catalog_of(project, "stopped"))
    assert msgstrs(after) == before
    assert "Sonraki adım" in {entry.msgstr for entry in after if not entry.obsolete}


def test_broken_catalog_is_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalog that cannot be read is reported and not written; the others are brought up to date."""
    path = catalog_of(project)
    path.write_bytes((CASES / "own.po").read_bytes().replace(b'msgid "Next step"', b'msgid "Next step'))
    before = path.read_bytes()
    assert main(["update"]) == 1
    assert path.read_bytes() == before
    assert catalog_of(project, "site").exists()
    assert "locales/tr/LC_MESSAGES/arrested.po:" in capsys.readouterr().err


def test_broken_guide_changes_no_catalog(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When a guide cannot be read, nothing is written: it must not look like a guide that was withdrawn."""
    path = catalog_of(project)
    shutil.copy(CASES / "own.po", path)
    (project / "guides/arrested.md").write_text("---\ntitle: [\n", encoding="utf-8")
    before = path.read_bytes()
    assert main(["update"]) == 1
    assert path.read_bytes() == before
    assert not catalog_of(project, "site").exists()
    assert capsys.readouterr().err.endswith("No catalog was changed. Correct the files above first.\n")


TEXTS = (
    'say "no"', "C:\\path\\new", "tab\there", "two  \nlines", "ends\n", "x", "أ", "a-b ", "a  b ", "𝐀\u200cं",
    "line\u2028separator", "%", "#, fuzzy", "msgid", "\\", "#~ x",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_every_character_survives_the_file(text: str, tmp_path: Path) -> None:
    """What is saved is what is loaded: quotes, backslashes, line ends of all kinds, scripts, words of any length."""
    catalog = merge(catalogs.new(TURKISH), [Message(text, places=("guide#top:1",))])
    catalog[0].msgstr, catalog[0].tcomment = f"{text} tr", "A note."
    gone = polib.POEntry(msgid=f"{text} gone", msgstr=text, previous_msgid=text, flags=["fuzzy"], obsolete=True)
    catalog.append(gone)
    path = tmp_path / "guide.po"
    catalogs.save(catalog, path)
    found = [(e.msgid, e.msgstr, e.tcomment, e.previous_msgid, bool(e.obsolete)) for e in catalogs.load(path)]
    assert found == [(text, f"{text} tr", "A note.", None, False), (f"{text} gone", text, "", text, True)]
