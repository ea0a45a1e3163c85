"""A campaign as tables: all answers for a spreadsheet, and one file for a mail merge."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from api.answering.campaign_model import Campaign, CampaignSupplier, GivenAnswer
from api.answering.campaigns import Board, Campaigns
from footprint.analysis.export import xml_cell
from label_templates.console_pages import ConsoleLanguage, console_words

ANSWER_COLUMNS = (
    *("supplier", "mail", "state", "late", "overdue", "spend", "product", "kind", "kg_co2e"),
    *("unit", "measured_percent", "complete", "findings", "next_step", "said", "answered_at"),
)
MAIL_COLUMNS = ("name", "mail", "language", "subject", "text", "link")


def answer_rows(board: Board, today: Any) -> Iterator[dict[str, Any]]:
    """One row a supplier and product; who gave nothing has a row too, with a gap for a number."""
    for one in board.suppliers:
        given = {answer.product: answer for answer in board.answers[one.id]}
        for at, product in enumerate(one.asked_for):
            yield _row(board.campaign, one, product, given.get(at), today)


def _row(
    campaign: Campaign,
    one: CampaignSupplier,
    product: str,
    answer: GivenAnswer | None,
    today: Any,
) -> dict[str, Any]:
    return {
        "supplier": one.name,
        "mail": one.mail,
        "state": one.state,
        "late": one.was_late(campaign.due),
        "overdue": one.is_overdue(campaign.due, today),
        "spend": one.spend,
        "product": product,
        "kind": "" if answer is None else answer.kind,
        "kg_co2e": None if answer is None else answer.kg,
        "unit": "" if answer is None else answer.unit,
        "measured_percent": None if answer is None else answer.measured,
        "complete": None if answer is None else answer.complete,
        "findings": None if answer is None else len(json.loads(answer.findings)),
        "next_step": one.next_step or "",
        "said": one.said,
        "answered_at": None if one.answered_at is None else one.answered_at.isoformat(),
    }


def answers_csv(board: Board, today: Any) -> bytes:
    """All answers as CSV, gaps empty."""
    return _csv(ANSWER_COLUMNS, answer_rows(board, today))


def mail_csv(
    campaigns: Campaigns,
    campaign: Campaign,
    them: Sequence[CampaignSupplier],
    base_url: str,
    *,
    reminder: bool = False,
) -> bytes:
    """One row a mail: to whom, in which language, subject, text and private link."""
    rows = [
        {
            "name": one.name,
            "mail": one.mail,
            "language": one.language,
            "subject": mail_subject(campaign, one, reminder),
            "text": letter(campaign, one, campaigns.address(one, base_url), reminder=reminder),
            "link": campaigns.address(one, base_url),
        }
        for one in them
    ]
    return _csv(MAIL_COLUMNS, rows)


def mail_subject(campaign: Campaign, one: CampaignSupplier, reminder: bool = False) -> str:
    """The subject of a mail in the supplier's language."""
    words = console_words(_language(one))
    name = "reminder_subject" if reminder else "invitation_subject"
    return words.say(name, buyer=campaign.buyer, day=campaign.due.isoformat())


def letter(campaign: Campaign, one: CampaignSupplier, link: str, *, reminder: bool = False) -> str:
    """The text of a mail in the supplier's language, with his products and his link."""
    language = _language(one)
    words = console_words(language)
    products = words["list_comma"].join(name for name in one.asked_for if name)
    text = words["reminder"] if reminder else campaign.invitation[language]
    if not campaign.why:
        text = text.replace("{why}\n", "")
    values = {
        "{supplier}": one.name,
        "{buyer}": campaign.buyer,
        "{products}": products or words.say("campaign_your_products"),
        "{day}": campaign.due.isoformat(),
        "{why}": campaign.why,
        "{link}": link,
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text if link in text else f"{text}\n\n{link}"


def _language(one: CampaignSupplier) -> ConsoleLanguage:
    return "zh" if one.language == "zh" else "en"


def _csv(columns: Sequence[str], rows: Any) -> bytes:
    """With a byte order mark: Excel takes a file without one for Latin letters. What would be a
    formula there is neutralised."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return ("\ufeff" + buffer.getvalue()).encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return xml_cell(value)
    return "" if value is None else value
