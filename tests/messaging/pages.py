"""All of the guide as a person gets it: every page, their list, several that may be meant."""

from messaging import guide_texts
from messaging.finding import Found
from messaging.i18n import Tongue
from messaging.keyboards import Message

FUNCTIONS = {
    guide_texts.guide,
    guide_texts.guide_page,
    guide_texts.several_pages,
    guide_texts.answer,
    guide_texts.opened,
}


def shown(t: Tongue) -> dict[str, Message]:
    first, *others = t.pages
    screens = range(len(t.pages) // 2 + 1)
    return {
        **{f"guide {n}": guide_texts.guide(t, t.pages, n) for n in screens},
        "guide of no pages": guide_texts.guide(t, (), 0),
        "guide_page alone": guide_texts.guide_page(t, first),
        **{f"guide_page {page.code}": guide_texts.guide_page(t, page, first) for page in others},
        "several_pages": guide_texts.several_pages(t, t.pages[:3]),
        "answer": guide_texts.answer(t, Found(("preschool", "teeth"), sure=True), t.pages).messages[
            0
        ],
    }
