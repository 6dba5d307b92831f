"""Offsets, lines and columns in the units of other programs, against Python's own codecs as yardstick."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.positions import Place, Positions, Unit

TEXTS = st.text(st.sampled_from("ab é中𝒳🀄\r\n\u2028\x0b"), max_size=40)


@pytest.mark.parametrize(
    ("unit", "columns"),
    # a, 𝒳 (2 UTF-16 units, 4 bytes), é (1, 2), 中 (1, 3), the end
    [(Unit.CODE_POINTS, [1, 2, 3, 4, 5]), (Unit.UTF16, [1, 2, 4, 5, 6]), (Unit.UTF8, [1, 2, 6, 8, 11])],
)
def test_columns_of_wide_characters(unit, columns):
    positions = Positions("a𝒳é中", unit)
    assert [positions.place(offset) for offset in range(5)] == [Place(1, column) for column in columns]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("unit", list(Unit))
def test_every_line_end_counts_once(unit, end):
    positions = Positions(f"é{end}{end}𝒳b", unit)
    assert positions.place(1 + 2 * len(end)) == Place(3, 1)
    assert positions.offset(Place(1, 99)) == 1
    assert positions.offset(Place(9, 1)) == 3 + 2 * len(end)


@given(TEXTS, st.sampled_from(list(Unit)))
def test_places_are_those_of_the_codecs_and_lead_back(text, unit):
    codec = {Unit.CODE_POINTS: ("utf-32-le", 4), Unit.UTF16: ("utf-16-le", 2), Unit.UTF8: ("utf-8", 1)}[unit]
    positions = Positions(text, unit)
    for offset in range(len(text) + 1):
        before = re.split(r"\r\n|\n|\r", text[:offset])
        if text[offset - 1 : offset + 1] == "\r\n" and offset:
            continue  # inside a line end
        place = positions.place(offset)
        assert place == Place(len(before), len(before[-1].encode(codec[0])) // codec[1] + 1)
        assert positions.offset(place) == offset


def test_half_a_character_is_its_start():
    assert Positions("a𝒳b", Unit.UTF16).offset(Place(1, 3)) == 1
    assert Positions("a𝒳b", Unit.UTF8).offset(Place(1, 4)) == 1


@given(TEXTS, st.lists(st.integers(0, 40), max_size=10), st.sampled_from(list(Unit)))
def test_places_do_not_depend_on_the_order_of_questions(text, offsets, unit):
    offsets = [min(offset, len(text)) for offset in offsets]
    one = Positions(text, unit)
    assert [one.place(offset) for offset in offsets] == [Positions(text, unit).place(offset) for offset in offsets]
