"""Every honest translation is accepted; damaged in one place, it is refused.

The translations are those of cases/faithful; tests/this_site/ adds those of its catalogs. What a mutation cannot be
applied to, it leaves out.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from i18n.faithful import fault
from i18n.language import Language
from i18n.unit import Unit
from tests.test_faithful import cases, language_of, msgstr_of, unit_of

ENOUGH = 0.99

CALL = re.compile(r"\{\{[^{}]*\}\}")
CODE = re.compile(r"`[^`]+`")
LINK = re.compile(r"\[[^\[\]]*\]\(\d+\)")
NUMBER_OF_LINK = re.compile(r"(?<=\]\()\d+(?=\))")
KEPT = re.compile(rf"{CALL.pattern}|{CODE.pattern}|\]\(\d+\)|\[\^[^\]]*\]|\{{[^{{}}]*\}}")
LATIN_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])")
TWINS = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))

Place = tuple[int, int]
Mutation = Callable[[str], str | None]


def words(msgstr: str) -> str:
    """`msgstr`, as long as it is, with calls, code, link numbers, footnote marks and attributes blanked."""
    return KEPT.sub(lambda found: "\0" * len(found[0]), msgstr)


def first(pattern: re.Pattern[str] | str, text: str) -> Place | None:
    found = re.search(pattern, text)
    return found.span() if found else None


def put(msgstr: str, place: Place | None, replacement: str) -> str | None:
    return None if place is None else msgstr[: place[0]] + replacement + msgstr[place[1] :]


def other_digit(digit: str) -> str:
    """The next digit of the same system."""
    zero = ord(digit) - int(digit)
    return chr(zero + (int(digit) + 1) % 10)


def inside(pattern: re.Pattern[str], what: str, msgstr: str) -> Place | None:
    """Where `what` first is in the first `pattern`."""
    if (outer := first(pattern, msgstr)) is None or (inner := first(what, msgstr[slice(*outer)])) is None:
        return None
    return outer[0] + inner[0], outer[0] + inner[1]


def change(msgstr: str, place: Place | None) -> str | None:
    return place and put(msgstr, place, other_digit(msgstr[place[0]]))


def swap_links(msgstr: str) -> str | None:
    numbers = list(NUMBER_OF_LINK.finditer(msgstr))
    if len({number[0] for number in numbers}) < 2:
        return None
    one, two = numbers[0], next(number for number in numbers if number[0] != numbers[0][0])
    return "".join((msgstr[: one.start()], two[0], msgstr[one.end() : two.start()], one[0], msgstr[two.end() :]))


def twin(msgstr: str) -> str | None:
    for word in LATIN_WORD.finditer(words(msgstr)):
        for position in range(*word.span()):
            if letter := TWINS.get(msgstr[position]):
                return put(msgstr, (position, position + 1), letter)
    return None


def in_the_middle(what: str) -> Mutation:
    """Puts `what` after the first letter of the words."""
    return lambda msgstr: (place := first(r"[^\W\d_]", words(msgstr))) and put(msgstr, (place[1], place[1]), what)


def doubled(msgstr: str, place: Place | None) -> str | None:
    return place and put(msgstr, place, msgstr[slice(*place)] * 2)


def other_word(msgstr: str) -> str | None:
    """Another number in the place of a number word, in the languages that are there."""
    for numbers in NUMBER_WORDS:
        for word, other in zip(numbers, [*numbers[1:], numbers[0]], strict=True):
            if place := first(rf"(?i)(?<![\w-]){word}(?![\w-])", words(msgstr)):
                return put(msgstr, place, other)
    return None


NUMBER_WORDS = (
    ("deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    ("два", "три", "четыре", "пять", "шесть", "семь", "восемь"),
    ("أربعة", "خمسة", "ستة", "سبعة", "ثلاثة", "ثلاث", "خمس"),
)

MUTATIONS: dict[str, Mutation] = {
    "drop a macro call": lambda msgstr: put(msgstr, first(CALL, msgstr), ""),
    "double a macro call": lambda msgstr: doubled(msgstr, first(CALL, msgstr)),
    "change a digit of a macro call": lambda msgstr: change(msgstr, inside(CALL, r"\d", msgstr)),
    "change the quotes of a macro call": lambda msgstr: put(msgstr, inside(CALL, '"', msgstr), "“"),
    "drop the number of a link": lambda msgstr: put(msgstr, first(r"(?<=\])\(\d+\)", msgstr), ""),
    "change the number of a link": lambda msgstr: change(msgstr, first(NUMBER_OF_LINK, msgstr)),
    "swap two link numbers": swap_links,
    "empty a link of words": lambda msgstr: put(msgstr, first(r"(?<=\[)[^\[\]]+(?=\]\(\d)", msgstr), ""),
    "turn a link into an image": lambda msgstr: put(msgstr, first(r"(?<!!)(?=\[[^\[\]]*\]\(\d)", msgstr), "!"),
    "double a link": lambda msgstr: doubled(msgstr, first(LINK, msgstr)),
    "add a link": lambda msgstr: f"{msgstr} [x](https://evil.example)",
    "add a numbered link": lambda msgstr: f"{msgstr} [x](1)",
    "add a script link": lambda msgstr: f"{msgstr} [x](javascript:x)",
    "add a URL": lambda msgstr: f"{msgstr} https://evil.example/",
    "add a host": lambda msgstr: f"{msgstr} evil.example",
    "add an e-mail address": lambda msgstr: f"{msgstr} x@evil.example",
    "change a digit": lambda msgstr: change(msgstr, first(r"\d", words(msgstr))),
    "append a digit to a number": lambda msgstr: doubled(msgstr, first(r"\d", words(msgstr))),
    "drop a number": lambda msgstr: put(msgstr, first(r"\d[\d.,٬٫\s]*", words(msgstr)), ""),
    "append Roman nine": lambda msgstr: f"{msgstr} ⅨⅠⅠ",
    "append a Chinese number": lambda msgstr: None if first("[ぁ-鿿가-힣]", msgstr) else f"{msgstr} 九一一",
    "append a keycap": lambda msgstr: f"{msgstr} 🔟",
    "put a minus before a number": lambda msgstr: put(msgstr, first(r"(?<!\S)(?=\d)", words(msgstr)), "−"),
    "add a host with an ideographic stop": lambda msgstr: f"{msgstr} evil。com",
    "add a host with a hair space": lambda msgstr: f"{msgstr} evil.\u200acom",
    "add a telephone scheme": lambda msgstr: f"{msgstr} sip:evil",
    "pile up marks": in_the_middle("\u0300" * 20),
    "insert an unassigned character": in_the_middle("\u0378"),
    "write an acronym in Canadian letters": lambda msgstr: f"{msgstr} ᑕᑕᖴ",
    "append 911": lambda msgstr: f"{msgstr} 911",
    "append 911 in Arabic digits": lambda msgstr: f"{msgstr} ٩١١",
    "drop one **": lambda msgstr: put(msgstr, first(r"\*\*", words(msgstr)), ""),
    "drop all **": lambda msgstr: msgstr.replace("**", "") if "**" in words(msgstr) else None,
    "put a word in bold": lambda msgstr: f"{msgstr} **x**",
    "add HTML": lambda msgstr: f"{msgstr} <b>x</b>",
    "add an entity": lambda msgstr: f"{msgstr} &#8238;",
    "add attributes": lambda msgstr: f"{msgstr}{{ .x }}",
    "add a macro call": lambda msgstr: f"{msgstr} {{{{ x() }}}}",
    "add a statement": lambda msgstr: f"{msgstr} {{% x %}}",
    "insert a bidirectional control": in_the_middle("\u202e"),
    "insert a right-to-left mark": in_the_middle("\u200f"),
    "insert a space without width": in_the_middle("\u200b"),
    "insert a soft hyphen": in_the_middle("\u00ad"),
    "insert a forged marker": in_the_middle("\x02wzxhzdk:0\x03"),
    "replace a Latin letter by its Cyrillic twin": twin,
    "make it a heading": lambda msgstr: f"# {msgstr}",
    "make it a quote": lambda msgstr: f"> {msgstr}",
    "append a list": lambda msgstr: f"{msgstr}\n\n- x",
    "blank it": lambda msgstr: " ",
    "leave only its last sign": lambda msgstr: "." if len(msgstr) > 1 else None,
    "repeat it 11 times": lambda msgstr: msgstr * 11,
    "change a code span": lambda msgstr: put(msgstr, inside(CODE, "[^`]", msgstr), "§"),
    "drop a code span": lambda msgstr: put(msgstr, first(CODE, msgstr), ""),
    "drop a footnote mark": lambda msgstr: put(msgstr, first(r"\[\^[^\]]*\]", msgstr), ""),
}


OF_ANY = frozenset(kind for kind, mutation in MUTATIONS.items() if mutation("слово, слово") is not None)
"""The mutations of any words at all. The others need a link, a number, a call, a Latin word."""

Translated = tuple[str, Unit, str, Language]


def of_cases() -> Iterator[Translated]:
    for case in cases("faithful"):
        given = case.values[0]
        yield str(case.id), unit_of(given), msgstr_of(given), language_of(given)


def assert_only_damage_is_refused(
    translations: Iterable[Translated], name: str, record_property: Callable[[str, object], None], every: int = 1
) -> None:
    """No translation is refused as it is; of all damaged ones at least 99 in 100 are. name: what the figures are of.

    every: how many translations share one mutation of any words; which of them has which, their words say.
    """
    units, tried = 0, Counter[str]()
    refused: list[str] = []
    escaped: list[tuple[str, str, str]] = []
    for place, unit, msgstr, known in translations:
        units += 1
        if sentence := fault(unit, msgstr, known):
            refused.append(f"{place}: {sentence}")
        for number, (kind, mutation) in enumerate(MUTATIONS.items()):
            if kind in OF_ANY and (zlib.crc32(msgstr.encode()) + number) % every:
                continue
            damaged = mutation(msgstr)
            if damaged is None or damaged == msgstr:
                continue
            tried[kind] += 1
            if fault(unit, damaged, known) is None:
                escaped.append((kind, place, damaged))
    mutations = tried.total()
    share = 1 - len(escaped) / mutations if mutations else 1.0
    kinds = Counter(kind for kind, _, _ in escaped)
    for kind, number in tried.items():
        print(f"{kind}: {number - kinds[kind]} refused, {kinds[kind]} escaped")
    record_property(
        "figures",
        f"{name}: {units} units, {len(refused) or 'none'} refused; "
        f"{mutations} mutations of {len(tried)} kinds, {share:.2%} refused"
        + "".join(f"; escaped: {kind} {number} of {tried[kind]}" for kind, number in kinds.most_common()),
    )
    assert not refused, "\n".join(refused)
    assert share >= ENOUGH, "\n".join(map(repr, escaped[:50]))


def test_damaged_translations_are_refused(record_property: Callable[[str, object], None]) -> None:
    """The honest translations of the cases are accepted, and what is damaged of them is refused."""
    assert_only_damage_is_refused(of_cases(), "cases", record_property)
