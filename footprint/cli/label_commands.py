"""`footprint schemes` and `footprint decide`: which label tier a product has earned, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, Basis, calculated_file
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION
from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, say, speak, speak_json

if TYPE_CHECKING:
    from footprint.rules.book import RuleBook

FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="How to print the result.")
LANGUAGE_OPTION = typer.Option(Lang.EN, "--lang", help="Language of the explanation: en or zh.")
EVIDENCE_OPTION = typer.Option(
    None, "--evidence", help="YAML file with what supports the claim.", show_default=False
)


MARKET_OPTION = typer.Option(
    [],
    "--market",
    help="Id of a law, or a country: DE, Germany, 德国 (default: all laws).",
    show_default=False,
)
FULL_OPTION = typer.Option(
    False, "--full", help="Every reason of every tier, not the summary alone."
)
AS_OF_OPTION = typer.Option(
    None, "--as-of", formats=["%Y-%m-%d"], help="A day (default: today).", show_default=False
)


def register(app: typer.Typer, schemes: typer.Typer) -> None:
    """Add the commands to the application and to the group."""
    schemes.command("freshness", epilog="Example: footprint schemes freshness --as-of 2027-06-01")(
        freshness
    )
    schemes.command("show", epilog="Example: footprint schemes show kr-keiti")(show_scheme)
    epilog = "Example: footprint decide examples/biscuits.csv --scheme uk-carbon-trust"
    app.command(epilog=epilog)(decide)


def show_scheme(
    name: str = typer.Argument(help="Id of a scheme.", show_default=False),
    form: Format = FORMAT_OPTION,
) -> None:
    """Show a scheme: rules, dates, sources and how certain each is."""
    speak_json(form is Format.JSON)
    from footprint.rules import load_printed_labels, load_rules, scheme_document

    document = scheme_document(load_rules(), name, load_printed_labels())
    if form is Format.JSON:
        print_json(document)
        return
    import yaml

    typer.echo(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100).rstrip())


def freshness(
    as_of: datetime | None = AS_OF_OPTION,
    days: int = typer.Option(180, "--days", min=1, help="A fact older than this is listed."),
    form: Format = FORMAT_OPTION,
) -> None:
    """List the facts of schemes, markets and laws that were not looked up for a long time."""
    speak_json(form is Format.JSON)
    from footprint.rules import dated_parameters, load_rules, stale_facts
    from footprint.rules.modules.catalogue import module_facts

    day = as_of_day(as_of)
    known = (*dated_parameters(load_rules()), *module_facts())
    old = stale_facts(known, day, days)
    if form is Format.JSON:
        rows = [
            {
                "owner": fact.owner,
                "fact": fact.name,
                "confidence": fact.confidence,
                "last_confirmed_on": fact.last_confirmed_on.isoformat(),
            }
            for fact in old
        ]
        print_json({"as_of": day.isoformat(), "days": days, "facts": len(known), "stale": rows})
        return
    if old:
        from footprint.cli.tables import table

        header = ("looked up", "confidence", "owner", "fact")
        cells = [(str(f.last_confirmed_on), f.confidence, f.owner, f.name) for f in old]
        typer.echo(table([header, *cells], most=48))
    say(f"{len(old)} of {len(known)} facts were last looked up more than {days} days before {day}.")


def as_of_day(moment: datetime | None) -> date:
    """The day that an `--as-of` names; without one, today (UTC)."""
    return moment.date() if moment else datetime.now(UTC).date()


def decide(
    bom: Path = BOM_ARGUMENT,
    scheme: str | None = typer.Option(None, "--scheme", help="Id of a scheme (default: all)."),
    tier: str | None = typer.Option(None, "--tier", help="A tier (default: all of the scheme)."),
    every: bool = typer.Option(
        False, "--all", help="All tiers of all schemes in all markets (the default)."
    ),
    evidence: Path | None = EVIDENCE_OPTION,
    as_of: datetime | None = AS_OF_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = LANGUAGE_OPTION,
    markets: list[str] = MARKET_OPTION,
    full: bool = FULL_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Decide which label tiers a product has earned, and where they may be shown."""
    speak_json(form is Format.JSON)
    speak(lang)
    if every and (scheme or tier):
        raise typer.BadParameter("--all stands alone: leave out --scheme and --tier")
    from footprint.documents.decision import decision_document
    from footprint.documents.footprint import footprint_document
    from footprint.rules import explain
    from footprint.rules.summary import summary_lines

    _, result = calculated_file(
        bom,
        cache,
        imported=imported,
        only_imported=only_imported,
        electricity=electricity.value,
    )
    day = as_of_day(as_of)
    decisions = decisions_of(footprint_document(result), evidence, day, scheme, tier, markets)
    if form is Format.JSON:
        print_json({"decisions": [decision_document(decision) for decision in decisions]})
        return
    typer.echo("\n".join(summary_lines(decisions, lang is Lang.ZH)))
    if full or len(decisions) == 1:
        typer.echo("")
        typer.echo("\n\n".join(explain(decision, lang.value) for decision in decisions))
    elif len(decisions) > 1:
        say(
            "全部理由：--full，或用 --scheme 与 --tier 指定一个等级"
            if lang is Lang.ZH
            else "every reason: --full, or one tier with --scheme and --tier"
        )


def decisions_of(
    document: dict[str, Any],
    evidence: Path | None,
    day: date,
    scheme: str | None,
    tier: Any,
    markets: Sequence[str] = (),
) -> tuple[Any, ...]:
    """Decisions on a footprint document under one tier, one scheme, or everything known."""
    from footprint import rules
    from footprint.rules.later import refuse_later

    book = rules.load_rules()
    facts = rules.facts_from_document(document)
    given = rules.read_evidence(
        read_evidence_text(evidence), evidence.name if evidence else "evidence"
    )
    last = max(day, datetime.now(UTC).date())
    refuse_later(given, last, evidence.name if evidence else "evidence")
    return tuple(
        rules.decide(book, facts, given, name, one, day, markets)
        for name, one in _asked_tiers(book, scheme, tier)
    )


def _asked_tiers(book: RuleBook, scheme: str | None, tier: Any) -> Iterator[tuple[str, Any]]:
    """Schemes with their tiers: the one that is named, or that tier of all that have it.

    Raises `InputRefused`: RUL-020, RUL-021 for a scheme or a tier that there is not.
    """
    from footprint.rules import faults

    if scheme:
        yield from ((scheme, one) for one in ([tier] if tier else book.tiers_of(scheme)))
        return
    there = [(name, one) for name in sorted(book.schemes) for one in book.scheme(name).tiers]
    found = [pair for pair in there if tier in {None, pair[1]}]
    if not found:
        known = ", ".join(dict.fromkeys(one for _, one in there))
        raise faults.UNKNOWN_TIER.refuse(f"No scheme has a tier {tier!r}.", hint=f"Tiers: {known}.")
    yield from found


def read_evidence_text(path: Path | None) -> str:
    """The text of an evidence file; no file is no evidence. Raises `InputRefused` (BOM-001)."""
    if path is None:
        return ""
    from footprint.bom import faults
    from footprint.bounded import read_bounded
    from footprint.faults import Where
    from footprint.plain_yaml import MAX_CHARACTERS

    try:
        # Four bytes are the longest character: a text of the limit is never cut.
        return read_bounded(path, 4 * MAX_CHARACTERS).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"the file cannot be read: {reason}"
        raise faults.UNREADABLE.refuse(message, Where(str(path))) from None
