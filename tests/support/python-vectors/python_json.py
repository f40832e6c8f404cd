"""Values whose printing by Python's json is worth pinning down.

Integral numbers are written as int: JavaScript cannot tell 1.0 from 1. From 1e21 on, where both
languages print an exponent, they are floats.
"""

import random

STRINGS = [
    "",
    "plain",
    "quote \" backslash \\ slash / tab \t newline \n return \r feed \f backspace \b",
    "".join(chr(code) for code in range(1, 0x20)),
    "\x7f",
    "\x80\x9f\xa0\xad\xff",
    "Zoë Müller-Łukasiewicz",
    "Đặng Thị Hương",
    "山田 太郎",
    "محمد الأمين",
    "שירה",
    "न्गुयेन",
    "e\u0301 is not é",
    "\u2028 and \u2029",
    "\ufeff\ufffd\uffff\ufffe",
    "\ue000",
    "😀",
    "👩🏽‍💻 👨‍👩‍👧‍👦 🇵🇭",
    "\U00010000\U0010ffff",
    "mixed é 😀 \x7f \\u0041 </script>",
    "ends with a backslash \\",
    "\u2026" * 3000,
    "x" * 10000,
    "😀" * 1500,
]

INTEGERS = [0, 1, -1, 10, 255, 65536, 2**31, -(2**31), 2**53, -(2**53), 2**53 - 1, 10**15, 10**16, 10**20, -(10**20)]

FRACTIONS = [
    330.5,
    0.5,
    -0.5,
    0.1,
    0.1 + 0.2,
    1 / 3,
    96.67,
    1.08,
    85.5,
    0.001,
    0.0001,
    0.00011,
    0.00009999,
    0.00001,
    1e-05,
    1.5e-05,
    1.5e-07,
    1e-06,
    -1e-06,
    1e-09,
    1.25e-10,
    1e-100,
    1.7976931348623157e-300,
    2.2250738585072014e-308,
    5e-324,
    -5e-324,
    123456789.123,
    4503599627370495.5,
    1e21,
    1.5e21,
    -1e21,
    1.2345678901234567e25,
    1e100,
    1.7976931348623157e308,
]

NESTED = [
    [],
    {},
    [[]],
    [{}],
    {"a": []},
    {"a": {}, "b": [[], [[]], {"c": {}}]},
    [None, True, False, 0, "", [None]],
    {"b": 1, "a": {"d": [3, 2, 1], "c": None}},
    {"10": "ten", "9": "nine", "1": "one", "a": 0, "": "empty", " ": "blank"},
    {"Z": 1, "a": 2, "_": 3, "A": 4, "é": 5, "z": 6, "aa": 7, "a b": 8},
    {"\ue000": "private use", "\uffff": "last of the plane", "\U00010000": "first beyond", "😀": "emoji", "\ud7ff": "before"},
    {"x😀": 1, "x\uffee": 2, "x": 3, "x\U0010ffff": 4, "xx": 5},
    {"😀": 1, "😀a": 2, "😁": 3, "\U0001f600\uffff": 4},
    {"\x7f": 1, "\x80": 2, "~": 3},
    {"key \" with \\ and \n": "value"},
    {"technical": 8, "communication": 7.5, "Überzeugung": 9, "自信": 6.25},
    {"deep": [[[[[[{"a": [1, [2, [3, [4]]]]}]]]]]]},
    {"names": ["Zoë", "李", "😀"], "scores": [1, 2.5, 1e-05]},
    {"constructor": 1, "toString": 2, "hasOwnProperty": 3},
]


def random_fractions(count: int) -> list:
    """Doubles of all magnitudes that are not integral."""
    source = random.Random(20260122)
    found = []
    while len(found) < count:
        value = source.uniform(-10, 10) * 10.0 ** source.randint(-320, 14)
        if not value.is_integer():
            found.append(value)
    return found


def random_strings(count: int) -> list:
    source = random.Random(20260123)
    ranges = [(1, 0x7F), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
    return ["".join(chr(source.randint(*source.choice(ranges))) for _ in range(source.randint(1, 12))) for _ in range(count)]


RANDOM_STRINGS = random_strings(600)

TABLE = [
    *STRINGS,
    *INTEGERS,
    *FRACTIONS,
    *NESTED,
    *random_fractions(500),
    *RANDOM_STRINGS[:200],
    *({key: index for index, key in enumerate(RANDOM_STRINGS[start : start + 20])} for start in range(200, 600, 20)),
]
