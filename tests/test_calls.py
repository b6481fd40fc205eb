"""Where a call begins and ends is decided once: for translators, for checks and for the page.

A file in cases/calls is a list of cases: `text` is Markdown, `calls` is what is found in it, `code` its code spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.macros import MacroError, parse
from generator.page import PageExtension, Voice
from generator.page import render as render_page
from i18n import calls as scanner
from i18n import guides, limits
from i18n.calls import calls, replace_spans, spans, without_calls, written
from i18n.faithful import fault
from i18n.guides import Guide
from i18n.markdown import Choice
from i18n.merge import tokens
from i18n.pseudo import pseudo
from i18n.unit import Unit

CASES = Path(__file__).parent / "cases/calls"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.yml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize("case", cases())
def test_calls(case: dict[str, Any]) -> None:
    """Each case has exactly the calls and code spans that it says."""
    assert written(case["text"]) == case["calls"], case["fact"]
    assert [span.text for span in spans(case["text"]) if span.is_code] == case.get("code", []), case["fact"]


WORDS = ("you", "asks", "don't", "45 days", "“so”", "ст. 3", "第3条", "\\", "}", "}}", "(", "]", '"', "'", "\\`", "\n")
CALLS = (
    "{{ a() }}", '{{ a("b") }}', "{{a('b',c=-1)}}", '{{ a("}}") }}', "{{ a('{{ b() }}') }}", '{{ a("\\"}}") }}',
    '{{ a("`") }}', '{{ a("`b`") }}', "{{ a(\n'b'\n) }}", "{{- a(1.5) -}}",
)  # fmt: skip
BROKEN = ("{{ a( }}", "{{ a(“b”) }}", "{{ don't }}", "{{}}", "{{ § }}", "{{ a b }}", f"{{{{ a({'1,' * 600}) }}}}")
CODE = ("`code`", "`{{ a() }}`", '``{{ a("`") }}``', "`{{`")
NOISE = ("{{", "{", "}}", "}", '"', "'", "`", "``", "\\", "(", ")", "a", " ", "1", "-", "\n", "\r\n", "ß")

pieces = st.lists(st.sampled_from((*WORDS, *CALLS, *BROKEN, *CODE)), max_size=12)
noise = st.lists(st.sampled_from((*NOISE, *CALLS, *CODE)), max_size=30).map("".join)


@settings(derandomize=True, database=None, deadline=None)
@given(pieces)
def test_calls_in_a_text(parts: list[str]) -> None:
    """A text put together from words, calls and code has exactly those calls and that code, each at its place."""
    text = " ".join(parts)
    assert written(text) == [part for part in parts if part in CALLS or part in BROKEN]
    assert [span.text for span in spans(text) if span.is_code] == [part for part in parts if part in CODE]
    assert all(text[span.start : span.end] == span.text for span in spans(text))
    assert without_calls(text, "x") == " ".join("x" if part in CALLS + BROKEN else part for part in parts)


@settings(derandomize=True, database=None, deadline=None)
@given(noise)
def test_spans_of_any_text(text: str) -> None:
    """Whatever a text is, its spans follow one another, and the text is the spans and what is between them."""
    ends = 0
    for span in spans(text):
        assert ends <= span.start < span.end
        assert text[span.start : span.end] == span.text
        assert span.is_code or span.text.startswith("{{")
        ends = span.end
    assert replace_spans(text, lambda span: span.text) == text


@settings(derandomize=True, database=None, deadline=None)
@given(noise)
def test_what_can_be_rendered_is_what_jinja_reads(text: str) -> None:
    """A call that can be parsed ends where Jinja, given all of the text behind it, ends it."""
    for call in calls(text):
        try:
            parse(call.text)
        except MacroError:
            continue
        assert call.end == _end_for_jinja(text, call.start)


def _end_for_jinja(text: str, start: int) -> int:
    for _, kind, token in jinja2.Environment(keep_trailing_newline=True).lex(text[start:].replace("\r", " ")):
        start += len(token.rstrip() if kind == "variable_end" else token)
        if kind == "variable_end":
            return start
    raise AssertionError(text)


class Spy:
    """Stands for all macros of a language and notes which calls are rendered."""

    def __init__(self) -> None:
        self.rendered: list[str] = []

    def render(self, text: str, *_: object) -> str:
        self.rendered.append(text)
        return "<b>x</b>"


@pytest.fixture(scope="module")
def rendered() -> Iterator[Any]:
    """Renders a page of one paragraph: (English, translation) to the calls that the macro step replaced."""
    md = guides.markdown(["attr_list"], PageExtension())

    def render(english: str, msgstr: str) -> list[str]:
        spy = Spy()
        voice = Voice("fr", lambda tag: spy, lambda unit: Choice(msgstr))  # type: ignore[arg-type,return-value]
        render_page(Guide(Path("guides/a.md"), "a", {}, english, 1, md), voice, {"a.md": "a/"})
        return spy.rendered

    return render


@settings(derandomize=True, database=None, deadline=None)
@given(english=pieces, translation=pieces, text=noise)
def test_page_renders_what_is_compared(rendered: Any, english: list[str], translation: list[str], text: str) -> None:
    """The macro step replaces what `calls` finds in the words of a block; so no translation adds or changes a call."""
    for msgstr in (" ".join(translation), text):
        assert rendered("Words.", msgstr) == written(msgstr.strip())
        msgid = " ".join(["Words", *english])
        if not fault(Unit(msgid), f"Des mots {msgstr}"):
            assert Counter(written(f"Des mots {msgstr}")) == Counter(written(msgid))


@pytest.mark.parametrize("english", ["Ask.", "Ask {{ a( now.", '`{{ a("1") }}` asks.', '{{ a("\\" 1") }} asks.'])
@pytest.mark.parametrize("more", ["{{", "{{ b() }}", "{{ b( }}", "{{{ b() }}}", '{{ b("\\" 2") }}', "{{ b(“c”) }}"])
def test_added_call_is_refused(english: str, more: str) -> None:
    """A translation with a call more than the English is refused, whatever the call is."""
    assert fault(Unit(english), f"{english.replace('sk', 'sked')} {more}") is not None


def test_line_of_a_call_that_does_not_end() -> None:
    """A call that does not end is reported at its line in the English file, whatever the language of the page."""
    text = "---\ntitle: One\n---\n# One\n\n{{ a() }}\n\nAsk {{ a( now.\n"
    guide = guides.parse(Path("one.md"), text, guides.markdown(["attr_list"]))
    (call,) = (each for each in calls(pseudo("Ask {{ a( now.")) if not each.is_finished)
    assert guide.line_of(pseudo("Ask {{ a( now.")[call.start :]) == 8
    assert guide.line_of("{{ a( now.") == 8


def test_line_of_a_call_that_begins_like_another() -> None:
    """A call that does not end is not reported where the same words begin a whole call, nor a call where it is code."""
    text = '# One {{ a("1") }}\n\n`{{ b() }}`\n\nAsk {{ a("1")\n\n{{ b() }}\n'
    guide = guides.parse(Path("one.md"), text, guides.markdown(["attr_list"]))
    assert [guide.line_of(words) for words in ('{{ a("1") }}', '{{ a("1")', "{{ b() }}")] == [1, 5, 7]


def test_call_is_one_token() -> None:
    """Where old and new English are compared, a call is one word, whatever is in its quotes."""
    assert tokens('Ask {{ a("b \\" }} c") }}{{ d() }} now.') == (
        "ask", '{{ a("b \\" }} c") }}', "{{ d() }}", "now", ".",
    )  # fmt: skip


HOSTILE = {
    "braces": "{{",
    "open quotes": '{{ "',
    "quotes of both kinds": "{{ \" {{ ' ",
    "escaped quotes": '{{ "\\',
    "brackets": "{{ (((",
    "brackets that do not end": "{{ ((( }}",
    "ends": '{{ "}}}}',
    "code": "`{{ `` {{",
    "digits": "{{ 1_",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_read_in_linear_time(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text twice as long, Jinja's lexer gets twice as many characters: twice a call's limit for each at most."""
    lexer, given = scanner._LEXER, 0

    class Counting:
        def tokeniter(self, source: str, name: str | None) -> Iterator[tuple[int, str, str]]:
            nonlocal given
            given += len(source)
            return lexer.tokeniter(source, name)

    monkeypatch.setattr(scanner, "_LEXER", Counting())
    counts = []
    for times in (5_000, 10_000):
        scanner._is_call.cache_clear()
        given = 0
        found = written(HOSTILE[kind] * times)
        assert given <= 2 * limits.CALL * len(found)
        counts.append(given)
    assert counts[1] <= 2.1 * counts[0]


def test_text_without_calls_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words without "{{" are returned unchanged, without being read by Jinja."""
    monkeypatch.setattr(scanner, "_LEXER", None)
    for words in ("Ask for a lawyer.", "`code` and { .x }"):
        assert not written(words)
        assert without_calls(words) is words
