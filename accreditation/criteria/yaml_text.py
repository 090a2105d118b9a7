"""Rules documents written as YAML that reads back as the very same document.

Names keep their order, days stay text, numbers are written out, and whatever another reader of YAML
could take for something else is quoted.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

_WIDTH = 100
_SHORT = 72


def dump_yaml(document: Mapping[str, Any]) -> str:
    """Return a document as YAML: `load_yaml` of it is equal, names in the same order."""
    return yaml.dump(
        _arranged(document),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
        default_flow_style=False,
    )


class _Flat(dict[str, Any]):
    """A mapping that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Safe dumping without aliases: the same value twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature of the library
        return True

    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT001, FBT002 - the signature of the library
        indentless: bool = False,  # noqa: ARG002, FBT001, FBT002 - lists are always indented
    ) -> None:
        super().increase_indent(flow, False)


def _arranged(value: Any) -> Any:
    """Return the value with every short mapping of plain values marked to be on one line."""
    if isinstance(value, Mapping):
        arranged = {name: _arranged(one) for name, one in value.items()}
        plain = not any(isinstance(one, dict | list) for one in arranged.values())
        short = sum(len(f"{name}: {one}, ") for name, one in arranged.items()) <= _SHORT
        return _Flat(arranged) if arranged and plain and short else arranged
    if isinstance(value, list | tuple):
        return [_arranged(one) for one in value]
    return value


def _flat(dumper: _Dumper, value: _Flat) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _float(dumper: _Dumper, value: float) -> yaml.Node:
    text = f"{Decimal(repr(value)):f}"
    return dumper.represent_scalar("tag:yaml.org,2002:float", text if "." in text else f"{text}.0")


_Dumper.add_representer(_Flat, _flat)
_Dumper.add_representer(float, _float)
