"""What a partner copies into its own website."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import set_script_prefix

from portal.badges import picture
from portal.look.embed import HEIGHT, WIDTH, embed_of

pytestmark = pytest.mark.urls("config.urls_vendor")


@pytest.fixture(autouse=True)
def _at_northwind() -> Iterator[None]:
    set_script_prefix("/v/northwind/")
    yield
    set_script_prefix("/")


def test_html_shows_the_live_picture_and_leads_to_the_proof() -> None:
    embed = embed_of("NW-7K3M-92QD", "Gold", 'A "B" & C')

    assert embed.html == (
        '<a href="http://testserver/v/northwind/awards/NW-7K3M-92QD/">'
        '<img src="http://testserver/v/northwind/awards/NW-7K3M-92QD.svg" width="440" height="180"'
        ' alt="Gold: A &quot;B&quot; &amp; C. Verify this badge."></a>'
    )


def test_its_size_is_that_of_the_picture() -> None:
    assert (WIDTH, HEIGHT) == (picture.WIDTH, picture.HEIGHT)
