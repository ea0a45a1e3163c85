"""The evidence of an order as OpenAPI shapes: made from the schema of evidence files, explained."""

from __future__ import annotations

from typing import Any

from footprint.rules.evidence_schema import EvidenceFile

#: What each member says, whichever shape it is in.
_MEMBERS = {
    "sales_channel": "To whom the product is sold: consumers (b2c) or businesses (b2b).",
    "audience": "Who is to see the claim.",
    "function": "What the product does, as it is compared.",
    "region": "Where the product is sold, or a value holds.",
    "product_code": "Code of the product's kind, such as HS or CN.",
    "product_category": "Category of the product as the scheme names it.",
    "methods": "Methods and standards that the footprint follows.",
    "pcr": "Product category rules that were used; `absent` when there are none.",
    "verification": "Who verified the footprint, when and how far.",
    "references": "Values to compare with, by kind.",
    "plans": "Plans that exist, by name; `absent` for known not to exist.",
    "publications": "What was published, by name; `absent` for known not to exist.",
    "credits": "Carbon credits that were retired for the product.",
    "units_sold": "Declared units sold in the period.",
    "renewal": "Whether a certificate is renewed.",
    "tiers_held": "Tiers that the product holds already.",
    "unit_kind": "What the footprint is stated per.",
    "named_boundary": "A boundary that the scheme has its own name for, as the verifier confirmed.",
    "probability_of_reduction": "How probable it is that a reduction was reached.",
    "tonnes": "Tonnes of CO2e.",
    "programme": "Programme that issued the credits.",
    "kind": "Kind: of credits, or of verifier.",
    "vintage": "Year in which the reduction happened.",
    "issuance": "Whether credits were issued after or before the reduction.",
    "retired_on": "Day on which the credits were retired.",
    "serial": "Serial of the block, first to last.",
    "registry": "Registry that holds the credits.",
    "beneficiary": "For whom the credits were retired.",
    "reason": "Why they were retired.",
    "date": "Day.",
    "url": "Where the public can read it.",
    "scheme": "Id of a scheme.",
    "tier": "Tier of the scheme.",
    "number": "Number of the certificate.",
    "valid_until": "Last day of its term.",
    "reference": "Kind of reference.",
    "at_least": "Reduction in question, a share from 0 to 1.",
    "probability": "Probability that it was reached, 0 to 1.",
    "draws": "Number of draws, 475 at least.",
    "value": "kg CO2e per `per`.",
    "per": "What the value is per, such as `1 piece`.",
    "boundary": "Boundary of the value.",
    "method": "Method by which the value was made.",
    "gwp_set": "GWP set of the value: AR6, AR5 or AR4.",
    "earlier_value": "Lowest value announced before, kg CO2e; `absent` when there was none.",
    "quantile": "Which quantile of its kind the value is, 0 to 1.",
    "chosen": "How the value was chosen among years.",
    "history": "kg CO2e by year.",
    "source": "Where the value is written.",
    "interval": "What the footprint lies in; used where no probability is stated.",
    "low": "Lower end, kg CO2e per declared unit.",
    "high": "Upper end, kg CO2e per declared unit.",
    "share": "Probability with which it lies in it, 0 to 1.",
    "decided_by": "`probability`: the probability of a reduction has to be shown too.",
    "least_probability": "The least probability; 0.95 where left out.",
    "by": "Who verified.",
    "level": "Level of assurance.",
    "statement": "Number of the verifier's signed statement on the footprint.",
}
_SHAPES = {
    "Absent": "Known not to exist.",
    "CreditEntry": "A block of carbon credits.",
    "DocumentEntry": "A plan or publication.",
    "IntervalEntry": "An interval of the footprint.",
    "HeldTierEntry": "A tier that the product holds.",
    "ProbabilityEntry": "A probability of reduction.",
    "ReferenceEntry": "A value to compare with.",
    "VerificationEntry": "A verification.",
    "EvidenceFile": "What supports a tier beyond the footprint; everything may be left out.",
}


def evidence_shapes() -> dict[str, Any]:
    """Shapes by name for `components.schemas`. Raises KeyError for a member without a word."""
    root = EvidenceFile.model_json_schema(ref_template="#/components/schemas/{model}")
    shapes: dict[str, Any] = root.pop("$defs")
    shapes[EvidenceFile.__name__] = root
    for name, shape in shapes.items():
        shape["description"] = _SHAPES[name]
        for member, schema in shape.setdefault("properties", {}).items():
            schema["description"] = _MEMBERS[member]
            if "patternProperties" in schema:  # of other names nothing is said, and none is taken
                schema["additionalProperties"] = False
        if name == "Absent":
            del shape["properties"]
    return shapes
