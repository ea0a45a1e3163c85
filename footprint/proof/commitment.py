"""Commit to a bill of materials line by line without showing any of it.

The commitment is a Merkle root (RFC 6962) over one leaf for the product and the file, and one for
each line. Every leaf holds a salt of its own, made from a secret that stays with the owner, so
that nobody can find a line by trying out likely ones; and its place and the number of leaves, so
that none can be moved. A line is shown to somebody with its salt and the path to the root.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from footprint.canonical_fast import (
    canonical_bytes,
    canonical_each,
    canonical_records,
    plain_document,
)
from footprint.proof import merkle
from footprint.proof.faults import UNKNOWN_LINE
from footprint.study import Inputs
from footprint.values.bom import Bom

#: Random bytes of the secret from which the salts are made.
SECRET_BYTES = 32
Leaf = dict[str, Any]


def commitment_leaves(bom: Bom, inputs: Inputs, secret: bytes) -> tuple[Leaf, ...]:
    """The leaves for a bill of materials as it was read from `inputs`.

    The first one holds the product's facts and the hashes of the files, byte for byte.
    Raises ValueError unless `secret` has 32 bytes.
    """
    size = len(bom.lines) + 1
    lines = ({"line": plain_document(line)} for line in bom.lines)
    return (
        _first_leaf(bom, inputs, secret),
        *(
            {"index": index, "of": size, "salt": _salt(secret, index), **content}
            for index, content in enumerate(lines, start=1)
        ),
    )


def _first_leaf(bom: Bom, inputs: Inputs, secret: bytes) -> Leaf:
    return {
        "index": 0,
        "of": len(bom.lines) + 1,
        "salt": _salt(secret, 0),
        "product": plain_document(bom.product),
        **inputs.fingerprint(),
    }


def commitment_root(leaves: Sequence[Mapping[str, Any]]) -> str:
    """The commitment to `leaves`: `sha256:` and the Merkle root in hexadecimal digits."""
    return f"sha256:{merkle.root(canonical_each(leaves)).hex()}"


def commitment_to(bom: Bom, inputs: Inputs, secret: bytes) -> str:
    """`commitment_root` of `commitment_leaves`, without making each leaf: to keep a commitment
    takes the root alone. Raises as both do."""
    size = len(bom.lines) + 1
    try:
        leaves = [_leaf_bytes(_first_leaf(bom, inputs, secret))]
        leaves += [
            f'{{"index":{at},"line":{line},"of":{size},"salt":"{_salt(secret, at)}"}}'.encode()
            for at, line in enumerate(canonical_records(bom.lines), start=1)
        ]
    except ValueError:  # what cannot be written so is written, or refused, the longer way
        return commitment_root(commitment_leaves(bom, inputs, secret))
    return f"sha256:{merkle.root(leaves).hex()}"


def prove_lines(leaves: Sequence[Mapping[str, Any]], lines: Sequence[str]) -> list[dict[str, Any]]:
    """The chosen lines (by their id), each with its salt and its path to the root.

    Raises InputRefused (VER-030), naming the lines that are not there or have no id of their own.
    """
    places: dict[str, list[int]] = {}
    for leaf in leaves[1:]:
        places.setdefault(str(leaf["line"]["id"]), []).append(leaf["index"])
    wrong = [name for name in lines if len(places.get(name, ())) != 1]
    if wrong or not lines:
        raise UNKNOWN_LINE.refuse(
            f"No single line has the id {', '.join(map(repr, wrong)) or '(none was named)'}.",
            hint=f"Ids of this bill of materials: {', '.join(places)}."[:400],
        )
    encoded = [_leaf_bytes(leaf) for leaf in leaves]
    return [
        {
            "leaf": dict(leaves[index]),
            "path": [sibling.hex() for sibling in merkle.path(encoded, index)],
        }
        for index in (places[name][0] for name in lines)
    ]


def proof_holds(proof: Any, root: str) -> bool:
    """Whether a proof, as `prove_lines` gives it, leads to `root`. Never raises."""
    try:
        leaf, index, size = proof["leaf"], proof["leaf"]["index"], proof["leaf"]["of"]
        siblings = [bytes.fromhex(sibling) for sibling in proof["path"]]
        if type(index) is not int or type(size) is not int or {len(s) for s in siblings} - {32}:
            return False
        found = merkle.root_from_path(_leaf_bytes(leaf), index, size, siblings)
    except (TypeError, KeyError, ValueError, RecursionError):
        return False
    return found is not None and f"sha256:{found.hex()}" == root


def without_salt(leaf: Mapping[str, Any]) -> Leaf:
    """What a leaf says, without the salt, to compare it with what was read."""
    return {name: value for name, value in leaf.items() if name != "salt"}


def _leaf_bytes(leaf: Mapping[str, Any]) -> bytes:
    return canonical_bytes(dict(leaf))


def _salt(secret: bytes, index: int) -> str:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"the secret of a commitment has {SECRET_BYTES} bytes, not {len(secret)}")
    return hmac.digest(secret, f"leaf {index}".encode(), "sha256").hex()
