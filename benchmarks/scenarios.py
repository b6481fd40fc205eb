"""What `make bench` measures, and what each figure is compared with. Tables only: nothing here runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

THEIRS = "mkdocs-static-i18n"
HUGO = "Hugo with Pagefind"
COLD, WARM, EDITED = "cold", "nothing changed", "one guide edited"
STEPS = (COLD, WARM, EDITED)
"""The builds of this project, in their order: without `.cache/` and `site/`, then again, then after an edit."""

SECONDS, MEMORY = "seconds", "memory"
"""The fields of a figure: elapsed time, and the peak of the sum over all processes in MB."""

FEW, MANY = 8, 32
"""The numbers of languages."""
SIZES = (25, 250)
"""The numbers of guides. Only the first size is measured with many languages too."""

REAL = "this site: {}"
REAL_STEPS = (COLD, WARM, "one translation edited")
SERVED = "saved until served: {}"
CATALOGS = "update of 3,000 units × 20 languages: {}"
CATALOG_STEPS = ("nothing to do", "an edit in every guide")
PACKS = "packs of this site, after its build"


@dataclass(frozen=True)
class Save:
    """A file of this site that is saved while its page is in view.

    file: the path of the file.
    place: a regular expression; what is inserted comes after its first match.
    inserted: what is inserted, with a new word in the place of {}.
    page: the address of the page.
    """

    file: str
    place: str
    inserted: str
    page: str


SAVES = {
    "a translation": Save(
        "locales/fr/LC_MESSAGES/arrested.po", r'\n#\. list item\n(?:#.*\n)*msgid ".*"\nmsgstr "', "{}. ", "fr/arrested/"
    ),
    "a guide": Save("guides/arrested.md", r"\Z", "\n{}.\n", "en/arrested/"),
    "a value": Save("data/sources.yml", r'\nS03:\n  title: "', "{}: ", "en/arrested/"),
    "a template of a macro": Save("macros/deadline/deadline.html", "macro-deadline", " {}", "en/dates/"),
}
"""What is saved, by its name."""


@dataclass(frozen=True)
class Content:
    """A made-up site.

    guides: the number of its guides.
    languages: the number of its languages, English among them.
    has_macros: whether its guides call macros as often as real ones.
    """

    guides: int
    languages: int = FEW
    has_macros: bool = False

    def figure(self, step: str) -> str:
        """Return the name of a figure: what was built, and how."""
        macros = " with macros" if self.has_macros else ""
        return f"{self.guides} guides × {self.languages} languages{macros}: {step}"


def contents(guides: int) -> list[Content]:
    """Return the made-up sites of one size."""
    many = [Content(guides, MANY)] if guides == SIZES[0] else []
    return [Content(guides), *many, Content(guides, has_macros=True)]


@dataclass(frozen=True)
class Comparison:
    """A figure, and the one that it is divided by.

    figure: the name of the figure.
    over: the name of the other figure; empty if the figure itself is what counts.
    field: which field of both.
    """

    figure: str
    over: str = ""
    field: str = SECONDS


def comparisons(sizes: Sequence[int] = SIZES) -> Iterator[Comparison]:
    """Yield what is compared, also where there is not a goal."""
    for guides in sizes:
        for content in contents(guides):
            other = Content(guides)
            for step in STEPS:
                over = other.figure(step) if content.has_macros else content.figure(THEIRS)
                yield Comparison(content.figure(step), over)
            if content.languages == MANY:
                yield Comparison(content.figure(COLD), other.figure(COLD))
                yield Comparison(content.figure(COLD), other.figure(COLD), MEMORY)
            if not content.has_macros:
                yield Comparison(content.figure(HUGO), content.figure(THEIRS))
    yield from (goal for goal in GOALS if not goal.over)


_SMALL, _LARGE = map(Content, SIZES)
_MACROS, _MANY = Content(SIZES[0], has_macros=True), Content(SIZES[0], MANY)

GOALS = {
    Comparison(_SMALL.figure(COLD), _SMALL.figure(THEIRS)): 0.30,
    Comparison(_SMALL.figure(WARM), _SMALL.figure(THEIRS)): 0.20,
    Comparison(_LARGE.figure(COLD), _LARGE.figure(THEIRS)): 0.22,
    Comparison(_LARGE.figure(WARM), _LARGE.figure(THEIRS)): 0.06,
    Comparison(_LARGE.figure(EDITED), _LARGE.figure(THEIRS)): 0.08,
    Comparison(_LARGE.figure(COLD), field=MEMORY): 600,
    Comparison(_MACROS.figure(COLD), _SMALL.figure(COLD)): 1.25,
    Comparison(_MANY.figure(COLD), _SMALL.figure(COLD)): 4.2,
    Comparison(_MANY.figure(COLD), _SMALL.figure(COLD), MEMORY): 1.5,
    Comparison(REAL.format(COLD)): 3.0,
    Comparison(REAL.format(REAL_STEPS[2])): 0.6,
    Comparison(SERVED.format("a translation")): 0.20,
    Comparison(SERVED.format("a guide")): 0.30,
    Comparison(SERVED.format("a value")): 0.8,
    Comparison(SERVED.format("a template of a macro")): 0.8,
}
"""The largest value that each comparison may have."""

QUICK = [each for each in GOALS if each.over == _SMALL.figure(THEIRS)]
"""What `--quick` measures and compares with the last recorded result."""
TOLERANCE = 1.2
"""How many times larger than recorded a ratio of `QUICK` may be."""
SLACK = 0.02
"""How much larger than recorded any ratio of `QUICK` may be: a tenth of a second."""
