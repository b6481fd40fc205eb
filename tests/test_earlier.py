"""The earlier translation of a sentence that changed: what of it a reader is shown, and that it is of that sentence.

A file in cases/earlier is one case: `unit` is the English of today, `old` what the catalog says it was, `msgstr` the
stale translation; `repeat` makes these two long. `shown` is what a reader sees in the fold. Without it nothing is
folded, and `refused` says whether that is a fault of the catalog, to be reported.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import polib
import pytest
import yaml
from hypothesis import given, settings

from i18n import catalogs, coverage, extract, guides
from i18n.catalogs import Catalog
from i18n.coverage import State, Translation
from i18n.earlier import earlier
from i18n.guides import Guide
from i18n.locales import Locale
from i18n.markdown import Source
from i18n.merge import SIMILAR, Pool, foreign, merge, similarity
from i18n.unit import plain, read
from tests.configured import EXTENSIONS
from tests.pages import randoms
from tests.project import Project, add_guide, add_macro, lay_out
from tests.test_feed import UPDATES

CASES = Path(__file__).parent / "cases/earlier"
MD = guides.markdown(EXTENSIONS)
FRENCH = Locale.of("fr")


def cases() -> list[Any]:
    paths = sorted(CASES.glob("*.yml"))
    return [pytest.param(yaml.safe_load(path.read_text(encoding="utf-8")), id=path.stem) for path in paths]


def repeated(case: dict[str, Any], name: str) -> str:
    return str(case[name]) * case.get("repeat", 1)


def stale(msgid: str, old: str, msgstr: str) -> Translation:
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr, previous_msgid=old, flags=["fuzzy"], linenum=7))
    return Translation(catalog)


# ── one sentence ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", cases())
def test_what_is_shown_and_what_is_refused(case: dict[str, Any]) -> None:
    """Each case is shown as its plain words, left out without a word, or refused with a sentence."""
    words, reason = earlier(read(case["unit"]), repeated(case, "old"), repeated(case, "msgstr"))
    assert words == case.get("shown"), case["why"]
    assert bool(reason) is case.get("refused", False), (case["why"], reason)
    assert not reason or reason.startswith("The earlier translation is not shown. ")
    assert len(reason) < 500


@pytest.mark.parametrize("case", cases())
def test_nothing_but_words_reaches_the_page(case: dict[str, Any]) -> None:
    """In the page there is the English and, in a fold, text: no tag, link or mark of a stale translation."""
    source = Source(MD, case["unit"] + ("\n\n[^1]: A note." if "[^1]" in case["unit"] else ""))
    unit = source.units[0]
    translation = stale(unit.msgid, repeated(case, "old"), repeated(case, "msgstr"))
    html = source.render(translation.choose, "fr", "ltr", "Avant")
    fold = (
        '<details class="earlier" data-search-exclude="" dir="ltr" lang="fr">'
        f"<summary>Avant</summary><p>{case['shown'].replace('&', '&amp;')}</p></details>"
        if "shown" in case
        else ""
    )
    folds = re.findall(r"<details.*?</details>", html.replace("\n", ""))
    assert folds == [fold] * bool(fold)
    assert re.sub(r"\n?<details.*?</details>", "", html, flags=re.DOTALL) == source.render(
        Translation(None).choose, "fr"
    )


@pytest.mark.parametrize("case", [case for case in cases() if case.values[0].get("refused")])
def test_a_refused_one_is_reported(case: dict[str, Any], tmp_path: Path) -> None:
    """Like any other refusal it has its file, line and sentence."""
    guide = guides.parse(tmp_path / "help.md", f"# Help\n\n{case['unit']}\n", MD)
    translation = stale(guide.units[1].msgid, repeated(case, "old"), repeated(case, "msgstr"))
    assert translation.judge(guide.units[1]).state is State.REFUSED
    (finding,) = coverage.findings(guide, translation, Path("help.po"))
    assert finding.startswith("help.po:7: The earlier translation is not shown. ")


def test_safety_advice_is_never_folded() -> None:
    """In a block marked `safety` no earlier translation is shown, however small the change of English."""
    english, old, french = "Call a neighbour at once.", "Call a neighbour.", "Appelez un voisin."
    assert stale(english, old, french).choose(read(english)).earlier == french
    assert stale(english, old, french).choose(read(english, withdrawn_when_stale=True)).earlier is None


def test_older_english_that_is_still_on_the_page_is_another_sentence() -> None:
    """A stale message whose older English is in use in the same catalog gives no fold."""
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="Call a neighbour.", msgstr="Appelez un voisin."))
    catalog.append(
        polib.POEntry(
            msgid="Call a neighbour at once.",
            msgstr="Appelez un voisin.",
            previous_msgid="Call a neighbour.",
            flags=["fuzzy"],
        )
    )
    assert Translation(catalog).choose(read("Call a neighbour at once.")).earlier is None


def test_message_with_a_context_takes_no_place(tmp_path: Path) -> None:
    """Units of guides have no context: a second message with one changes nothing, and is reported."""
    path = tmp_path / "help.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "Sign nothing"\nmsgstr "Ne buvez pas l’eau du robinet"\n\n'
        'msgctxt "x"\nmsgid "Sign nothing"\nmsgstr "Signez tout"\n',
        encoding="utf-8",
    )
    guide = guides.parse(tmp_path / "help.md", "# Sign nothing\n", MD)
    translation = Translation(catalogs.load(path))
    assert translation.choose(guide.units[0]).words == "Ne buvez pas l’eau du robinet"
    (finding,) = coverage.findings(guide, translation, path)
    assert finding.startswith(f"{path}:7: this message has a msgctxt")


# ── the law ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ACTORS = ("You", "The police", "A lawyer", "The court", "INTERPOL", "Your family")
DUTIES = ("", "", "may ", "must ", "can ", "should ")
VERBS = ("ask", "call", "write to", "believe", "leave", "answer")
OBJECTS = ("the embassy", "the police", "a lawyer", "the country", "your family", "a friend")
ENDS = ("", "", " before the hearing", " in four days", " if you are held", " at home")
TELLING = re.compile(
    r"\b(?:not|never|no|without|refuse\w*|may|must|can|should|if|before|two|three|four|five|six)\b|\d+", re.IGNORECASE
)


class Writer:
    """Edits guides by chance. guides: for each slug its sentences, in order."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.one = chance, chance.choice
        self.guides = {slug: [self.sentence() for _ in range(chance.randint(4, 8))] for slug in ("arrested", "travel")}

    def sentence(self) -> str:
        negation = self.one(("", "", "", "not ", "never "))
        return f"{self.one(ACTORS)} {self.one(DUTIES)}{negation}{self.one(VERBS)} {self.one(OBJECTS)}{self.one(ENDS)}."

    def reworded(self, sentence: str) -> str:
        words = sentence.split(" ")
        place = self.chance.randint(1, len(words))
        words.insert(place, self.one(("now", "first", "quickly", "alone", "again", "the")))
        return " ".join(words)

    def negated(self, sentence: str) -> str:
        if re.search(" (?:not|never) ", sentence):
            return re.sub(" (?:not|never) ", " ", sentence)
        words = sentence.split(" ")
        words.insert(self.chance.randint(1, len(words) - 1), self.one(("not", "never", "no")))
        return " ".join(words)

    def numbered(self, sentence: str) -> str:
        other = self.one(("two", "three", "five", "six"))
        return sentence.replace("four", other) if "four" in sentence else f"{sentence[:-1]} in {other} days."

    def edit(self) -> None:
        """Insert, delete, split, join, move, reword, negate, or change a number, an actor or a duty."""
        slug = self.one(list(self.guides))
        sentences = self.guides[slug]
        if len(sentences) < 3:
            sentences.append(self.sentence())
            return
        place = self.chance.randrange(len(sentences))
        old = sentences[place]
        kind = self.chance.randrange(10)
        if kind == 0:
            sentences.insert(place, self.sentence())
        elif kind == 1:
            del sentences[place]
        elif kind == 2 and ". " in old:
            first, _, second = old.partition(". ")
            sentences[place : place + 1] = [f"{first}.", second]
        elif kind == 3 and place + 1 < len(sentences):
            sentences[place : place + 2] = [f"{old} {sentences[place + 1]}"]
        elif kind == 4:
            del sentences[place]
            to = self.guides[self.one(list(self.guides))]
            to.insert(self.chance.randint(0, len(to)), self.one((old, old, self.reworded(old))))
        elif kind == 5:
            sentences[place] = self.negated(old)
        elif kind == 6:
            sentences[place] = self.numbered(old)
        elif kind == 7:
            sentences[place] = f"{self.one(ACTORS)} {old.partition(' ')[2]}"
        else:
            sentences[place] = self.reworded(old)

    def guide(self, slug: str) -> Guide:
        half = len(self.guides[slug]) // 2
        parts = [*self.guides[slug][:half], "## Second part", *self.guides[slug][half:]]
        return guides.parse(Path(f"{slug}.md"), "\n\n".join([f"# Guide {slug}", *parts]), MD)


def translate(catalog: Catalog, slug: str) -> None:
    """Fill the empty messages, each with words that say which sentence of which guide they were written for."""
    for entry in catalog:
        if not entry.obsolete and not entry.msgstr:
            entry.msgstr = f"{slug} ‹{entry.msgid.translate(str.maketrans('aeiou', 'áéíóú'))}›"


def checked_folds(chance: Random) -> int:
    """Edit two guides again and again, bring their catalogs in line, and look at each fold; return their number."""
    writer = Writer(chance)
    kept: dict[str, Catalog] = {slug: catalogs.new(FRENCH) for slug in writer.guides}
    places: dict[str, dict[str, set[str]]] = {slug: {} for slug in writer.guides}
    count = 0
    for _ in range(6):
        found = {slug: writer.guide(slug) for slug in writer.guides}
        pool = Pool(kept.values())
        kept = {slug: merge(kept[slug], extract.of_guide(guide), pool) for slug, guide in found.items()}
        for slug, guide in found.items():
            assert foreign(kept[slug], Pool(kept.values())) == []
            translation = Translation(kept[slug])
            now = {unit.msgid for unit in guide.units}
            for unit, place in zip(guide.units, guide.places, strict=True):
                if (words := translation.choose(unit).earlier) is None:
                    continue
                count += 1
                old = next(e.previous_msgid for e in kept[slug] if e.msgid == unit.msgid and not e.obsolete)
                stood = places[slug]
                assert old in stood, "it never stood in this guide"
                assert old not in now, "it stands in this guide still"
                assert place in stood[old] or similarity(old, unit.msgid) >= SIMILAR
                assert Counter(TELLING.findall(old)) == Counter(TELLING.findall(unit.msgid))
                assert words.endswith(plain(f"‹{old.translate(str.maketrans('aeiou', 'áéíóú'))}›"))
            for unit, place in zip(guide.units, guide.places, strict=True):
                places[slug].setdefault(unit.msgid, set()).add(place)
            if chance.random() < 0.8:
                translate(kept[slug], slug)
        for _ in range(chance.randint(1, 3)):
            writer.edit()
    return count


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(randoms())
def test_a_fold_is_of_the_same_sentence(chance: Random) -> None:
    """However two guides are edited, a fold's English stood in that guide, left it, and says the same thing."""
    checked_folds(chance)


def test_the_law_is_tried_on_folds() -> None:
    """Some of the generated edits leave a fold; otherwise the law above would prove nothing."""
    assert sum(checked_folds(Random(seed)) for seed in range(20)) > 10


# ── a page of changes ────────────────────────────────────────────────────────────────────────────────────────────────

CHANGED = UPDATES.replace("Call a neighbour.", "Call a neighbour at once.")

FORGED = (
    '</p></details><h2 id="zqfeed">zqfeed</h2><p><time datetime="2027-01-01">demain</time>',
    '<time datetime="bogus">demain</time>',
)


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """The tiny site with a page of changes, whose stale messages are forged, and what its build says is wrong."""
    project = lay_out(tmp_path_factory.mktemp("forged"))
    add_macro(project.root, "changed")
    add_guide(project, "updates", CHANGED, "feed")
    assert project.run("-m", "i18n", "update").returncode == 0
    path = project.catalog("fr", "updates")
    catalog = catalogs.load(path)
    for msgid, words in zip(("Call a neighbour at once.", "First"), FORGED, strict=True):
        entry = catalog.find(msgid)
        entry.msgstr, entry.previous_msgid, entry.flags = words, words, ["fuzzy"]
    catalogs.save(catalog, path)
    return project, project.publish().stderr


def test_forged_stale_messages_reach_no_page_and_no_feed(forged: tuple[Project, str]) -> None:
    """The language is built, its feed has the entries of English, and no file has a byte of what was forged."""
    project, _ = forged
    assert project.page("fr", "updates").count("<time ") == project.page("en", "updates").count("<time ")
    for name, content in project.files().items():
        assert b"zqfeed" not in content, name
        assert b"bogus" not in content, name
        assert b"demain" not in content, name


def test_forged_stale_messages_are_said(forged: tuple[Project, str]) -> None:
    """The build and `checks catalogs` say file, line and what is wrong."""
    project, said = forged
    sentence = re.compile(r"locales/fr/LC_MESSAGES/updates\.po:\d+: The earlier translation is not shown\. ")
    assert len(sentence.findall(said)) == 2
    checked = project.run("-m", "checks", "catalogs")
    assert checked.returncode == 1
    assert len(sentence.findall(checked.stdout)) == 2
