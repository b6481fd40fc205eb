"""Render the calls of macros in guides: `{{ deadline("access-decision") }}`. A folder in macros/ is a macro.

A call names a macro and gives literal arguments. Jinja's own parser reads it. It is rendered in Jinja's sandbox, in the
language of the block that contains it, with values from data/.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol
from xml.etree.ElementTree import Element

import jinja2
import jinja2.nodes
from jinja2.sandbox import SandboxedEnvironment
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, HtmlStash
from markupsafe import Markup, escape

from generator import compiled, references
from generator.formats import formats
from generator.references import Reference
from generator.roles import NONE, Roles
from generator.values import ValuesError
from i18n import limits
from i18n.calls import calls
from i18n.words import spanned

FOLDER = Path(__file__).parent.parent / "macros"

# A single space is left alone: there are many, and each would be replaced by itself.
_TEMPLATE_SPACE = re.compile(r"[ \t\n]{2,}|[\t\n]")

Resolve = Callable[[str, str], str]
"""Returns the address of a guide or of another file, for the page that is being made.

It is called with the slug of the guide or the name of the file, and an anchor, which may be empty.

Raises the exception that `missing` returns.
"""

Fault = tuple[str, str]
"""A call that could not be rendered, and a sentence that says why."""

# A link in the HTML of a template. It becomes an address once the page is known. Text never has control characters.
_LINK = re.compile("\x0e([^\x0e\x0f]*)\x0f([^\x0e\x0f]*)\x0f")


PHRASE = "phrase/"
"""The beginning of the name under which the use of words of a guide is noted."""

Phrase = Callable[[str, str], tuple[str, str]]
"""Returns the plain words at an anchor of a guide, and the tag of their language if it is not that of the call.

Raises ValuesError if the words are missing.
"""


def _no_phrase(guide: str, anchor: str) -> tuple[str, str]:
    raise ValuesError(f'guides/{guide}.md has no words with the anchor "{anchor}". Write them there.')


class MacroError(Exception):
    """A call that cannot be rendered. The message says what to do, but does not name the place."""


def missing(guide: str) -> MacroError:
    """Return the exception that a `Resolve` raises if a guide is missing."""
    return MacroError(f"it leads to guides/{guide}.md, which is missing. Write that guide, or remove the call.")


class Words(Protocol):
    """The words of macros in one language, escaped for HTML. Words without a translation are in another one."""

    def gettext(self, msgid: str) -> str: ...
    def ngettext(self, msgid: str, plural: str, number: int) -> str: ...
    def pgettext(self, context: str, msgid: str) -> str: ...
    def npgettext(self, context: str, msgid: str, plural: str, number: int) -> str: ...


@dataclass(frozen=True)
class Call:
    """A call of a macro.

    name: the name of the macro.
    arguments: its positional arguments, which are literals.
    options: its named arguments, each with its value, which is a literal.
    """

    name: str
    arguments: tuple[Any, ...]
    options: tuple[tuple[str, Any], ...]


def names(folder: Path = FOLDER) -> list[str]:
    """Return the names of all macros: the folders that contain a template of the same name."""
    return sorted(path.name for path in folder.glob("*") if (path / f"{path.name}.html").exists())


_EXAMPLE = '{{ name("value") }}'
_READER = jinja2.Environment()


@cache
def parse(text: str) -> Call:
    """Read `{{ name("literal", option="literal") }}`. Raises MacroError."""
    if not text.endswith("}}"):
        raise MacroError(f"{text} begins a call that does not end, or has a brace outside of quotes. Write {_EXAMPLE}.")
    if len(text) > limits.CALL:
        raise MacroError(f"{text[:40]}… has more than {limits.CALL:,} characters. Write {_EXAMPLE}.")
    try:
        output = _READER.parse(text).body[0]
    except jinja2.TemplateSyntaxError as error:
        raise MacroError(f"{text} cannot be read: {error.message}. Write {_EXAMPLE}.") from None
    except RecursionError:
        raise MacroError(f"{text[:40]}… has too many nested brackets. Write {_EXAMPLE}.") from None
    call = output.nodes[0] if isinstance(output, jinja2.nodes.Output) and len(output.nodes) == 1 else None
    if not isinstance(call, jinja2.nodes.Call) or not isinstance(call.node, jinja2.nodes.Name):
        raise MacroError(f"{text} is not a call of a macro. Write {_EXAMPLE}.")
    if call.dyn_args or call.dyn_kwargs:
        raise MacroError(f"{text} may not use * arguments. Write {_EXAMPLE}.")
    try:
        arguments = tuple(map(_literal, call.args))
        options = tuple((node.key, _literal(node.value)) for node in call.kwargs)
    except ValueError:
        raise MacroError(f"{text} takes literal values only, in quotes. Write {_EXAMPLE}.") from None
    return Call(call.node.name, arguments, options)


def _literal(node: jinja2.nodes.Expr) -> Any:
    """Return the value of a literal. Raises ValueError for anything that Jinja would calculate: `"x" * 9999999999`."""
    if isinstance(node, jinja2.nodes.Const):
        return node.value
    if isinstance(node, jinja2.nodes.Neg) and isinstance(node.node, jinja2.nodes.Const):
        number = node.node.value
        if isinstance(number, (int, float)):
            return -number
    raise ValueError(node)


@lru_cache(1000)  # Each language asks for the calls of the same guides.
def called(text: str) -> tuple[Call, ...]:
    """Return the calls in Markdown, without those that cannot be read."""
    found: list[Call] = []
    for call in calls(text):
        with suppress(MacroError):
            found.append(parse(call.text))
    return tuple(found)


class Uses:
    """What calls have used of the rest of the site: the words of other guides, the nav, the list of languages, …"""

    def __init__(self) -> None:
        self._open: list[set[str]] = []

    def note(self, *names: str) -> None:
        """Note what is being used, for each collection that is open."""
        for collection in self._open:
            collection.update(names)

    @contextmanager
    def collected(self) -> Iterator[set[str]]:
        """Collect the names of what is used while the block runs."""
        collection: set[str] = set()
        self._open.append(collection)
        try:
            yield collection
        finally:
            self._open.pop()

    def noting(self, name: str, value: Callable[[], Any]) -> Callable[[], Any]:
        """Return a function that returns what `value` returns, and notes its use."""

        def noted() -> Any:
            self.note(name)
            return value()

        return noted

    def once(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that calls `work` once for the same arguments, and notes each time what that has used."""
        known: dict[tuple[Any, ...], tuple[Any, set[str]]] = {}

        def worked(*arguments: Any) -> Any:
            if arguments not in known:
                with self.collected() as used:
                    known[arguments] = work(*arguments), used
            result, used = known[arguments]
            self.note(*used)
            return result

        return worked


class Macros:
    """All macros in one language. A call with the same arguments is rendered once.

    values: the values of data/ (`generator.values.load`).
    words: the translated words of templates.
    locale: the name of the language, also in data/.
    all_calls: returns the calls in all guides.
    translations: returns how much is translated into each language.
    cldr: the language whose formats are used for numbers and dates; empty if it is `locale`.
    sections: returns the sections of the nav.
    landmarks: returns the lines of an index from A to Z.
    shorts: returns the guides that have a short version.
    roles: which guide has which role.
    folder: the folder of macros.
    phrase: returns words of a guide.
    uses: gets the names of what calls have used: "calls", "translations", "sections", "landmarks", "shorts", and
        "phrase/dates" for words of the guide `dates`.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        words: Words,
        locale: str,
        all_calls: Callable[[], Iterable[Call]] = tuple,
        translations: Callable[[], Iterable[Any]] = tuple,
        cldr: str = "",
        sections: Callable[[], Iterable[Any]] = tuple,
        landmarks: Callable[[], Iterable[Any]] = tuple,
        shorts: Callable[[], Iterable[Any]] = tuple,
        roles: Roles = NONE,
        folder: Path = FOLDER,
        phrase: Phrase = _no_phrase,
        uses: Uses | None = None,
    ) -> None:
        self.formats: dict[str, Any] = {
            **formats(cldr or locale, (values.get("languages") or {}).get(locale)),
            "locale": locale,
        }
        self._folder = folder
        self._uses = uses or Uses()
        self._once = self._uses.once(self._render)
        self._modules: dict[str, jinja2.environment.TemplateModule] = {}
        environment = SandboxedEnvironment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=compiled.memory(),
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
        )
        environment.globals |= {
            "data": values,
            **{
                name: self._uses.noting(name, value)
                for name, value in (
                    ("calls", all_calls),
                    ("translations", translations),
                    ("sections", sections),
                    ("landmarks", landmarks),
                    ("shorts", shorts),
                )
            },
            "roles": roles,
            "phrase": partial(self._phrase, phrase),
            "fail": _fail,
            "link": lambda guide, anchor="": f"\x0e{guide}\x0f{anchor}\x0f",
            "reference": references.placeholder,
            "once": self._uses.once(lambda macro, *arguments: macro(*arguments)),
            **self.formats,
        }
        self._environment = environment

    def render(self, text: str, resolve: Resolve = "{}#{}".format) -> str:
        """Return the HTML of one call. Raises MacroError."""
        html = self._once(text)
        try:
            return _linked(html, resolve)
        except MacroError as error:
            raise MacroError(f"{text}: {error}") from None

    def references(self, groups: Sequence[Sequence[Reference]], resolve: Resolve, is_short: bool = False) -> str:
        """Return the list of the references of a page as HTML. Raises MacroError.

        groups: the references, in groups.
        is_short: whether the page must be light, so that the list names no titles. The macro is asked for it by
            `references(groups, short=true)`.
        """
        options = (("short", True),) if is_short else ()
        return _linked(self._called(Call(references.LIST, (groups,), options), "The list of sources"), resolve)

    def _render(self, text: str) -> str:
        return self._called(parse(text), text)

    def _called(self, call: Call, text: str) -> str:
        """Return the HTML of a call. Raises MacroError. text: what messages call it."""
        self._find(call.name)
        try:
            module = self._module(call.name)
            if not hasattr(module, call.name):
                raise ValuesError(f"macros/{call.name}/{call.name}.html has no macro of this name. Add it there.")
            html = str(getattr(module, call.name)(*call.arguments, **dict(call.options)))
        except (MacroError, ValuesError) as error:
            raise MacroError(f"{text}: {error}") from None
        except jinja2.TemplateSyntaxError as error:
            raise MacroError(f"{text}: {error.name}:{error.lineno}: {error.message} Correct the template.") from None
        except Exception as error:  # Whatever a template raises, the writer gets a sentence and the build continues.
            what = error if isinstance(error, (TypeError, ValueError, jinja2.TemplateError)) else repr(error)
            raise MacroError(f"{text}: {what}. See macros/{call.name}/{call.name}.md.") from None
        return self._shown(html)

    def _shown(self, html: str) -> str:
        return spanned(_one_line(html), self.formats["tag"](self.formats["locale"]))

    def _phrase(self, phrase: Phrase, guide: str, anchor: str) -> Markup:
        """Return the words of a phrase for a template, marked if they are in another language."""
        self._uses.note(f"{PHRASE}{guide}")
        words, lang = phrase(guide, anchor)
        if not lang:
            return escape(words)
        return Markup("<span{}>{}</span>").format(self.formats["lang_and_dir"](lang), words)

    def _find(self, name: str) -> None:
        if name not in self._modules and name not in (known := names(self._folder)):
            guess = difflib.get_close_matches(name, known, 1)
            hint = f'Did you mean "{guess[0]}"?' if guess else f"There are: {', '.join(known)}."
            raise MacroError(f'no macro is called "{name}". {hint}')

    def _module(self, name: str) -> jinja2.environment.TemplateModule:
        if name not in self._modules:
            known = helpers(self._folder / name / f"{name}.py")
            self._modules[name] = self._environment.get_template(f"{name}/{name}.html").make_module(known)
        return self._modules[name]


def _one_line(html: str) -> str:
    """Remove line breaks and indentation of a template. No-break spaces stay, because they are intended."""
    return _TEMPLATE_SPACE.sub(" ", html).strip()


def _linked(html: str, resolve: Resolve) -> str:
    """Give the links of a template their addresses on a page. Raises MacroError."""
    if "\x0e" not in html:
        return html
    return _LINK.sub(lambda found: escape(resolve(unescape(found[1]), unescape(found[2]))), html)


def _fail(sentence: str) -> None:
    """Raise ValuesError, for templates that are given a value for which they have no words."""
    raise ValuesError(f"{sentence}.")


def helpers(path: Path) -> dict[str, Any]:
    """Return the public functions of `macros/<name>/<name>.py`, by name; empty if there is no such file."""
    return _helpers(path, path.read_bytes()) if path.exists() else {}


@cache
def _helpers(path: Path, source: bytes) -> dict[str, Any]:
    """Return the public functions of a file.

    source: the content of the file. What was saved while serving is another source, so it is run too.
    """
    module = ModuleType(f"macros.{path.stem}")
    # `dataclass` looks there for the module that defines a class.
    sys.modules[module.__name__] = module
    exec(compile(source, path, "exec"), vars(module))
    return {key: value for key, value in vars(module).items() if callable(value) and not key.startswith("_")}


def fill(root: Element, lang: str, speak: Callable[[str], Macros], resolve: Resolve, stash: HtmlStash) -> list[Fault]:
    """Replace each call with its HTML, in the language of its block, and return the calls that could not be rendered.

    root: the tree of a page before inline text is parsed.
    lang: the tag of the language of the page.
    speak: returns the macros that speak a language, by its tag.
    resolve: returns the address of a guide.
    stash: the HTML stash of the Markdown instance.
    """
    faults: list[Fault] = []

    def walk(element: Element, lang: str) -> None:
        inner = element.get("lang", lang)
        if element.text and "{{" in element.text and not isinstance(element.text, AtomicString):
            element.text = rendered(element.text, inner)
        for child in element:
            walk(child, inner)
            if child.tail and "{{" in child.tail and not isinstance(child.tail, AtomicString):
                child.tail = rendered(child.tail, inner)

    def rendered(text: str, lang: str) -> str:
        pieces: list[str] = []
        end = 0
        for found in calls(text):
            try:
                html = speak(lang).render(found.text, resolve)
            except MacroError as error:
                # For a call that does not end, quote the text up to the end of the line.
                words = found.text if found.is_finished else text[found.start :].partition("\n")[0]
                faults.append((words, str(error)))
                html = '<mark class="fault">?</mark>'
            pieces += text[end : found.start], stash.store(html)
            end = found.end
        return "".join([*pieces, text[end:]])

    walk(root, lang)
    return faults


def fill_attributes(root: Element, stash: HtmlStash) -> None:
    """Replace each call in an attribute, such as the description of a picture, with its words, without HTML."""

    def words(found: re.Match[str]) -> str:
        html = stash.rawHtmlBlocks[int(found[1])] if int(found[1]) < len(stash.rawHtmlBlocks) else found[0]
        return Markup(html).striptags() if isinstance(html, str) else found[0]

    for element in root.iter():
        for name, value in element.attrib.items():
            if "\x02" in value:
                element.set(name, HTML_PLACEHOLDER_RE.sub(words, value))
