"""Judge whether a translation is faithful to its English.

A faithful translation keeps links, calls, code, numbers, addresses and emphasis. Each rule is a small function with
its sentence. The build, the report, the checks and `update` all ask `fault`, so they cannot disagree. `plain_fault`
judges the words of templates by the same rules, without those of Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from i18n import numbers
from i18n.calls import BEGIN, Span, replace_spans, spans, without_calls
from i18n.characters import (
    AT_SIGNS,
    DOTS,
    EAST_ASIAN,
    HAN_AT_HOME,
    SPACELESS,
    THIN,
    alike,
    foreign,
    hidden,
    is_plain,
    unvowelled,
)
from i18n.language import DENIALS, UNKNOWN, Language
from i18n.unit import ATTRIBUTES, ESCAPE, FOOTNOTE, MASK, Unit, plain
from machine.cached import cached_property


def fault(unit: Unit, msgstr: str, language: Language = UNKNOWN) -> str | None:
    """Return why `msgstr` is not a faithful translation of `unit`, and what to do; None if it is faithful."""
    return _judged(unit.msgid, msgstr, language, _RULES, is_markdown=True) or _joined_to_a_target(unit, msgstr)


def plain_fault(msgid: str, msgstr: str, language: Language = UNKNOWN) -> str | None:
    """Return what `fault` returns, for the words of a template: plain text with placeholders ("%(date)s")."""
    return _judged(msgid, msgstr, language, _PLAIN_RULES, is_markdown=False)


def doubts(unit: Unit, msgstr: str, language: Language = UNKNOWN) -> Iterator[str]:
    """Yield a sentence for each difference from the English that is suspicious, though the translation is faithful."""
    wanted, found = _english(unit.msgid), _Kept(msgstr, language)
    if denials := DENIALS.findall(wanted.rest):
        theirs = len(language.negations.findall(found.bare)) if language.negations else 0
        if theirs < len(denials):
            said = ", ".join(denials)
            yield f'the English says "{said}". Check that the translation negates the same thing.'
    if wanted.forbids and wanted.rest.startswith(wanted.forbids) and _denies_late(found):
        yield f'the English begins with "{wanted.forbids}", the translation says "not" only after a comma. Compare.'
    if added := numbers.unasked(found.bare, wanted.rest, language.name):
        yield f'the translation says "{added}". Check that the English has the same number.'
    if language.numbers and (lost := _lost_words(wanted, found, _spelled(found))):
        word = next(word for value, word, _ in wanted.spelled if value in lost)
        yield f'the English says "{word}". Check that the translation has the same number.'
    ours, theirs = (len(_SENTENCE_END.findall(text.rest)) for text in (wanted, found))
    if 1 < ours > theirs:
        yield f"the English has {ours} sentences, the translation {theirs}. Check that none is missing."
    if wanted.calls != found.calls and len(wanted.calls) == len(found.calls):
        yield "the calls are in another order than in the English. Check that each is beside its statement."
    if len(wanted.rest) > CUT and 2 * _weight(found.rest) < len(wanted.rest):
        yield "the translation is less than half as long as the English. Check that nothing is missing."


def _judged(msgid: str, msgstr: str, language: Language, rules: Sequence[Rule], is_markdown: bool) -> str | None:
    wanted = _english(msgid, is_markdown)
    # A translation may have to explain an abbreviation. Other short units must stay short.
    more = 60 if wanted.capitals else min(60, 15 + 5 * len(msgid))
    if len(msgstr) > 3 * len(msgid) + more:
        return f"The translation is {len(msgstr) // max(1, len(msgid))} times as long as the English. Shorten it."
    found = _Kept(msgstr, language, is_markdown)
    return next((sentence for rule in rules if (sentence := rule(wanted, found))), None)


def _joined_to_a_target(unit: Unit, msgstr: str) -> str | None:
    """Return a sentence if code or a call in the words is joined to the target of a link, where nobody sees it.

    The other rules have passed, so `msgstr` has only link numbers of the unit.
    """
    if not any("`" in link or BEGIN in link for link in unit.links):
        return None
    ours, theirs = (sorted(span.text for span in spans(unit.fill(words))) for words in (unit.msgid, msgstr))
    if ours != theirs:
        return "A code span or a call begins or ends inside the target of a link. Put the links in the English order."
    return None


class _Kept:
    """The parts of a unit that a translation has to keep, in reading order.

    words: the words of the unit or of its translation.
    rest: the words without the parts that were taken out; each part leaves a mask.
    is_markdown: whether the words are Markdown. If not, only calls are taken out.
    """

    def __init__(self, words: str, language: Language = UNKNOWN, is_markdown: bool = True) -> None:
        self.words = self.rest = words
        self.language = language
        self.code: list[str] = []
        self.calls: list[str] = []
        self.marks: list[str] = []
        self.links: list[str] = []
        self.linked: list[tuple[str, str]] = []
        if is_markdown:
            self.rest = replace_spans(words, self._take_span)
            self._take_marks()
        elif BEGIN in words:
            self.rest = replace_spans(words, lambda span: span.text if span.is_code else self._take_span(span))

    def _take_span(self, span: Span) -> str:
        (self.code if span.is_code else self.calls).append(span.text)
        return _CODE_MASK if span.is_code else MASK

    def _take_marks(self) -> None:
        if "\\" in self.rest:
            self.marks += self._take(ESCAPE)
        if "[^" in self.rest:
            self.marks += self._take(FOOTNOTE)
        if "](" in self.rest:
            self.linked = list(_linked(self.rest))
            self.links = [link for link, _ in self.linked]
            self.rest = _LINK_NUMBER.sub(MASK, self.rest)
        if "{" in self.rest:
            self.marks += self._take(ATTRIBUTES)

    def _take(self, pattern: re.Pattern[str]) -> list[str]:
        found = [match[0] for match in pattern.finditer(self.rest)]
        if found:
            self.rest = pattern.sub(MASK, self.rest)
        return found

    @cached_property
    def is_plain(self) -> bool:
        """Whether no character needs a closer look."""
        return is_plain(self.words, self.language.name)

    @cached_property
    def html(self) -> list[str]:
        return _HTML.findall(self.rest) if "<" in self.rest or "&" in self.rest else []

    @cached_property
    def targets(self) -> list[str]:
        return _TARGET.findall(self.rest) if "[" in self.rest else []

    @cached_property
    def syntax(self) -> list[str]:
        if not _MAYBE_SYNTAX.search(self.rest):
            return []
        return [sign for sign in _SYNTAX for _ in range(self.rest.count(sign))]

    @cached_property
    def addresses(self) -> list[str]:
        maybe = _MAYBE_PLAIN_ADDRESS if self.is_plain else _MAYBE_ADDRESS
        return list(_addresses(self.rest, self.language)) if maybe.search(self.rest) else []

    @cached_property
    def numbers(self) -> list[str]:
        return list(numbers.values(self.rest, self.is_plain))

    @cached_property
    def seen(self) -> str:
        """The words as a reader sees them, with a letter in place of each call."""
        return plain(without_calls(self.words, "x"))

    @cached_property
    def numbers_seen(self) -> list[str]:
        # Without such a letter, a Chinese number is not an everyday word.
        return list(numbers.values(self.seen, self.is_plain and bool(HAN_AT_HOME.search(self.seen))))

    @cached_property
    def marked(self) -> list[str]:
        """The marks of emphasis."""
        return _EMPHASIS.findall(self.rest) if "*" in self.rest or "_" in self.rest else []

    @cached_property
    def emphasis(self) -> tuple[int, int]:
        """The number of marks for bold and for italics. "***" counts as one of each, and "_" as "*"."""
        return sum(len(mark) // 2 for mark in self.marked), sum(len(mark) % 2 for mark in self.marked)

    @cached_property
    def crossed(self) -> str | None:
        return _crossed(self.rest) if self.marked or "[" in self.rest else None

    @cached_property
    def spelled(self) -> list[tuple[int, str, bool]]:
        """The small numbers written as English words: value, word, and whether the word is certainly a number."""
        return list(numbers.english(self.rest))

    @cached_property
    def said(self) -> list[tuple[int, str, bool]]:
        """The number words of a translation, by its language's list: value, word, whether it is the whole number."""
        pattern = self.language.numbers
        return list(numbers.spelled(self.bare, pattern, self.language.name)) if pattern else []

    @cached_property
    def bare(self) -> str:
        """The words without Arabic vowel signs."""
        return unvowelled(self.rest)

    @cached_property
    def surely_spelled(self) -> Counter[int]:
        """The words of `spelled` that are certainly numbers and not parts of larger ones, counted by value."""
        sure = Counter(value for value, _, is_sure in self.spelled if is_sure)
        return Counter() if sure and numbers.has_larger(self.rest) else sure

    @cached_property
    def forbids(self) -> str:
        """The English words that forbid something, "Do not"; empty if there are none."""
        order = _FORBIDDING.search(self.rest)
        return order[0] if order else ""

    @cached_property
    def units(self) -> Counter[tuple[str, str]]:
        """The numbers of an English text with what they count."""
        return numbers.english_units(self.rest)

    @cached_property
    def months(self) -> frozenset[int]:
        """The months that English words name beside a number."""
        return frozenset(numbers.english_months(self.rest))

    @cached_property
    def capitals(self) -> frozenset[str]:
        return frozenset(re.findall("[A-Z]{2,}", self.rest))

    @cached_property
    def spelling(self) -> list[str]:
        return self.words.split()

    @cached_property
    def count(self) -> int:
        """The number of words, without calls and code."""
        return len(_WORD.findall(self.rest))


@cache
def _english(msgid: str, is_markdown: bool = True) -> _Kept:
    """Return the parts of an English unit. Cached, because each language is compared with the same English."""
    return _Kept(msgid, is_markdown=is_markdown)


def forget() -> None:
    """Forget the parts of English units, which take much memory, when all languages are judged."""
    _english.cache_clear()


# Takes the place of a code span, as MASK takes the place of other parts.
_CODE_MASK = "\ufdd1"

_LINK_NUMBER = re.compile(r"(?<=\])(\((\d{1,4})\))")
_BRACKET = re.compile(r"\[|\](?:\((\d{1,4})\))?")


def _linked(words: str) -> Iterator[tuple[str, str]]:
    """Yield each numbered link as a summary of what must stay, and its words.

    The summary is `[…](1)`, or `![…](1)` for a picture, or `[](1)` for a link without a letter, digit or code. It has
    one more `[` for each bracket around the link, and a `{…}` for each call or footnote in it. In a picture, code is a
    `{…}` too, because its HTML would break the description of the picture.
    """
    opened: list[int] = []
    for bracket in _BRACKET.finditer(words):
        if bracket[0] == "[":
            opened.append(bracket.start())
            continue
        start = opened.pop() if opened else bracket.start()
        if bracket[1]:
            inner = words[start + 1 : bracket.start()]
            image = "!" if words[start - 1 : start] == "!" else ""
            some = "…" if _CODE_MASK in inner or any(map(str.isalnum, inner)) else ""
            marks = inner.count(MASK) + (inner.count(_CODE_MASK) if image else 0)
            yield f"{'[' * len(opened)}{image}[{some}{'{…}' * marks}]({int(bracket[1])})", inner


def _quoted(*parts: str) -> str:
    """Return the first five parts, each cut to 60 characters, so that they fit a message."""
    shown = [part.replace(MASK, "…").replace(_CODE_MASK, "…").strip() for part in parts[:5]]
    return ", ".join([*(part if len(part) <= 60 else f"{part[:60]}…" for part in shown), *["…"] * (len(parts) > 5)])


Rule = Callable[[_Kept, _Kept], str | None]
"""Takes the English and the translation, and returns a sentence about what is wrong, or None."""


def _keeps(part: str, lost_copy: str, added_copy: str = "Remove it.") -> Rule:
    """Return the rule that `part` of a translation has the same items as in the English, each as often, in any order.

    part: the name of an attribute of `_Kept`.
    lost_copy: what to do about a lost item.
    added_copy: what to do about an added item.
    """

    def rule(wanted: _Kept, found: _Kept) -> str | None:
        ours: list[str] = getattr(wanted, part)
        theirs: list[str] = getattr(found, part)
        if ours == theirs or sorted(ours) == sorted(theirs):
            return None
        if lost := Counter(ours) - Counter(theirs):
            return f"The translation lost {_quoted(*lost)}. {lost_copy}"
        added = Counter(theirs) - Counter(ours)
        if added.keys() <= set(ours):
            return f"The translation has {_quoted(*added)} more often than the English. {added_copy}"
        return f"The translation has {_quoted(*added)}, which is not in the English. {added_copy}"

    return rule


def _no_hidden(wanted: _Kept, found: _Kept) -> str | None:
    return None if found.is_plain else hidden(found.words, wanted.words)


CUT = 50
CUT_SHARE = 4
"""A translation is cut short if the English has more than CUT characters and it has less than 1 / CUT_SHARE of them."""

_PERCENT = re.compile(r"\bper ?cent\b", re.IGNORECASE)
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")


def _weight(words: str) -> int:
    return len(words) if words.isascii() else len(words) + 2 * len(_EAST_ASIAN.findall(words))


def _has_words(wanted: _Kept, found: _Kept) -> str | None:
    if not found.words.strip():
        return "The translation has only spaces. Translate it, or leave it completely empty."
    if not any(map(str.isalpha, found.rest)) and any(map(str.isalpha, _PERCENT.sub("", wanted.rest))):
        return "The translation has no words. Translate it, or leave it completely empty."
    # A character of Chinese, Japanese or Korean counts as three letters.
    if len(wanted.rest) > CUT and CUT_SHARE * _weight(found.rest) + CUT < len(wanted.rest):
        return "The translation is much shorter than the English. Translate all of it."
    return None


def _same_link_words(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse a link whose words are kept from the English ("CCF") but that leads elsewhere."""
    if len(found.linked) > 1:
        for link, words in found.linked:
            places = [place for place, name in wanted.linked if name == words]
            if places and link not in places:
                return f'"{_quoted(words)}" leads to {link}, but in the English to {places[0]}. Correct the number.'
    return None


_HTML = re.compile(r"<[a-zA-Z/!?][^<>]*>?|&#?\w+;")

# What turns brackets into a link, and other signs that are syntax here or in other Markdown tools.
_TARGET = re.compile(r"\](?:\([^\s)]*\)?|\[[^\s\]]*\]?|:)")
_MAYBE_SYNTAX = re.compile(r"[\[\]{}`\\<|~]")
_SYNTAX = ("![", "[", "]", "{", "}", "`", "\\", "<", "|", "~~")

# Schemes of addresses that start a program or a phone call when followed.
_SCHEMES = (
    "javascript|vbscript|data|blob|file|filesystem|view-source|about|ftps?|sftp|ssh|https?|wss?|mailto|tel|sms|sip|sips"
    "|callto|facetime|facetime-audio|skype|whatsapp|viber|signal|sgnl|tg|tencent|weixin|line|fb-messenger|xmpp|ircs?"
    "|matrix|im|msteams|zoommtg|ms-[a-z-]+|intent|android-app|market|itms-apps|geo|maps|comgooglemaps|waze|magnet"
    "|bitcoin|lightning|ethereum|monero|urn|webcal|feed|news|nntp|ldaps?|smb|jar|chrome|resource|moz-extension"
)
_MAYBE_ADDRESS = re.compile(rf"[.:/{AT_SIGNS}](?:(?<=[{AT_SIGNS}])|(?=\S))")
_MAYBE_PLAIN_ADDRESS = re.compile(r"[.:/@](?:(?<=@)|(?=[\w/,;+?%]))")
_ADDRESS = re.compile(
    rf"[{AT_SIGNS}]|:/|//|[^\W_]\.[^\W\d_]{{2}}|(?<![^\W_])(?:{_SCHEMES}):[^\W_]|(?<![^\W_])(?:{_SCHEMES}):[/,;+?%]",
    re.IGNORECASE,
)
_EDGES = f".,:;!?…()[]\"'«»„“”‘’*_،؛؟。，：；！？、（）「」{MASK}{_CODE_MASK}"
# An address ends where a script without spaces begins, and at quotes, brackets and full stops of any script. In other
# scripts it ends at an apostrophe, which comes before an ending of the language.
_END = re.compile(
    rf"(?<=[{SPACELESS}])(?=[^{SPACELESS}{AT_SIGNS}.:/-])|(?<=[^{SPACELESS}{AT_SIGNS}.:/-])(?=[{SPACELESS}])"
    "|[\"'’‘«»“”„，、；：！？（）「」『』［］【】《》〈〉]|。(?![A-Za-z])"
)


def _addresses(rest: str, language: Language) -> Iterator[str]:
    for run in rest.split():
        if _ADDRESS.search(run):
            for piece in _END.split(run):
                address = piece.strip(_EDGES).lower()
                if _ADDRESS.search(address) and address not in language.abbreviations:
                    yield address


# A host name whose dot is another character, or has a narrow or no-break space beside it. Such dots are normal between
# letters of scripts without spaces.
_HOST_LETTER = r"(?:[0-9]|(?!\d)[A-Za-z\u00c0-\u024f\u0370-\u052f])"
_NARROW = r"\u00a0\u1680\u2000-\u200a\u202f\u205f"
_DISGUISED = re.compile(
    rf"(?<!{_HOST_LETTER})({_HOST_LETTER}+)(?:[{_NARROW}]*[{DOTS}][{_NARROW}]*|[{_NARROW}]+\.[{_NARROW}]*"
    rf"|(?<={_HOST_LETTER}{{3}})\.[{THIN}\u202f]+(?=[a-z]))({_HOST_LETTER}{{2,}})"
)


def _no_disguised_address(wanted: _Kept, found: _Kept) -> str | None:
    return _disguised(wanted.rest, found.rest, found.is_plain)


def _disguised(wanted: str, found: str, is_plain: bool) -> str | None:
    if is_plain and "\u00a0." not in found and "\u202f." not in found and ".\u202f" not in found:
        return None
    for host in _DISGUISED.finditer(found):
        # Between two names that the English has, the dot is a full stop.
        if host[0] not in wanted and not (host[1] in wanted and host[2] in wanted):
            return f"The translation has {_quoted(host[0])}, which is not in the English. {_REMOVE_ADDRESS}"
    return None


_REMOVE_ADDRESS = "Remove it, or put a space after a full stop."
_SIGNS = rf"[*_\[\]{MASK}{_CODE_MASK}]"
# A sign with a letter on each side, or with a dot between it and a letter. The pattern starts with the sign, because
# few texts have one.
_TOUCHING = re.compile(
    rf"{_SIGNS}(?:(?<=[^\W_]{_SIGNS}){_SIGNS}*[.{DOTS}]?{_SIGNS}*[^\W_]|(?<=[^\W_][.{DOTS}]{_SIGNS}){_SIGNS}*[^\W_]"
    rf"|(?<={MASK})[.{DOTS}][^\W_])"
)


def _nothing_joined(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse words that become an address or number when readers see no Markdown: `[evil](1).com`, `1**2**3`."""
    if not _TOUCHING.search(found.rest):
        return None
    # In a script without spaces, signs nearly always touch words. Hardly any of these are addresses or numbers.
    if theirs := list(_addresses(found.seen, found.language)):
        known = Counter(_addresses(wanted.seen, found.language)) + Counter(found.addresses)
        if added := Counter(theirs) - known:
            return f"The translation has {_quoted(*added)}, which is not in the English. {_REMOVE_ADDRESS}"
    digits = found.numbers_seen and Counter(found.numbers_seen) - Counter(wanted.numbers_seen) - Counter(found.numbers)
    if digits:
        return f"The translation has the number {_quoted(*digits)}, which is not in the English. Remove it."
    return _disguised(wanted.seen, found.seen, found.is_plain)


def _same_numbers(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.numbers == found.numbers:
        return None
    ours, theirs = Counter(wanted.numbers), Counter(found.numbers)
    name = found.language.name
    lost = [each for each in ours - theirs if not numbers.same_otherwise(each, found.rest, wanted.rest, name)]
    # CLDR does not have every case of a number word, or the article before it, so try the list of the language too.
    if lost and (lost := [each for each in lost if each not in {str(value) for value, _ in _spelled(found)}]):
        return f"The translation lost the number {_quoted(*lost)}. Write the same numbers as the English."
    spelled = Counter(str(value) for value, _, _ in wanted.spelled)
    added = [
        each
        for each in theirs - ours - spelled
        if not numbers.is_single(each, found.rest, wanted.rest)
        and not any(numbers.is_clock(each, number, found.rest, wanted.rest) for number in ours)
        and not numbers.is_month(each, found.rest, wanted.rest)
    ]
    if added:
        return f"The translation has the number {_quoted(*added)}, which is not in the English. Remove it."
    return None


def _same_values(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse the same numbers with another meaning: another order in a date, a minus, groups that change places."""
    if not found.numbers:
        return None
    if (ours := Counter(numbers.dates(wanted.rest))) and (theirs := Counter(numbers.dates(found.rest))) - ours:
        day = "-".join(f"{part:02}" for part in next(iter(theirs - ours)))
        return f"The translation has the date {day}, which is not in the English. Write it in the order of the English."
    if numbers.negatives(found.rest) > numbers.negatives(wanted.rest):
        return "The translation has a minus before a number, which is not in the English. Remove it."
    if groups := numbers.torn(found.rest):
        return f'"{groups}" would change its order in a line from right to left. Put a no-break space (U+00A0) in it.'
    return None


def _same_months(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse another month than the one that the English names beside a number."""
    if not wanted.months or not found.numbers:
        return None
    theirs = numbers.months(found.rest, found.language.name)
    if theirs - wanted.months and wanted.months - theirs:
        return "The translation has another month than the English. Write the same date."
    return None


def _same_counted(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse a number, in digits or in words, that counts something else than in the English."""
    language = found.language
    counted = numbers.counted(found.rest, language.units) if found.numbers and language.units else Counter()
    if wanted.units and language.counted and found.said:
        counted.update(numbers.counted_words(found.bare, language.counted, language.name))
    for number, kind in counted:
        kinds = {unit for value, unit in wanted.units if value == number}
        # In "5月5日", the first five is a month and the second a day.
        elsewhere = any((number, unit) in counted for unit in kinds)
        if kind not in kinds and (kind not in numbers.TIMES or (kinds & numbers.TIMES and not elsewhere)):
            return f"The translation counts {kind}s with the number {number}, the English does not. Correct it."
    return None


def _same_spelled(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse another number word than the one that the English certainly has: "six" for "seven"."""
    if not wanted.surely_spelled:
        return None
    theirs = _spelled(found)
    lost = _lost_words(wanted, found, theirs)
    for value, word, is_whole in found.said:
        if value in lost and not is_whole:
            ours = next(word for value, word, _ in wanted.spelled if value in lost)
            return f'"{word}" is beside another number word, the English says only "{ours}". Write the same number.'
    added = Counter(value for value, _ in theirs) - Counter(value for value, _, _ in wanted.spelled)
    added -= _whole(wanted.numbers)
    if lost and added:
        ours = next(word for value, word, _ in wanted.spelled if value in lost)
        other = next(word for value, word in theirs if value in added)
        return f'The translation says "{other}", the English says "{ours}". Write the same number.'
    return None


def _spelled(found: _Kept) -> list[tuple[int, str]]:
    return [(value, word) for value, word, is_whole in found.said if is_whole]


def _lost_words(wanted: _Kept, found: _Kept, theirs: list[tuple[int, str]]) -> Counter[int]:
    return wanted.surely_spelled - Counter(value for value, _ in theirs) - _whole(found.numbers)


def _whole(values: list[str]) -> Counter[int]:
    return Counter(int(value) for value in values if value.isdecimal())


# The English words that forbid something.
_FORBIDDING = re.compile(r"\b(?:Do not|Don['’]t|Never)\b")


def _same_denial(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse a translation without any word for "not" where the English forbids something."""
    denials = found.language.denials
    if wanted.forbids and denials is not None and not denials.search(found.bare):
        return f'The English says "{wanted.forbids}", the translation has no word for "not". Forbid the same thing.'
    return None


_COMMA = re.compile("[,;:،؛，；：–—]")


def _denies_late(found: _Kept) -> bool:
    """Return whether the first clause of a translation has no word for "not"."""
    denials, clauses = found.language.denials, _COMMA.split(found.bare)
    return denials is not None and len(clauses) > 1 and not denials.search(clauses[0])


_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")
_PAIRED = re.compile(rf"{_EMPHASIS.pattern}|\[|\]")
_PAIRED_STARS = re.compile(r"\*+|\[|\]")


def _crossed(rest: str) -> str | None:
    """Return the first mark of emphasis or bracket that lacks its partner or crosses another pair."""
    opened: list[str] = []
    for found in (_PAIRED if "_" in rest else _PAIRED_STARS).finditer(rest):
        mark, start, end = found[0], found.start(), found.end()
        if mark == "[":
            opened.append(mark)
        elif mark == "]":
            if not opened or opened.pop() != "[":
                return mark
        elif closed := _closed(opened, mark):
            if rest[start - 1].isspace():
                return mark
            opened[-len(closed) :] = []
        elif mark in opened or end == len(rest) or rest[end].isspace():
            return mark
        else:
            opened.append(mark)
    return opened[-1] if opened else None


def _closed(opened: list[str], mark: str) -> list[str]:
    """Return the innermost open marks that `mark` closes: an equal one, or for "***" a bold and an italic one."""
    if opened[-1:] == [mark]:
        return [mark]
    return opened[-2:] if len(mark) == 3 and "".join(opened[-2:]) == mark else []


_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|[。！？؟।]")


def _is_split(wanted: _Kept, found: _Kept) -> bool:
    """Return whether one run of bold words became two in a sentence, as in languages that put a word between."""
    ours, theirs = _BOLD.findall(wanted.rest), list(_BOLD.finditer(found.rest))
    if len(ours) != 1 or len(theirs) != 2 or wanted.emphasis != (2, 0) or found.emphasis != (4, 0):
        return False
    between = found.rest[theirs[0].end() : theirs[1].start()]
    parts = [part[1].split() for part in theirs]
    return (
        len(ours[0].split()) > 2
        and not _SENTENCE_END.search(between)
        and all(len("".join(part)) > 2 for part in parts)
        and sum(map(len, parts)) <= 2 * len(ours[0].split())
    )


def _same_emphasis(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.emphasis != found.emphasis:
        bold, italic = found.emphasis
        # Chinese, Japanese and Korean do not use italics.
        upright = bold == wanted.emphasis[0] and not italic and _EAST_ASIAN.search(found.rest)
        if not upright and not _is_split(wanted, found):
            return "The translation has other * or _ marks than the English. Keep them around the same words."
    if found.crossed and not wanted.crossed:
        return f"A {found.crossed} in the translation stands alone. Put it directly before or after the word it marks."
    return None


_BLOCK = re.compile(r"\s*(?:#{1,6}\s|>|[-+*]\s|\d+[.)]\s|!!!|\?\?\?|///|```|~~~|={3}|-{3}|:\s{1,3}(?=\S)|\|)")


def _no_block(wanted: _Kept, found: _Kept) -> str | None:
    if (start := _BLOCK.match(found.words)) and not _BLOCK.match(wanted.words):
        return f'The translation starts with "{start[0].strip()}", which would make a new block. Remove it.'
    return _one_line(wanted, found)


def _one_line(wanted: _Kept, found: _Kept) -> str | None:
    if found.words.count("\n") > wanted.words.count("\n"):
        return "The translation has a line break that is not in the English. Write it as one line."
    return None


_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd%]")
_SINGLE_PERCENT = re.compile(r"%(?!\(\w+\)[sd]|[sd%])")


def _same_placeholders(wanted: _Kept, found: _Kept) -> str | None:
    ours, theirs = (Counter(_PLACEHOLDER.findall(text.words)) for text in (wanted, found))
    if lost := ours - theirs:
        return f"The translation lost {_quoted(*lost)}. Copy it unchanged from the msgid."
    if added := theirs - ours:
        return f"The translation has {_quoted(*added)}, which is not in the English. Remove it."
    if "%" in found.words and _SINGLE_PERCENT.search(_PLACEHOLDER.sub("", found.words)):
        return 'The translation has a single "%". Write "%%".'
    return None


_WORD = re.compile(r"[^\W\d_]+")


def _no_look_alikes(wanted: _Kept, found: _Kept) -> str | None:
    if not found.rest.isascii() and (word := alike(found.rest, wanted.rest, wanted.capitals, found.is_plain)):
        return f'"{_quoted(word)}" has letters of another script that look alike. Type it again in one script.'
    return None


def _own_script(wanted: _Kept, found: _Kept) -> str | None:
    """Refuse letters that are neither of the scripts of the language, nor in the English, nor Latin."""
    if not found.is_plain and (word := foreign(found.rest, wanted.rest, found.language.name)):
        return f'"{_quoted(word)}" is in another script than the language. Write it in its letters, or in Latin ones.'
    return None


def _not_the_english(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.count > 5 and found.spelling == wanted.spelling:
        return "The translation is the English, unchanged. Translate it, or leave it empty."
    return None


_CALLS = _keeps("calls", "Copy it unchanged from the msgid.")
_NO_HTML = _keeps("html", "Copy it unchanged from the msgid.", "Write words only.")
_SAME_SYNTAX = _keeps("syntax", "Keep it as it is in the msgid.")
_SAME_ADDRESSES = _keeps("addresses", "Copy it unchanged from the msgid.", _REMOVE_ADDRESS)
_WORDS: tuple[Rule, ...] = (
    _SAME_ADDRESSES,
    _no_disguised_address,
    _same_numbers,
    _same_values,
    _same_months,
    _same_counted,
    _same_spelled,
)
_LETTERS: tuple[Rule, ...] = (_no_look_alikes, _own_script, _not_the_english, _same_denial)

_RULES: tuple[Rule, ...] = (
    _has_words,
    _no_hidden,
    _CALLS,
    _keeps("links", "Keep every link with its number."),
    _same_link_words,
    _keeps("code", "Copy it unchanged from the msgid."),
    _keeps("marks", "Copy it unchanged from the msgid."),
    _NO_HTML,
    _keeps("targets", "Keep the brackets as they are in the msgid."),
    _SAME_SYNTAX,
    *_WORDS,
    _nothing_joined,
    _same_emphasis,
    _no_block,
    *_LETTERS,
)
_PLAIN_RULES: tuple[Rule, ...] = (
    _same_placeholders,
    _has_words,
    _no_hidden,
    _CALLS,
    _NO_HTML,
    _SAME_SYNTAX,
    *_WORDS,
    _one_line,
    *_LETTERS,
)
