"""The view model of a report: its figures add up, and are rounded once."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from report_kit import FULL, NAMES, example, of_text, report

from footprint.engine.faults import OTHER_COUNTRY
from footprint.faults import Where
from footprint.inventory.compiled import CompiledInventory
from footprint.report.figure import Figure
from footprint.report.figures import amount, fixed, percent, table_places, whole_percent
from footprint.report.flows import OTHER, TOTAL, flows_of
from footprint.report.model import FootprintReport
from footprint.report.text import printable_line
from label_templates.report.front import coverage_text, front_of
from label_templates.report.words import report_words


@pytest.fixture(params=[*NAMES, "full"])
def view(request: pytest.FixtureRequest, inventory: CompiledInventory) -> FootprintReport:
    if request.param == "full":
        return report(of_text(FULL, inventory), inventory)
    return report(example(request.param, inventory), inventory)


def _total(view: FootprintReport) -> float:
    return next(part.kg.value for part in view.parts if part.place == "sum")


def _sum(values: list[float]) -> float:
    return math.fsum(values)


def test_lines_stages_hot_spots_and_terms_each_add_up_to_the_total(view: FootprintReport) -> None:
    total = view.headline.kg.value
    assert _total(view) == total
    sums = [
        _sum([line.kg.value for line in view.lines if line.inside]),
        _sum([row.kg.value for row in view.stages if row.inside]),
        _sum([spot.kg.value for spot in view.hot_spots]),
        _sum([part.kg.value for part in view.parts if part.place == "term"]),
    ]
    assert sums == [pytest.approx(total, rel=1e-12)] * 4


def test_printed_figures_add_up_to_the_printed_total_within_their_rounding(
    view: FootprintReport,
) -> None:
    step = Decimal(1).scaleb(-table_places(_total(view)))
    printed = next(part.kg.text for part in view.parts if part.place == "sum").replace(",", "")
    shown = [line.kg.text for line in view.lines if line.inside]
    numbers = [Decimal(text.replace(",", "")) for text in shown if text[0] not in "<>"]
    assert abs(sum(numbers) - Decimal(printed)) <= step * len(shown)


def test_amount_times_factor_is_the_result_of_every_line(view: FootprintReport) -> None:
    for line in some(view.lines):
        assert line.factor is not None
        product = line.amount.value * line.factor.value
        assert product == pytest.approx(line.kg.value, rel=1e-12, abs=1e-15)


def test_the_factor_of_a_line_is_that_of_its_dataset_and_its_source_is_named(
    view: FootprintReport,
) -> None:
    factors = {row.id: row.factor.value for row in view.datasets}
    sources = {source.id for source in view.sources}
    for line in some(view.lines):
        assert line.factor is not None
        assert factors[line.dataset] == pytest.approx(line.factor.value, rel=1e-12)
        assert line.source in sources


def test_the_flows_keep_the_total(view: FootprintReport) -> None:
    flows = flows_of(view)
    into = {stop.id: 0.0 for stop in flows.stops}
    out = dict(into)
    for band in flows.bands:
        assert band.kg_co2e > 0.0
        out[band.source] += band.kg_co2e
        into[band.target] += band.kg_co2e
    for stop in flows.stops:
        if stop.column in {0, 1}:
            assert out[stop.id] == pytest.approx(stop.kg_co2e, rel=1e-12)
        if stop.column in {1, 2}:
            assert into[stop.id] == pytest.approx(stop.kg_co2e, rel=1e-12)
    drawn = next(stop.kg_co2e for stop in flows.stops if stop.id == TOTAL)
    assert drawn + flows.credits_kg_co2e == pytest.approx(view.headline.kg.value, rel=1e-12)


def test_rows_that_stand_for_several_lines_say_how_many(inventory: CompiledInventory) -> None:
    flows = flows_of(report(example("power-bank.csv", inventory), inventory))
    lines = [stop.count for stop in flows.stops if stop.column == 0]
    assert sum(lines) == 21
    assert any(stop.kind == OTHER and stop.count > 1 for stop in flows.stops)


def test_credits_are_summed_and_not_drawn(inventory: CompiledInventory) -> None:
    view = report(example("biscuits.csv", inventory), inventory)
    turned = replace(view.lines[0], kg=Figure(-0.25, "-0.25"))
    flows = flows_of(replace(view, lines=(turned, *view.lines[1:])))
    rest = _sum([line.kg.value for line in view.lines[1:]])
    assert flows.credits_kg_co2e == -0.25
    assert next(stop.kg_co2e for stop in flows.stops if stop.id == TOTAL) == pytest.approx(rest)
    assert all("Wheat flour" not in stop.name for stop in flows.stops if "transport" not in stop.id)


def test_without_any_emission_there_is_nothing_to_draw(inventory: CompiledInventory) -> None:
    view = report(example("biscuits.csv", inventory), inventory)
    zero = Figure(0.0, "0")
    flows = flows_of(replace(view, lines=tuple(replace(line, kg=zero) for line in view.lines)))
    assert (flows.stops, flows.bands, flows.credits_kg_co2e) == ((), (), 0.0)


def test_outbound_logistics_stand_apart(inventory: CompiledInventory) -> None:
    view = report(of_text(FULL, inventory), inventory)
    outside = [line for line in view.lines if not line.inside]
    assert [line.stage for line in outside] == ["distribution"]
    apart = next(part for part in view.parts if part.name == "outbound_logistics")
    assert apart.kg.value == outside[0].kg.value > 0.0


def test_both_bases_of_electricity_are_given_where_they_differ(
    inventory: CompiledInventory,
) -> None:
    located = report(of_text(FULL, inventory), inventory)
    market = report(of_text(FULL, inventory, electricity="market"), inventory)
    assert located.electricity is not None
    assert market.electricity is not None
    assert located.electricity.location_based == market.electricity.location_based
    assert located.electricity.market_based.value == market.headline.kg.value
    assert (located.electricity.basis, market.electricity.basis) == ("location", "market")


def test_gaps_are_said_first(inventory: CompiledInventory) -> None:
    table = FULL + "6,Unknown alloy of no kind,1,kg,,material,,,\n"
    view = report(of_text(table, inventory, allow_gaps=True), inventory)
    assert view.limitations[0].code == "partial_coverage"
    assert not view.quality.complete
    assert ("count", "1") in next(r.values for r in view.cut_offs if r.code == "gaps")


WITHOUT_MASS = "6,Unknown thing of no mass,1,piece,,material,,,\n"
RUBBER = """\
# name: Lamp
# country: CN
id,name,quantity,unit,dataset,material,unit_mass
1,Steel,1,kg,steel-cold-rolled-cn,,
2,Foot,4,piece,,EPDM,0.025 kg
"""


def test_the_mass_that_is_counted_is_never_told_of_the_weighed_lines_alone(
    inventory: CompiledInventory,
) -> None:
    """All that is weighed is counted, and yet too much has no figure: "100 % of the mass" beside
    that would be two truths."""
    table = FULL.replace("# mass: 4 kg\n", "") + WITHOUT_MASS
    view = report(of_text(table, inventory, allow_gaps=True), inventory)
    assert view.quality.screening
    words = report_words("en")
    told = coverage_text(view, words), front_of(view, words).warning
    assert "100 % of the mass" not in " ".join(told)
    assert all(words.say("unknown_masses") in text for text in told)
    assert view.limitations[0].code == "partial_lines"


def test_what_screening_figures_stand_for_is_told_with_the_coverage(
    inventory: CompiledInventory,
) -> None:
    view = report(of_text(RUBBER, inventory, screening=True), inventory)
    assert view.quality.screening
    words = report_words("en")
    share = words.say("screened_mass", mass=view.quality.screened.text)
    assert share in coverage_text(view, words)
    assert share in front_of(view, words).warning


def test_a_stage_without_a_line_is_listed_without_a_figure(inventory: CompiledInventory) -> None:
    view = report(example("biscuits.csv", inventory), inventory)
    use = next(row for row in view.stages if row.stage == "use")
    assert (use.kg.text, use.lines, use.inside) == ("–", 0, False)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.0, 4, "0"),
        (1234.5678, 2, "1,234.57"),
        (0.00004, 4, "< 0.0001"),
        (-0.00004, 4, "> -0.0001"),
        (0.00005, 4, "0.0001"),
        (-2.5, 0, "-3"),
        (1e-9, 12, "0.000000001000"),
    ],
)
def test_figures_of_a_table_have_the_same_places(value: float, places: int, text: str) -> None:
    assert fixed(value, places).text == text


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100 %"), (0.99999999, "99.9999 %"), (0.5, "50 %"), (0.0, "0 %")]
)
def test_a_coverage_below_one_never_reads_as_all(share: float, text: str) -> None:
    assert whole_percent(share).text == text


@pytest.mark.parametrize(
    ("total", "places"), [(4.144, 4), (0.557, 5), (143.1, 2), (123456.0, 0), (0.0, 6), (1e-30, 15)]
)
def test_tables_have_two_places_more_than_the_headline(total: float, places: int) -> None:
    assert table_places(total) == places


FINITE = st.floats(-1e12, 1e12, allow_nan=False)


@given(FINITE, st.integers(0, 12))
def test_a_rounded_figure_is_within_half_a_step_of_its_value(value: float, places: int) -> None:
    shown = fixed(value, places)
    assert shown.value == value
    text = shown.text.replace(",", "")
    if text[0] in "<>":
        assert 0 < abs(value) < 10.0**-places
    else:
        assert abs(Decimal(text) - Decimal(repr(value))) <= Decimal(1).scaleb(-places) / 2


@given(FINITE)
def test_amounts_and_shares_keep_their_value(value: float) -> None:
    assert amount(value).value == percent(value).value == value


@given(st.text())
def test_a_cleaned_text_is_one_line_that_xml_can_hold(text: str) -> None:
    cleaned = printable_line(text)
    assert "\n" not in cleaned
    assert printable_line(cleaned) == cleaned
    assert all(char >= " " and not 0xD800 <= ord(char) < 0xE000 for char in cleaned)
    assert not set(cleaned) & set("\u202e\u2066\u200f\x00\ufffe")


def test_lines_with_data_of_another_country_are_counted_with_their_share(
    inventory: CompiledInventory,
) -> None:
    made = example("power-bank.csv", inventory)
    view = report(made, inventory)
    values = dict(next(r.values for r in view.limitations if r.code == "other_country"))
    rows = {problem.where.row for problem in made[0].warnings if problem.code == "ENG-013"}
    burden = _sum([line.kg.value for line in view.lines if line.row in rows and line.unit != "tkm"])
    assert values == {
        "count": str(len(rows)),
        "share": percent(burden / view.headline.kg.value).text,
    }


def test_a_line_of_site_data_that_stands_for_another_place_counts_with_its_burden(
    inventory: CompiledInventory,
) -> None:
    """Its warning names it by its id: it has a row among the lines, and none in the file."""
    result, bom = example("power-bank.csv", inventory)
    (first, *_) = [item for item in result.contributions if item.matched_by == "id"]
    told = next(one for one in result.warnings if one.code == OTHER_COUNTRY.code)
    warned = told._replace(where=Where(column=first.line))
    view = report((replace(result, warnings=(warned,)), bom), inventory)
    (remark,) = [one for one in view.limitations if one.code == "other_country"]
    share = percent(abs(first.kg_co2e) / result.total).text
    assert dict(remark.values) == {"count": "1", "share": share}
