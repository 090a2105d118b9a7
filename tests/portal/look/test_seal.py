"""The seal as a picture of its own and as a part of pages."""

from xml.etree import ElementTree as ET

import pytest

from portal.look.seal import METALS, SHAPES, metal_for, seal_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("color", [None, "#3b46b8", "#ffc400"])
@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("kind", SHAPES)
def test_seal_is_well_formed_for_every_kind(kind: str, held: bool, color: str | None) -> None:
    root = ET.fromstring(seal_svg(kind, 2, 4, held=held, color=color))

    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 52 52"


def test_seals_of_different_kinds_have_different_outlines() -> None:
    outlines = {seal_svg(kind).split("/>")[0] for kind in SHAPES}

    assert len(outlines) == 5


@pytest.mark.parametrize(
    ("rank", "of", "full", "empty"), [(1, 4, 1, 3), (3, 3, 3, 0), (0, 2, 0, 2)]
)
def test_seal_shows_the_rank_as_pips(rank: int, of: int, full: int, empty: int) -> None:
    svg = seal_svg("technical", rank, of)

    assert (svg.count('class="p"'), svg.count('class="p0"')) == (full, empty)


def test_seal_of_a_single_level_has_no_pips() -> None:
    assert '<rect class="p' not in seal_svg("technical", 1, 1)


@pytest.mark.parametrize("of", [2, 5, 9])
def test_pips_stay_inside_the_seal(of: int) -> None:
    root = ET.fromstring(seal_svg("technical", of, of))

    pips = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "p"]
    assert float(pips[0].attrib["x"]) >= 10
    assert float(pips[-1].attrib["x"]) + float(pips[-1].attrib["width"]) <= 42


def test_seal_without_label_is_decoration() -> None:
    assert ET.fromstring(seal_svg("industry")).get("aria-hidden") == "true"


def test_seal_with_label_speaks_and_escapes_it() -> None:
    root = ET.fromstring(seal_svg("industry", label='Gold <b> & "Co"'))

    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Gold <b> & "Co"'
    assert root.findtext(f"{SVG}title") == 'Gold <b> & "Co"'


def test_seal_for_a_file_carries_its_colors_and_no_style() -> None:
    svg = seal_svg("tier", 1, 2, color="#ffc400")

    assert 'fill="#ffc400"' in svg
    assert 'class="f"' not in svg
    assert "style" not in svg


def test_seal_that_is_not_held_is_dashed() -> None:
    assert "stroke-dasharray" in seal_svg("tier", held=False, color="#3b46b8")
    assert 'class="seal off"' in seal_svg("tier", held=False)


def test_metal_wins_over_the_brand_color() -> None:
    svg = seal_svg("tier", metal="gold", color="#3b46b8")

    assert (METALS["gold"] in svg, "#3b46b8" in svg) == (True, False)


def test_metal_is_taken_from_the_name_of_a_level() -> None:
    assert [metal_for("gold"), metal_for("advanced")] == ["gold", ""]


@pytest.mark.parametrize(
    ("kind", "rank", "of", "metal"),
    [("round", 0, 0, ""), ("tier", 3, 2, ""), ("tier", -1, 2, ""), ("tier", 1, 2, "tin")],
)
def test_seal_refuses_what_it_cannot_draw(kind: str, rank: int, of: int, metal: str) -> None:
    with pytest.raises(ValueError, match=r"no seal|rank|no metal"):
        seal_svg(kind, rank, of, metal=metal)
