"""A page that is complete alone: style and script inside, its file to download, and words in official languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.modules import ModuleError, joined
from packs.files import fingerprint
from tests import system
from tests.project import Project, add_guide, add_macro, edit, lay_out, served

GUIDE = """---
title: Prepare
summary: Write down what you need.
audience: [reader]
official: [en, fr, es]
reviewed: 2026-11-22
recheck: 2027-02-22
---
# Prepare

Everything stays on this device {{ cite("S02", "2.1") }}.

## Your home { #home }

[Help](help.md#first) and [this page as a file](prepare.html).

{{ prepare("2") }}

## Words { #words }

- Clean water
  { #w-water }
- Who < needs it
  { #w-who }
- Not for the script
  { #other }
"""
DOWNLOAD = """---
title: Take pages with you
summary: Files to keep.
audience: [reader]
reviewed: 2026-11-22
recheck: 2027-02-22
---
# Take pages with you

{{ packs() }}
"""
FILES = {
    "prepare.html": (
        '{% macro prepare(lines) -%}\n<div class="macro-prepare" aria-hidden="true">'
        "{% for _ in range(lines | int) %}<span></span>{% endfor %}</div>\n{%- endmacro %}\n"
    ),
    "prepare.css": ".macro-prepare span {\n  display: block;\n}\n\n.macro-prepare__made {\n  color: red;\n}\n",
    "prepare.py": 'def values(data):\n    return {"litres": data["facts"]["litres"]["value"]}\n',
    "start.js": (
        '// A comment.\nimport { show } from "./words.js";\n\n'
        'for (const place of document.querySelectorAll(".macro-prepare")) place.append(show(DATA));\n'
    ),
    "words.js": (
        "/** @param {typeof DATA} data */\nexport function show(data) {\n"
        '  const made = document.createElement("table");\n  made.className = "macro-prepare__made";\n'
        '  made.textContent = data.official.fr["w-water"];\n  return made;\n}\n'
    ),
}
LIVE = "https://example.org"


def with_prepare(folder: Path) -> Project:
    """The tiny site with a page that is complete alone, partly translated into one of two official languages."""
    project = lay_out(folder)
    shutil.rmtree(project.root / "locales" / "ar")
    add_macro(project.root, "packs")
    add_guide(project, "download", DOWNLOAD, "downloads")
    add_guide(project, "prepare", GUIDE)
    edit(project.root / "mkdocs.yml", "  roles:\n", "  roles:\n    alone: [prepare]\n")
    (project.root / "macros" / "prepare").mkdir()
    for name, text in FILES.items():
        (project.root / "macros" / "prepare" / name).write_text(text, encoding="utf-8")
    assert project.run("-m", "i18n", "update").returncode == 0
    edit(project.catalog("fr", "prepare"), 'msgid "Clean water"\nmsgstr ""', 'msgid "Clean water"\nmsgstr "Eau saine"')
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """This site, built once and only looked at."""
    project = with_prepare(tmp_path_factory.mktemp("alone"))
    done = project.publish()
    assert (done.returncode, done.stderr) == (0, "")
    return project


def alone(project: Project, locale: str) -> html.HtmlElement:
    return html.document_fromstring(project.page(locale, "prepare"))


def program(project: Project, locale: str) -> str:
    (script,) = alone(project, locale).xpath("//script/text()")
    return str(script)


def data(project: Project, locale: str) -> dict[str, Any]:
    """The constant that the script gets, as node makes it."""
    start = program(project, locale).index("const DATA=")
    source = program(project, locale)[start : program(project, locale).index("function show(")]
    anchors = [{"id": each} for each in alone(project, locale).xpath("//@id[starts-with(., 'w-')]")]
    page = f"const document={{querySelectorAll:()=>{json.dumps(anchors)}}}"
    command = [system.needed("node"), "-e", f"{page};{source};console.log(JSON.stringify(DATA))"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return dict(json.loads(done.stdout))


def hashed(inside: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'"


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_page_allows_its_own_style_and_script_and_no_request(built: Project, locale: str) -> None:
    """The policy comes first in the head, and names one style and one script by their hashes, and nothing else."""
    tree = alone(built, locale)
    (style,), (script,) = tree.xpath("//style/text()"), tree.xpath("//script/text()")
    first = tree.xpath("/html/head/*[1]")[0]
    assert first.get("content") == (
        f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'; object-src 'none'"
    )
    assert tree.xpath("//link | //@src | //meta[@http-equiv][2]") == []


def test_page_does_not_name_the_address_of_the_site(built: Project) -> None:
    """So a mirror has the same bytes, and a copy on a disk does not say where it came from."""
    assert LIVE in built.page("en", "help")
    assert LIVE not in built.page("en", "prepare")


def test_file_to_download_has_the_bytes_of_the_page(built: Project) -> None:
    """Its fingerprint is that of the page, and a guide links to it by its name."""
    for locale in ("en", "fr"):
        folder = built.root / "site" / locale / "prepare"
        assert (folder / "prepare.html").read_bytes() == (folder / "index.html").read_bytes()
    assert alone(built, "en").xpath("string(//a[@href='prepare.html'])") == "this page as a file"


def test_style_has_what_the_page_and_its_script_use(built: Project) -> None:
    """Rules for what the script makes stay, also those of the site; rules for other pages are gone."""
    (style,) = alone(built, "en").xpath("//style/text()")
    assert ".macro-prepare__made{color:red}" in style
    assert ".md-typeset table" in style
    assert ".leave" in style
    assert ".macro-warning" not in style
    assert ".menu" not in style


def test_style_of_other_pages_does_not_grow(built: Project) -> None:
    """What only the page that is complete alone needs is only there."""
    assert b"macro-prepare" not in built.files()["en/style.css"]


def test_script_joins_the_modules_in_their_order(built: Project) -> None:
    """What is imported comes first; words of modules, comments and spaces are gone."""
    text = program(built, "en")
    assert "import" not in text
    assert "export" not in text
    assert "A comment" not in text
    assert 0 < text.index("function show(") < text.index("append(show(DATA))")


def test_script_has_the_words_in_the_other_official_languages(built: Project) -> None:
    """Words come from the catalogs of these languages; English ones are listed. The page itself has its own."""
    english = {"w-water": "Clean water", "w-who": "Who < needs it"}
    french = {**english, "w-water": "Eau saine", "english": ["w-who"]}
    spanish = {**english, "english": ["w-water", "w-who"]}
    assert data(built, "en")["official"] == {"fr": french, "es": spanish}
    assert data(built, "fr")["official"] == {"en": {**english, "english": []}, "es": spanish}


def test_script_has_what_its_macro_picks_from_the_data(built: Project) -> None:
    assert data(built, "fr")["litres"] == 15


def test_words_cannot_end_the_script(built: Project) -> None:
    assert r"Who \u003c needs it" in program(built, "en")


def test_checks_find_nothing(built: Project) -> None:
    """The page passes every check on what readers see, among them those on policy, weight and storage."""
    done = built.run("-m", "checks", "site")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_same_inputs_give_the_same_bytes(built: Project, tmp_path: Path) -> None:
    other = with_prepare(tmp_path)
    assert other.publish("fr", PYTHONHASHSEED="7").returncode == 0
    assert other.files()["fr/prepare/index.html"] == built.files()["fr/prepare/index.html"]


def test_page_is_a_worksheet_when_its_script_cannot_be_made(tmp_path: Path) -> None:
    """The build says where the fault is, and the page still leaves and prints."""
    project = with_prepare(tmp_path)
    edit(project.root / "macros/prepare/start.js", "./words.js", "./word.js")
    done = project.publish("en")
    assert done.returncode == 1
    assert "macros/prepare/start.js:2: there is no macros/prepare/word.js. Correct the name, or add the file." in (
        done.stderr
    )
    assert "DATA" not in program(project, "en")
    assert "location.replace" in program(project, "en")
    assert alone(project, "en").xpath("//div[@class='macro-prepare']")


def test_fault_in_the_values_names_the_file(tmp_path: Path) -> None:
    project = with_prepare(tmp_path)
    edit(project.root / "macros/prepare/prepare.py", '"litres"]["value"]', '"liters"]["value"]')
    done = project.publish("en")
    assert done.returncode == 1
    assert 'macros/prepare/prepare.py: values() failed: data/facts.yml has no "liters".' in done.stderr


def test_page_is_served(tmp_path: Path) -> None:
    """While serving, the policy lets MkDocs reload the page, and the style inside applies."""
    project = with_prepare(tmp_path)
    with served(project):
        page = (project.root / ".cache/site/fr/prepare/index.html").read_text(encoding="utf-8")
    (policy,) = html.document_fromstring(page).xpath("//meta[@http-equiv]/@content")
    assert "style-src 'self' 'unsafe-inline';" in policy
    assert ".macro-prepare__made" in page
    assert "const DATA=" in page


# ── packs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def packed(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site with its packs, but without PDF files."""
    project = Project(shutil.copytree(built.root, tmp_path_factory.mktemp("packed") / "site"))
    done = project.run("-m", "packs", PATH="/nowhere")
    assert "Traceback" not in done.stderr
    return project


def test_list_of_packs_has_the_file_with_its_fingerprint(packed: Project) -> None:
    """Readers compare the beginning of its SHA-256, which SHA256SUMS has whole."""
    content = (packed.root / "site/fr/prepare/prepare.html").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    page = html.document_fromstring(packed.page("fr", "download"))
    (item,) = page.xpath("//div[@class='macro-packs']//li[a/@href='../../fr/prepare/prepare.html']")
    assert " ".join(item.text_content().split()).startswith("Prepare (HTML) · prepare.html · ")
    assert item.xpath("string(code)") == fingerprint(digest)
    assert f"{digest}  fr/prepare/prepare.html\n" in packed.files()["SHA256SUMS"].decode()


def test_zip_holds_the_page_once(packed: Project) -> None:
    """Its links lead to files in the folder, that to its file to itself, and the policy still allows its style and
    script.
    """
    with zipfile.ZipFile(packed.root / "site/packs/fr.zip") as file:
        page, names = file.read("fr/prepare/index.html"), file.namelist()
    assert "fr/prepare/prepare.html" not in names
    tree = html.document_fromstring(page)
    assert tree.xpath("//a[@class='leave']/@href") == ["about:blank"]
    assert {"../index.html", "../help/index.html#first", "index.html"} <= set(tree.xpath("//a/@href"))
    assert "fr/help/index.html" in names
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert all(hashed(inside) in policy for inside in tree.xpath("//style/text() | //script/text()"))


def test_whole_file_holds_the_worksheet(packed: Project) -> None:
    """In the file with all pages, the page has its lines to write on, and neither script nor fields."""
    tree = html.document_fromstring(packed.files()["packs/en.html"])
    (article,) = tree.xpath("//article[@id='prepare']")
    assert article.xpath(".//div[@class='macro-prepare']/span")
    (style,) = tree.xpath("//style/text()")
    assert ".macro-prepare span{display:block}" in style
    assert "macro-prepare__made" not in style
    assert tree.xpath("//script") == []


def test_mirror_has_the_same_bytes(packed: Project) -> None:
    """The fingerprint of the file is the same everywhere."""
    assert packed.run("-m", "packs.mirror", f"http://{'a' * 56}.onion/", "mirror").returncode == 0
    assert packed.files("mirror")["fr/prepare/prepare.html"] == packed.files()["fr/prepare/prepare.html"]


# ── modules ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_modules_export_in_both_ways() -> None:
    """Names may be exported where they are declared, or in a list; both are gone, and what they name stays."""
    b = "const y = 1;\nexport function x() {}\nexport { y };\n"
    assert joined({"a.js": 'import { x, y } from "./b.js";\nx(y);\n', "b.js": b}, "m").split() == [
        *("const", "y", "=", "1;", "function", "x()", "{}", "x(y);"),
    ]


def test_modules_keep_what_only_looks_like_an_import() -> None:
    """Types in comments, and words in strings, are not imports."""
    text = '/** @typedef {import("./a.js").Day} Day */\nexport const said = "import { x }";\n'
    assert joined({"a.js": text}, "m") == text.replace("export const", "const")


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"a.js": 'import { b } from "./b.js";\n'}, "m/a.js:1: there is no m/b.js. Correct the name, or add the file."),
        (
            {"a.js": '\nimport { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'},
            "m/b.js:1: a.js takes from b.js too. Move what both need to a third module.",
        ),
        (
            {"a.js": 'import {\n  b as c,\n} from "./b.js";\n', "b.js": "export const b = 1;\n"},
            "m/a.js:1: the import gives a new name. Use the name that b.js exports.",
        ),
        (
            {"a.js": "const x = 1;\n", "b.js": "\nexport function x() {}\n"},
            "m/b.js:2: m/a.js:1 declares x too. Give one another name.",
        ),
        (
            {"a.js": "const x = 1;\nexport default x;\n"},
            'm/a.js:2: export default x; cannot be joined. Write import { name } from "./file.js"; and '
            "export { name }; or put export before function, const, let or class.",
        ),
        (
            {"a.js": "const x = 1;\nexport {\n  x as y,\n};\n"},
            "m/a.js:2: the export gives a new name. Use the name that a.js declares.",
        ),
    ],
)
def test_modules_that_cannot_be_joined(sources: dict[str, str], said: str) -> None:
    """The sentence names file and line, and what to do."""
    with pytest.raises(ModuleError, match=f"^{re.escape(said)}$"):
        joined(sources, "m")
