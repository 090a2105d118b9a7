"""What passes for JSON and what does not."""

from __future__ import annotations

from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from partners.api.parser import MOST_LEVELS, StrictJSONParser, TooLarge


def parse(body: bytes) -> dict[str, object]:
    return StrictJSONParser().parse(BytesIO(body))


def nested(levels: int) -> bytes:
    return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)


def test_parser_returns_the_object() -> None:
    assert parse('{"name": "Édda", "rows": [1, 2.5, null]}'.encode()) == {
        "name": "Édda",
        "rows": [1, 2.5, None],
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[1]",
        b'"text"',
        b"null",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a": "x\\u0000"}',
        b'{"x\\u0000": 1}',
        b'{"a": ["\\ud800"]}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
        b'{"a":' + b"9" * 5_000 + b"}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_parser_refuses_what_only_looks_like_json(body: bytes) -> None:
    with pytest.raises(ParseError):
        parse(body)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b'{"a": 1,\n "b": nope}', "The body is not valid JSON: line 2, column 7."),
        (b'{"a": {"b": 1, "b": 2}}', "The name “b” occurs twice in one object."),
        (b'{"%b": 1, "%b": 2}' % ((b"n" * 81,) * 2), f"The name “{'n' * 80}” occurs twice"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "A text contains half of a surrogate pair."),
    ],
)
def test_parser_names_the_place(body: bytes, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        parse(body)


def test_parser_reads_32_levels_and_no_more() -> None:
    assert parse(nested(MOST_LEVELS))

    with pytest.raises(ParseError):
        parse(nested(MOST_LEVELS + 1))


def test_parser_stops_reading_a_large_body(settings: pytest.FixtureRequest) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10  # type: ignore[attr-defined]

    assert parse(b'{"a":1234}') == {"a": 1234}
    with pytest.raises(TooLarge):
        parse(b'{"a":12345}')
