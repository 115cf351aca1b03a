"""Stories of a quantity that grows and shrinks: the end, the beginning or a change is asked for.

    story_end.make(Random(7), "es")

A scene (a purse, a bus, a farm) and what happens in it come from ``flows.toml``. The solution repeats what
happened before each calculation.
"""

from __future__ import annotations

import re
from random import Random

from ..core import Draft, Family
from ..steps import Step, add, divide, sub
from ..wording import say
from .scenes import Event, Flow, begin_clause, draw, event_clauses, owned, told_event, with_agent, with_aside
from .telling import Amount, Clause, capital, infinitive, tensed
from .words import PAST, THIRD, quantity


def _changed(level: int, change: int, language: str) -> Step:
    return add(level, change, language) if change > 0 else sub(level, -change, language)


def _had(flow: Flow) -> str:
    """«tenía», «había»: the verb of the state as the solution uses it."""
    return flow.teller.format(flow.fill(flow.frame["state"]))


def story_end(rng: Random, language: str) -> Draft:
    """What is there at the end, after one to three events."""
    flow = draw(rng, language, rng.choices((1, 2, 3), (9, 8, 3))[0], "end")
    first, last = flow.events[0], flow.events[-1]
    asks = flow.asks("ask") + (flow.asks("ask_left") if last.change < 0 else [])
    clauses = [begin_clause(flow), *event_clauses(flow)]
    of = flow.fill(flow.frame.get("of", ""))
    if first.change < -1 and not first.part and first.text.endswith("{n}") and of and rng.random() < 0.2:
        clauses[:2] = [_part_of(flow, clauses[1], of)]
    text = flow.teller.tell(with_aside(flow, clauses), asks)
    lines, level = [], flow.start
    for i, event in enumerate(flow.events):
        step = _changed(level, event.change, language)
        told = told_event(flow, event)
        head = (
            f"{capital(_had(flow))} {level} {say(language, 'y', 'and')}"
            if i == 0
            else flow.words["later"][i - 1]
        )
        if event.part:
            lines.append(f"{head} {told}: {divide(level, event.part, language)}")
            lines.append(f"{flow.words['still_left']}: {step}")
        else:
            lines.append(f"{head} {told}: {step}")
        level = int(step.value)
    return flow.draft(lines, level, flow.end, text)


def _part_of(flow: Flow, event: Clause, of: str) -> Clause:
    """«perdió 5 de las 21 canicas que tenía»"""
    size = event.amount.value if event.amount else 0
    text = event.text.replace("{n}", f"{size} {of}").replace("{start}", str(flow.start))
    flow.teller.named.add(flow.thing.es_plural if flow.teller.language == "es" else flow.thing.en_plural)
    return Clause(text, when=event.when)


def story_begin(rng: Random, language: str) -> Draft:
    """What was there at the beginning, from the end and one or two events."""
    flow = draw(rng, language, rng.choices((1, 2), (7, 3))[0], "begin")
    vague = rng.random() < 0.4 or (flow.who == "{h}" and not _names(flow))
    if not vague:
        flow.teller.mentioned.add("w")  # no «en una cesta» at the end of the story
    clauses = [*event_clauses(flow, first=not vague), _now(flow, named=vague or _names(flow))]
    if vague:
        clauses.insert(0, begin_clause(flow, rng.choice(flow.words["hidden"])))
    text = flow.teller.tell(with_aside(flow, clauses), flow.asks("ask_begin"))
    told_now = _told_now(flow)
    had, at_first = _had(flow), flow.words["at_first"]
    last = flow.events[-1]
    step = _changed(flow.end, -last.change, language)
    event = told_event(flow, last)
    both = say(language, "y", "and")
    if len(flow.events) == 1:
        line = f"{capital(event)} {both} {told_now}; {at_first} {had}: {step}"
        return flow.draft([line], step.value, flow.start, text)
    first = flow.events[0]
    start = _changed(int(step.value), -first.change, language)
    lines = (
        f"{capital(flow.words['at_last'])} {event} {both} {told_now}; {flow.words['before']} {had}: {step}",
        f"{capital(flow.words['earlier'])} {told_event(flow, first)}; {at_first} {had}: {start}",
    )
    return flow.draft(lines, start.value, flow.start, text)


def _names(flow: Flow) -> bool:
    """Whether an event tells whose the things are."""
    return any("/ " not in event.text or "{a_p}" in event.text for event in flow.events)


def _now(flow: Flow, named: bool = True) -> Clause:
    """The last state: «ahora tiene 16 canicas», «le quedan 16»; not «le» of somebody who is not ``named``."""
    loss = flow.events[-1].change < 0
    keys = ["now", "left"] if loss and "left" in flow.frame else ["now"]
    texts = flow.asks(flow.teller.rng.choice(keys))
    if flow.who and not named:
        texts = [
            each for each in flow.asks("now") if not each.rpartition("/ ")[2].startswith(("le ", "les "))
        ]
    if flow.teller.tense == THIRD:  # «ha perdido 5; ahora tiene 3», not «al final tenía 3»
        texts = [each for each in texts if not each.startswith(flow.words["at_last"])]
    when, _, text = flow.teller.rng.choice(texts).rpartition("/ ")
    if flow.who and not text.startswith(("le ", "les ")):
        text = f"{flow.who} / {text}"
    return Clause(text, Amount(flow.end, flow.thing), when.strip())


def _told_now(flow: Flow) -> str:
    return flow.teller.format(flow.fill(flow.frame["told_now"]).replace("#", str(flow.end)))


def story_change(rng: Random, language: str) -> Draft:
    """How much came or went, from the beginning, the end and perhaps another event."""
    flow = draw(rng, language, rng.choices((1, 2), (8, 2))[0], "change")
    hidden = len(flow.events) - 1
    event = flow.events[hidden]
    clauses = [begin_clause(flow), *event_clauses(flow, hidden), _now(flow)]
    text = flow.teller.tell(with_aside(flow, clauses), [_ask_event(flow, event)])
    lines, level = [], flow.start
    had, both = capital(_had(flow)), say(language, "y", "and")
    if hidden:
        first = _changed(level, flow.events[0].change, language)
        lines.append(f"{had} {level} {both} {told_event(flow, flow.events[0])}: {first}")
        level = int(first.value)
    step = sub(max(level, flow.end), min(level, flow.end), language)
    told = told_event(flow, event, amount=False)
    if language == "en" and owned(flow, event.text).startswith("{n}"):
        told = f"how many {told}"
    state = capital(_told_now(flow)) if hidden else f"{had} {level} {both} {_told_now(flow)}"
    lines.append(f"{state}; {told}: {step}")
    return flow.draft(lines, step.value, abs(event.change), text)


def _ask_event(flow: Flow, event: Event) -> str:
    """«cuántas canicas perdió Ana»; "how many marbles did Ana lose"."""
    teller = flow.teller
    subject, _, predicate = owned(flow, event.text).rpartition(" / ")
    if teller.language == "es":
        asked = predicate.replace("{a_p}", " a {p}").replace("{n}", subject)
        return f"{{cuántas}} {{cosas}} {' '.join(tensed(asked, teller.tense).split())}"
    many = "how many {cosas}"
    if "{n}" in predicate and (not subject or predicate.startswith("{n}")):
        return f"{many} {tensed(predicate, teller.tense).replace('{n} ', '')}"
    asked = infinitive(predicate).replace(" {n}", "")
    return f"{many} did {subject} {asked}"


def story_totals(rng: Random, language: str) -> Draft:
    """What came or went in all, or how many more came than went; what there was at first is not needed."""
    flow = draw(rng, language, 0, "totals")
    net = bool(_plain(flow, "gains") and _plain(flow, "losses")) and rng.random() < 0.6
    flow.events += _gain_and_loss(flow) if net else _twice(flow)
    flow.teller.tense = PAST
    clauses = event_clauses(flow, first=True)
    # Of what only grows (pages read) one would count what there was into the total.
    known = flow.scene["losses"] and ("where" in flow.scene or rng.random() < 0.7)
    if known:
        clauses = [begin_clause(flow), *event_clauses(flow)]
    sizes = [abs(event.change) for event in flow.events]
    if net:
        more, fewer = sorted(flow.events, key=lambda event: -abs(event.change))
        ask = _ask_net(flow, more, fewer)
        step = sub(max(sizes), min(sizes), language)
        check = next(x for x in range(max(sizes)) if min(sizes) + x == max(sizes))
    else:
        together = say(language, "en total", "altogether")
        if known and flow.events[0].change > 0:  # what there was already is no part of it
            together = say(language, "entre las dos veces", "both times together")
        ask = f"{_ask_event(flow, flow.events[0])} {together}"
        step, check = add(sizes[0], sizes[1], language), sum(sizes)
    text = flow.teller.tell(with_aside(flow, clauses), [ask])
    both = say(language, "y", "and")
    told = f" {both} ".join(told_event(flow, event) for event in flow.events)
    if not net:  # «regaló 5 y después 3»
        told = f"{told_event(flow, flow.events[0])} {both} {flow.words['later'][0].lower()} {sizes[1]}"
    return flow.draft([f"{capital(told)}: {step}"], step.value, check, text)


def _plain(flow: Flow, key: str) -> list[str]:
    """The events that are told by a verb and a number alone, of whoever has the things."""
    return [text for text in flow.scene[key] if re.fullmatch(r"[\w ]*\[[^]]*\] \{n\}|\{n\} \[.*", text)]


def _gain_and_loss(flow: Flow) -> list[Event]:
    top = _most(flow, 60)
    room = flow.scene.get("most", flow.start + top) - flow.start
    gain = quantity(flow.teller.rng, 3, max(3, min(top, room)))
    loss = quantity(flow.teller.rng, 2, min(flow.start + gain - 1, top))
    loss += loss == gain
    rng = flow.teller.rng
    gained = rng.choice(_plain(flow, "gains"))
    losses = _plain(flow, "losses")
    # «cuántos más se hornearon que se quemaron», not «cuántos más hornearon que se quemaron»
    alike = [text for text in losses if text.startswith("se ") == gained.startswith("se ")]
    return [Event(gain, gained), Event(-loss, rng.choice(alike or losses))]


def _twice(flow: Flow) -> list[Event]:
    """The same happens on two occasions."""
    rng = flow.teller.rng
    if flow.start > 8 and flow.scene["losses"] and rng.random() < 0.6:
        top = _most(flow, flow.start)
        text = with_agent(flow, _plainly(flow, "losses"))
        first = rng.randint(2, min(flow.start // 2, top))
        return [Event(-first, text), Event(-rng.randint(2, min(flow.start - first - 2, top)), text)]
    text, top = with_agent(flow, _plainly(flow, "gains")), _most(flow, 40)
    return [Event(quantity(rng, 2, top), text), Event(quantity(rng, 2, top), text)]


def _plainly(flow: Flow, key: str) -> str:
    """An event that may be told three times, without «para una ensalada» where there is one."""
    plain = [text for text in flow.scene[key] if re.search(r"\{n\}(?:\{a_p\})?$|^\{n\} \[[^]]*\]$", text)]
    return str(flow.teller.rng.choice(plain or flow.scene[key]))


def _most(flow: Flow, top: int) -> int:
    """The most that comes or goes at once in the scene, at most ``top``."""
    return int(min(top, flow.scene.get("event_most", flow.scene.get("most", top))))


def _ask_net(flow: Flow, more: Event, fewer: Event) -> str:
    """«cuántas personas más subieron que bajaron»; "how many more people got on than got off"."""
    first, second = (event.text.rpartition("/ ")[2].replace("{n}", "") for event in (more, fewer))
    if flow.teller.language == "es":
        ask = f"{{cuántas}} {{cosas}} más {tensed(first, PAST)} que {tensed(second, PAST)}"
    elif "{n}" in more.text[:4]:
        ask = f"how many more {{cosas}} {tensed(first, PAST)} than {tensed(second, PAST)}"
    else:
        ask = f"how many more {{cosas}} did {flow.who} {infinitive(first)} than {infinitive(second)}"
    return " ".join(ask.split())


_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("story_end", *_WORDS, story_end, weight=8),
    Family("story_begin", *_WORDS, story_begin, weight=3),
    Family("story_totals", *_WORDS, story_totals, weight=3),
    Family("story_change", *_WORDS, story_change, weight=3),
)
