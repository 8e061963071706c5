"""The one form of a document that its hash is taken of."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_hash(raw: dict[str, Any]) -> str:
    """SHA-256 of a document as compact JSON with sorted keys, in hexadecimal."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
