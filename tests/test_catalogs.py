"""Catalogs on disk: one that cannot be read is said with file and line, one that cannot be written stays as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import babel.localedata
import polib
import pytest
import yaml

from i18n import catalogs
from i18n.__main__ import main
from i18n.catalogs import CatalogError, Locale
from i18n.merge import Message, merge

ROOT = Path(__file__).parent.parent
BROKEN = sorted((ROOT / "tests/cases/broken").glob("*.yml"))
TURKISH = Locale.of("tr")


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.stem)
def test_broken_catalog(case: Path, tmp_path: Path) -> None:
    """Each case states its fact: a file that is no catalog, and the sentence that its translator meets."""
    given = yaml.safe_load(case.read_text(encoding="utf-8"))
    path = tmp_path / "arrested.po"
    path.write_bytes(given["content"].encode(given.get("encoding", "utf-8")))
    with pytest.raises(CatalogError) as raised:
        catalogs.load(path)
    assert str(raised.value) == f"{path}{given['says']}", given["fact"]


def test_obsolete_twin_is_no_duplicate(tmp_path: Path) -> None:
    """A message that is in use and also stands among the obsolete ones is no error."""
    path = tmp_path / "arrested.po"
    path.write_text('msgid "one"\nmsgstr "bir"\n\n#~ msgid "one"\n#~ msgstr "eski"\n', encoding="utf-8")
    assert [(entry.msgstr, bool(entry.obsolete)) for entry in catalogs.load(path)] == [("bir", False), ("eski", True)]


def test_comment_at_the_end_is_kept(tmp_path: Path) -> None:
    """What a translator wrote below the last message is still there after the file was written again."""
    path = tmp_path / "arrested.po"
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "one"\nmsgstr "bir"\n\n# Ask Ada about the rest.\n', encoding="utf-8")
    catalogs.save(merge(catalogs.load(path), [Message("one"), Message("two")]), path)
    assert "# Ask Ada about the rest." in path.read_text(encoding="utf-8")


# ── locales ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "tag", "direction", "own_name"),
    [
        ("tr", "tr", "ltr", "Türkçe"),
        ("zh_Hans", "zh-Hans", "ltr", "中文 (简体)"),
        ("pt_BR", "pt-BR", "ltr", "Português (Brasil)"),
        ("ar", "ar", "rtl", "العربية"),
        ("fa", "fa", "rtl", "فارسی"),
        ("ckb", "ckb", "rtl", "کوردیی ناوەندی"),
        ("ti", "ti", "ltr", "ትግርኛ"),
    ],
)
def test_locale(name: str, tag: str, direction: str, own_name: str) -> None:
    """A locale has a tag for the web, a direction, and its own name for itself."""
    locale = Locale.of(name)
    assert (locale.tag, locale.direction, locale.own_name) == (tag, direction, own_name)


@pytest.mark.parametrize("name", ["zh-Hans", "klingon", "x", "", "tr_XX", "TR", "pt_br", "tr.bak", "..", "__pycache__"])
def test_unknown_locale(name: str) -> None:
    """A name that is none, or is spelled in another way than Babel's, is refused with an example or the right one."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011  the whole sentence is compared
        Locale.of(name)
    meant = {"TR": "tr", "pt_br": "pt_BR", "tr.bak": "tr"}.get(name)
    assert str(raised.value) == (
        f'"{name}" is not a locale. Did you mean "{meant}"?'
        if meant
        else f'"{name}" is not a locale. Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).'
    )


def test_folders_are_locales(tmp_path: Path) -> None:
    """Every folder is a locale or a finding; files and hidden folders are neither."""
    for name in ("tr", "zh_Hans", "zh-Hans", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").touch()
    found, faults = catalogs.locales(tmp_path)
    assert [locale.name for locale in found] == ["tr", "zh_Hans"]
    assert faults == [
        f'{tmp_path / "zh-Hans"}: "zh-Hans" is not a locale. '
        'Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).'
    ]


def test_no_folder(tmp_path: Path) -> None:
    """Without a `locales/` there is only English, and nothing wrong."""
    assert catalogs.locales(tmp_path / "locales") == ([], [])


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def old_and_new(path: Path) -> tuple[bytes, polib.POFile]:
    """A catalog on disk, and what is to be written over it."""
    old = merge(catalogs.new(TURKISH), [Message("one")])
    old[0].msgstr = "bir"
    assert catalogs.save(old, path)
    return path.read_bytes(), merge(old, [Message("one"), Message("two")])


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("failure", [no_space, interrupted])
@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_failing_write(
    step: str, failure: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or Ctrl-C, at whatever step, leaves the old file byte for byte and no other file."""
    path = tmp_path / "tr/LC_MESSAGES/arrested.po"
    before, catalog = old_and_new(path)
    monkeypatch.setattr(os, step, failure)
    with pytest.raises((OSError, KeyboardInterrupt)):
        catalogs.save(catalog, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_failing_write_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what failed and that nothing is lost, without a traceback."""
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides/arrested.md").write_text("# One\n", encoding="utf-8")
    path = tmp_path / "locales/tr/LC_MESSAGES/arrested.po"
    before, _ = old_and_new(path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "replace", no_space)
    assert main(["update"]) == 1
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["arrested.po"]
    assert capsys.readouterr().err == (
        "locales/tr: No space left on device. The catalog that was being written is as it was.\n"
    )


def test_save_writes_only_changes(tmp_path: Path) -> None:
    """The same text is not written again; a new file can be read by all, an old one keeps its permissions."""
    path = tmp_path / "tr/LC_MESSAGES/arrested.po"
    _, catalog = old_and_new(path)
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o600)
    assert catalogs.save(catalog, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not catalogs.save(catalog, path)


@pytest.mark.parametrize("content", ["", "# A comment.\n", 'msgid "one"\nmsgstr "bir"\n'])
def test_catalog_without_a_header_gets_one(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog that lost its header, or is an empty file, says its encoding, language and plural forms again."""
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides/arrested.md").write_text("# Words\n", encoding="utf-8")
    path = tmp_path / "locales/tr/LC_MESSAGES/arrested.po"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["update"]) == 0
    # Nobody knows any more who wrote it: it claims the least.
    assert catalogs.load(path).metadata == catalogs.new(TURKISH, "machine-draft").metadata


# ── standard tools ───────────────────────────────────────────────────────────────────────────────────────────────────

needs_msgfmt = pytest.mark.skipif(not shutil.which("msgfmt"), reason="msgfmt is not installed")
NAMES = ["ar", "fa", "fr", "pt_BR", "ru", "ti", "tr", "uk", "zh_Hans", *babel.localedata.locale_identifiers()[::40]]


def msgfmt(text: str, tmp_path: Path) -> str:
    path = tmp_path / "arrested.po"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(["msgfmt", "--check", "-o", os.devnull, path], capture_output=True, text=True, check=False)
    return done.stderr


@needs_msgfmt
@pytest.mark.parametrize("name", NAMES)
def test_msgfmt_takes_a_new_catalog(name: str, tmp_path: Path) -> None:
    """GNU gettext has nothing to say against the header and the plural rule of a new catalog."""
    assert msgfmt(catalogs.text_of(catalogs.new(Locale.of(name))), tmp_path) == ""


@needs_msgfmt
def test_msgfmt_takes_a_merged_catalog(tmp_path: Path) -> None:
    """Nor against stale, obsolete, plural and commented messages."""
    old = catalogs.load(ROOT / "tests/cases/catalogs/own.po")
    wanted = [
        Message("The very first day", places=("arrested#the-first-day:1",), comments=("heading",)),
        Message("%(count)s file", "nav", "%(count)s files"),
    ]
    assert msgfmt(catalogs.text_of(merge(old, wanted)), tmp_path) == ""
