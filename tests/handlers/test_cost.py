"""What a press costs, counted in statements (tests/services/test_cost.py says why)."""

from tests.handlers.home import with_visit
from tests.statements import counted


async def test_a_parent_s_answer_to_a_visit_is_one_act_of_so_many_statements(lotsen):
    phone, booking = await with_visit(lotsen)
    await phone.press(f"v:{booking}:0:yes")
    with counted(lotsen.db) as sent:
        await phone.press(f"v:{booking}:0:other_time")
    assert len(sent) <= 50


async def test_a_parent_who_asks_for_help_is_answered_with_ten(lotsen, amina):
    """Kept and looked up; heard, known and done; looked at once more, and said."""
    with counted(lotsen.db) as sent:
        await amina.write("/help")
    assert len(sent) <= 10
