"""Calls of macros: read, rendered in the language of their block, and refused in words that a writer understands.

The macros of these tests are made here; those of the site have their examples beside them.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

import generator.page
from generator.formats import formats
from generator.macros import MacroError, Macros, names
from generator.page import PageExtension, Voice
from generator.values import ValuesError, load
from i18n import guides
from i18n.faithful import plain_fault
from i18n.guides import Guide
from i18n.markdown import Choice
from i18n.unit import Unit
from i18n.words import Words
from tests.configured import EXTENSIONS, language

TEMPLATES = {
    "greet": """{% macro greet(key, loud=false) -%}
  {% set person = data.people[key] %}
  <b>{{ pgettext("greet", "Hello %(name)s", name=person.name) }}</b>
  {%- if loud %}!{% endif %}
{%- endmacro %}""",
    "count": """{% macro count(number) -%}
  {{ npgettext("count", "%(num)s notice", "%(num)s notices", number) }}
{%- endmacro %}""",
    "wait": "{% macro wait(length, unit) %}<i>{{ duration(length, unit) }}</i>{% endmacro %}",
    "lead": '{% macro lead() %}<a href="{{ link("about", "s1") }}">x</a>{% endmacro %}',
    "start": '{% macro start(anchor) %}<i>{{ phrase("dates", anchor) }}</i>{% endmacro %}',
    "level": '{% macro level(name) %}{{ fail("there is no level " ~ name) }}{% endmacro %}',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of macros, with data beside it."""
    for name, template in TEMPLATES.items():
        (tmp_path / "macros" / name).mkdir(parents=True)
        (tmp_path / "macros" / name / f"{name}.html").write_text(template, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/people.yml").write_text("ada:\n  name: Ada <3\n", encoding="utf-8")
    return tmp_path / "macros"


@pytest.fixture
def speaker(folder: Path) -> Callable[..., Macros]:
    """For a locale and a catalog, macros that speak it."""
    values = load(folder.parent / "data")
    return lambda locale="en", catalog=None: Macros(values, Words(catalog), locale, folder=folder)


def catalog_of(*entries: polib.POEntry, plural: str = "nplurals=2; plural=(n != 1);") -> polib.POFile:
    catalog = polib.POFile()
    catalog.metadata = {"Plural-Forms": plural}
    catalog.extend(entries)
    return catalog


# ── one call ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "call",
    [
        '{{ greet("ada") }}',
        "{{ greet('ada') }}",
        '{{greet("ada")}}',
        '{{ greet(key="ada") }}',
        '{{ greet("ada", loud=false) }}',
        '{{ greet(\n  "ada"\n) }}',
    ],
)
def test_call(call: str, speaker: Callable[..., Macros]) -> None:
    """A call gives HTML without the line breaks of its template; values are escaped."""
    assert speaker().render(call) == "<b>Hello Ada &lt;3</b>"


EXAMPLE = 'Write {{ name("value") }}.'
REFUSED = {
    '{{ gret("ada") }}': 'no macro is called "gret". Did you mean "greet"?',
    '{{ xyz("ada") }}': 'no macro is called "xyz". There are: count, greet, lead, level, start, wait.',
    '{{ __init__("ada") }}': 'no macro is called "__init__". There are: count, greet, lead, level, start, wait.',
    '{{ greet("adda") }}': '{call}: {data}/people.yml has no "adda". Did you mean "ada"?',
    '{{ greet("zoe") }}': '{call}: {data}/people.yml has no "zoe". Add it there.',
    "{{ greet() }}": "{call}: parameter 'key' was not provided. See macros/greet/greet.md.",
    '{{ greet("ada", 1, 2) }}': "{call}: macro 'greet' takes not more than 2 argument(s). See macros/greet/greet.md.",
    '{{ greet(name="ada") }}': "{call}: macro 'greet' takes no keyword argument 'name'. See macros/greet/greet.md.",
    "{{ greet(ada) }}": f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    "{{ greet(data.people) }}": f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    '{{ greet(greet("ada")) }}': f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    '{{ greet(*["ada"]) }}': f"{{call}} may not use * arguments. {EXAMPLE}",
    '{{ greet(**{"key": "ada"}) }}': f"{{call}} may not use * arguments. {EXAMPLE}",
    "{{ greet }}": f"{{call}} is not a call of a macro. {EXAMPLE}",
    "{{ 1 + 1 }}": f"{{call}} is not a call of a macro. {EXAMPLE}",
    "{{ cycler.__init__ }}": f"{{call}} is not a call of a macro. {EXAMPLE}",
    '{{ greet.__class__("ada") }}': f"{{call}} is not a call of a macro. {EXAMPLE}",
    '{{ greet("ada")|safe }}': f"{{call}} is not a call of a macro. {EXAMPLE}",
    '{{ greet("ada" }}': f"{{call}} cannot be read: unexpected '}}', expected ')'. {EXAMPLE}",
    '{{ level("high") }}': "{call}: there is no level high.",
    '{{ greet("x" * 9999999999) }}': f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    '{{ greet("a" ~ "b") }}': f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    "{{ greet(2 ** 999999999) }}": f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    '{{ greet(["ada"] * 999999999) }}': f"{{call}} takes literal values only, in quotes. {EXAMPLE}",
    f"{{{{ greet({'(' * 450}1{')' * 450}) }}}}": (f"{{{{ greet({'(' * 31}… has too many nested brackets. {EXAMPLE}"),
    f'{{{{ greet("{"x" * 1000}") }}}}': f'{{{{ greet("{"x" * 30}… has more than 1,000 characters. {EXAMPLE}',
    "{{": f"{{call}} begins a call that does not end, or has a brace outside of quotes. {EXAMPLE}",
}


@pytest.mark.parametrize("call", REFUSED)
def test_refused_call(call: str, speaker: Callable[..., Macros], folder: Path) -> None:
    """An invalid call is refused in one sentence that names the call or the macro, and what to do."""
    with pytest.raises(MacroError) as raised:
        speaker().render(call)
    expected = REFUSED[call].replace("{call}", call).replace("{data}", str(folder.parent / "data"))
    assert str(raised.value) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{% macro odd() %}",
        "{% macro even() %}{% endmacro %}",
        "{% macro odd() %}{{ nothing }}{% endmacro %}",
        '{% macro odd() %}{{ duration(1, "moon") }}{% endmacro %}',
        "{% macro odd() %}{{ 1 / 0 }}{% endmacro %}",
        '{% macro odd() %}{{ pgettext("odd", "%(n)s") }}{% endmacro %}',
    ],
)
def test_template_with_a_mistake(template: str, speaker: Callable[..., Macros], folder: Path) -> None:
    """A template that fails, however it fails, is said as a sentence about that macro; the build goes on."""
    (folder / "odd").mkdir()
    (folder / "odd/odd.html").write_text(template, encoding="utf-8")
    with pytest.raises(MacroError, match="odd"):
        speaker().render("{{ odd() }}")


def test_error_inside_a_macro(speaker: Callable[..., Macros], folder: Path) -> None:
    """An attribute that a value lacks is reported as such, not as a missing macro."""
    for name, template in {
        "even": "{% macro odd() %}{% endmacro %}",
        "helped": "{% macro helped() %}{{ address(5) }}{% endmacro %}",
    }.items():
        (folder / name).mkdir()
        (folder / name / f"{name}.html").write_text(template, encoding="utf-8")
    says = {}
    for name in ("even", "helped"):
        with pytest.raises(MacroError) as raised:
            speaker().render(f"{{{{ {name}() }}}}")
        says[name] = str(raised.value)
    assert says["even"] == "{{ even() }}: macros/even/even.html has no macro of this name. Add it there."
    assert "has no macro" not in says["helped"]
    assert says["helped"].startswith("{{ helped() }}: AttributeError(")


def test_folder_is_a_macro(folder: Path) -> None:
    """A folder with a template of its own name is a macro; nothing has to be registered."""
    (folder / "notes").mkdir()
    (folder / "greet/other.html").touch()
    assert names(folder) == ["count", "greet", "lead", "level", "start", "wait"]


def test_link_of_a_macro(speaker: Callable[..., Macros]) -> None:
    """A macro leads to another guide as the page that calls it writes addresses."""
    macros = speaker()
    assert (
        macros.render("{{ lead() }}", lambda guide, anchor: f"../{guide}/#{anchor}") == '<a href="../about/#s1">x</a>'
    )


def test_words_of_a_guide(folder: Path) -> None:
    """A macro shows words of a guide escaped, and marked where they are in another language than the call."""
    phrases = {"hearing": ("from the day <x>", ""), "arrest": ("من يوم", "ar")}
    macros = Macros({}, Words(), "en", folder=folder, phrase=lambda guide, anchor: phrases[anchor])
    assert macros.render('{{ start("hearing") }}') == "<i>from the day &lt;x&gt;</i>"
    assert macros.render('{{ start("arrest") }}') == '<i><span lang="ar" dir="rtl">من يوم</span></i>'


# ── a page ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def page(speaker: Callable[..., Macros]) -> Callable[..., tuple[str, list[str]]]:
    """Renders Markdown with macros: (text, translations, locale) to HTML and faults."""
    md = guides.markdown(EXTENSIONS, PageExtension())

    def render(text: str, lang: str = "en", **translated: str) -> tuple[str, list[str]]:
        def translate(unit: Unit) -> Choice:
            return Choice(translated.get(unit.msgid.split()[0]))

        guide = Guide(Path("guides/a.md"), "a", {}, text, 1, md)
        voice = Voice(lang, speaker, None if lang == "en" else translate)
        made = generator.page.render(guide, voice, {"a.md": "a/"})
        return made.html, list(made.call_faults)

    return render


Page = Callable[..., tuple[str, list[str]]]


def test_code_is_left_alone(page: Page) -> None:
    """In code, a call is an example and stays as it is written."""
    text = '`{{ greet("ada") }}` and ``{{ x `y` }}``\n\n```\n{{ greet("ada") }}\n```\n\n    {{ greet() }}\n'
    html, faults = page(text)
    assert html.startswith('<p><code>{{ greet("ada") }}</code> and <code>{{ x `y` }}</code></p>\n')
    assert html.count("{{ greet(") == 3
    assert faults == []


def test_call_that_does_not_end(page: Page) -> None:
    """Two braces that begin a call and do not end it are a fault, found by the rest of their line."""
    html, faults = page('One {{ greet("ada" } two\nthree.\n\n{{ greet("ada") }}\n')
    assert html.startswith('<p>One <mark class="fault">?</mark> greet("ada" } two')
    assert html.endswith("<p><b>Hello Ada &lt;3</b></p>")
    assert [fault.partition(" begins")[0] for fault in faults] == ["guides/a.md:1: {{"]


def test_braces_in_quotes(page: Page) -> None:
    """What a call is, is the same for translators and for macros: braces in its quotes do not end it."""
    html, faults = page('One {{ greet("a }} b") }} two.\n')
    assert html == '<p>One <mark class="fault">?</mark> two.</p>'
    assert [fault.rpartition(": ")[0] for fault in faults] == ['guides/a.md:1: {{ greet("a }} b") }}']


def test_call_anywhere(page: Page) -> None:
    """A call is rendered in every kind of block, also between other inline marks."""
    call = '{{ wait(9, "month") }}'
    text = f"""# H {call}

**{call}** [in {call}](a.md)

- {call}
    - x {call}

| {call} |
|--------|
| {call} |

!!! note "{call}"
    {call}

=== "{call}"

    Term {call}
    :   {call}

> {call}[^1]

[^1]: {call}
"""
    html, faults = page(text.replace('note "{{ wait(9, "month") }}"', "note \"{{ wait(9, 'month') }}\""))
    assert faults == []
    assert html.count("<i>9 months</i>") == 14
    assert "{{" not in html


def test_call_in_the_words_of_a_picture(page: Page) -> None:
    """Where no HTML can be, in the words of a picture, a call gives its words only."""
    html, _ = page('![Wait {{ wait(9, "month") }}](map.png)')
    assert html == '<p><img alt="Wait 9 months" src="map.png" /></p>'


def test_bad_call_is_a_mark_and_a_fault(page: Page) -> None:
    """A call that cannot be rendered leaves a mark on the page and a sentence for the writer; the rest is there."""
    html, faults = page('One {{ gret("ada") }} two.\n')
    assert html == '<p>One <mark class="fault">?</mark> two.</p>'
    assert faults == ['guides/a.md:1: no macro is called "gret". Did you mean "greet"?']


def test_language_of_the_block(page: Page) -> None:
    """In a translated block a macro speaks the language of the page, in an untranslated one English."""
    html, faults = page(
        'Wait {{ wait(9, "month") }}.\n\nOr {{ wait(9, "month") }}.\n', "ru", Wait='Ждите {{ wait(9, "month") }}.'
    )
    assert html.splitlines() == [
        "<p>Ждите <i>9 месяцев</i>.</p>",
        '<p class="untranslated" dir="ltr" lang="en">Or <i>9 months</i>.</p>',
    ]
    assert faults == []


def test_language_in_nested_blocks(page: Page) -> None:
    """An untranslated item around a translated one, and the other way round: each macro speaks as its own words do."""
    text = '- Out {{ wait(9, "month") }}\n    - In {{ wait(9, "month") }}\n'
    html, _ = page(text, "ar", In='في {{ wait(9, "month") }}')
    assert "Out <i>9 months</i>" in html
    assert "في <i>9 أشهر</i>" in html
    html, _ = page(text, "ar", Out='خارج {{ wait(9, "month") }}')
    assert "خارج <i>9 أشهر</i>" in html
    assert "In <i>9 months</i>" in html


def test_block_of_one_call(page: Page) -> None:
    """A block with nothing but a call has no words to translate: it speaks the language of the page."""
    html, _ = page('{{ wait(9, "month") }}\n', "ar")
    assert html == "<p><i>9 أشهر</i></p>"


def test_anchor_of_a_heading_with_a_call(page: Page) -> None:
    """A heading with a call has one anchor in all languages."""
    text = '## Wait {{ wait(9, "month") }}\n'
    english, _ = page(text)
    russian, _ = page(text, "ru", Wait='Ждите {{ wait(9, "month") }}')
    assert russian.split(">")[0] == english.split(">")[0]


# ── the words of macros ──────────────────────────────────────────────────────────────────────────────────────────────


def greeting(msgstr: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgctxt="greet", msgid="Hello %(name)s", msgstr=msgstr, **more)


@pytest.mark.parametrize(
    ("msgstr", "html"),
    [
        ("Merhaba %(name)s", "<b>Merhaba Ada &lt;3</b>"),
        ("<b>%(name)s</b>", "<b>Hello Ada &lt;3</b>"),
        ('%(name)s" onclick="x', "<b>Ada &lt;3&#34; onclick=&#34;x</b>"),
        ("<script>x</script> %(name)s &amp;", "<b>Hello Ada &lt;3</b>"),
        ("{{ 7 * 7 }} %(name)s", "<b>Hello Ada &lt;3</b>"),
        ("100%% %(name)s", "<b>Hello Ada &lt;3</b>"),
        ("100% %(name)s", "<b>Hello Ada &lt;3</b>"),
        ("Merhaba", "<b>Hello Ada &lt;3</b>"),
        ("%(name)s %(name)s", "<b>Hello Ada &lt;3</b>"),
        ("%(name)s %(data)s", "<b>Hello Ada &lt;3</b>"),
        ("%(name)d", "<b>Hello Ada &lt;3</b>"),
        ("%(name.x)s %(name)s", "<b>Hello Ada &lt;3</b>"),
        ("", "<b>Hello Ada &lt;3</b>"),
    ],
)
def test_translated_words(msgstr: str, html: str, speaker: Callable[..., Macros]) -> None:
    """The words of a macro are escaped; words with other placeholders, HTML or calls stay English."""
    assert speaker("tr", catalog_of(greeting(msgstr))).render('{{ greet("ada") }}') == html


def test_words_that_do_not_count(speaker: Callable[..., Macros]) -> None:
    """Stale and obsolete words, and those of another context, are not shown."""
    other = polib.POEntry(msgctxt="nav", msgid="Hello %(name)s", msgstr="Başka %(name)s")
    for entry in (greeting("Eski %(name)s", flags=["fuzzy"]), greeting("Eski %(name)s", obsolete=True), other):
        assert speaker("tr", catalog_of(entry)).render('{{ greet("ada") }}') == "<b>Hello Ada &lt;3</b>"


def test_plural_words(speaker: Callable[..., Macros]) -> None:
    """Counted words follow the plural rule of the catalog; a missing or invalid form is in English."""
    rule = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    forms = {0: '%(num)s "уведомление"', 1: "%(num)s уведомления", 2: "уведомлений"}
    entry = polib.POEntry(msgctxt="count", msgid="%(num)s notice", msgid_plural="%(num)s notices", msgstr_plural=forms)
    macros = speaker("ru", catalog_of(entry, plural=rule))
    found = [macros.render(f"{{{{ count({number}) }}}}") for number in (1, 2, 5, 21)]
    assert found == ["1 &#34;уведомление&#34;", "2 уведомления", "5 notices", "21 &#34;уведомление&#34;"]


@pytest.mark.parametrize("rule", ["", "nplurals=2; plural=__import__('os');", "nplurals=1; plural=(;", "plural=n/0;"])
def test_plural_rule_that_is_none(rule: str, speaker: Callable[..., Macros]) -> None:
    """A broken plural rule in the header of a catalog breaks no page."""
    entry = polib.POEntry(
        msgctxt="count",
        msgid="%(num)s notice",
        msgid_plural="%(num)s notices",
        msgstr_plural={0: "%(num)s a", 1: "%(num)s b"},
    )
    assert speaker("tr", catalog_of(entry, plural=rule)).render("{{ count(5) }}") in ("5 a", "5 b", "5 notices")


def test_placeholder_faults() -> None:
    """What is wrong with placeholders is said in one sentence."""
    assert plain_fault("%(a)s", "%(a)s x") is None
    assert plain_fault("%(a)s", "x") == "The translation lost %(a)s. Copy it unchanged from the msgid."
    assert plain_fault("a", "b %s") == "The translation has %s, which is not in the English. Remove it."
    assert plain_fault("a", "b %") == 'The translation has a single "%". Write "%%".'


@pytest.mark.parametrize(
    "words",
    [
        "Menu [^0800 911 911, www.evil.com]",
        "Menu { evil.com 911 <script>alert(1)</script> }",
        "Menu `911 evil.com`",
        "[^<img src=x>]",
        "\\*",
    ],
)
def test_words_of_templates_are_no_markdown(words: str) -> None:
    """What Markdown would set apart (code, footnotes, attributes, escapes) is judged as words, which it is here."""
    assert plain_fault("Menu", words) is not None


@pytest.mark.parametrize(
    ("msgid", "msgstr", "says"),
    [
        ("Menu", "\u202egro.live", "an invisible character, U+202E"),
        ("Menu", "Menu\x02wzxhzdk:0\x03", "an invisible character, U+0002"),
        ("Red Notice help", "Aide\ufffe", "an invisible character, U+FFFE"),
        ("Red Notice help", "Aide\x1b", "an invisible character, U+001B"),
        ("Written by volunteers", "Appelez le 0800 911 911", "has the number"),
        ("Written by volunteers", "Voir evil.com", "has evil.com"),
        ("Press the key three times", "Appuyez cinq fois", 'says "cinq", the English says "three"'),
        ("Menu", "M" * 1_000_000, "times as long as the English"),
        ("Menu", "<b>Menu</b>", "has <b>, </b>"),
        ("By %(name)s", "Par {{ name }} %(name)s", "has {{ name }}"),
        ("CCF", "ССF", "letters of another script that look alike"),
    ],
)
def test_words_of_templates_pass_the_judge_of_guides(msgid: str, msgstr: str, says: str) -> None:
    """A word that would be refused in a guide is refused in a template, said with its place, and English is shown."""
    catalog = catalog_of(polib.POEntry(msgid=msgid, msgstr=msgstr, linenum=7))
    words = Words(catalog, language("fr"), Path("locales/fr/LC_MESSAGES/site.po"))
    assert [fault.startswith("locales/fr/LC_MESSAGES/site.po:7: ") for fault in words.faults] == [True]
    assert says in words.faults[0]
    assert words.gettext(msgid) == msgid


def test_each_plural_form_is_judged_alone() -> None:
    """A form that is refused is English; the other forms of the word are as they were translated."""
    entry = polib.POEntry(msgid="%(num)s notice", msgid_plural="%(num)s notices", linenum=3)
    entry.msgstr_plural = {0: "%(num)s avis", 1: "%(num)s avis, evil.com"}
    words = Words(catalog_of(entry))
    assert words.ngettext("%(num)s notice", "%(num)s notices", 1) == "%(num)s avis"
    assert words.ngettext("%(num)s notice", "%(num)s notices", 5) == "%(num)s notices"
    assert words.faults == [
        "site.po:3: The translation has evil.com, which is not in the English. "
        "Remove it, or put a space after a full stop."
    ]


@pytest.mark.parametrize(
    "rule", ["plural=n==0?0:1/(n-n);", "plural=n;", "plural=(n", "plural=n==900?7:0;", "plural=" + "(" * 500]
)
def test_a_rule_for_plurals_that_cannot_be_used_costs_only_the_plurals(rule: str) -> None:
    """Counted words are English, by the English rule; the others are translated; the catalog is named."""
    counted = polib.POEntry(msgid="%(num)s notice", msgid_plural="%(num)s notices")
    counted.msgstr_plural = {0: "%(num)s avis", 1: "%(num)s des avis"}
    catalog = catalog_of(counted, polib.POEntry(msgid="Menu", msgstr="Sommaire"), plural=f"nplurals=2; {rule}")
    words = Words(catalog)
    assert words.ngettext("%(num)s notice", "%(num)s notices", 1) == "%(num)s notice"
    assert words.ngettext("%(num)s notice", "%(num)s notices", 2) == "%(num)s notices"
    assert words.gettext("Menu") == "Sommaire"
    assert [fault.startswith("site.po:1: ") for fault in words.faults] == [True]


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a:\n  b: 1\n c: 2\n", ":3: did not find expected key. Look at"),
        (b'a: "1\n', ":2: found unexpected end of stream. Look at"),
        (b"a: b: c\n", ":1: mapping values are not allowed in this context. Look at"),
        (b"- a\n- b\n", ": this is not a list of names and values. Write entries like"),
        (b"words\n", ": this is not a list of names and values. Write entries like"),
        (b"a: words\n", ": a has no fields. Write them below it, indented."),
        (b"", ": this is not a list of names and values. Write entries like"),
        (b"a: d\xf6rt\n", ":1: this file is not UTF-8. Save it again with the encoding UTF-8."),
        (b"a: 1\nb: d\xf6rt\n", ":2: this file is not UTF-8. Save it again with the encoding UTF-8."),
        (b"a: 1\nb: !!python/object/apply:os.system [id]\n", ":2: could not determine a constructor for the tag"),
    ],
)
def test_values_that_cannot_be_read(content: bytes, says: str, tmp_path: Path) -> None:
    """A file of data that is broken is said with file and line, and what to do."""
    (tmp_path / "facts.yml").write_bytes(content)
    with pytest.raises(ValuesError) as raised:
        load(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'facts.yml'}{says}")


def test_value_that_is_not_there(tmp_path: Path) -> None:
    """A missing key, at whatever depth, is an error with a suggestion, never empty text."""
    (tmp_path / "facts.yml").write_text("red-notices:\n  value: 1\n  at:\n    day: 2\n", encoding="utf-8")
    values = load(tmp_path)
    for reach, says in {
        lambda: values["facts"]["red-notice"]: ' has no "red-notice". Did you mean "red-notices"?',
        lambda: values["facts"]["red-notices"]["valeu"]: ': red-notices has no "valeu". Did you mean "value"?',
        lambda: values["facts"]["red-notices"]["at"]["year"]: ': red-notices: at has no "year". Add it there.',
    }.items():
        with pytest.raises(ValuesError) as raised:
            reach()
        assert str(raised.value) == f"{tmp_path / 'facts.yml'}{says}"


def test_changed_values_are_read_again(tmp_path: Path) -> None:
    """A file that has changed is read again."""
    path = tmp_path / "facts.yml"
    path.write_text("a: {b: one}\n", encoding="utf-8")
    assert load(tmp_path)["facts"]["a"]["b"] == "one"
    path.write_text("a: {b: two three}\n", encoding="utf-8")
    assert load(tmp_path)["facts"]["a"]["b"] == "two three"


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("locale", "length", "unit", "words"),
    [
        ("ar", 9, "month", "9 أشهر"),
        ("ar", 1, "month", "شهر"),
        ("ar", 2, "month", "شهران"),
        ("ar", 18, "day", "18 يومًا"),
        ("ru", 9, "month", "9 месяцев"),
        ("ru", 1, "month", "1 месяц"),
        ("ru", 2, "month", "2 месяца"),
        ("ru", 45, "day", "45 дней"),
        ("en", 9, "month", "9 months"),
        ("en", 1, "year", "1 year"),
        ("en", 45, "day", "45 days"),
        ("en", 400, "day", "400 days"),
        ("en", 18, "month", "18 months"),
        ("fr", 45, "day", "45 jours"),
        ("tr", 3, "year", "3 yıl"),
        ("zh_Hans", 9, "month", "9个月"),
        ("sw", 2, "day", "siku 2"),
    ],
)
def test_duration(locale: str, length: int, unit: str, words: str) -> None:
    """A length of time is written with the plural of its language, in the unit and number that it was given in."""
    assert formats(locale)["duration"](length, unit).replace("\xa0", " ") == words


@pytest.mark.parametrize("unit", ["day", "month", "year"])
def test_duration_is_exact(unit: str) -> None:
    """No length of time is rounded or turned into another unit."""
    duration = formats("en")["duration"]
    found = [duration(length, unit) for length in range(1, 500)]
    assert found == [f"{length} {unit}{'s' if length > 1 else ''}" for length in range(1, 500)]


def test_numbers_and_dates() -> None:
    """Numbers, percentages, dates and lists are as a language writes them; English has the day first."""
    english, french, arabic = formats("en"), formats("fr"), formats("ar")
    assert english["number"](13048) == "13,048"
    assert french["number"](13048).replace("\u202f", " ") == "13 048"
    assert english["percent"](70) == "70%"
    assert english["date"](datetime.date(2026, 11, 22)) == "22 November 2026"
    assert french["date"](datetime.date(2026, 11, 1)) == "1 novembre 2026"
    assert english["listing"](["a", "b", "c"]) in ("a, b and c", "a, b, and c")
    assert arabic["listing"](["أ", "ب"]) == "أ وب"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Auckland"])
def test_own_digits_and_calendar(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language with digits and a calendar of its own has dates in both calendars, and the same day in every zone."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    persian = formats("fa", {"numbering": "arabext", "calendar": "persian"})
    assert persian["date"](datetime.date(2026, 3, 26)) == "۶ فروردین ۱۴۰۵ (۲۶ مارس ۲۰۲۶)"
    assert persian["number"](86000) == "۸۶٬۰۰۰"
    assert persian["percent"](70.5) == "۷۰٫۵٪"
    assert persian["duration"](9, "month") == "۹ ماه"
    assert persian["value"]({"value": "2024"}) == "۲۰۲۴"
    assert persian["value"]({"value": "C-505/19"}) == "C-505/19"
    monkeypatch.undo()
    time.tzset()


def test_months_after_chinese() -> None:
    """The names of months are those of each language, also after Chinese was written in the same process."""
    expected = {
        "zh_Hans": ("一月", "十二月"),
        "en": ("January", "December"),
        "fr": ("janvier", "décembre"),
        "es": ("enero", "diciembre"),
        "ar": ("يناير", "ديسمبر"),
        "tr": ("Ocak", "Aralık"),
        "ru": ("январь", "декабрь"),
    }
    assert {name: (formats(name)["month"](1), formats(name)["month"](12)) for name in expected} == expected


def test_value_of_a_fact() -> None:
    """A fact is formatted by the type of its value."""
    value = formats("en")["value"]
    facts = [
        {"value": 13048},
        {"value": 70, "unit": "percent"},
        {"value": 9, "unit": "month"},
        {"value": datetime.date(2024, 1, 2)},
        {"value": "195 members"},
    ]
    assert [value(fact) for fact in facts] == ["13,048", "70%", "9 months", "2 January 2024", "195 members"]


def test_languages() -> None:
    """A language has its name in itself, its direction and its tag."""
    helpers = formats("en")
    assert [helpers["language_name"](code) for code in ("fr", "ar", "ru")] == ["Français", "العربية", "Русский"]
    assert [helpers["direction"](code) for code in ("fr", "ar")] == ["ltr", "rtl"]
    assert helpers["tag"]("zh_Hans") == "zh-Hans"


def test_an_outside_address_is_a_host_on_a_screen_and_whole_on_paper() -> None:
    """What stands around the host is in elements that a screen, its reader and the search leave out."""
    address = formats("en")["address"]

    def paper(text: str) -> str:
        return f'<span class="address" data-search-exclude>{text}</span>'

    assert address("https://www.interpol.int/en?a=1&b=2") == (
        f"{paper('https://www.')}interpol.int{paper('/en?a=1&amp;b=2')}"
    )
    assert address("http://a.example:8080") == f"{paper('http://')}a.example:8080"
    assert address("mailto:<x>") == "mailto:&lt;x&gt;"


def test_helpers_that_were_saved_again_are_run_again(folder: Path, speaker: Callable[..., Macros]) -> None:
    """The Python of a macro reaches the page when it is saved while serving, even with the same length and time."""
    (folder / "twice").mkdir()
    (folder / "twice/twice.html").write_text("{% macro twice() %}{{ of(2) }}{% endmacro %}", encoding="utf-8")
    for factor in (2, 3):
        (folder / "twice/twice.py").write_text(f"def of(number):\n    return {factor} * number\n", encoding="utf-8")
        assert speaker().render("{{ twice() }}") == str(2 * factor)
    (folder / "twice/twice.py").write_text("def of(number:\n", encoding="utf-8")
    with pytest.raises(MacroError, match=r"^\{\{ twice\(\) \}\}: .*SyntaxError"):
        speaker().render("{{ twice() }}")


def test_address_in_a_macro_is_escaped(folder: Path, speaker: Callable[..., Macros]) -> None:
    """An anchor with a quotation mark does not end the attribute that contains the address."""
    (folder / "to").mkdir()
    (folder / "to/to.html").write_text(
        '{% macro to(anchor) %}<a href="{{ link("about", anchor) }}">x</a>{% endmacro %}', encoding="utf-8"
    )
    html = speaker().render("""{{ to('a" onclick="b&c') }}""")
    assert html == '<a href="about#a&#34; onclick=&#34;b&amp;c">x</a>'
