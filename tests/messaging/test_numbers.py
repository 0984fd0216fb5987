"""Numbers as each language writes them (domain.md 3.3)."""

from messaging import numbers
from messaging.isolates import LRI, PDI

COUNTED = {"sv": "2\u00a0227", "en": "2\u00a0227", "ar": "2,227", "so": "2,227"}
PERCENT = {"sv": "83\u00a0%", "en": "83\u00a0%", "ar": "83%", "so": "83%"}


def test_thousands_stand_apart_and_no_line_breaks_within_a_number(languages):
    for t in languages:
        said = t.fill("{n} {share}", n=2227, share=t.percent(0.829))
        assert said == f"{LRI}{COUNTED[t.code]}{PDI} {LRI}{PERCENT[t.code]}{PDI}"
        assert numbers.percents(t.traits, 0.65, 0.829) == f"65–{PERCENT[t.code]}"


def test_decimals_of_a_share_have_the_sign_of_the_language(languages):
    said = [numbers.percent(languages.get(code).traits, 0.07139, 1) for code in ("sv", "so")]
    assert said == ["7,1\u00a0%", "7.1%"]


def test_a_family_s_number_is_its_name_and_stays_as_staff_type_it(languages):
    assert languages.get("sv").fill("{family}", family=2227) == f"{LRI}2227{PDI}"
