"""Keep compiled templates, so that they are not compiled again for each language and each build."""

from __future__ import annotations

from functools import cache

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from machine import kept
from machine.kept import digest


class _Memory(BytecodeCache):
    """Compiled templates in files. Jinja's own memory would run whatever is in a damaged file."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if isinstance(code := kept.get(kept.FOLDER / "templates" / bucket.key, _key(bucket)), bytes):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.put(kept.FOLDER / "templates" / bucket.key, _key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> bytes:
    return digest(jinja2.__version__, bucket.key, bucket.checksum)


@cache
def memory() -> BytecodeCache:
    """Return the memory of compiled templates."""
    return _Memory()
