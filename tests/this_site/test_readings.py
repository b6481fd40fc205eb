"""Each language of this site has been read against the English, at least in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n import unread
from i18n.locales import Locale, in_folder

LOCALES = Path(__file__).parent.parent.parent / "locales"


@pytest.mark.parametrize("locale", in_folder(LOCALES)[0], ids=lambda locale: locale.name)
def test_language_has_readings(locale: Locale) -> None:
    """Each has a file of readings, so that `make check` asks for a reading of every translation."""
    found, faults = unread.load(unread.path_of(LOCALES, locale))
    assert faults == []
    assert found, f"Read it: python -m i18n read {locale.name}"
