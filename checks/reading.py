"""python -m checks.reading: list all guides by how hard they are to read, the hardest first. A report, not a check.

It measures what a reader sees: the words of links, values as words, no source marks. The grade is by Flesch and Kincaid
(Kincaid et al. 1975): about the school year of those who can read the text. The aim is 7.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the imports, which take their time.
    stop.listen("Stopped.")

import re
from dataclasses import dataclass

from checks import Project
from checks.guides.sentences import sentences
from i18n.guides import Guide

AIM = 7.0


@dataclass(frozen=True)
class Ease:
    """How hard a guide is to read.

    guide: its slug.
    words: the number of words.
    mean: words per sentence, on average.
    longest: words in the longest sentence.
    grade: school years, by Flesch and Kincaid.
    """

    guide: str
    words: int
    mean: float
    longest: int
    grade: float


def measure(guide: Guide) -> Ease:
    lengths = []
    syllables_ = 0
    for _, sentence in sentences(guide):
        words = re.findall(r"[A-Za-z'’]+", sentence)
        lengths.append(len(words))
        syllables_ += sum(map(syllables, words))
    total = max(sum(lengths), 1)
    mean = total / max(len(lengths), 1)
    grade = 0.39 * mean + 11.8 * syllables_ / total - 15.59
    return Ease(guide.slug, total, mean, max(lengths, default=0), grade)


def syllables(word: str) -> int:
    """Return the number of vowel groups, without a silent e at the end. This is right for about nine words in ten."""
    word = re.sub(r"[^a-z]", "", word.lower())
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", "", word) or word
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def main() -> None:
    rows = sorted(map(measure, Project().guides), key=lambda ease: -ease.grade)
    print(f"{'guide':18} {'grade':>6} {'words':>6} {'mean':>6} {'longest':>8}")
    for row in rows:
        mark = "  over the aim" if row.grade > AIM else ""
        print(f"{row.guide:18} {row.grade:6.1f} {row.words:6} {row.mean:6.1f} {row.longest:8}{mark}")


if __name__ == "__main__":
    main()
