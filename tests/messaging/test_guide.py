from datetime import date

import pytest

from messaging.errors import BadLanguage
from messaging.guide import FOLDER, as_html, by_age, page_of, read_pages
from messaging.i18n import LOCALES, Languages
from messaging.isolates import LRI, PDI
from messaging.plain import plain
from messaging.staff_help import checklist_of
from messaging.visit_texts import theme
from programme.visits import VISITS

# Row F1 of the mission: what the guide is about.
PROMISED = {
    *("why_we_come", "who_we_are", "bvc", "family_centre", "open_preschool", "library"),
    *("own_language", "teeth", "preschool", "parent_groups", "fathers", "money", "crying"),
    *("not_alone", "swedish", "childs_rights", "safety", "separated", "camps", "who_can_help"),
}
WRITTEN = """\
+++
title = "Teeth & more"
ages = [5, 14]
checked_on = 2026-11-22
sources = ["K20"]
words = ["tooth"]
+++
**Brush** at 7 & 19. <b>Not a tag</b>

- Ask [Folktandvården](https://example.se/?a=1&b=2).
- Call {health_line}.
"""


def test_every_language_has_every_page_that_is_promised(languages: Languages):
    for t in languages:
        assert {page.code for page in t.pages} == PROMISED, t.code


def test_a_page_is_read_with_its_fields():
    page = page_of("teeth", WRITTEN.replace("<b>Not a tag</b>", ""), rtl=False)
    assert (page.code, page.title, page.ages) == ("teeth", "Teeth & more", (5, 14))
    assert (page.checked_on, page.sources) == (date(2026, 11, 22), ("K20",))


def test_words_become_telegrams_html_and_nothing_else_does():
    with pytest.raises(ValueError, match="html_inline"):
        page_of("teeth", WRITTEN, rtl=False)
    page = page_of("teeth", WRITTEN.replace("<b>Not a tag</b>", "1 < 2"), rtl=False)
    assert page.html == (
        "<b>Brush</b> at 7 &amp; 19. 1 &lt; 2\n\n"
        '• Ask <a href="https://example.se/?a=1&amp;b=2">Folktandvården</a>.\n'
        f"• Call {LRI}1177{PDI}."
    )


def test_what_runs_from_left_to_right_is_isolated_in_a_line_from_right_to_left():
    html = as_html("الروضة (öppen förskola) من 0–6 سنوات، **BVC** والرقم {women_line}.", rtl=True)
    isolated = [part.split(PDI)[0] for part in html.split(LRI)[1:]]
    assert isolated == ["öppen förskola", "0–6", "BVC", "020-50 50 50"]


def test_a_list_from_right_to_left_begins_with_its_letters_and_not_with_a_bullet():
    assert as_html("- سن\n- أسنان", rtl=True) == "سن\nأسنان"
    assert as_html("- a\n- b", rtl=False) == "• a\n• b"


@pytest.mark.parametrize(
    "text",
    [
        *("# Heading", "1. first", "> quoted", "`code`", "    code", "![x](https://a.se/x.png)"),
        *("*leaning*", "a\n\n---\n\nb", "- a\n  - b", "[x](http://a.se)", "[x](tg://user?id=1)"),
        *("<script>", "{nobody}"),
    ],
)
def test_what_telegram_or_the_house_does_not_want_is_refused(text):
    with pytest.raises(ValueError, match=r"Markdown|https|unknown placeholder|list inside"):
        as_html(text, rtl=False)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Teeth & more"\n', "", "lacks 'title'"),
        ("ages = [5, 14]\n", "", "lacks 'ages'"),
        ("checked_on = 2026-11-22\n", "", "lacks 'checked_on'"),
        ("checked_on = 2026-11-22", 'checked_on = "yesterday"', "checked_on is no date"),
        ("ages = [5, 14]", "ages = 5", "teeth.md: "),
        ("+++\n", "", "the fields do not stand"),
        ("words", "keywords", "unknown fields: keywords"),
    ],
)
def test_a_broken_page_is_refused_with_its_name(tmp_path, old, new, says):
    file = tmp_path / "so" / FOLDER / "teeth.md"
    file.parent.mkdir(parents=True)
    file.write_text(WRITTEN.replace("<b>Not a tag</b>", "").replace(old, new), "utf-8")
    with pytest.raises(BadLanguage, match=f"so: guide/teeth.md.*{says}|so: .*{says}"):
        read_pages(tmp_path / "so", rtl=False)


def test_a_language_without_a_guide_has_no_pages(tmp_path):
    assert read_pages(tmp_path, rtl=False) == ()


def first(languages: Languages, *ages: int) -> list[str]:
    return [page.code for page in by_age(languages.get("sv").pages, ages)]


def test_pages_for_the_child_s_age_come_first(languages: Languages):
    assert first(languages, 7)[:2] == ["preschool", "teeth"]
    assert first(languages, 0)[0] == "crying"
    assert first(languages, -1)[:3] == ["why_we_come", "who_we_are", "family_centre"]


def test_what_comes_next_stands_before_what_is_past(languages: Languages):
    order = first(languages, 7)
    assert order.index("swedish") < order.index("crying")  # from 9 months; until 6 months


def test_with_two_children_a_page_for_either_comes_first(languages: Languages):
    assert {"crying", "preschool"} <= set(first(languages, 0, 7)[:6])


def test_the_order_holds_every_page_once_also_without_a_child(languages: Languages):
    for ages in ((), (0,), (200,), (-9,)):
        assert sorted(first(languages, *ages)) == sorted(PROMISED)


def test_the_order_is_the_same_in_every_language(languages: Languages):
    for age in range(-1, 40):
        orders = {tuple(page.code for page in by_age(t.pages, [age])) for t in languages}
        assert len(orders) == 1


def test_every_page_ends_with_a_person_to_turn_to(languages: Languages):
    """The last paragraph names us, BVC, the dentist, or who else answers."""
    people = {
        "sv": ("BVC", "oss", "biblioteket"),
        "en": ("BVC", " us", "library"),
        "ar": ("BVC", "نا", "مركز", "المكتبة"),
        "so": ("BVC", "na weydii", "annaga", "na weydiiya", "noo sheeg"),
    }
    for t in languages:
        for page in t.pages:
            end = plain(page.html).split("\n\n")[-1]
            assert any(word in end.casefold() or word in end for word in people[t.code]), end


def test_no_guide_page_speaks_of_a_social_service_but_the_one_that_explains_it(
    languages: Languages,
):
    words = ("socialtjänst", "social service", "الخدمات الاجتماعية", "adeegga bulshada")
    for t in languages:
        named = {p.code for p in t.pages if any(w in p.html.casefold() for w in words)}
        assert named == {"who_we_are"}, t.code


def test_the_folder_of_the_guide_is_where_the_languages_are():
    assert (LOCALES / "sv" / FOLDER / "preschool.md").exists()


def test_a_checklist_is_called_as_its_visit_is(languages: Languages):
    for t in languages:
        for visit in VISITS:
            page = t.help_page(checklist_of(visit.number))
            assert page is not None and page.title.endswith(theme(t, visit.number)), t.code
