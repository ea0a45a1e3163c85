"""What a chosen tier still lacks, and what was said, as the page of evidence shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.language import Language
from footprint.rules.answers import Ask, question_key, said_in
from footprint.values.decision import Citation
from label_templates.console_pages import console_words

#: The words of a choice, by question and by field.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "sales_channel": ("b2b", "b2c"),
    "audience": ("consumer", "business"),
    "unit_kind": ("functional", "declared", "smallest-sales-unit"),
    "renewal": ("no", "yes"),
    "kind": (
        "third-party", "accredited-body", "registered-verifier", "scheme-operator",
        "certified-system", "self",
    ),
    "level": ("limited", "reasonable"),
    "issuance": ("ex-post", "ex-ante"),
    "credit_kind": ("reduction", "removal"),
    "tier": ("disclosure", "reduction", "low-carbon", "neutral"),
    "boundary": ("cradle-to-gate", "cradle-to-grave"),
}  # fmt: skip
#: The fields of a form that is a record, as the evidence file names them.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "verification": ("by", "kind", "date", "level"),
    "document": ("date", "url"),
    "reference": (
        "value", "per", "date", "boundary", "function", "method", "pcr", "region", "product_code",
        "gwp_set", "units_sold", "earlier_value", "quantile",
    ),
    "credits": (
        "tonnes", "kind", "programme", "registry", "serial", "vintage", "issuance", "retired_on",
        "beneficiary",
    ),
    "tiers": ("scheme", "tier", "number", "valid_until"),
}  # fmt: skip


#: How a sentence of a rule goes on where nothing was supplied.
_NOT_ANSWERED = (": not supplied: ", "：未提供：")


@dataclass(frozen=True, slots=True)
class AskField:
    """A field of a form: its words, and the words that it may be ("" = a text). `typed` is what
    was typed before."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    typed: str


@dataclass(frozen=True, slots=True)
class AskView:
    """A question: what is asked for, the rule that asks, an example, and the fields of its form.
    `error`: why the last answer could not be used."""

    key: str
    title: str
    says: str
    citation: Citation | None
    example: str
    fields: tuple[AskField, ...]
    suggested: tuple[str, ...]
    may_lack: bool
    error: str


@dataclass(frozen=True, slots=True)
class SaidView:
    """An answer that was given, in words."""

    key: str
    title: str
    text: str


def ask_views(
    asks: Sequence[Ask],
    missing: Sequence[str],
    language: Language,
    typed: Mapping[str, str],
    wrong: str,
    error: str,
) -> tuple[AskView, ...]:
    """The questions about what is `missing`; `wrong` is the one whose answer (`typed`) could not
    be used, and why."""
    words = console_words(language)
    return tuple(
        AskView(
            ask.key,
            title_of(ask.key, language),
            _rule_of(named_in_words(words.pick(ask.says, ask.says_zh), missing, language)),
            ask.citation,
            words.word("ask_examples", ask.form if ask.form in FIELDS else ask.root),
            _fields(ask, language, typed if ask.key == wrong else {}),
            ask.suggested,
            ask.may_lack,
            error if ask.key == wrong else "",
        )
        for ask in asks
    )


def title_of(key: str, language: Language) -> str:
    """What a question asks for, in words."""
    words = console_words(language)
    root, _, name = key.partition(".")
    if not name:
        return words.word("asks", root)
    return f"{words.word('asks', root)}{words['colon']}{words.word('ask_names', name)}"


def named_fields(said: str, key: str, language: Language) -> str:
    """A refusal of the answer to a question, whose fields are called as their labels call them."""
    labels = console_words(language).group("ask_fields")

    def called(found: re.Match[str]) -> str:
        root, _, name = found[1].removeprefix(key).rpartition(".")
        if found[1] == key:
            return f"“{title_of(key, language)}”"
        return f"“{labels[name]}”" if found[1] != name and name in labels and not root else found[0]

    return re.sub(r"[“']([\w.]+)[”']", called, said)


def _rule_of(says: str) -> str:
    """A rule without the words that it is not answered yet: the question below says so."""
    for cut in _NOT_ANSWERED:
        says = says.partition(cut)[0]
    return says


def named_in_words(says: str, missing: Sequence[str], language: Language) -> str:
    """A sentence with what it lacks called as pages call it, not as a file of evidence does."""
    # The longest first: `plans.commitment` stands within `plans.commitment.date`.
    for name in sorted(missing, key=len, reverse=True):
        key = question_key(name) if name in says else None
        if key:
            says = says.replace(name, title_of(key, language))
    return says


def _fields(ask: Ask, language: Language, typed: Mapping[str, str]) -> tuple[AskField, ...]:
    words = console_words(language)
    names = FIELDS.get(ask.form, ("value",))
    found = []
    for name in names:
        listed = ask.root if name == "value" and ask.form == "choice" else name
        if ask.form == "credits" and name == "kind":
            listed = "credit_kind"
        if ask.form == "verification" and name == "kind" and ask.suggested:
            codes: tuple[str, ...] = tuple(one for one in CHOICES["kind"] if one in ask.suggested)
        else:
            codes = CHOICES.get(listed, ())
        choices = tuple((code, words.word("ask_choices", code)) for code in codes)
        found.append(AskField(name, words.word("ask_fields", name), choices, typed.get(name, "")))
    return tuple(found)


def said_views(evidence: Mapping[str, Any], language: Language) -> tuple[SaidView, ...]:
    """Every answer that was given."""
    return tuple(
        SaidView(key, title_of(key, language), _in_words(value, language))
        for key, value in said_in(evidence)
    )


def _in_words(value: Any, language: Language) -> str:
    words = console_words(language)
    if value in ("absent", []):
        return words.say("does_not_exist")
    if value is True or value is False:
        return words.word("ask_choices", "yes" if value else "no")
    if isinstance(value, list):
        return words["joiner"].join(_in_words(one, language) for one in value)
    if isinstance(value, dict):
        return " · ".join(
            f"{words.word('ask_fields', name)}{words['colon']}{_in_words(one, language)}"
            for name, one in value.items()
        )
    return words.word("ask_choices", str(value))
