"""What a guide can call: `{{ deadline("access-decision") }}`. One folder, one macro; nothing is registered.

A call names a macro and gives literal arguments. It is read by Jinja's own parser and rendered in Jinja's sandbox, in
the language of the block it stands in, with values from data/.
"""

from __future__ import annotations

import difflib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Protocol
from xml.etree.ElementTree import Element

import jinja2
import jinja2.nodes
from jinja2.sandbox import SandboxedEnvironment
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, HtmlStash
from markupsafe import Markup, escape

from generator.formats import formats
from generator.roles import NONE, Roles
from generator.values import ValuesError
from i18n import limits
from i18n.calls import calls

FOLDER = Path(__file__).parent.parent / "macros"

_TEMPLATE_SPACE = re.compile(r"[ \t\n]+")

Resolve = Callable[[str, str], str]
"""From a guide and an anchor, which may be empty, to the address as the page that is being made writes it.

Raises what `missing` gives.
"""

Fault = tuple[str, str]
"""A call that could not be rendered, and the sentence."""

# A link in what a template gives, until it is known on which page it stands: control characters, never valid in text.
_LINK = re.compile("\x0e([^\x0e\x0f]*)\x0f([^\x0e\x0f]*)\x0f")


Phrase = Callable[[str, str], tuple[str, str]]
"""(guide, anchor) to the plain words that stand there, and the tag of their language where it is not that of the call.

Raises ValuesError for words that are not there.
"""


def _no_phrase(guide: str, anchor: str) -> tuple[str, str]:
    raise ValuesError(f'guides/{guide}.md has no words with the anchor "{anchor}". Write them there.')


class MacroError(Exception):
    """A call that cannot be rendered; a sentence with what to do, without a place."""


def missing(guide: str) -> MacroError:
    """What a `Resolve` raises for a guide that is not there."""
    return MacroError(f"it leads to guides/{guide}.md, which is missing. Write that guide, or remove the call.")


class Words(Protocol):
    """The words of macros in one language; English where there is no other. Escaped for HTML."""

    def gettext(self, msgid: str) -> str: ...
    def ngettext(self, msgid: str, plural: str, number: int) -> str: ...
    def pgettext(self, context: str, msgid: str) -> str: ...
    def npgettext(self, context: str, msgid: str, plural: str, number: int) -> str: ...


@dataclass(frozen=True)
class Call:
    """A macro's name and its literal arguments."""

    name: str
    arguments: tuple[Any, ...]
    options: tuple[tuple[str, Any], ...]


def names(folder: Path = FOLDER) -> list[str]:
    """All macros there are: the folders with a template of their own name."""
    return sorted(path.name for path in folder.iterdir() if (path / f"{path.name}.html").exists())


_EXAMPLE = '{{ deadline("access-decision") }}'
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
        raise MacroError(f"{text[:40]}… has too many brackets inside one another. Write {_EXAMPLE}.") from None
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
    """What a literal says. Raises ValueError for all else, which Jinja would calculate: `"x" * 9999999999`."""
    if isinstance(node, jinja2.nodes.Const):
        return node.value
    if isinstance(node, jinja2.nodes.Neg) and isinstance(node.node, jinja2.nodes.Const):
        number = node.node.value
        if isinstance(number, (int, float)):
            return -number
    raise ValueError(node)


def called(text: str) -> Iterator[Call]:
    """The calls in Markdown, without those that cannot be read."""
    for found in calls(text):
        with suppress(MacroError):
            yield parse(found.text)


class Macros:
    """All macros in one language. A call with the same arguments is rendered once.

    values: what data/ holds (`generator.values.load`). words: gettext. locale: the name of the language, in data/ too.
    cldr: the language that writes its numbers and dates, if not the same. roles: which guide does which work.
    For macros on the whole site: all_calls, of all guides; translations, how each language stands; sections, the nav;
    landmarks, what an index lists.
    phrase: the words that stand in a guide.
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
        roles: Roles = NONE,
        folder: Path = FOLDER,
        phrase: Phrase = _no_phrase,
    ) -> None:
        self.formats: dict[str, Any] = {**formats(cldr or locale), "locale": locale}
        self._folder = folder
        self._rendered: dict[str, str] = {}
        self._modules: dict[str, jinja2.environment.TemplateModule] = {}
        environment = SandboxedEnvironment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
        )
        environment.globals |= {
            "data": values,
            "calls": all_calls,
            "translations": translations,
            "sections": sections,
            "landmarks": landmarks,
            "roles": roles,
            "phrase": lambda guide, anchor: self._marked(*phrase(guide, anchor)),
            "fail": _fail,
            "link": lambda guide, anchor="": f"\x0e{guide}\x0f{anchor}\x0f",
            **self.formats,
        }
        self._environment = environment

    def render(self, text: str, resolve: Resolve = "{}#{}".format) -> str:
        """Return the HTML of one call. Raises MacroError."""
        if (html := self._rendered.get(text)) is None:
            html = self._rendered[text] = self._render(text)
        if "\x0e" not in html:
            return html
        try:
            return _LINK.sub(lambda found: resolve(unescape(found[1]), unescape(found[2])), html)
        except MacroError as error:
            raise MacroError(f"{text}: {error}") from None

    def _render(self, text: str) -> str:
        call = parse(text)
        self._find(call.name)
        try:
            module = self._module(call.name)
            if not hasattr(module, call.name):
                raise ValuesError(f"macros/{call.name}/{call.name}.html has no macro of this name. Add it there.")
            html = str(getattr(module, call.name)(*call.arguments, **dict(call.options)))
        except (MacroError, ValuesError) as error:
            raise MacroError(f"{text}: {error}") from None
        except jinja2.TemplateSyntaxError as error:
            raise MacroError(f"{text}: {error.name}:{error.lineno}: {error.message} Mend the template.") from None
        except Exception as error:  # Whatever a template does, a writer gets a sentence and the build goes on.
            what = error if isinstance(error, (TypeError, ValueError, jinja2.TemplateError)) else repr(error)
            raise MacroError(f"{text}: {what}. See macros/{call.name}/{call.name}.md.") from None
        # Line breaks and indents of the template; a no-break space is meant.
        return _TEMPLATE_SPACE.sub(" ", html).strip()

    def _marked(self, words: str, lang: str) -> Markup:
        """The words of a phrase for a template, marked where they are in another language."""
        if not lang:
            return escape(words)
        mark = Markup('<span lang="{}" dir="{}">{}</span>')
        return mark.format(lang, self.formats["direction"](lang), words)

    def _find(self, name: str) -> None:
        if name not in self._modules and name not in (known := names(self._folder)):
            guess = difflib.get_close_matches(name, known, 1)
            hint = f'Did you mean "{guess[0]}"?' if guess else f"There are: {', '.join(known)}."
            raise MacroError(f'no macro is called "{name}". {hint}')

    def _module(self, name: str) -> jinja2.environment.TemplateModule:
        if name not in self._modules:
            helpers = _helpers(self._folder / name / f"{name}.py")
            self._modules[name] = self._environment.get_template(f"{name}/{name}.html").make_module(helpers)
        return self._modules[name]


def _fail(sentence: str) -> None:
    """For a template that meets a value it has no words for."""
    raise ValuesError(f"{sentence}.")


@cache
def _helpers(path: Path) -> dict[str, Any]:
    """Return the public functions of `macros/<name>/<name>.py`, for the template of that macro."""
    spec = importlib.util.spec_from_file_location(f"macros.{path.stem}", path)
    if spec is None or spec.loader is None or not path.exists():
        return {}
    module = importlib.util.module_from_spec(spec)
    # Where `dataclass` looks for the module that it works in.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return {key: value for key, value in vars(module).items() if callable(value) and not key.startswith("_")}


def fill(root: Element, lang: str, speak: Callable[[str], Macros], resolve: Resolve, stash: HtmlStash) -> list[Fault]:
    """Put the HTML of each call in its place, in the language of its block; return what could not be rendered.

    root: the tree of a page before inline text is parsed. lang: of the page. stash: of the Markdown instance.
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
        macros = speak(lang)
        pieces: list[str] = []
        end = 0
        for found in calls(text):
            try:
                html = macros.render(found.text, resolve)
            except MacroError as error:
                # A call that does not end is what stands from there to the end of the line.
                words = found.text if found.is_finished else text[found.start :].partition("\n")[0]
                faults.append((words, str(error)))
                html = '<mark class="fault">?</mark>'
            pieces += text[end : found.start], stash.store(html)
            end = found.end
        return "".join([*pieces, text[end:]])

    walk(root, lang)
    return faults


def fill_attributes(root: Element, stash: HtmlStash) -> None:
    """Put the words of a call, without its HTML, where only words can be: the description of a picture is heard."""

    def words(found: re.Match[str]) -> str:
        html = stash.rawHtmlBlocks[int(found[1])] if int(found[1]) < len(stash.rawHtmlBlocks) else found[0]
        return Markup(html).striptags() if isinstance(html, str) else found[0]

    for element in root.iter():
        for name, value in element.attrib.items():
            if "\x02" in value:
                element.set(name, HTML_PLACEHOLDER_RE.sub(words, value))
