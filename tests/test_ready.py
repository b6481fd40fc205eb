"""A command in a ready Python (ready.py) does what it does in a new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import ready
from tests.project import ENVIRONMENT, Project, edit, lay_out

NEW = {"PYTHONHASHSEED": "7"}
"""With a variable that only a new Python reads, a command is started in one."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return lay_out(tmp_path)


def test_same_site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A new Python builds the same bytes, says the same, and ends with the same status: without and with a fault."""
    other = lay_out(tmp_path_factory.mktemp("other"))
    for status in (0, 1):
        here, there = project.publish(), other.publish(**NEW)
        # The times that are said differ.
        assert here.returncode == there.returncode == status
        assert here.stderr == there.stderr
        assert project.files() == other.files()
        for each in (project, other):
            each.guide("help").write_text("No title.\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("import sys\nsys.exit(3)", 3),
        ("import sys\nsys.exit('words')", 1),
        ("raise ValueError('words')", 1),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import atexit\natexit.register(print, 'last')\nprint('first')", 0),
        ("import os, sys\nprint(sys.argv, sys.path[0], __name__, __file__, os.getcwd(), os.environ['OWN'])", 0),
        ("import os, sys\nos.write(2, b'\\xc3\\xa4\\r\\n')\nprint('ä', file=sys.stderr)", 0),
    ],
)
def test_same_ends(tmp_path: Path, text: str, status: int) -> None:
    """Status, output, arguments, folder and environment are those of a new Python."""
    (tmp_path / "own.py").write_text(f"{text}\n", encoding="utf-8")
    found = [Project(tmp_path).run("own.py", "one", "zwei ö", OWN="x", **more) for more in ({}, NEW)]
    assert [one.returncode for one in found] == [status, status]
    assert found[0].stdout == found[1].stdout
    # In a traceback, there is the way of the command too.
    assert found[0].stderr.splitlines()[-1:] == found[1].stderr.splitlines()[-1:]


def test_nothing_is_left_of_an_earlier_command(tmp_path: Path) -> None:
    """What a command imports, changes or sets is gone with it."""
    (tmp_path / "own.py").write_text(
        "import os, sys, json\nprint(os.environ.get('OWN'), hasattr(json, 'own'), 'colorsys' in sys.modules)\n"
        "import colorsys\njson.own = os.environ['OWN'] = 'x'\n"
    )
    for _ in range(2):
        assert Project(tmp_path).run("own.py").stdout == "None False False\n"


def test_each_command_is_a_process_of_its_own(tmp_path: Path) -> None:
    """Each has its own number, and is no process of the tests."""
    (tmp_path / "own.py").write_text("import os\nprint(os.getpid())\n")
    numbers = {int(Project(tmp_path).run("own.py").stdout) for _ in range(3)}
    assert len(numbers | {os.getpid()}) == 4


@pytest.mark.parametrize("module", ["i18n/faithful.py", "i18n/catalogs.py", "publish.py"])
def test_code_is_that_of_the_folder(project: Project, module: str) -> None:
    """Whatever is changed in the code of a project takes effect, also in what was there before."""
    path = project.root / module
    edit(path, "from __future__ import annotations\n", "from __future__ import annotations\n\nprint(__file__)\n")
    assert project.publish("--plan", "1").stdout.splitlines()[0] == str(path)


def test_own_code_of_the_folder(project: Project) -> None:
    """A module that nobody imported before, of a package that was there before, is that of the folder."""
    (project.root / "i18n" / "own.py").write_text("def said() -> str: return __file__\n")
    (project.root / "own.py").write_text("from i18n.own import said\nprint(said())\n")
    assert project.run("own.py").stdout == f"{project.root / 'i18n' / 'own.py'}\n"


@pytest.mark.parametrize(
    ("arguments", "more", "can"),
    [
        (["publish.py"], {}, True),
        (["publish.py"], {"SITE_DIR": "x", "PATH": "/nowhere"}, True),
        (["-m", "checks", "guides"], {}, True),
        (["-m", "mkdocs", "build"], {}, False),
        (["-c", "print(1)"], {}, False),
        (["publish.py"], {"PYTHONHASHSEED": "7"}, False),
        (["publish.py"], {"LC_ALL": "C"}, False),
    ],
)
def test_what_needs_a_new_python(arguments: list[str], more: dict[str, str], can: bool) -> None:
    """A new one is started for code and commands that are not ours, and with variables that Python itself reads."""
    assert ready.can(arguments, ENVIRONMENT | more) == can
