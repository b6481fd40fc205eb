"""Catalogs on disk: one that cannot be read is reported with file and line, one that cannot be written is unchanged."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import babel.localedata
import polib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n import catalogs, locales
from i18n.__main__ import main
from i18n.catalogs import CatalogError
from i18n.locales import Locale
from i18n.merge import Message, merge, same
from tests import system
from tests.configured import CONFIG

ROOT = Path(__file__).parent.parent
BROKEN = sorted((ROOT / "tests/cases/broken").glob("*.yml"))
TURKISH = Locale.of("tr")


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.stem)
def test_broken_catalog(case: Path, tmp_path: Path) -> None:
    """Each case states its fact: a file that is not a catalog, and the sentence that its translator reads."""
    given = yaml.safe_load(case.read_text(encoding="utf-8"))
    path = tmp_path / "arrested.po"
    path.write_bytes(given["content"].encode(given.get("encoding", "utf-8")))
    with pytest.raises(CatalogError) as raised:
        catalogs.load(path)
    assert str(raised.value) == f"{path}{given['says']}", given["fact"]


def test_obsolete_twin_is_no_duplicate(tmp_path: Path) -> None:
    """A message that is both in use and among the obsolete ones is not an error."""
    path = tmp_path / "arrested.po"
    path.write_text('msgid "one"\nmsgstr "bir"\n\n#~ msgid "one"\n#~ msgstr "eski"\n', encoding="utf-8")
    assert [(entry.msgstr, bool(entry.obsolete)) for entry in catalogs.load(path)] == [("bir", False), ("eski", True)]


def socket_at(path: Path) -> None:
    # Not by its whole path, which may be longer than a socket's address can be.
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


NOT_REGULAR = ":1: this is not a regular file. Put the catalog itself here."
STRANGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (Path.mkdir, NOT_REGULAR),
    "pipe": (os.mkfifo, NOT_REGULAR),
    "socket": (socket_at, NOT_REGULAR),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), NOT_REGULAR),
    "link to nothing": (
        lambda path: path.symlink_to("nothing"),
        ":1: this file cannot be read (No such file or directory). Restore it.",
    ),
    "link to itself": (
        lambda path: path.symlink_to(path.name),
        ":1: this file cannot be read (Too many levels of symbolic links). Restore it.",
    ),
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("read", [catalogs.load, catalogs.remembered])
def test_what_is_not_a_file_is_not_read(read: Callable[[Path], object], kind: str, tmp_path: Path) -> None:
    """A folder, a pipe, a socket, a device, a link to nothing: one sentence, at once, and nothing is waited for."""
    path = tmp_path / "arrested.po"
    make, sentence = STRANGE[kind]
    make(path)
    assert catalogs.is_there(path)
    with pytest.raises(CatalogError) as raised:
        read(path)
    assert str(raised.value) == f"{path}{sentence}"


def test_link_to_a_catalog_is_read(tmp_path: Path) -> None:
    """A link to a regular file is as good as the file."""
    (tmp_path / "real.po").write_text('msgid "one"\nmsgstr "bir"\n', encoding="utf-8")
    (tmp_path / "arrested.po").symlink_to("real.po")
    assert [entry.msgstr for entry in catalogs.load(tmp_path / "arrested.po")] == ["bir"]


NOT_PO = "1: this line is not PO syntax. Look for a missing quote or a stray line here or above."
MANY_LINES = "this message has more than 1,000 lines. Shorten it or its comments."
MUCH = 4_000_000
TOO_LARGE = "1: this file is larger than 5 MB. Restore it: no guide needs that much."
HUGE: dict[str, tuple[str, str]] = {
    "one byte too many": ("#" * 5_000_001, TOO_LARGE),
    "one line of 50 MB": ('msgid "' + "a" * 50_000_000, TOO_LARGE),
    "spaces": (" " * MUCH + "x", NOT_PO),
    "tabs": ("\t" * MUCH + "x", NOT_PO),
    "spaces in an obsolete message": ("#~ " + " " * MUCH + "x", NOT_PO),
    "spaces before the English that was": ("#| " + " " * MUCH + "x", NOT_PO),
    "spaces behind msgid": ("msgid " + " " * MUCH + "x", NOT_PO),
    "spaces behind msgstr": ('msgid "a"\nmsgstr ' + " " * MUCH + "x", NOT_PO.replace("1", "2", 1)),
    "spaces behind the words": ('msgid "a"' + " " * MUCH + "x", NOT_PO),
    "quotes": ('"' * MUCH, NOT_PO.replace("this line is not PO syntax", "unescaped double quote found")),
    "backslashes": ('msgid "' + "\\" * MUCH + '\nmsgstr ""', NOT_PO),
    "escapes": ('msgid "' + "\\\\" * 2_000_000 + '\\a"', "1: \\a stands for a control character. Remove it."),
    "digits": ('msgid "a"\nmsgid_plural "b"\nmsgstr[' + "1" * MUCH, NOT_PO.replace("1", "3", 1)),
    "lines of one msgstr": ('msgid "a"\nmsgstr ""\n' + '"a"\n' * 1_000_000, f"2: {MANY_LINES}"),
    "lines of one msgid": ('msgid ""\n' + '"a"\n' * 1_000_000 + 'msgstr ""\n', f"1: {MANY_LINES}"),
    "comments at the end": ('msgid "a"\nmsgstr "b"\n' + "#\n" * 2_000_000, f"2: {MANY_LINES}"),
    "comments between msgids": ("# a\n" + '# b\nmsgid "a"\n' * 300_000 + 'msgstr ""\n', f"1: {MANY_LINES}"),
    "empty lines": ("\n" * MUCH, f"1: {MANY_LINES}"),
    "lines in a header": (
        'msgid ""\nmsgstr "' + "a: b\\n" * 700_000 + '"\n',
        "1: the header has more than 20,000 characters. Shorten it.",
    ),
    "messages": (
        "\n".join(f'msgid "{number}"\nmsgstr "b"' for number in range(100_000)),
        "20000: there are more than 10,000 messages. Remove old ones.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HUGE)
def test_huge_file_is_refused_in_linear_time(kind: str, tmp_path: Path) -> None:
    """However a file of megabytes is made, it is read once or not at all: reading in quadratic time would hang."""
    content, sentence = HUGE[kind]
    path = tmp_path / "arrested.po"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        catalogs.load(path)
    assert str(raised.value) == f"{path}:{sentence}"


def test_largest_catalog_is_read_and_written(tmp_path: Path) -> None:
    """A file just within all limits is read, compared and written unchanged."""
    header = 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    long = "".join(f'\nmsgid "{number}"\nmsgstr "{"a" * 480}"\n' for number in range(4_000))
    gone = "".join(
        f'\n#, fuzzy\n#~| msgid "was {number}"\n#~ msgid "gone {number}"\n#~ msgstr "{"b" * 440}"\n'
        for number in range(5_000)
    )
    path = tmp_path / "arrested.po"
    path.write_text(f"#\n{header}{long}{gone}\n# The end.\n", encoding="utf-8")
    assert 4_500_000 < path.stat().st_size < 5_000_000
    assert not catalogs.save(catalogs.load(path), path)


PIECES = (
    "\n", "\r\n", " ", "\t", '"', '""', '"a"', '"b\\n"', "\\", "#", "# ", "#. ", "#: a:1", "#, fuzzy", "#| ", "#~ ",
    "#~| ", "msgid ", "msgid_plural ", "msgstr ", "msgstr[0] ", "msgstr[1] ", "msgctxt ", 'msgid "one"\nmsgstr "bir"\n',
    'msgid ""\nmsgstr ""\n"X-A: b\\n"\n', '#~ msgid "one"\n#~ msgstr "bir"\n', '#~| msgid "on"\n', "\0", "\x85",
    "\u2028",
)  # fmt: skip
written = st.lists(st.sampled_from(PIECES), max_size=25).map(lambda pieces: "".join(pieces).encode())


@settings(max_examples=600, derandomize=True, database=None, deadline=None)
@given(content=st.one_of(written, st.binary(max_size=40)))
def test_any_bytes_are_read_or_said(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a file holds, it is a catalog that is the same after it was written, or one sentence with a line."""
    path = tmp_path_factory.getbasetemp() / "any.po"
    path.write_bytes(content)
    try:
        catalog = catalogs.load(path)
    except CatalogError as error:
        said = str(error)
        assert re.match(rf"{re.escape(str(path))}:\d+: ", said)
        return
    catalogs.save(catalog, path)
    again = catalogs.load(path)
    # Obsolete messages are written last.
    catalog.sort(key=lambda entry: bool(entry.obsolete))
    assert same(catalog, again)
    assert catalog.trailer == again.trailer


def sealed(memory: bytes, value: bytes) -> bytes:
    """A whole memory under the key of another one."""
    content = memory[32:64] + value
    return hashlib.sha256(content).digest() + content


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "noise": lambda content: bytes(range(256)) * 4,
    "a letter of the words": lambda content: content.replace(b"bir", b"bar"),
    "its key": lambda content: content[:40] + b"\xff\xff\xff\x7f" + content[44:],
    "a length": lambda content: content[:72] + b"\xff\xff\xff\x7f" + content[76:],
    "another pickle": lambda content: sealed(content, pickle.dumps("bir")),
    "what cannot be unpickled": lambda content: sealed(content, b"\x80\x05\x8c\xff"),
}


@pytest.fixture
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A catalog that was read once, and what is remembered of it."""
    monkeypatch.setattr(catalogs, "MEMORY", tmp_path / "memory")
    path = tmp_path / "arrested.po"
    path.write_text('msgid "one"\nmsgstr "bir"\n', encoding="utf-8")
    catalogs.remembered(path)
    [memory] = catalogs.MEMORY.iterdir()
    return path, memory


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_memory_is_not_believed(damage: str, remembered: tuple[Path, Path]) -> None:
    """If a remembered catalog is damaged in any byte, the catalog is read and remembered again."""
    path, memory = remembered
    whole = memory.read_bytes()
    memory.write_bytes(DAMAGES[damage](whole))
    assert memory.read_bytes() != whole
    assert [entry.msgstr for entry in catalogs.remembered(path)] == ["bir"]
    assert memory.read_bytes() == whole


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_not_a_file_is_no_memory(make: Callable[[Path], None], remembered: tuple[Path, Path]) -> None:
    """A pipe or a device in the place of what was remembered is not waited for, and is replaced."""
    path, memory = remembered
    memory.unlink()
    make(memory)
    assert [entry.msgstr for entry in catalogs.remembered(path)] == ["bir"]
    assert memory.is_file()
    assert not memory.is_symlink()


def test_folder_in_the_place_of_a_memory(remembered: tuple[Path, Path]) -> None:
    """What cannot be remembered is read each time, and nothing is left of the attempt."""
    path, memory = remembered
    memory.unlink()
    memory.mkdir()
    assert [entry.msgstr for entry in catalogs.remembered(path)] == ["bir"]
    assert list(catalogs.MEMORY.iterdir()) == [memory]


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
    """A name that is unknown, or is not spelled as by Babel, is refused with an example or the right name."""
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
    found, faults = locales.in_folder(tmp_path)
    assert [locale.name for locale in found] == ["tr", "zh_Hans"]
    assert faults == [
        f'{tmp_path / "zh-Hans"}: "zh-Hans" is not a locale. '
        'Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).'
    ]


def test_broken_folder_is_still_meant_to_be_a_language(tmp_path: Path) -> None:
    """What stands in the place of a language and cannot be read is known by name, so that its pages can be kept."""
    for name in ("tr", "zz", "en", "en_XA", "fr"):
        (tmp_path / name).mkdir()
    (tmp_path / "fr/LC_MESSAGES").touch()
    (tmp_path / "ar").symlink_to("gone")
    (tmp_path / "README.md").touch()
    assert [locale.name for locale in locales.broken(tmp_path)] == ["ar", "fr"]
    assert locales.broken(tmp_path / "gone") == []


def test_no_folder(tmp_path: Path) -> None:
    """Without a `locales/` there is only English, and nothing wrong."""
    assert locales.in_folder(tmp_path / "locales") == ([], [])


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
    for path in (CONFIG, ROOT / "pyproject.toml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides/arrested.md").write_text("# One\n", encoding="utf-8")
    path = tmp_path / "locales/tr/LC_MESSAGES/arrested.po"
    before, _ = old_and_new(path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "replace", no_space)
    assert main(["update"]) == 1
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["arrested.po"]
    assert capsys.readouterr().err == ("locales/tr: No space left on device. The catalog being written is unchanged.\n")


def test_what_a_killed_command_left_is_removed(tmp_path: Path) -> None:
    """A command killed while writing leaves the catalog whole, and a file that git ignores and a later run removes."""
    path = tmp_path / "tr/LC_MESSAGES/arrested.po"
    before, _ = old_and_new(path)
    killed = (
        "import os; from pathlib import Path; from i18n import catalogs, locales; "
        "os.replace = lambda *_: os.kill(os.getpid(), 9); "
        "catalogs.save(catalogs.new(locales.Locale.of('tr')), Path(os.environ['CATALOG']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", killed], cwd=ROOT, env=os.environ | {"CATALOG": str(path)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    [left] = path.parent.glob(".*")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert subprocess.run(["git", "check-ignore", "--quiet", left], cwd=tmp_path, check=False).returncode == 0
    backup = path.with_name(".arrested.po.original")
    backup.touch()
    for each in (left, backup):
        os.utime(each, (0, 0))
    fresh = path.with_name(left.name.replace("arrested", "help"))
    fresh.touch()
    catalogs.sweep(path.parent)
    assert set(path.parent.iterdir()) == {path, backup, fresh}


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
    for path in (CONFIG, ROOT / "pyproject.toml"):
        shutil.copy(path, tmp_path)
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

NAMES = ["ar", "fa", "fr", "pt_BR", "ru", "ti", "tr", "uk", "zh_Hans", *babel.localedata.locale_identifiers()[::40]]


def msgfmt(text: str, tmp_path: Path) -> str:
    path = tmp_path / "arrested.po"
    path.write_text(text, encoding="utf-8")
    program = system.needed("msgfmt")
    done = subprocess.run([program, "--check", "-o", os.devnull, path], capture_output=True, text=True, check=False)
    return done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_msgfmt_takes_a_new_catalog(name: str, tmp_path: Path) -> None:
    """GNU gettext accepts the header and the plural rule of a new catalog."""
    assert msgfmt(catalogs.text_of(catalogs.new(Locale.of(name))), tmp_path) == ""


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("nplurals=2; plural=(n > 1);", "nplurals=2; plural=n > 1;"),
        ("nplurals=2; plural=n > 1;", "nplurals=2; plural=n > 1;"),
        ("nplurals=2; plural=(n%10) ? (1) : (0);", "nplurals=2; plural=(n%10) ? (1) : (0);"),
        ("nplurals=1; plural=0;", "nplurals=1; plural=0;"),
        ("nonsense", "nonsense"),
    ],
)
def test_plural_rule_is_written_as_weblate_does(rule: str, written: str) -> None:
    """Brackets around the whole rule are left out; others have a meaning."""
    catalog = catalogs.new(TURKISH)
    catalog.metadata["Plural-Forms"] = rule
    assert f'"Plural-Forms: {written}\\n"\n' in catalogs.text_of(catalog)


def test_new_rules_have_no_brackets_around_them() -> None:
    """New catalogs contain the rules of CLDR without these brackets."""
    assert [Locale.of(name).plural_forms for name in ("fr", "zh_Hans")] == [
        "nplurals=2; plural=n > 1;",
        "nplurals=1; plural=0;",
    ]


def test_msgfmt_takes_a_merged_catalog(tmp_path: Path) -> None:
    """GNU gettext also accepts stale, obsolete, plural and commented messages."""
    old = catalogs.load(ROOT / "tests/cases/catalogs/own.po")
    wanted = [
        Message("The very first day", places=("arrested#the-first-day:1",), comments=("heading",)),
        Message("%(count)s file", "nav", "%(count)s files"),
    ]
    assert msgfmt(catalogs.text_of(merge(old, wanted)), tmp_path) == ""
