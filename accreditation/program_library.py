"""Published programs of the industry as documents, ready to be drafted for a vendor.

A file is named after its program's key, and after its version where several can be used at once:
`aws-services-tiers.yaml`, `finops-platform.older.yaml`. Its name without the ending is the name
under which it is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accreditation.criteria.yaml_source import load_yaml

FOLDER = Path(__file__).parent / "programs"


class UnknownProgram(LookupError):
    """The library has no document of this name."""


def names() -> tuple[str, ...]:
    """Return the names of all documents in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load(name: str) -> Mapping[str, Any]:
    """Return the document of a name, not yet checked: numbers may be open.

    :raises UnknownProgram: there is none.
    """
    if name not in names():
        raise UnknownProgram(name)
    return load_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
