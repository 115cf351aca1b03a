"""The facts of a machine as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import i18n
from .facts import Facts

if TYPE_CHECKING:
    from rich.table import Table


def facts_table(facts: Facts) -> Table:
    """The facts for people."""
    from rich.table import Table

    def yes_or_no(value: bool | None) -> str:
        return i18n.t("doctor.facts." + ("unknown" if value is None else "yes" if value else "no"))

    gpus = ", ".join(f"{gpu.name} ({gpu.memory} MiB)" for gpu in facts.gpus)
    devices = facts.torch_devices
    table = Table(box=None, show_header=False, pad_edge=False)
    rows = {
        "system": " ".join(filter(None, [facts.system, facts.distribution])),
        "cores": str(facts.cores),
        "bf16": yes_or_no(facts.bf16),
        "memory_total": f"{gib(facts.memory_total)} GiB",
        "memory_available": f"{gib(facts.memory_available)} GiB",
        "disk_free": f"{gib(facts.disk_free)} GiB",
        "gpus": gpus or i18n.t("doctor.facts.none"),
        "nvidia_driver": facts.nvidia_driver or i18n.t("doctor.facts.none"),
        "torch": facts.torch or i18n.t("doctor.facts.none"),
        "torch_devices": i18n.t("doctor.facts.unknown") if devices is None else ", ".join((*devices, "cpu")),
    }
    for name, text in rows.items():
        table.add_row(i18n.t(f"doctor.facts.{name}"), text)
    return table


def gib(size: int) -> str:
    """A size in GiB, with the decimal mark of the language in force."""
    text = f"{size / 1024**3:.1f}"
    return text.replace(".", ",") if i18n.language() == "es" else text
