"""Read a certificate's status from signed status lists, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import ECKey

from footprint.certificates import statuslist
from footprint.certificates.claims import issuer_of, moment
from footprint.certificates.faults import REVOKED, STATUS_LIST, SUPERSEDED, SUSPENDED
from footprint.certificates.jose import Opened, RefusedError, open_signed
from footprint.certificates.report import VerificationCheck, failed_check, passed_check, skipped
from footprint.faults import InputRefused

_UNASKED = skipped(
    "status",
    "No status list was given: ask the register whether it is still valid.",
    "未提供状态列表：请向登记处查询证书是否仍然有效。",
)


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """The check of the status, and until when (UTC) the lists that were read may be relied on."""

    check: VerificationCheck = _UNASKED
    until: datetime | None = None


def check_status(
    opened: Opened, keys: Mapping[str, ECKey], as_of: datetime, status_lists: Sequence[str]
) -> StatusFinding:
    """Whether a certificate is revoked, superseded or suspended, from lists fetched earlier.

    Each list must be signed by the same issuer, be valid at `as_of`, and be the very list that the
    certificate names. Without lists the check is skipped; with untrusted ones it fails. The list
    of purpose "refresh" may be left out: it only tells that a revoked certificate has a successor.
    """
    if not status_lists:
        return StatusFinding()
    try:
        read = [_bits(token, keys, opened.did, as_of) for token in status_lists]
        until = min(end for _, _, end in read)
        bits = _united((place, bits) for place, bits, _ in read)
        entries = _entries(opened.payload)
        set_purposes = {purpose for purpose, set_ in _states(entries, bits) if set_}
    except (RefusedError, InputRefused, _ListError) as error:
        reason = str(error) if isinstance(error, InputRefused) else error.says
        reason_zh = str(error) if isinstance(error, InputRefused) else error.says_zh
        return StatusFinding(
            failed_check(
                "status",
                STATUS_LIST,
                f"The status cannot be trusted: {reason}",
                f"状态列表不可信：{reason_zh}",
            )
        )
    return StatusFinding(_told(set_purposes, until), until.astimezone(UTC))


def kept_status(state: str) -> VerificationCheck:
    """The check of the status by the register itself, which needs no list: `state` is what it keeps
    (issued, suspended, revoked or superseded)."""
    purposes = {"suspended": {"suspension"}, "revoked": {"revocation"}}
    set_purposes = purposes.get(state, {"revocation", "refresh"} if state != "issued" else set())
    return _told(set_purposes, None)


def _told(set_purposes: set[str], until: datetime | None) -> VerificationCheck:
    if set_purposes >= {"revocation", "refresh"}:
        return failed_check(
            "status", SUPERSEDED, "A newer certificate replaced it.", "已被新证书取代。"
        )
    if "revocation" in set_purposes:
        return failed_check("status", REVOKED, "It was revoked.", "证书已被撤销。")
    if "suspension" in set_purposes:
        return failed_check("status", SUSPENDED, "It is suspended.", "证书已被暂停。")
    if until is None:
        hours = round(statuslist.LIFETIME.total_seconds() / 3600)
        return passed_check(
            "status",
            "It is neither revoked nor suspended. Copies of the status lists count for "
            f"{hours} hours: for so long an offline check may miss a later revocation.",
            f"证书未被撤销或暂停。状态列表的副本有效 {hours} 小时：在此期间，"
            "离线核验可能看不到之后的撤销。",
        )
    end = moment_text(until)
    return passed_check(
        "status",
        "It is neither revoked nor suspended, by lists that count until "
        f"{end}; what changes before then is seen in newer lists only.",
        f"证书未被撤销或暂停；所用状态列表有效至 {end}，此前的变更只见于更新的列表。",
    )


def moment_text(moment: datetime) -> str:
    """A moment in UTC as it is printed (RFC 3339, whole seconds)."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


class _ListError(Exception):
    """A status list is authentic but is not the one that is needed."""

    def __init__(self, says: str, says_zh: str) -> None:
        super().__init__(says)
        self.says, self.says_zh = says, says_zh


def _bits(
    token: str, keys: Mapping[str, ECKey], did: str, as_of: datetime
) -> tuple[tuple[str, str], bytes, datetime]:
    """(address, purpose) of a list, its bits, and until when it may be relied on."""
    opened = open_signed(token, keys)
    payload = opened.payload
    subject = payload.get("credentialSubject")
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        raise _ListError("a document given as status list is none.", "所给文件不是状态列表。")
    if opened.did != did or issuer_of(payload) != did:
        raise _ListError("a status list was issued by somebody else.", "状态列表由他人签发。")
    start, end = moment(payload.get("validFrom")), moment(payload.get("validUntil"))
    if start is None or end is None or not start <= as_of <= end:
        raise _ListError(
            "a status list is not valid at the time asked for; fetch it again.",
            "状态列表在所查询时刻无效；请重新获取。",
        )
    place = (str(payload.get("id")), str(subject.get("statusPurpose")))
    return place, statuslist.decode_bits(subject.get("encodedList")), end


def _united(
    lists: Iterable[tuple[tuple[str, str], bytes]],
) -> dict[tuple[str, str], bytes]:
    """One list for each place: of two that are valid, what either says counts, whatever their
    order. An old list kept beside a new one must not hide a revocation."""
    found: dict[tuple[str, str], bytes] = {}
    for place, bits in lists:
        known = found.get(place, b"")
        size = max(len(known), len(bits))
        # As one integer each: a loop over 16 kB takes a thousand times as long.
        both = int.from_bytes(known, "little") | int.from_bytes(bits, "little")
        found[place] = both.to_bytes(size, "little")
    return found


def _entries(payload: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """(address, purpose, index) of each status entry; the index as text (W3C) or number (UNTP)."""
    status = payload.get("credentialStatus")
    entries = []
    for entry in status if isinstance(status, list) else [status]:
        if not isinstance(entry, dict):
            raise _ListError(
                "the credential's status entry is not an object.", "凭证的状态条目格式不符。"
            )
        index = str(entry.get("statusListIndex"))
        if not (index.isascii() and index.isdecimal()) or len(index) > 12:
            raise _ListError(
                "the credential's status index is not a number.", "凭证的状态序号不是数字。"
            )
        entries.append(
            (str(entry.get("statusListCredential")), str(entry.get("statusPurpose")), int(index))
        )
    return entries


def _states(
    entries: Sequence[tuple[str, str, int]], bits: Mapping[tuple[str, str], bytes]
) -> list[tuple[str, bool]]:
    states = []
    for url, purpose, index in entries:
        if (url, purpose) not in bits:
            if purpose == "refresh":
                continue
            raise _ListError(
                f"the list {url[:120]} ({purpose[:20]}) is not among those given.",
                f"未提供列表 {url[:120]}（{purpose[:20]}）。",
            )
        states.append((purpose, statuslist.bit(bits[url, purpose], index)))
    return states
