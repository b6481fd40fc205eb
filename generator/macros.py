"""What a guide can call: `{{ deadline("access-decision") }}`. One folder, one macro; nothing is registered.

A call names a macro and gives literal arguments. It is read by Jinja's own parser and rendered in Jinja's sandbox, in
the language of the block it stands in, with values from data/.
"""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from xml.etree.ElementTree import Element

import jinja2
import jinja2.nodes
from jinja2.sandbox import SandboxedEnvironment
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString
from markupsafe import Markup

from generator.decision_tree import DecisionTreeExtension
from generator.formats import formats
from generator.values import ValuesError
from i18n import limits
from i18n.calls import calls

FOLDER = Path(__file__).parent.parent / "macros"

_TEMPLATE_SPACE = re.compile(r"[ \t\n]+")

Link = Callable[[str, str], str]
"""(guide, anchor) to an address as the page that is being made writes it. Raises what `missing` gives."""


class MacroError(Exception):
    """A call that cannot be rendered; a sentence with what to do, without a place."""


def missing(guide: str) -> MacroError:
    """What a `Link` raises for a guide that is not there."""
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
    """All macros in one language.

    values: what data/ holds (`macros.values.load`). words: gettext. locale: the name of the language, in data/ too.
    cldr: the language that writes its numbers and dates, if not the same.
    For macros on the whole site: guides, the text of each; translations, how each language stands; sections, the nav;
    landmarks, what an index lists.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        words: Words,
        locale: str,
        guides: Iterable[str] = (),
        translations: Callable[[], Iterable[Any]] = tuple,
        cldr: str = "",
        sections: Callable[[], Iterable[Any]] = tuple,
        landmarks: Callable[[], Iterable[Any]] = tuple,
        folder: Path = FOLDER,
    ) -> None:
        self.formats = {**formats(cldr or locale), "locale": locale}
        self._folder = folder
        self._link: Link = lambda guide, anchor: f"{guide}#{anchor}"
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
            "calls": lambda: [call for text in guides for call in called(text)],
            "translations": translations,
            "sections": sections,
            "landmarks": landmarks,
            "fail": _fail,
            "link": lambda guide, anchor="": self._link(guide, anchor),
            **self.formats,
        }
        self._environment = environment

    def render(self, text: str, link: Link | None = None) -> str:
        """The HTML of one call. Raises MacroError."""
        call = parse(text)
        self._find(call.name)
        if link:
            self._link = link
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

    def _find(self, name: str) -> None:
        if name not in self._modules and name not in (known := names(self._folder)):
            guess = difflib.get_close_matches(name, known, 1)
            hint = f'Did you mean "{guess[0]}"?' if guess else f"There are: {', '.join(known)}."
            raise MacroError(f'no macro is called "{name}". {hint}')

    def _module(self, name: str) -> jinja2.environment.TemplateModule:
        if name not in self._modules:
            self._modules[name] = self._environment.get_template(f"{name}/{name}.html").make_module(_helpers(name))
        return self._modules[name]


def _fail(sentence: str) -> None:
    """For a template that meets a value it has no words for."""
    raise ValuesError(f"{sentence}.")


def _helpers(name: str) -> dict[str, Any]:
    """The public functions of `macros/<name>/<name>.py`, for the template of that macro."""
    if not (FOLDER / name / f"{name}.py").exists():
        return {}
    module = importlib.import_module(f"macros.{name}.{name}")
    return {key: value for key, value in vars(module).items() if callable(value) and not key.startswith("_")}


class MacroExtension(Extension):
    """Renders the calls in a page, each in the language of its block, and draws decision trees flat.

    speak: for a language tag, the Macros that speak it. Both it and `link` are set before each page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.speak: Callable[[str], Macros] | None = None
        self.link: Link | None = None
        self.faults: list[tuple[str, str]] = []
        """The calls that could not be rendered, each with its sentence, since the list was last emptied.

        A call that does not end is what stands from there to the end of the line.
        """

    def extendMarkdown(self, md: Markdown) -> None:
        # After the translation (21) has chosen each block's language, before inline text (20) is parsed.
        md.treeprocessors.register(_MacroProcessor(md, self), "macros", 20.5)
        # Once inline text (20) has made elements and their attributes.
        md.treeprocessors.register(_AttributeProcessor(md), "macros-in-attributes", 19.9)
        # Not by name in mkdocs.yml: MkDocs loads what is listed there before the project is on the path.
        DecisionTreeExtension().extendMarkdown(md)


class _MacroProcessor(Treeprocessor):
    def __init__(self, md: Markdown, extension: MacroExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        if self.extension.speak:
            self._walk(root, self.extension.lang)

    def _walk(self, element: Element, lang: str) -> None:
        inner = element.get("lang", lang)
        if element.text and "{{" in element.text and not isinstance(element.text, AtomicString):
            element.text = self._render(element.text, inner)
        for child in element:
            self._walk(child, inner)
            if child.tail and "{{" in child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._render(child.tail, inner)

    def _render(self, text: str, lang: str) -> str:
        extension = self.extension
        assert extension.speak is not None
        macros = extension.speak(lang)

        pieces: list[str] = []
        end = 0
        for found in calls(text):
            try:
                html = macros.render(found.text, extension.link)
            except MacroError as error:
                words = found.text if found.is_finished else text[found.start :].partition("\n")[0]
                extension.faults.append((words, str(error)))
                html = '<mark class="fault">?</mark>'
            pieces += text[end : found.start], self.md.htmlStash.store(html)
            end = found.end
        return "".join([*pieces, text[end:]])


class _AttributeProcessor(Treeprocessor):
    """A call in the description of a picture is heard: there it gives its words without its HTML."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.attrib.items():
                if "\x02" in value:
                    element.set(name, HTML_PLACEHOLDER_RE.sub(self._words, value))

    def _words(self, found: re.Match[str]) -> str:
        stash = self.md.htmlStash.rawHtmlBlocks
        html = stash[int(found[1])] if int(found[1]) < len(stash) else found[0]
        return Markup(html).striptags() if isinstance(html, str) else found[0]
