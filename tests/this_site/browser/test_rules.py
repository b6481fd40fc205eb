"""What holds for any site holds for this one: the tests of tests/browser/, on its pages (conftest.py says on which)."""

from tests.browser.test_axe import test_axe_finds_no_violation, test_html_is_valid
from tests.browser.test_conditions import (
    test_forced_colours,
    test_nothing_is_wider_than_the_screen,
    test_nothing_moves_by_itself,
    test_the_same_words_without_script,
)
from tests.browser.test_keyboard import (
    test_language_by_keyboard,
    test_menu_is_a_place_on_the_page,
    test_skip_link_leads_to_the_text,
)
from tests.browser.test_leave import (
    test_back_does_not_return,
    test_never_covered,
    test_page_is_covered_at_once,
    test_without_script,
)
from tests.browser.test_privacy import test_every_page_keeps_to_its_policy
from tests.browser.test_search import (
    blank,
    test_another_form_of_a_word_finds_its_page,
    test_clear_everything,
    test_nothing_is_loaded_before_the_box_is_used,
    test_what_is_typed_stays_in_the_page,
)

__all__ = [
    "blank",
    "test_another_form_of_a_word_finds_its_page",
    "test_axe_finds_no_violation",
    "test_back_does_not_return",
    "test_clear_everything",
    "test_every_page_keeps_to_its_policy",
    "test_forced_colours",
    "test_html_is_valid",
    "test_language_by_keyboard",
    "test_menu_is_a_place_on_the_page",
    "test_never_covered",
    "test_nothing_is_loaded_before_the_box_is_used",
    "test_nothing_is_wider_than_the_screen",
    "test_nothing_moves_by_itself",
    "test_page_is_covered_at_once",
    "test_skip_link_leads_to_the_text",
    "test_the_same_words_without_script",
    "test_what_is_typed_stays_in_the_page",
    "test_without_script",
]
