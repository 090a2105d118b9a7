"""What an e-mail says, and what it never lets a name say."""

from __future__ import annotations

import pytest

from partners.mail.message import message_of
from partners.mail.templates import TEMPLATES, template_named
from partners.models import Vendor
from tests.partners.letters import LINK, invite


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_message_is_written_in_both_languages_with_the_same_parameters(name: str) -> None:
    words = template_named(name).words

    assert set(words) == {"en", "de"}
    assert words["en"].placeholders == words["de"].placeholders


def test_a_message_is_text_and_html_in_the_recipients_language(in_northwind: Vendor) -> None:
    message = message_of(invite(language="de-AT"), in_northwind)

    html = str(message.alternatives[0].content)
    assert message.subject == "Mara lädt Sie zu Acme (Northwind) ein"
    assert "bis 9. März 2026" in message.body
    assert LINK in message.body
    assert '<html lang="de">' in html
    assert f"<title>{message.subject}</title>" in html
    assert f'href="{LINK}"' in html


def test_an_unknown_language_falls_back_to_english(in_northwind: Vendor) -> None:
    message = message_of(invite(language="pt-br", partner=""), in_northwind)

    assert message.subject == "Mara invites you to Northwind"


def test_a_name_is_neither_markup_nor_header_nor_placeholder(in_northwind: Vendor) -> None:
    name = "<b>Eve</b>\r\nBcc: all@example.com\n\n{url}"

    message = message_of(invite(inviter=name), in_northwind)

    html = str(message.alternatives[0].content)
    assert message.subject == (
        "<b>Eve</b> Bcc: all@example.com {url} invites you to Acme (Northwind)"
    )
    assert "<b>" not in html
    assert "&lt;b&gt;Eve" in html
    assert message.message()["Bcc"] is None


def test_a_link_that_is_no_web_address_is_refused(in_northwind: Vendor) -> None:
    with pytest.raises(ValueError, match="https"):
        message_of(invite(url="javascript:alert(1)"), in_northwind)
