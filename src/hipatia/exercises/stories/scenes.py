"""Scenes of the stories in which a quantity grows and shrinks: what is there, and what happens.

    flow = draw(Random(7), "es", 2, "end")       # a scene of flows.toml with two events
    [begin_clause(flow), *event_clauses(flow)]

The families of flows.py ask for one of its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ..core import Draft
from ..steps import Number
from ..wording import Noun
from .telling import ASIDES, Amount, Clause, Teller, needless, noun_fields, people_fields, tensed
from .words import PAST, PRESENT, THIRD, chapter, noun, quantity, random_tense, unit


@dataclass(frozen=True, slots=True)
class Event:
    """A change of the level, and the template that tells it; ``part`` 2 is the half of what there was."""

    change: int
    text: str
    part: int = 0


@dataclass(slots=True)
class Flow:
    """A scene chosen for one story, with its thing, its people and its numbers."""

    scene: dict[str, Any]
    words: dict[str, Any]
    thing: Noun
    teller: Teller
    start: int
    events: list[Event]

    @property
    def end(self) -> int:
        return self.start + sum(event.change for event in self.events)

    @property
    def frame(self) -> dict[str, Any]:
        """The sentences that suit every scene of this kind."""
        kind = self.scene.get("frame", "person" if "who" in self.scene else "place")
        return {**self.words[kind], **self.scene}

    def fill(self, template: str) -> str:
        """A template of the frame with the scene's verb, owner and place."""
        had = self.scene["had"]
        values = {
            "had": had,
            "past": tensed(had, PAST),
            "present": tensed(had, PRESENT),
            "have": tensed(had, THIRD),
            "who": self.who,
            "who_he": self.who.replace("}", "_he}"),
            "where": "{w}",
            "I": self.scene.get("I", ""),
        }
        for key, value in values.items():
            template = template.replace(f"{{{key}}}", value)
        return template

    @property
    def who(self) -> str:
        return "" if "who" not in self.scene else "{p}" if self.scene["who"] == "{p}" else "{h}"

    def draft(self, lines: Sequence[str], value: Number, check: int, question: str) -> Draft:
        """The story with its solution and its answer."""
        name = unit(self.thing, self.teller.language, check)
        return Draft({}, self.teller.explained(lines), value, check, unit=name, question=question)

    def choose(self, key: str) -> str:
        return self.fill(self.teller.rng.choice(self.frame[key]))

    def asks(self, *keys: str) -> list[str]:
        return [self.fill(text) for key in keys for text in self.frame.get(key, ())]


def suits(scene: dict[str, Any], asked: str) -> bool:
    """Of some scenes only one number is asked for, or some never: what was read besides what had been read."""
    return scene.get("only", asked) == asked and asked not in scene.get("never", ())


_SIZES = {"small": 30, "medium": 99, "large": 500}


def draw(rng: Random, language: str, count: int, asked: str) -> Flow:
    """A scene with its first level and ``count`` events; the level stays above zero and below the bound."""
    words = chapter(language, "flows")
    scene = rng.choice([each for each in words["scene"] if suits(each, asked)])
    thing = noun(scene["things"], rng)
    fields = people_fields(rng, language) | noun_fields(thing, language)
    if "where" in scene:
        fields["w"] = tuple(scene["where"])
    if isinstance(scene.get("who"), list):
        fields["h"] = tuple(scene["who"])
        fields["h_he"] = fields["h_him"] = scene.get("pronoun", "it") if language == "en" else ""
    tense = random_tense(rng, language, past_only=asked != "end")
    high = scene.get("most", _SIZES[scene.get("sizes", "medium")])
    high = high if high < 100 or rng.random() < 0.3 else 99
    least = scene.get("least", 0)  # a warehouse holds more than an armful
    start = rng.randint(least, max(high, 2 * least)) if least else quantity(rng, 4, high)
    flow = Flow(scene, words, thing, Teller(rng, language, fields, tense), start, [])
    for _ in range(count):
        flow.events.append(_event(flow, high, halves=asked == "end"))
    return flow


def _event(flow: Flow, high: int, halves: bool) -> Event:
    rng, level = flow.teller.rng, flow.end
    used = {event.text for event in flow.events}
    loss = bool(flow.scene["losses"]) and level > 3 and (rng.random() < 0.55 or level + 2 > high)
    key = "losses" if loss else "gains"
    text = rng.choice([each for each in flow.scene[key] if each not in used] or flow.scene[key])
    parts = [part for part in (2, 2, 3, 4) if level % part == 0 and level > 2 * part]
    if loss and halves and parts and not _agrees(text) and rng.random() < 0.12:
        part = rng.choice(parts)
        return Event(-level // part, text, part)
    text = with_agent(flow, text)
    low = 1 if loss and rng.random() < 0.05 and not _agrees(text) else 2
    keep = 1 if halves else 2  # a sentence on the end would need another verb for one thing
    bound = min(level - keep if loss else max(3, high - level), flow.scene.get("event_most", high))
    low = max(low, min(bound, flow.scene.get("event_least", low)))  # no books for 4 pesos
    size = quantity(rng, low, max(low, bound))
    return Event(-size if loss else size, text)


def with_agent(flow: Flow, text: str) -> str:
    """«un camión / trajo {n}» so that it is «el camión» the next time."""
    found = re.match(r"(una?) (.+)(?= / )", text)
    if not found:
        return text
    key = f"agent{re.sub(r'[^a-z]', '', found[2])}"
    later = f"{'la' if found[1] == 'una' else 'el'} {found[2]}"
    flow.teller.fields = {**flow.teller.fields, key: (found[0], later)}
    return f"{{{key}}}{text[found.end() :]}"


def _agrees(text: str) -> bool:
    """Whether the verb goes with the amount, so that one thing would need another form of it."""
    return bool(re.search(r"n\] \{n\}|^\{n\}|n(?: a)?\|", text))


def owned(flow: Flow, text: str) -> str:
    """The event with its subject: the owner, unless it has another, or none («/ llovieron {n}»)."""
    plain = "/ " in text or not flow.who or text.startswith("{n}")
    return text.removeprefix("/ ") if plain else f"{flow.who} / {text}"


def begin_clause(flow: Flow, words: str = "") -> Clause:
    """The first state: «Ana tenía 21 canicas», «en la cesta había 21 manzanas»."""
    rng = flow.teller.rng
    amount = Amount(flow.start, flow.thing, words=words, vague=bool(words))
    begin = flow.scene.get("begin", flow.scene["had"] + " {n}")
    if flow.who:
        return Clause(f"{flow.who} / {begin}", amount)
    text = rng.choice(flow.frame["openings"]).replace("{begin}", begin)
    return Clause(flow.fill(text), amount)


def event_clauses(flow: Flow, hidden: int | None = None, first: bool = False) -> list[Clause]:
    """The events with their adverbs; the amount of a hidden one is not told, and nothing is before ``first``."""
    rng = flow.teller.rng
    whens = _whens(flow, first)
    clauses = []
    for i, event in enumerate(flow.events):
        words = rng.choice(flow.words["hidden"]) if i == hidden else _part_words(flow, event)
        amount = Amount(abs(event.change), flow.thing, event.change > 0, words, vague=i == hidden)
        turn = event.change < 0 and (i == 0 or flow.events[i - 1].change > 0)
        clauses.append(Clause(owned(flow, event.text), amount, whens[i], turn))
    return clauses


def _part_words(flow: Flow, event: Event) -> str:
    them = flow.scene.get("them", "them")  # half of them, half of the money
    return str(flow.words["parts"][str(event.part)]).replace("them", them) if event.part else ""


def _whens(flow: Flow, first: bool) -> list[str]:
    """Adverbs for the events: none of a sequel where nothing went before, no «primero» for one alone."""
    rng, count, words = flow.teller.rng, len(flow.events), flow.words
    perfect = flow.teller.tense == THIRD and flow.teller.language == "es"
    if count == 1 and rng.random() < 0.6:
        return [""]
    banned = (words["sequels"] if first else []) + (words["openers"] if count == 1 else [])
    choices = words["when"]["perfect" if perfect else flow.scene["pace"]]
    if perfect and flow.scene["pace"] not in ("day", "days"):
        banned += words["whole_days"]
    if flow.teller.tense != PAST:
        banned += words["past_only"]
    if flow.scene.get("short"):  # fruit does not lie in a basket for months
        banned += words["months"]
    return rng.choice([each for each in choices if each[0] not in banned] or [[""] * count])[:count]


def with_aside(flow: Flow, clauses: list[Clause]) -> list[Clause]:
    """Now and then a fact that nobody needs, and now and then a sentence to begin with."""
    rng = flow.teller.rng
    if "intros" in flow.scene and rng.random() < 0.12:
        clauses = [Clause(rng.choice(flow.scene["intros"]), apart=True), *clauses]
    asides = flow.scene.get("asides", [])
    if not asides or rng.random() > ASIDES:
        return clauses
    aside = needless(rng, rng.choice(asides))
    intro = int(clauses[0].apart)
    first = intro + int(flow.who != "{p}" or not aside.text.startswith("{p}"))
    place = rng.randint(first, len(clauses))
    return [*clauses[:place], aside, *clauses[place:]]


def told_event(flow: Flow, event: Event, amount: bool = True) -> str:
    """«perdió 5», «Luis le regaló 5»: the event as the solution repeats it."""
    subject, _, predicate = owned(flow, event.text).rpartition(" / ")
    if subject == flow.who:
        subject = flow.who.replace("}", "_he}") if flow.teller.language == "en" else ""
    told = _part_words(flow, event) or str(abs(event.change))
    predicate = predicate.replace("{a_p}", "").replace("{n}", told if amount else "")
    return " ".join(flow.teller.format(f"{subject} {predicate}").split())
