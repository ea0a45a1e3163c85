"""From rule files to the rule book; a file with a mistake is refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from footprint.canonical import content_hash
from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Problem, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.arguments import Applies, InForce, Ruling
from footprint.rules.book import (
    ClaimKind,
    DatedValue,
    Market,
    Parameter,
    RuleBook,
    RuleCoverage,
    Scheme,
    Takes,
    TierRule,
)
from footprint.rules.expression import AllOf, BadExpressionError, Leaf, leaves, parse_expression
from footprint.rules.fields import Strict
from footprint.rules.predicates import PREDICATES
from footprint.rules.schema import MarketFile, ParameterEntry, SchemeFile

_File = TypeVar("_File", SchemeFile, MarketFile)
_Usage = dict[str, type[Strict]]


@cache
def load_rules() -> RuleBook:
    """The rules that ship with this version, read once. Raises InputRefused if a file is broken."""
    return rules_from_texts(*shipped_texts())


def shipped_texts() -> tuple[dict[str, str], dict[str, str]]:
    """The rule files that ship with this version, by file name: schemes, and markets."""
    data = resources.files("footprint.rules") / "data"
    return _texts(data / "schemes"), _texts(data / "markets")


def rules_from_texts(schemes: Mapping[str, str], markets: Mapping[str, str]) -> RuleBook:
    """A rule book from YAML texts by file name.

    Raises InputRefused with every problem of every file: RUL-001 to RUL-005.
    """
    problems: list[Problem] = []
    scheme_files = _read_all(schemes, SchemeFile, problems)
    market_files = _read_all(markets, MarketFile, problems)
    loaded_schemes = [_scheme(read, name, problems) for name, read in scheme_files]
    loaded_markets = [_market(read, name, problems) for name, read in market_files]
    if problems:
        raise InputRefused(problems)
    everything = [read.model_dump(mode="json") for _, read in (*scheme_files, *market_files)]
    return RuleBook(
        schemes=MappingProxyType({scheme.id: scheme for scheme in loaded_schemes}),
        markets=MappingProxyType({market.id: market for market in loaded_markets}),
        hash=content_hash(
            sorted((_plain(item) for item in everything), key=lambda i: str(i["id"]))
        ),
    )


def _texts(folder: resources.abc.Traversable) -> dict[str, str]:
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name: file.read_text("utf-8")
        for file in files
        if file.name.endswith(".yaml") and not file.name.endswith(".cases.yaml")
    }


def _plain(value: Any) -> Any:
    """`value` with dates and decimals as text: what canonical JSON can hold."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _read_all(
    texts: Mapping[str, str], kind: type[_File], problems: list[Problem]
) -> list[tuple[str, _File]]:
    found: list[tuple[str, _File]] = []
    seen: dict[str, str] = {}
    for name, text in texts.items():
        read = _read(name, text, kind, problems)
        if read is None:
            continue
        if read.id in seen:
            problems.append(
                faults.DUPLICATE_ID.at(
                    Where(name), f"duplicate id '{read.id}', see {seen[read.id]}"
                )
            )
        seen.setdefault(read.id, name)
        found.append((name, read))
    return found


def _read(name: str, text: str, kind: type[_File], problems: list[Problem]) -> _File | None:
    try:
        return kind.model_validate(load_plain_yaml(text))
    except NotPlainYamlError as error:
        problems.append(faults.RULE_FILE_UNREADABLE.at(Where(name), str(error)))
    except ValidationError as error:
        problems.extend(
            faults.RULE_FILE_SHAPE.at(Where(name, column=error_path(detail)), error_words(detail))
            for detail in error.errors(include_url=False, include_input=False)
        )
    return None


def _scheme(read: SchemeFile, file: str, problems: list[Problem]) -> Scheme:
    usage: _Usage = {}
    tiers = {}
    for tier, entry in read.tiers.items():
        where = Where(file, column=f"tiers.{tier}")
        requires = _conditions(entry.requires, where, problems, usage)
        _use(usage, entry.in_force, InForce, where, problems)
        tiers[tier] = TierRule(entry.in_force, entry.rests_on, requires)
    if read.runs is not None:
        _use(usage, read.runs, InForce, Where(file, column="runs"), problems)
    lacks = read.coverage.lacks
    return Scheme(
        id=read.id,
        kind=read.kind,
        name=read.name.bilingual,
        operator=read.operator.bilingual,
        region=read.region,
        about=read.about.bilingual,
        last_confirmed_on=read.last_confirmed_on,
        coverage=RuleCoverage(
            read.coverage.extent,
            read.coverage.validated_against.bilingual,
            None if lacks is None else lacks.bilingual,
        ),
        parameters=_parameters(read.parameters, usage, file, problems),
        runs=read.runs,
        tiers=MappingProxyType(tiers),
        short_name=None if read.short_name is None else read.short_name.bilingual,
        takes=_takes(read),
        reduce_first=read.reduce_first,
    )


def _takes(read: SchemeFile) -> Takes:
    if read.takes is None:
        return Takes()
    cited = tuple(entry.citation for entry in read.takes.reference)
    return Takes(read.takes.subjects, cited, read.takes.confidence)


def _market(read: MarketFile, file: str, problems: list[Problem]) -> Market:
    usage: _Usage = {}
    claims = []
    _use(usage, read.applies, Applies, Where(file, column="applies"), problems)
    for column, ruling in (
        ("own_label", read.own_label),
        ("verified_label", read.verified_label),
    ):
        if ruling is not None:
            where = Where(file, column=column)
            _use(usage, ruling, Ruling, where, problems)
            _check_outcomes(read.parameters.get(ruling), False, where, problems)
    for number, entry in enumerate(read.claims, start=1):
        where = Where(file, column=f"claims.{number}")
        conditions = _conditions(entry.conditions, where, problems, usage)
        _use(usage, entry.ruling, Ruling, where, problems)
        _check_outcomes(
            read.parameters.get(entry.ruling), bool(conditions.children), where, problems
        )
        claims.append(
            ClaimKind(entry.rests_on, entry.ruling, conditions if conditions.children else None)
        )
    return Market(
        id=read.id,
        name=read.name.bilingual,
        place=read.place.bilingual,
        region=read.region,
        about=read.about.bilingual,
        last_confirmed_on=read.last_confirmed_on,
        parameters=_parameters(read.parameters, usage, file, problems),
        applies=read.applies,
        claims=tuple(claims),
        own_label=read.own_label,
        verified_label=read.verified_label,
        differs_from=read.differs_from,
        nature=read.nature,
    )


def _check_outcomes(
    ruling: ParameterEntry | None, conditional: bool, where: Where, problems: list[Problem]
) -> None:
    """A claim with conditions must say what follows where they fail or cannot be judged, and what
    is not confirmed (L) prohibits nothing."""
    for since, raw in (ruling.values if ruling is not None else {}).items():
        if raw is None or ruling is None:
            continue
        if conditional and not {"not_met", "open"} <= set(raw):
            problems.append(
                faults.PARAMETER_MISUSE.at(
                    where, f"the ruling of {since} needs 'not_met' and 'open': it has conditions"
                )
            )
        verdicts = {each.get("verdict") for each in raw.values() if isinstance(each, dict)}
        if ruling.confidence_on(since) == "L" and "prohibited" in verdicts:
            problems.append(
                faults.PARAMETER_MISUSE.at(
                    where, f"the ruling of {since} prohibits on a fact of confidence L"
                )
            )


def _conditions(
    raw: tuple[dict[str, Any], ...], where: Where, problems: list[Problem], usage: _Usage
) -> AllOf:
    names = frozenset(PREDICATES)
    parsed = []
    for item in raw:
        try:
            parsed.append(parse_expression(item, names, where))
        except BadExpressionError as error:
            problems.append(error.problem)
    tree = AllOf(tuple(parsed))
    for leaf in leaves(tree):
        _use_leaf(leaf, where, problems, usage)
    return tree


def _use_leaf(leaf: Leaf, where: Where, problems: list[Problem], usage: _Usage) -> None:
    _use(usage, leaf.parameter, PREDICATES[leaf.predicate].arguments, where, problems)


def _use(
    usage: _Usage, parameter: str, kind: type[Strict], where: Where, problems: list[Problem]
) -> None:
    if usage.setdefault(parameter, kind) is not kind:
        problems.append(
            faults.PARAMETER_MISUSE.at(where, f"'{parameter}' serves two different predicates")
        )


def _parameters(
    entries: dict[str, ParameterEntry], usage: _Usage, file: str, problems: list[Problem]
) -> Mapping[str, Parameter]:
    for name in sorted(set(usage) - set(entries)):
        problems.append(faults.PARAMETER_MISUSE.at(Where(file), f"there is no parameter '{name}'"))
    for name in sorted(set(entries) - set(usage)):
        problems.append(faults.PARAMETER_MISUSE.at(Where(file), f"no rule uses '{name}'"))
    return MappingProxyType(
        {
            name: _parameter(name, entry, usage[name], file, problems)
            for name, entry in entries.items()
            if name in usage
        }
    )


def _parameter(
    name: str, entry: ParameterEntry, kind: type[Strict], file: str, problems: list[Problem]
) -> Parameter:
    values = []
    for since, raw in entry.values.items():
        arguments = None
        if raw is not None:
            try:
                arguments = kind.model_validate(raw)
            except ValidationError as error:
                place = f"parameters.{name}.values.{since}"
                problems.extend(
                    faults.RULE_FILE_SHAPE.at(
                        Where(file, column=f"{place}.{error_path(detail)}"), error_words(detail)
                    )
                    for detail in error.errors(include_url=False, include_input=False)
                )
        citations = tuple(cited.citation for cited in entry.reference[since])
        precision, confidence = entry.precision.get(since, "day"), entry.confidence_on(since)
        values.append(DatedValue(since, precision, arguments, citations, confidence))
    return Parameter(
        name=name,
        description=entry.description.bilingual,
        values=tuple(values),
        last_confirmed_on=entry.last_confirmed_on,
    )
