"""Numbers as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipatia.numerals import periodic, read_number, readings, write_number


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12", [12]),
        ("1 234,5", ["2469/2"]),
        ("1.234", ["617/500", 1234]),
        ("1,234", ["617/500", 1234]),
        ("3,500", ["7/2", 3500]),
        ("0,500", ["1/2"]),
        ("1.234.567", [1234567]),
        ("1.234,5", ["2469/2"]),
        ("1,234.5", ["2469/2"]),
        ("1'5", ["3/2"]),
        ("-7", [-7]),
        ("−7", [-7]),
        ("3/4", ["3/4"]),
        ("2 1/2", ["5/2"]),
        ("3½", ["7/2"]),
        ("1,5 × 10³", [1500]),
        ("1.5e-3", ["3/2000"]),
        ("0,(3)", ["1/3"]),
        ("0,1666…", ["1/6"]),
        ("0,3̅", ["1/3"]),
        ("3,5 millones", [3500000]),
        ("mil millones", [10**9]),
        ("dos mil quinientos", [2500]),
        ("treinta y cinco", [35]),
        ("veintitrés", [23]),
        ("two hundred and five", [205]),
        ("twenty-one", [21]),
        ("three quarters", ["3/4"]),
        ("dos y medio", ["5/2"]),
        ("tres coma catorce", ["157/50"]),
        ("menos ocho", [-8]),
        ("", []),
        ("manzana", []),
        ("1.2.3", []),
        ("12 13", []),
        ("1/0", []),
        ("9" * 500, []),
    ],
)
def test_read_number(text, values):
    assert list(read_number(text)) == [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("value", "language", "group", "text"),
    [
        ("7/2", "es", False, "3,5"),
        ("7/2", "en", False, "3.5"),
        ("-1/400", "es", False, "-0,0025"),
        ("1/3", "es", False, "1/3"),
        ("12345", "en", True, "12,345"),
        ("12345.5", "es", True, "12\u202f345,5"),
        ("1234", "es", True, "1234"),
        ("0", "es", False, "0"),
    ],
)
def test_write_number(value, language, group, text):
    assert write_number(Fraction(value), language, group=group) == text


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.fractions(max_denominator=5000), st.sampled_from(["es", "en"]), st.booleans())
def test_what_is_written_is_read(value, language, group):
    assert value in read_number(write_number(value, language, group=group))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60))
def test_no_text_raises(text):
    read_number(text)
    readings(text)


def test_periodic():
    assert periodic("0", "1", "6") == Fraction(1, 6)
