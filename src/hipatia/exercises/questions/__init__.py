"""How exercises are worded: TOML files, one folder for each language, a chapter for each module.

    ASKED = Chapter("statistics")
    Family("mean", *_LOWER, mean, ASKED["mean"])

A section holds the templates of each variant of a draft, ``any`` those of a draft without one.
``"@plain"`` stands for all templates of the section ``plain``. A section that a chapter lacks is that of
shared.toml. Nothing is read before a question is asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("es", "en")
SHARED = "shared"
ANY = "any"


@dataclass(frozen=True, slots=True)
class Chapter:
    """The sections of one file."""

    name: str

    def __getitem__(self, section: str) -> Section:
        return Section(self.name, section)


@dataclass(frozen=True, slots=True)
class Section(Mapping[str, tuple[str, ...]]):
    """Templates by ``es``, ``en`` or ``es:variant``, as ``Family.phrasings`` has them."""

    chapter: str
    name: str

    def __getitem__(self, key: str) -> tuple[str, ...]:
        language, _, variant = key.partition(":")
        return _section(language, self.chapter, self.name)[variant or ANY]

    def __iter__(self) -> Iterator[str]:
        for language in LANGUAGES:
            for variant in _section(language, self.chapter, self.name):
                yield language if variant == ANY else f"{language}:{variant}"

    def __len__(self) -> int:
        return sum(1 for _ in self)


def clauses(language: str) -> dict[str, str]:
    """The clauses that every chapter may use, by name: alternatives with ``|`` between them."""
    found: dict[str, str] = _file(language, SHARED)["clauses"]
    return found


@cache
def _file(language: str, chapter: str) -> dict[str, Any]:
    text = resources.files(__name__).joinpath(language, f"{chapter}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _section(language: str, chapter: str, name: str) -> dict[str, tuple[str, ...]]:
    """The templates of a section by variant, with what it takes over from others."""
    home = _file(language, chapter)
    variants: dict[str, list[str]] = (home if name in home else _file(language, SHARED))[name]
    return {
        variant: tuple(each for template in templates for each in _templates(language, chapter, template))
        for variant, templates in variants.items()
    }


def _templates(language: str, chapter: str, template: str) -> tuple[str, ...]:
    return _section(language, chapter, template[1:])[ANY] if template.startswith("@") else (template,)
