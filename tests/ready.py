"""A Python that is ready: it has imported what commands of a project need, and is forked for each of them.

    ready.run(folder, ["publish.py", "fr"], environment)      as `python publish.py fr` in that folder

To import packages takes as long as to build a small site. Each command is still a process of its own, with its own
folder, environment, output and status, and imports the code of its folder. Only `OURS` is already there, which knows of
no folder, and only where the folder has the same bytes.

All processes of one ready Python have the same hashes of strings. Whoever compares the output of two gives one of them
a PYTHONHASHSEED: it is a new Python then (`can`).

Beside other test processes, each command has one core (`_share`): as many builds run as there are cores, and one that
takes several of them only does more work, as each of its processes reads the same. A test file that runs alone, and a
new Python, have all cores.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent

PACKAGES = (
    *("argparse", "concurrent.futures.process", "ctypes", "html.parser", "sqlite3", "tomllib", "urllib.request"),
    *("babel.messages.extract", "babel.messages.pofile", "babel.numbers", "babel.support", "icu", "polib", "yaml"),
    *("jinja2.ext", "jinja2.sandbox", "lxml.html", "minify_html", "rcssmin", "rjsmin", "tinycss2"),
    *(f"markdown.extensions.{name}" for name in ("abbr", "admonition", "attr_list", "def_list", "footnotes", "tables")),
    *(f"mkdocs.{name}" for name in ("commands.build", "config.defaults", "localization", "plugins", "theme")),
    *("pygments.formatters.html", "pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.tasklist"),
    *("pymdownx.details", "pymdownx.quotes", "pymdownx.saneheaders", "pymdownx.superfences", "pymdownx.tabbed"),
)

OURS = (
    *("i18n.faithful", "i18n.fallback", "i18n.locales", "i18n.markdown"),
    *("generator.formats", "generator.search"),
)
"""The modules of ours that take longest. Neither they nor what they import may know their folder (`__file__`)."""

READ_AT_START = ("PYTHON", "LANG", "LC_", "TZ", "MALLOC")
"""How the names of variables begin that only a new Python reads."""

SIZE = 1 << 17
"""More bytes than an environment and arguments have."""


def can(arguments: Sequence[str], environment: dict[str, str]) -> bool:
    """Whether a ready Python does what a new one would: for commands of ours, with the variables of this process."""
    changed = {name for name, _ in environment.items() ^ dict(os.environ).items()}
    is_ours = arguments[0].endswith(".py") or (arguments[0] == "-m" and arguments[1] != "mkdocs")
    return is_ours and not any(name.startswith(READ_AT_START) for name in changed)


# ── the side of the tests ────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _started() -> socket.socket:
    """The way to the ready Python of this process, which ends with it."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        subprocess.Popen([sys.executable, __file__, str(there.fileno())], cwd=ROOT, pass_fds=[there.fileno()])
    return here


def run(
    folder: Path, arguments: Sequence[str], environment: dict[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with output as text."""
    channel, end = _started(), time.monotonic() + timeout
    (out, for_out), (err, for_err) = os.pipe(), os.pipe()
    message = json.dumps([str(folder), list(arguments), environment]).encode()
    socket.send_fds(channel, [message], [for_out, for_err])
    os.close(for_out)
    os.close(for_err)
    pid, said = int(channel.recv(SIZE)), {out: b"", err: b""}
    with selectors.DefaultSelector() as open_ones:
        for each in said:
            open_ones.register(each, selectors.EVENT_READ)
        while open_ones.get_map():
            # Open until the last process that writes there has ended.
            found = open_ones.select(end - time.monotonic())
            if not found:
                os.kill(pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired([sys.executable, *arguments], timeout, said[out], said[err])
            for key, _ in found:
                piece = os.read(key.fd, SIZE)
                said[key.fd] += piece
                if not piece:
                    open_ones.unregister(key.fd)
                    os.close(key.fd)
    status = int(channel.recv(SIZE))
    texts = (said[each].decode().replace("\r\n", "\n") for each in (out, err))
    return subprocess.CompletedProcess([sys.executable, *arguments], status, *texts)


# ── the side of the ready Python ─────────────────────────────────────────────────────────────────────────────────────


def _forked(channel: socket.socket) -> tuple[Path, list[str], dict[str, str]]:
    """Fork for each command, and return in the new process, with what it has to do."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, SIZE, 2)
        if not message:
            sys.exit()
        pid = os.fork()
        if not pid:
            for number, each in enumerate(descriptors, 1):
                os.dup2(each, number)
        for each in descriptors:
            os.close(each)
        if not pid:
            channel.close()
            folder, arguments, environment = json.loads(message)
            return Path(folder), arguments, environment
        channel.send(str(pid).encode())
        channel.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())


def _ours() -> dict[str, Path]:
    """The modules of this repository that are imported, but for this one, and their files relative to it."""
    files = ((name, getattr(module, "__file__", None)) for name, module in sys.modules.items())
    paths = {name: Path(file) for name, file in files if file and file != __file__}
    beside = Path(sys.prefix)
    return {
        name: path.relative_to(ROOT)
        for name, path in paths.items()
        if path.is_relative_to(ROOT) and not path.is_relative_to(beside)
    }


def _adopt(folder: Path, ours: dict[str, Path]) -> None:
    """Take what is imported of ours for that of a folder, if it has the same; else forget it."""
    is_same = all(
        (folder / path).exists() and (folder / path).read_bytes() == (ROOT / path).read_bytes()
        for path in ours.values()
    )
    for name, path in ours.items():
        if not is_same:
            del sys.modules[name]
        elif path.name == "__init__.py":
            sys.modules[name].__path__ = [str((folder / path).parent)]


def _share() -> None:
    """Leave the other cores to the other test processes."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if number and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(number) % len(cores)]})


def ready(descriptor: int) -> NoReturn:
    _share()
    sys.path[0] = str(ROOT)
    for name in (*PACKAGES, *OURS):
        importlib.import_module(name)
    ours = _ours()
    for path in ours.values():
        assert "__file__" not in (ROOT / path).read_text(encoding="utf-8"), f"{path} knows its folder."
    # No collection writes into the memory that all share.
    gc.collect()
    gc.freeze()
    folder, arguments, environment = _forked(socket.socket(fileno=descriptor))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    script = folder / arguments[0]
    # Python looks for modules in the folder of a script, or in the present one.
    sys.path[0] = str(folder) if arguments[0] == "-m" else os.path.abspath(script.parent)
    _adopt(Path(sys.path[0]), ours)
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        # `runpy` would give the script another name than Python does.
        sys.argv = arguments
        main = sys.modules["__main__"] = ModuleType("__main__")
        main.__file__ = str(script)
        exec(compile(script.read_bytes(), script, "exec"), main.__dict__)
    sys.exit()


if __name__ == "__main__":
    ready(int(sys.argv[1]))
