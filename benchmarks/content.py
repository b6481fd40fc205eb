"""Make guides of about 1,450 words in many languages from a seed: the same blocks with each language's own words."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from benchmarks.scenarios import Content

WORDS = 1200
"""Blocks are added up to this estimated number of words. The real number is a fifth higher."""

# Words of each script and of usual lengths. A builder's time depends on bytes and stemming, not on sense.
VOCABULARY = {
    "en": "request notice police country border lawyer answer letter refugee portal office decision member data file",
    "fr": "demande notice police pays frontière avocat réponse lettre réfugié portail bureau décision membre données",
    "es": "solicitud notificación policía país frontera abogado respuesta carta refugiado portal oficina decisión dato",
    "ar": "طلب نشرة شرطة بلد حدود محام جواب رسالة لاجئ بوابة مكتب قرار عضو بيانات ملف",
    "ru": "запрос уведомление полиция страна граница адвокат ответ письмо беженец портал бюро решение данные",
    "tr": "başvuru bülten polis ülke sınır avukat cevap mektup mülteci kapı büro karar üye veri dosya",
    "fa": "درخواست اعلان پلیس کشور مرز وکیل پاسخ نامه پناهنده درگاه دفتر تصمیم عضو داده پرونده",
    "zh_Hans": "请求 通报 警察 国家 边境 律师 答复 信件 难民 门户 办公室 决定 成员 数据 文件",
}
SCRIPTS = {
    "fr": "it ro ca gl lb",
    "es": "de nl fi hu is af sq",
    "tr": "lt cs sk hr sl et",
    "ru": "uk bg be sr mk",
    "fa": "ur",
}
"""More languages, by the language of the same script whose words they take. data/languages.yml knows none of them."""

_WORDS = VOCABULARY | {name: VOCABULARY[like] for like, names in SCRIPTS.items() for name in names.split()}
LANGUAGES = tuple(_WORDS)
"""The languages, English first. A site of n languages has the first n."""

CITES, DEADLINES, TERMS = 23, 3, 2
"""How often a guide calls each macro, as the real guides do."""
SOURCES = ("S01", "S02", "S03", "S04", "S06", "S74", "S121", "S183", "S185", "S213")
"""Keys of data/sources.yml, some of each level."""
LIMITS = {
    "admissibility": "receipt",
    "data-confirmation": "chamber-request",
    "access-decision": "admissibility",
    "deletion-decision": "admissibility",
    "revision": "discovery",
}
"""Keys of data/deadlines.yml, each with its start there."""
FIELD = ("interpol", "red-notice", "diffusion", "wanted-person-diffusion", "blue-notice", "ccf")
"""Keys of data/terms.yml."""

_END = "\x00"
"""The end of a sentence in the making, where a call may be put."""


def guide(number: int, guides: int, language: str, has_macros: bool = False, seed: int = 1) -> str:
    """Return the Markdown of one guide. Every language has the same blocks in the same order.

    number: the number of the guide, from 0; -1 is the first page.
    guides: how many guides there are, which it may lead to.
    has_macros: whether it calls macros, as often as a real guide.
    """
    shape = random.Random(f"{seed}/{number}")
    words = random.Random(f"{seed}/{number}/{language}")
    vocabulary = _WORDS[language].split()

    def some(count: int) -> str:
        return " ".join(words.choices(vocabulary, k=count))

    def sentence() -> str:
        count = shape.randint(8, 18)
        kind = shape.random()
        if kind < 0.15:
            target = f"guide-{shape.randrange(guides):03}.md"
            return f"{some(count - 2)} [{some(2)}]({target}){_END}"
        if kind < 0.3:
            return f"{some(count - 2)} **{some(2)}** {some(2)}{_END}"
        return f"{some(count)}{_END}"

    def blocks() -> Iterator[str]:
        yield f"# {some(4)}"
        written = 0
        while written < WORDS:
            yield f"## {some(3)}"
            yield " ".join(sentence() for _ in range(4))
            yield " ".join(sentence() for _ in range(3))
            yield "\n".join(f"- {sentence()}" for _ in range(5))
            extra = shape.randrange(4)
            if extra == 0:
                rows = ["| a | b |".replace("a", some(2)).replace("b", some(2)), "|---|---|"]
                yield "\n".join([*rows, *(f"| {some(4)} | {some(6)} |" for _ in range(4))])
            elif extra == 1:
                yield f'!!! warning "{some(3)}"\n\n    {sentence()} {sentence()}'
            elif extra == 2:
                yield f'??? question "{some(5)}"\n\n    {sentence()}\n\n    1. {sentence()}\n    2. {sentence()}'
            else:
                yield f"{some(2)}\n:   {sentence()}\n\n{some(2)}\n:   {sentence()}"
            written += 190
        yield f"## {some(2)}"
        yield sentence()

    text = "\n\n".join(blocks()) + "\n"
    return _ended(text, _calls(random.Random(f"{seed}/{number}/calls")) if has_macros else [], number)


def _calls(chance: random.Random) -> list[str]:
    """Return the calls of a guide."""
    cited = chance.sample(SOURCES, 6)
    places = [(chance.choice(cited), f"{chance.randint(1, 40)}({chance.randint(1, 5)})") for _ in range(CITES)]
    return [
        *(f'cite("{source}", "{article}")' for source, article in places),
        *(f'deadline("{key}")' for key in chance.choices(list(LIMITS), k=DEADLINES)),
        *(f'term("{key}")' for key in chance.choices(FIELD, k=TERMS)),
    ]


def _ended(text: str, calls: list[str], number: int) -> str:
    """End the sentences of a text, with a call in some of them: the same ones in every language."""
    first, *others = text.split(_END)
    chosen = dict(zip(random.Random(number).sample(range(len(others)), len(calls)), calls, strict=True))
    ends = [f" {{{{ {chosen[place]} }}}}." if place in chosen else "." for place in range(len(others))]
    return first + "".join(end + other for end, other in zip(ends, others, strict=True))


def starts(language: str) -> str:
    """Return the guide that has the words for the starts of time limits, which the macro `deadline` shows."""
    words = random.Random(language)
    names = dict.fromkeys(LIMITS.values())
    lines = [f"- {' '.join(words.choices(_WORDS[language].split(), k=8))}\n  {{ #start-{name} }}" for name in names]
    return "\n".join([f"# {words.choice(_WORDS[language].split())}", "", *lines, ""])


def pages(content: Content, language: str) -> dict[str, str]:
    """Return the Markdown of each file of a site. `index.md` is one guide more than was asked for."""
    numbers = {"index.md": -1} | {f"guide-{number:03}.md": number for number in range(content.guides)}
    made = {name: guide(number, content.guides, language, content.has_macros) for name, number in numbers.items()}
    return made | ({"dates.md": starts(language)} if content.has_macros else {})


def nav(names: Iterable[str]) -> list[dict[str, list[str]]]:
    """Return a nav with sections of ten guides, after the first page. names: the names of the files."""
    others = [name for name in names if name != "index.md"]
    sections = [{f"Part {start // 10 + 1}": others[start : start + 10]} for start in range(0, len(others), 10)]
    return [{"Start": ["index.md"]}, *sections]
