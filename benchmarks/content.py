"""Make guides of about 1,450 words in eight languages from a seed: the same blocks with each language's own words."""

from __future__ import annotations

import random
from collections.abc import Iterator

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
LANGUAGES = tuple(VOCABULARY)


def guide(number: int, guides: int, language: str, seed: int = 1) -> str:
    """Return the Markdown of one guide. Every language has the same blocks in the same order."""
    shape = random.Random(f"{seed}/{number}")
    words = random.Random(f"{seed}/{number}/{language}")
    vocabulary = VOCABULARY[language].split()

    def some(count: int) -> str:
        return " ".join(words.choices(vocabulary, k=count))

    def sentence() -> str:
        count = shape.randint(8, 18)
        kind = shape.random()
        if kind < 0.15:
            target = f"guide-{shape.randrange(guides):03}.md"
            return f"{some(count - 2)} [{some(2)}]({target})."
        if kind < 0.3:
            return f"{some(count - 2)} **{some(2)}** {some(2)}."
        return f"{some(count)}."

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

    return "\n\n".join(blocks()) + "\n"


def nav(guides: int) -> list[dict[str, list[str]]]:
    """Return a nav with sections of ten guides."""
    names = [f"guide-{number:03}.md" for number in range(guides)]
    sections = [{f"Part {start // 10 + 1}": names[start : start + 10]} for start in range(0, guides, 10)]
    return [{"Start": ["index.md"]}, *sections]
