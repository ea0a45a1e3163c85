"""Shapes of the register, its log, applications, objections, proofs and recalls."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from api.schemas import EXAMPLE_NUMBER, Asked, CertificateAnswer, ObjectionAnswer, Shape
from footprint.certificates.lifecycle import ObjectionGround


class RegisterEntry(Shape):
    """A certificate as the public register lists it."""

    number: str = Field(description="Number of the certificate.", examples=[EXAMPLE_NUMBER])
    state: str = Field(
        description="The verdict that its page shows: issued, not_yet_valid, expired, suspended, "
        "revoked, superseded, draft, or invalid where a check failed."
    )
    failed: list[str] = Field(description="Codes of the checks that failed; none when issued.")
    drawn: list[str] = Field(
        description="Languages in which its PDF was drawn; with none, no seal could be checked."
    )
    since: datetime = Field(description="When the state was last set (UTC).")
    reason: str = Field(description="Why; may be empty.")
    product: str = Field(description="Name of the product.")
    product_zh: str = Field(description="Its Chinese name; may be empty.")
    company: str = Field(description="Name of the holder; may be empty.")
    company_zh: str = Field(description="Its Chinese name; may be empty.")
    scheme: str = Field(description="Id of the scheme whose rules were applied.")
    tier: str = Field(description="Tier of the scheme.")
    shown_amount: str = Field(
        description="The certified footprint in three significant digits, per the declared unit.",
        examples=["1.93"],
    )
    shown_unit: str = Field(description="Its unit: g, kg or t of CO2e.")
    declared_amount: str = Field(description="Amount of the declared unit.", examples=["1"])
    declared_unit: str = Field(description="The declared unit.", examples=["piece"])
    boundary: str = Field(description="What is counted, such as cradle-to-gate.")
    partial: bool = Field(
        description="Whether the total lacks something, covered by data or not: the footprint is "
        "at least that."
    )
    claim: str = Field(
        description="What the tier claims in figures: by how much, against what, since when, how "
        "sure; or which credits were retired. Empty where it states the footprint alone."
    )
    claim_zh: str = Field(description="The claim in Chinese.")
    unconfirmed: int = Field(
        description="How many facts about the scheme's rules rest on weak sources and have to be "
        "confirmed first."
    )
    not_for: list[str] = Field(
        description="Markets whose law prohibits showing its words or label to consumers."
    )
    issued_at: datetime = Field(description="When it was issued (UTC).")
    valid_from: date = Field(description="First day of the term (UTC).")
    valid_until: date = Field(description="Last day of the term; renewal is due by then.")
    surveillance_due: date | None = Field(
        description="Day by which the holder is to be looked at again; null when none is left."
    )
    superseded_by: str | None = Field(description="Number of the certificate that replaced it.")
    url: str = Field(description="Address of the whole public document.")


class RegisterPage(Shape):
    """A page of the register, newest first. Withdrawn certificates are in it."""

    certificates: list[RegisterEntry] = Field(description="What was found.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class LogEntry(Shape):
    """An entry of the log. Its hash covers all other members."""

    sequence: int = Field(description="Number of the entry, from 1.")
    at: str = Field(description="When it happened (UTC).")
    action: str = Field(description="What happened.", examples=["certificate.issued"])
    subject: str = Field(description="Number of the certificate, or id of the key; else empty.")
    digest: str = Field(description="SHA-256 of what is not public. Empty in old entries.")
    previous: str = Field(description="Hash of the entry before.")
    hash: str = Field(description="Hash of this entry.")


class LogPage(Shape):
    """A page of the log, oldest first."""

    entries: list[LogEntry] = Field(description="The entries.")
    next: int | None = Field(description="Give it as `after` for the next page; null at the end.")


class ApplicationAnswer(Shape):
    """An order for a certificate on its way through three people."""

    id: str = Field(description="Id of the application (UUID).")
    state: str = Field(
        description="draft, submitted, checked, issued, returned (a draft again) or withdrawn."
    )
    footprint_id: str = Field(description="Id of the footprint.")
    scheme: str = Field(description="Id of the scheme.")
    tier: str = Field(description="Tier of the scheme.")
    evidence: str = Field(description="The evidence as YAML text.")
    months: int | None = Field(description="Term in months; null for the scheme's own.")
    replaces: str | None = Field(description="Number of the certificate to be superseded.")
    replace: bool = Field(
        description="Whether it supersedes the certificate of the same order that is in force."
    )
    created_at: datetime = Field(description="When it was drafted (UTC).")
    changed_at: datetime = Field(description="When it last changed (UTC).")
    maker: str = Field(description="Who made it.")
    checker: str = Field(description="Who checked it; empty before.")
    approver: str = Field(description="Who approved it; empty before.")
    note: str = Field(description="What the checker noted; may be empty.")
    number: str | None = Field(description="Number of the certificate that came of it.")


class ApplicationPage(Shape):
    """A page of your applications, oldest first."""

    applications: list[ApplicationAnswer] = Field(description="The applications.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class CheckNote(Asked):
    """What the checker has to say."""

    note: str = Field(default="", max_length=500, description="A note; may be empty.")


class ReturnNote(Asked):
    """Why an application is sent back."""

    note: str = Field(min_length=1, max_length=500, description="What has to be mended.")


class Approved(Shape):
    """The application that was approved, and the certificate that came of it."""

    application: ApplicationAnswer
    certificate: CertificateAnswer


class SurveillanceNote(Asked):
    """That the holder was looked at again."""

    note: str = Field(min_length=1, max_length=500, description="What was found; public.")


class ObjectionOrder(Asked):
    """What somebody holds against a certificate."""

    party: str = Field(min_length=1, max_length=200, description="Who objects, as shown.")
    text: str = Field(min_length=1, max_length=2000, description="What is held against it.")
    ground: ObjectionGround = Field(
        default="other",
        description="falsification: the certificate, or what it rests on, is forged.",
    )


class ReaderObjection(Asked):
    """What a reader without a token holds against a certificate."""

    text: str = Field(
        min_length=1,
        max_length=2000,
        description="What is held against it. It becomes public with the answer.",
    )
    ground: ObjectionGround = Field(
        default="other",
        description="falsification: the certificate, or what it rests on, is forged.",
    )
    name: str = Field(default="", max_length=200, description="Who you are; never public.")
    contact: str = Field(
        default="", max_length=200, description="How the issuer can reach you; never public."
    )


class OwnObjection(ObjectionAnswer):
    """An objection to a certificate of yours."""

    number: str = Field(description="Number of the certificate.", examples=[EXAMPLE_NUMBER])
    name: str = Field(description="The name that a reader gave; not public; may be empty.")
    contact: str = Field(description="How to reach the reader; not public; may be empty.")


class OwnObjectionPage(Shape):
    """A page of the open objections to your certificates, oldest first."""

    objections: list[OwnObjection] = Field(description="The objections.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class ObjectionReply(Asked):
    """What came of an objection."""

    state: Literal["upheld", "rejected"] = Field(description="Whether it was right.")
    answer: str = Field(min_length=1, max_length=2000, description="The reasons; public.")
    ground: ObjectionGround | None = Field(
        default=None,
        description="How it is judged; left out, as it was raised. An upheld falsification "
        "suspends the certificate at once.",
    )


class ProofOrder(Asked):
    """Which lines of the bill of materials are to be shown."""

    lines: list[str] = Field(
        min_length=1, max_length=1000, description="Ids of lines.", examples=[["1", "2"]]
    )


class RecallOrder(Asked):
    """Which inventory was corrected by which."""

    old_inventory: str = Field(
        max_length=71, description="Hash of the compiled inventory with the mistake."
    )
    new_inventory: str = Field(max_length=71, description="Hash of the corrected one.")
    apply: bool = Field(
        default=False, description="Suspend what is to be suspended; else only report."
    )


class RecallReport(Shape):
    """What a correction does to the certificates in force, the worst first."""

    type: Literal["recall"] = Field(description="Always `recall`.")
    version: str = Field(alias="schema", description="Version of this form.")
    at: datetime = Field(description="When it was made (UTC).")
    old_inventory: str = Field(description="Hash of the inventory with the mistake.")
    new_inventory: str = Field(description="Hash of the corrected one.")
    rules: str = Field(description="Hash of the rules in use.")
    applied: bool = Field(description="Whether certificates were suspended.")
    logged: bool = Field(description="Whether the log tells of it.")
    certificates: int = Field(description="How many were looked at.")
    datasets: dict[str, list[dict[str, Any]]] = Field(
        description="Corrected datasets by GWP set: id, kg CO2e per unit before and after."
    )
    impacts: list[dict[str, Any]] = Field(
        description="Touched certificates: amounts before and after in kg CO2e per declared unit, "
        "whether the tier holds, what is proposed, and the notice in English and Chinese."
    )


class ObjectionPage(Shape):
    """A page of the objections to a certificate, oldest first."""

    objections: list[ObjectionAnswer] = Field(description="The objections.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")
