"""Find characters that deceive, by their Unicode properties: hidden ones, marks, digits in disguise, look-alikes.

Every set is computed once for each process, from Unicode's properties as ICU has them. `is_plain` tests in one step
whether a text has any such character; hardly any text has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import cache

import icu  # type: ignore[import-untyped]  # it has no types

# Sets are written in the syntax of ICU's UnicodeSet, "[[:Mn:]-[a-z]]", and become character classes of regexes.


def _ranges(chosen: str) -> Iterator[tuple[int, int]]:
    found = icu.UnicodeSet(chosen)
    for position in range(found.getRangeCount()):
        yield ord(found.getRangeStart(position)), ord(found.getRangeEnd(position))


def _class(chosen: str) -> str:
    """Return a set as the inside of a regex's character class."""
    return "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in _ranges(chosen))


def _low(chosen: str) -> str:
    """Return a set like `_class`, up to U+FFFF only: the many ranges beyond it would make searching slow."""
    return _class(rf"[{chosen}&[\u0000-\uffff]]")


_BEYOND = "\U00010000-\U0010ffff"


def _where(chosen: str, holds: Callable[[str], bool]) -> str:
    """Return the characters of a set for which `holds` is true, as a set."""
    found = (code for first, last in _ranges(chosen) for code in range(first, last + 1) if holds(chr(code)))
    return "[" + "".join(rf"\U{code:08x}" for code in found) + "]"


def _compatible(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


_spoof = icu.SpoofChecker()


@cache
def _skeleton(words: str) -> str:
    """Return the skeleton of `words` by Unicode's table of confusables: equal skeletons look alike."""
    return str(_spoof.getSkeleton(0, words))


# ── hidden characters and marks ──────────────────────────────────────────────────────────────────────────────────────

# Controls, format characters, private and unassigned ones, and those that Unicode defines as not shown. Then those that
# have a name but no shape: the blank of Braille, the object replacement characters, a note without a head, and the
# characters that arrange Khitan, Egyptian and Brahmi signs.
_INVISIBLE = (
    r"[[[:C:][:Zl:][:Zp:][:Default_Ignorable_Code_Point:]-[:Prepended_Concatenation_Mark:]-[\u000a]]"
    r"[\u2800\ufffc\ufffd\U0001d159\U00016fe4\U00013430-\U0001345f\U0001107f]]"
)
# Marks through, around, over or under letters, which strike words out or cover the lines above and below.
_STRIKING = r"[[:Me:][[:ccc=1:]-[\u1cd4\u1ce2-\u1ce8]][\u0305\u0332\u0333\u033f\u1dfb\u20d0-\u20ff\ufe20-\ufe2f]]"
_HIDDEN = re.compile(f"[{_class(f'[{_INVISIBLE}{_STRIKING}]')}]")

_STRIKES = re.compile(f"[{_class(_STRIKING)}]")

_JOINER = "\u200c\u200d"
# Joiners belong to Persian spelling and Indic scripts, and a zero-width space to scripts that write no spaces.
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
# The character itself comes first and what has to be before it second, because most characters are others.
_AT_HOME = re.compile(
    rf"[{_JOINER}](?:(?<=[{_JOINED}][{_JOINER}])(?<!\d[{_JOINER}])(?![\d{_JOINER}])"
    rf"|(?<=[^\W\d_][{_JOINER}])(?=[{_JOINED}])(?!\d))|\u200b(?<=[{_SPACELESS}]\u200b)(?=[{_SPACELESS}])"
)
MARKS = 3
"""The most marks that one letter may have."""

_PILE = re.compile(f"[{_class('[:Mn:]')}](?:[{_class('[:Mc:]')}]*[{_class('[:Mn:]')}]){{{MARKS},}}")
# Arabic vowel signs are counted apart, because every letter of a vowelled text has one.
_VOWEL_SIGNS = r"[\u064b-\u0655\u0670]"
_VOWEL_PILE = re.compile(rf"{_VOWEL_SIGNS}{{{MARKS + 1},}}")


def unvowelled(words: str) -> str:
    """Return `words` without Arabic vowel signs, which word lists do not have."""
    return words if words.isascii() else _VOWELS.sub("", words)


_VOWELS = re.compile(_VOWEL_SIGNS)
_NAMELESS = {"Cc": "a control character", "Co": "for private use", "Cs": "half a character"}


def hidden(words: str, wanted: str) -> str | None:
    """Return a sentence about the first character that is invisible or strikes letters out, and is not in the English.

    words: the translation. wanted: the English.
    """
    if _HIDDEN.search(words):
        for character in _HIDDEN.findall(_AT_HOME.sub("", words)):
            if character not in wanted:
                what = "a mark over a letter" if _STRIKES.match(character) else "an invisible character"
                return f"The translation has {what}, {_named(character)}. Remove it."
    if pile := _PILE.search(words):
        return f"The translation has more than {MARKS} marks on a letter, such as {_named(pile[0][-1])}. Remove them."
    return None


def _named(character: str) -> str:
    name = unicodedata.name(character, "") or _NAMELESS.get(unicodedata.category(character), "no character")
    return f"U+{ord(character):04X} ({name.lower()})"


# ── digits in disguise ───────────────────────────────────────────────────────────────────────────────────────────────

_NUMERIC = "[[:Numeric_Type=Digit:][:Numeric_Type=Numeric:]]"
_HAN_NUMERIC = rf"[[{_NUMERIC}&[:script=Han:]&[:Lo:]][\u3007]]"
_COUNTING = re.compile(r"\b(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)\b|-\d+$")
_DRESSED_NUMERIC = "[{}{}{}{}]".format(
    f"[{_NUMERIC}-{_HAN_NUMERIC}]",
    _where(f"[[:NFKC_Quick_Check=No:]-{_NUMERIC}-[:Nd:]]", lambda c: any(map(str.isdecimal, _compatible(c)))),
    # Digits that ICU's version of Unicode has and Python's older one does not.
    _where("[:Nd:]", lambda c: not c.isdecimal()),
    # Faces of dice and clocks, playing cards, key caps: only their names say that they are numbers.
    _where(f"[[:So:]-{_NUMERIC}]", lambda c: _COUNTING.search(unicodedata.name(c, "")) is not None),
)

DIGITS = _low("[:Nd:]")
"""Decimal digits of any script, up to U+FFFF."""

DRESSED_DIGITS = _class(_DRESSED_NUMERIC)
"""Characters with a numeric value that are not decimal digits: in circles or brackets, fractions, Roman, historic."""

HAN_DIGITS = _class(_HAN_NUMERIC)
"""Chinese characters that are numbers. In Chinese and Japanese text they are everyday words."""

# ── scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_EAST_ASIAN = "[[:script=Han:][:script=Hira:][:script=Kana:][:script=Hang:][:script=Bopo:]]"
_SPACELESS_LETTERS = rf"[{_EAST_ASIAN}[:script=Thai:][:script=Laoo:][:script=Khmr:][:script=Mymr:][\u30fc]]"

EAST_ASIAN = _low(f"[{_EAST_ASIAN}&[:L:]]")
"""Letters of Chinese, Japanese and Korean, which are not set in italics."""

HAN_AT_HOME = re.compile(f"(?![{HAN_DIGITS}])[{EAST_ASIAN}]")
"""Finds such a letter that is not a number. In a text that has one, Chinese numbers are everyday words."""

SPACELESS = _low(_SPACELESS_LETTERS)
"""Letters of the scripts that write no space between words, or none before a particle."""

RIGHT_TO_LEFT = _low("[[:bidi_class=R:][:bidi_class=AL:]]")
"""Letters that are written from right to left."""

_WRITTEN = {"Hans": "Hani Bopo", "Hant": "Hani Bopo", "Jpan": "Hani Hira Kana", "Kore": "Hang Hani"}
"""The ISO 15924 codes for mixtures of scripts, and the scripts in each."""


def _foreign(language: str) -> str:
    """Return the set of letters that neither `language` (CLDR's spelling, "zh_Hans") nor English is written in."""
    locale = icu.Locale(language)
    locale.addLikelySubtags()
    script = locale.getScript()
    names = ["Latn", "Common", "Inherited", *_WRITTEN.get(script, script).split()]
    return f"[[:L:]{''.join(f'-[:script={name}:]' for name in names)}]" if script else "[]"


@cache
def _foreign_words(language: str) -> re.Pattern[str]:
    return re.compile(f"[{_class(_foreign(language))}]+" if language else "(?!)")


def foreign(rest: str, wanted: str, language: str) -> str | None:
    """Return the first word of `rest` in a script that neither the language nor the English `wanted` is written in."""
    return next((word for word in _foreign_words(language).findall(rest) if word not in wanted), None)


# ── dots and at-signs ────────────────────────────────────────────────────────────────────────────────────────────────

_LIKE_A_DOT = re.compile("FULL STOP|DOT LEADER|RAISED DOT|SINOLOGICAL DOT|SUBLINEAR|SUPRALINEAR")
# Left out are the dot itself, bullets, and the middle dots of Catalan, French, Greek, Japanese and mathematics.
_DOTS = _where(
    r"[[:P:][:Lm:][\ua78f]-[.\u00b7\u0387\u2022\u2027\u30fb\uff65]]",
    lambda c: (
        _compatible(c) in ".。" or _skeleton(c) in ".·" or _LIKE_A_DOT.search(unicodedata.name(c, "")) is not None
    ),
)
_AT_SIGNS = _where("[[:P:][:S:]]", lambda c: _compatible(c) == "@")

DOTS = _class(_DOTS)
"""Characters that a browser maps to a dot, or that look like one, without the dot itself."""
AT_SIGNS = _class(_AT_SIGNS)
"""The at-sign, and the characters that a browser maps to it."""
THIN = r"\u2004-\u2006\u2008-\u200a\u205f"
"""Spaces so narrow that the words on both sides look like one word."""
_WIDE = r"\u1680\u2000-\u2003\u2007"

# Beside a letter of East Asia, or at the end, this stop is not the dot of an address in Latin letters.
_STOP_AT_HOME = re.compile(rf"。(?:(?<=[{EAST_ASIAN}]。)|(?=[{EAST_ASIAN}]|\Z))")

# ── letters that look alike ──────────────────────────────────────────────────────────────────────────────────────────

# Variants of Latin letters: in circles or squares, of full width, mathematical, phonetic small capitals.
_DRESS = re.compile(r"<(?:font|circle|wide|square)> ")


def _is_dressed(character: str) -> bool:
    plain = _compatible(character)
    if plain != character and plain.isascii() and plain.isalpha():
        return character == "\u212a" or _DRESS.match(unicodedata.decomposition(character)) is not None
    name = unicodedata.name(character, "")
    return "SMALL CAPITAL" in name or (not character.isalpha() and re.search(r"\bLETTER [A-Z]$", name) is not None)


_DRESSED = _where(r"[[[[:NFKC_Quick_Check=No:][:script=Latin:]]&[:L:]][[:So:]-[\u3300-\u33ff]]]", _is_dressed)

_EXCLUDED, _LIMITED = 2, 3
"""Values of ICU's UScriptUsage for scripts that hardly anybody writes today (Unicode Standard Annex 31)."""


def _is_strange(letter: str) -> bool:
    return letter.isalpha() and icu.Script.getScript(letter).getUsage() in (_EXCLUDED, _LIMITED)


_STRANGE = _where(r"[[:L:]&[\u0000-\uffff]-[:Latin:]-[:Common:]-[:Han:]-[:Hangul:]-[:Yi:]]", _is_strange)

_LATIN = _low("[[:script=Latin:]&[:L:]]")
_ACCENTS = r"[\u0300-\u036f]*"
_HAS_LATIN = re.compile(r"[A-Za-z]")
# No word mixes Latin with Greek, Cyrillic or Armenian, or with a script that hardly anybody writes.
_CASED = "[[[:script=Grek:][:script=Cyrl:][:script=Armn:]]&[:L:]]"
_TWIN = _low(f"[{_CASED}{_STRANGE}]") + "\U00010000-\U0001afff\U0001e000-\U0001efff"
_MIXED = re.compile(f"[{_LATIN}]{_ACCENTS}(?=[{_TWIN}])|[{_TWIN}]{_ACCENTS}(?=[{_LATIN}])")
_IN_A_DRESS = re.compile(f"[{_class(_DRESSED)}]")
# Roughly, whatever is neither Latin nor East Asian.
_HAS_OTHER = re.compile(r"[\u0370-\u1cff\ua4d0-\uabff]")
# Letters without case (Arabic, Hebrew, Indic) may come before or after a Latin word, but never inside one.
_CASELESS = _low(f"[[:Lo:]-[:script=Latin:]-{_SPACELESS_LETTERS}]")
_WITHIN = re.compile(f"(?<=[{_LATIN}])[{_CASELESS}]{{1,3}}(?=[{_LATIN}])")
_CAPITALS = re.compile(f"[{_low(f'[[[:Lu:]-[:script=Latin:]]{_STRANGE}]')}{_BEYOND}A-Z]{{2,}}")


def alike(rest: str, wanted: str, capitals: Collection[str], is_plain: bool) -> str | None:
    """Return the first word of `rest` with look-alike letters of another script that is not a word of the English.

    rest: the translation without its calls and code.
    wanted: the English.
    capitals: abbreviations of the English. A word in letters of another script must not look like one.
    is_plain: whether no character of the translation needs a closer look.
    """
    if is_plain and not (_HAS_OTHER.search(rest) and (capitals or _HAS_LATIN.search(rest))):
        return None
    dressed = not is_plain and _IN_A_DRESS.search(rest)
    # If most letters of the text are of such a script, it is the script of the language.
    strange = not is_plain and 0 < 2 * sum(map(_is_strange, rest)) <= sum(map(str.isalpha, rest))
    twins = capitals and _CAPITALS.search(rest)
    if not (dressed or strange or twins or _MIXED.search(rest) or _WITHIN.search(rest)):
        return None
    looks = {_skeleton(word) for word in capitals}
    for word in rest.split():
        if word.isascii() or word in wanted:
            continue
        if _MIXED.search(word) or (dressed and _IN_A_DRESS.search(word)) or (strange and any(map(_is_strange, word))):
            return word
        if any(_skeleton(letters[0]).isascii() for letters in _WITHIN.finditer(word)):
            return word
        if twins and any(not run.isascii() and _skeleton(run) in looks for run in _CAPITALS.findall(word)):
            return word
    return None


# ── the first look ───────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _notable(language: str) -> re.Pattern[str]:
    """Return the pattern of the characters that need a closer look in a text of a language."""
    notable = f"[{_INVISIBLE}{_STRIKING}[[:Mn:]-{_VOWEL_SIGNS}]{_DRESSED_NUMERIC}{_DOTS}{_AT_SIGNS}{_DRESSED}{_STRANGE}"
    foreign = _foreign(language) if language else f"[{_CASED}[[:Lo:]-{_SPACELESS_LETTERS}]{_HAN_NUMERIC}]"
    return re.compile(f"[{_low(f'{notable}{foreign}[{THIN}{_WIDE}〇]-[@]]')}{_BEYOND}]")


def is_plain(words: str, language: str) -> bool:
    """Return whether no character of `words` needs a closer look."""
    if words.isascii():
        return words.isprintable() or words.replace("\n", "").isprintable()
    # Most Persian sentences have joiners, and most Chinese ones end with this full stop. Neither says anything about
    # the other characters.
    words = _AT_HOME.sub("", words)
    if "。" in words and HAN_AT_HOME.search(words):
        words = _STOP_AT_HOME.sub("", words)
    return not (_notable(language).search(words) or _VOWEL_PILE.search(words))
