import pytest

from accreditation.criteria.problems import DocumentError
from accreditation.criteria.yaml_source import load_yaml

REFUSED = [
    ("a: [1,\nb: }", "line 2, column 4: is not YAML: a value is missing"),
    ("a: 1\nb: 2\na: 3", "line 3: a is already used at line 1"),
    ("a: {b: 1, b: 2}", "line 1: b is already used at line 1"),
    ("a: &x [1]\nb: *x", "line 1: must not use anchors or aliases"),
    ("a: *x", "line 1: must not use anchors or aliases"),
    ("a: !!python/object:os.system {}", "line 1, column 4: is not YAML as it is read here: tags"),
    ("1: a", "line 1: must be text"),
    ("{[a]: b}", "line 1: must be text"),
    ("a: 1\n---\nb: 2", "line 2, column 1: is not YAML of one document"),
    ("- a", "the document must be a mapping of names to values"),
    ("", "the document must be a mapping of names to values"),
    ("a: \x00", "line 1, column 4: is not YAML: it holds a character"),
    ("a: !!int x", "the document is not YAML"),
    ("a: 1\n  b: 2", "line 2, column 4: is not YAML: nothing can begin here"),
    ("a: b: c", "line 1, column 5: is not YAML: nothing can begin here"),
    ("a:\n  - b\n c", "line 3, column 2: is not YAML: the indentation"),
    ("a: 1\nb", "line 2, column 2: is not YAML: a name needs a colon"),
    ("a: 'b", "line 1, column 6: is not YAML: a quotation mark"),
    ("a: @b", "line 1, column 4: is not YAML: a text that begins"),
    ("a: [1\n", "line 2, column 1: is not YAML: a bracket is not closed"),
    ("a: |0\n b", "line 1, column 5: is not YAML"),
    ("a: " + "[" * 5_000, "line 1: is nested more than 16 levels deep"),
    ("a: [" + "1, " * 5_000 + "]", "line 1: is larger than the limit of 2000 values"),
    ("a: " + "x" * 200_000, "the document is larger than the limit of 200000 characters"),
]


@pytest.mark.parametrize(("text", "problem"), REFUSED, ids=[text for _, text in REFUSED])
def test_text_that_is_no_plain_document_is_refused_with_its_line(text, problem):
    with pytest.raises(DocumentError) as caught:
        load_yaml(text)

    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),  # the language Norwegian, the country Norway
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("0", 0),
        ("-3", -3),
        ("010", "010"),
        ("1:30", "1:30"),
        ("0x1F", "0x1F"),
        ("0.5", 0.5),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-03-02", "2026-03-02"),
        ("<<", "<<"),
        ("[a, b]", ["a", "b"]),
    ],
)
def test_values_read_as_they_look(text, value):
    document = load_yaml(f"a: {text}")

    assert document == {"a": value}
    assert type(document["a"]) is type(value)


def test_names_that_look_like_other_values_stay_text():
    assert load_yaml("no: 1\non: 2") == {"no": 1, "on": 2}
