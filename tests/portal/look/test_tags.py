"""The component tags: words, escaping and text for screen readers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from portal.look.components import (
    Action,
    Chip,
    CountedRecord,
    Crumb,
    Meter,
    NavItem,
    RequirementRow,
    RequirementState,
    SealSpec,
    Tone,
)

TODAY = date(2026, 3, 2)
EVIL = '<script>alert("x")</script>'


def render(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context({"today": TODAY, **context})).strip()


def test_icon_without_label_is_decoration() -> None:
    html = render('{% icon "check" %}')

    assert 'aria-hidden="true"' in html
    assert 'icons.svg#check"/>' in html


def test_icon_with_label_speaks() -> None:
    html = render('{% icon "check" label=label %}', label='Done "now"')

    assert 'role="img" aria-label="Done &quot;now&quot;"' in html
    assert "aria-hidden" not in html


def test_icon_that_is_not_in_the_sprite_is_an_error() -> None:
    with pytest.raises(ValueError, match="no icon 'unicorn'"):
        render('{% icon "unicorn" %}')


def test_arrows_are_mirrored_for_right_to_left_readers() -> None:
    assert 'class="i flip"' in render('{% icon "chevron-right" %}')
    assert 'class="i"' in render('{% icon "chevron-down" %}')


def test_chip_says_its_standing_in_icon_word_and_tone() -> None:
    html = render('{% chip "warn" "At risk" %}')

    assert html.startswith('<span class="chip warn"><svg')
    assert "#clock-alert" in html
    assert html.endswith("At risk</span>")


def test_chip_is_drawn_from_a_value_too() -> None:
    html = render("{% chip value %}", value=Chip(Tone.OK, "Held", "award"))

    assert "#award" in html
    assert html.endswith("Held</span>")


@pytest.mark.parametrize(
    "source",
    [
        '{% chip "ok" evil %}',
        '{% plain_state "ok" evil %}',
        "{% count 3 evil %}",
        '{% note "warn" evil %}text{% endnote %}',
        '{% note "warn" %}{{ evil }}{% endnote %}',
        '{% icon "check" label=evil %}',
        "{% avatar evil %}",
        "{% monogram evil %}",
        "{% seal spec label=evil %}",
        "{% crumbs crumbs %}",
        "{% nav_items nav %}",
        "{% empty_state evil evil actions=actions %}",
        "{% requirement row today %}",
    ],
)
def test_text_of_others_is_escaped(source: str) -> None:
    record = CountedRecord(EVIL, counts=True, reason=EVIL, detail=EVIL, is_person=True)
    html = render(
        source,
        evil=EVIL,
        spec=SealSpec("tier"),
        crumbs=[Crumb(EVIL, EVIL)],
        nav=[NavItem(EVIL, EVIL, count=1, count_label=EVIL)],
        actions=[Action(EVIL, EVIL)],
        row=RequirementRow(EVIL, RequirementState.MET, EVIL, note=EVIL, records=[record]),
    )

    assert "<script" not in html


def test_avatar_is_decoration_beside_the_name() -> None:
    html = render("{% avatar name %}", name="Edda Lindqvist")

    assert html.endswith('aria-hidden="true">EL</span>')


def test_seal_in_pages_is_painted_by_the_style_sheet() -> None:
    html = render('{% seal spec "l" %}', spec=SealSpec("technical", 1, 2, held=False))

    assert 'class="seal l off" width="88" height="88"' in html
    assert 'aria-hidden="true"' in html


def test_count_says_what_is_counted() -> None:
    assert render('{% count 3 "need action" "bad" %}') == (
        '<span class="n bad">3<span class="vh"> need action</span></span>'
    )


def test_count_of_nothing_is_nothing() -> None:
    assert render('{% count 0 "need action" %}') == ""


def test_note_speaks_only_if_it_appears_later() -> None:
    assert "role=" not in render('{% note "info" %}Saved{% endnote %}')
    assert 'role="status"' in render('{% note "info" role="status" %}Saved{% endnote %}')


def test_day_is_a_time_element_in_short_form() -> None:
    assert render("{% day today %}") == '<time datetime="2026-03-02">2 Mar 2026</time>'
    assert render("{% day nothing %}", nothing=None) == "\N{EN DASH}"


def test_moment_is_shown_in_the_current_time_zone() -> None:
    moment = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"):
        html = render("{% moment moment %}", moment=moment)

    assert html == '<time datetime="2026-03-03T07:30+09:00">3 Mar 2026, 07:30</time>'


@pytest.mark.parametrize(
    ("through", "tone", "words"),
    [
        (date(2026, 6, 1), None, None),  # 91 days
        (date(2026, 5, 31), "warn", "90 days"),
        (date(2026, 3, 10), "warn", "8 days"),
        (date(2026, 3, 9), "bad", "7 days"),
        (date(2026, 3, 3), "bad", "1 day"),
        (date(2026, 3, 2), "bad", "today"),
        (date(2026, 3, 1), "bad", "expired"),
    ],
)
def test_expiry_warns_from_90_days_and_turns_red_from_7(
    through: date, tone: str | None, words: str | None
) -> None:
    html = render("{% expiry through today %}", through=through)

    if tone is None:
        assert html.startswith("<time")
    else:
        assert html.startswith(f'<span class="chip {tone}">')
        assert html.endswith(f"· {words}</span>")


def test_expiry_without_an_end_is_a_dash() -> None:
    assert render("{% expiry nothing today %}", nothing=None) == "\N{EN DASH}"


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (3, "en", "3"),
        (Decimal("4.60"), "en", "4.6"),
        (Decimal("4.6"), "de", "4,6"),
        (Decimal("1200000.00"), "en", "1,200,000"),
        (Decimal(100), "en", "100"),
        (None, "en", ""),
    ],
)
def test_amount_is_written_as_the_reader_does(value: Any, language: str, text: str) -> None:
    with translation.override(language):
        assert render("{{ value|amount }}", value=value) == text


def test_progress_is_segments_up_to_ten_and_a_bar_above() -> None:
    assert render("{% progress meter %}", meter=Meter(2, 3)).count("<i ") == 3
    assert "<rect" in render("{% progress meter %}", meter=Meter(2, 30))


def test_requirement_says_state_rule_numbers_and_reasons() -> None:
    row = RequirementRow(
        "Three specialists",
        RequirementState.EXPIRING,
        "Falls to 2 on 14 March.",
        Meter(3, 3, expiring=1),
        side="1 expiring",
        record_heading="Person",
        records=[
            CountedRecord("Edda", counts=True, reason="Counts", through=date(2026, 3, 14)),
            CountedRecord("佐藤 健", counts=False, reason="No, expired", language="ja"),
        ],
    )
    html = render("{% requirement row today %}", row=row)

    assert '<details class="crit" open>' in html
    assert 'role="img" aria-label="Expiring"' in html
    assert "<b>3</b> of 3" in html
    assert "1 expiring" in html
    assert '<th scope="col">Person</th>' in html
    assert "14 Mar 2026</time> · 12 days" in html
    assert '<tr class="no">' in html
    assert 'lang="ja"' in html
    assert "No, expired</span>" in html


def test_requirement_with_nothing_to_unfold_cannot_be_opened() -> None:
    row = RequirementRow("Two architects", RequirementState.MET, meter=Meter(2, 2))

    assert "<details" not in render("{% requirement row today %}", row=row)


def test_options_stand_side_by_side_and_the_one_in_use_is_marked() -> None:
    options = [
        RequirementRow("Two specialists", RequirementState.UNMET, meter=Meter(1, 2)),
        RequirementRow("ISO 27001", RequirementState.PENDING, in_use=True),
    ]
    row = RequirementRow("Any of 2", RequirementState.PENDING, parts=options, any_of=True)
    html = render("{% requirement row today %}", row=row)

    assert html.count('<span class="or">or</span>') == 1
    assert html.count('class="opt best"') == 1


def test_nested_requirements_are_drawn_as_rows() -> None:
    parts = [RequirementRow("Inner", RequirementState.MET)] * 2
    row = RequirementRow("Outer", RequirementState.MET, parts=parts)

    assert render("{% requirement row today %}", row=row).count("<h3>Inner</h3>") == 2


def test_current_link_is_marked_for_screen_readers() -> None:
    html = render(
        "{% nav_items nav %}", nav=[NavItem("Home", "/", current=True), NavItem("Team", "/t")]
    )

    assert html == '<a href="/" aria-current="page">Home</a><a href="/t">Team</a>'


def test_last_crumb_is_this_page() -> None:
    html = render("{% crumbs items %}", items=[Crumb("Programs", "/p"), Crumb("Gold")])

    assert '<span aria-current="page">Gold</span>' in html


def test_pagination_keeps_the_query() -> None:
    page = Paginator(range(30), 10).page(2)
    request = RequestFactory().get("/", {"q": "a&b", "page": "2"})
    html = render("{% pagination page %}", page=page, request=request)

    assert 'href="?q=a%26b&amp;page=1"' in html
    assert 'href="?q=a%26b&amp;page=3"' in html
    assert "11 to 20 of 30" in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert render("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


class _Form(forms.Form):
    name = forms.CharField(label="Customer", help_text="As in the contract.")
    note = forms.CharField(label="Note", required=False)
    agreed = forms.BooleanField(label="Agreed")
    region = forms.ChoiceField(label="Region", choices=[("a", "EMEA")], widget=forms.RadioSelect)


def test_field_ties_hint_and_error_to_its_control() -> None:
    html = str(_Form({"agreed": "on", "region": "a"}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so() -> None:
    assert str(_Form()).count("(optional)") == 1


def test_choices_are_grouped_under_a_legend() -> None:
    html = str(_Form()["region"].as_field_group())

    assert html.startswith('<fieldset class="field"')
    assert '<legend class="lbl">Region' in html


def test_error_summary_links_to_the_fields() -> None:
    html = render("{% error_summary form %}", form=_Form({"agreed": "on"}))

    assert 'role="alert"' in html
    assert "There are 2 problems" in html
    assert 'href="#id_name"' in html


def test_error_summary_counts_every_problem_of_a_field() -> None:
    form = _Form({"name": "Acme", "agreed": "on", "region": "a"})
    form.add_error("name", ["Too short.", "Too plain."])

    assert "There are 2 problems" in render("{% error_summary form %}", form=form)


def test_error_summary_of_a_good_form_is_nothing() -> None:
    form = _Form({"name": "Acme", "agreed": "on", "region": "a"})

    assert render("{% error_summary form %}", form=form) == ""
