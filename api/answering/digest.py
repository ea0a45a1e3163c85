"""The digest of reminders: which requests are due, in words, for a mail or a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from api.answering.model import Case
from label_templates.console_pages import ConsoleLanguage, console_words


def digest_text(
    cases: Sequence[Case],
    today: date,
    language: ConsoleLanguage,
    base_url: str,
    names: Mapping[str, str],
) -> str:
    """Open requests by date, one a line with its address; overdue ones say so.

    `names`: who is behind the names of actors, such as what a token is called.
    """
    words = console_words(language)
    if not cases:
        return words.say("digest_none")
    lines = [words.say("digest_head", count=len(cases), day=today.isoformat())]
    for case in cases:
        assert case.due is not None  # noqa: S101 - they were found by their date
        left = (case.due - today).days
        when = (
            words.say("digest_overdue", days=-left)
            if left < 0
            else words.say("digest_left", days=left)
        )
        who = names.get(case.worker, case.worker) or words.say("digest_nobody")
        what = " · ".join(one for one in (case.buyer, case.product) if one)
        open_ones = [
            words.word("questions", name)
            for name, answer in case.questions.items()
            if answer.state == "open"
        ]
        still = words["list_comma"].join(open_ones)
        lines.append(
            f"- {case.due.isoformat()} ({when}) {what} · {who}"
            + (f" · {words.say('digest_open', questions=still)}" if still else "")
            + f"\n  {base_url}/requests/{case.id}"
        )
    return "\n".join(lines)
