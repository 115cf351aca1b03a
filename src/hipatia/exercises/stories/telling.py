"""Clauses told in many ways: who is named when, what is joined, where the question stands.

    teller = Teller(rng, "es", {"p": "Ana", …}, PAST)
    teller.tell([Clause("{p} / tenía {n}", Amount(21, noun)), Clause("{p} / perdió {n}", Amount(5, noun))],
                "{cuántas} {cosas} le quedan a {p}")

A template may hold tenses (``[tenía|tiene]``), a subject before a slash and fields in braces. A subject
is named when it is new and left out (in English: told by a pronoun) when it is known. A field whose value
is a pair has a first form («una caja») and one for later («la caja»).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from ..wording import FEMALE_NAMES, NAMES, Noun, spelled
from .words import PAST, chapter

Form = str | tuple[str, str]
# How often a story that has such facts holds one that nobody needs; not every scene has one.
ASIDES = 0.36
# A whole number up to 20 that is neither part of another nor the count of a unit's sign.
_SMALL = re.compile(
    r"(?<![\d.,/º€$-])(?<!\d )(?<!\blas )\b([2-9]|1\d|20)\b(?![.,]?\d|\.º| ?[%€/]| (?:km|cm|kg|de la)\b)"
)
_FIRST = re.compile(r"(?:(?<=^)|(?<=[.?] ))([2-9]|1\d|20)\b(?= [a-z])")
_WORD = re.compile(r" ([a-záéíóúñ]+s)\b")
_START = re.compile(r"(?:^|[.?] )[a-záéíóúñ]")
_OTHER = re.compile(r"\{[qr]\}")
# «{r} leyó 16»: 16 of what has been named before.
_BARE = re.compile(r"\{[qr]\} / \[[^\]]*\] \d+$")
_OWNER = re.compile(r"\{(?:[pqrh]|one|two)\}")
# «quería 7 libros, que costaban 7 euros» closes with a comma.
_RELATIVE = re.compile(r", (?:que|which|who) [^,]*$")
_SLASH = re.compile(r" ?(?<![^ ])/ ")
_FIELD = re.compile(r"\{(\w+)\}")
# What is asked before anybody is named: «¿cuánto cuesta …?», not «¿cuánto paga …?» nor «¿cuánto le dan?».
_IMPERSONAL = re.compile(
    r"\b(?:hay|hab\w+|cuest\w+|cost\w+|era|es|son|fueron|sobra\w*|qued\w+|falta\w*|sal\w+|suma\w*|se|reci\w+ cada"
    r"|a cada)\b"
)
_TENSES = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of things. ``more`` may be told as «otras 5».

    ``words`` stand for the number: «la mitad», which tells it, or «algunas», which does not (``vague``).
    """

    value: int
    noun: Noun
    more: bool = False
    words: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """What is told of one event or state. ``turn`` may follow «pero»; ``apart`` stands by itself."""

    text: str
    amount: Amount | None = None
    when: str = ""
    turn: bool = False
    apart: bool = False

    @classmethod
    def of(cls, text: str, amount: Amount | None = None, when: str = "") -> Clause:
        """A clause written ``predicate``, ``subject / predicate`` or ``when / subject / predicate``."""
        parts = _SLASH.split(text)
        adverb = parts[0] if len(parts) == 3 else when
        return cls(" / ".join(parts[-2:]) if len(parts) > 1 and parts[-2] else parts[-1], amount, adverb)

    @property
    def vague(self) -> bool:
        """Whether it tells an amount without saying which."""
        return self.amount is not None and self.amount.vague


def tensed(text: str, tense: int) -> str:
    """``[tenía|tiene]`` in one tense; the first form where there is none for it."""

    def chosen(match: re.Match[str]) -> str:
        forms = match[1].split("|")
        return forms[tense] if tense < len(forms) else forms[PAST]

    return _TENSES.sub(chosen, text)


def infinitive(text: str) -> str:
    """The last form of each choice: what follows "did" in English."""
    return _TENSES.sub(lambda found: found[1].rpartition("|")[2], text)


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def needless(rng: Random, template: str, fill: Callable[[str], str] = str) -> Clause:
    """A clause from ``low-high: text``, its number ``{m}`` drawn."""
    bounds, _, text = template.partition(": ")
    low, high = map(int, bounds.split("-"))
    return Clause(fill(text.replace("{m}", str(rng.randint(low, high)))), apart=True)


def enumerate_words(items: Sequence[str], language: str) -> str:
    """«a, b y c»"""
    both = chapter(language, "telling")["and"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {both} {items[-1]}"


def people_fields(rng: Random, language: str, count: int = 3) -> dict[str, Form]:
    """Names under p, q and r, with the pronouns that stand for them."""
    fields: dict[str, Form] = {}
    names = rng.sample(NAMES[language], count)
    for key, name in zip("pqr", names, strict=False):
        female = name in FEMALE_NAMES[language]
        he, him, his = ("she", "her", "her") if female else ("he", "him", "his")
        fields |= {key: name, f"{key}_he": he, f"{key}_him": him, f"{key}_his": his}
        fields[f"{key}_o"] = "a" if female else "o"
    both = all(name in FEMALE_NAMES[language] for name in names[:2])
    fields["los_dos"] = "las dos" if both else "los dos"
    fields["los_tres"] = "las tres" if FEMALE_NAMES[language].issuperset(names) else "los tres"
    return fields


def noun_fields(noun: Noun, language: str, key: str = "cosa") -> dict[str, Form]:
    """Forms of a noun: cosa, cosas, una_cosa and, in Spanish, what agrees with it (cuántas, las, otras …).

    The words that agree are named by themselves for ``cosa``, with the key before them for other keys.
    """
    if language == "en":
        article = "an" if noun.en[0] in "aeio" else "a"
        return {key: noun.en, f"{key}s": noun.en_plural, f"una_{key}": f"{article} {noun.en}"}
    end = "a" if noun.feminine else "o"
    article = "una" if noun.feminine else "un"
    forms: dict[str, Form] = {key: noun.es, f"{key}s": noun.es_plural, f"una_{key}": f"{article} {noun.es}"}
    forms[f"la_{key}"] = f"{'la' if noun.feminine else 'el'} {noun.es}"
    prefix = "" if key == "cosa" else f"{key}_"
    for word in ("cuánt", "otr", "algun", "vari", "l", "tod", "tant", "much", "mism"):
        forms[f"{prefix}{word}as"] = f"{word}{end}s"
    forms[f"{prefix}una"] = "una" if noun.feminine else "uno"
    forms[f"{prefix}un"] = article
    forms[f"{prefix}la"] = "la" if noun.feminine else "el"
    return forms


@dataclass(slots=True)
class Teller:
    """Tells one story: its words, its tense and who has been named so far."""

    rng: Random
    language: str
    fields: Mapping[str, Form]
    tense: int = PAST
    mentioned: set[str] = field(default_factory=set)
    subject: str = ""
    named: set[str] = field(default_factory=set)
    dozen: bool = False

    def tell(self, clauses: Sequence[Clause], questions: Sequence[str]) -> str:
        """The whole text, the question at its end, in its middle or at its beginning."""
        if any(clause.apart and _OTHER.match(clause.text) for clause in clauses):
            # After «Marta tiene 11 años», «¿cuántas páginas lee?» would ask for hers.
            named = [question for question in questions if _OWNER.search(question)]
            clauses = clauses if named else [each for each in clauses if not each.apart]
            questions = named or questions
        return self.numerals(self._told(clauses, self.rng.choice(questions)))

    def _told(self, clauses: Sequence[Clause], question: str) -> str:
        words = chapter(self.language, "telling")
        layout = self._layout(clauses, question)
        if layout == "front":
            apart = self.sentences([clause for clause in clauses if clause.apart])
            asked = self.format(question)
            owners = _OWNER.findall(tensed(question, self.tense))
            # «¿Cuántos años tiene la prima de Óscar si tiene …?» would be hers.
            alone = len(owners) == 1 and not re.search(r"\bde \{|\}'s", question)
            self.subject = owners[0] if alone else ""
            facts = self.joined([clause for clause in clauses if not (clause.apart or clause.vague)])
            return f"{apart} {self.ask(' '.join((asked, words['if'], facts)))}".strip()
        if layout == "if":
            told = self.sentences(clauses[:-1])
            last = self.say(clauses[-1], joined=False)
            return f"{told} {capital(words['if'])} {last}, {self.ask(self.format(question), '')}".strip()
        told = self.sentences(clauses)
        if layout == "order":
            return f"{told} {self.rng.choice(words['order'])} {self.format(question)}."
        return f"{told} {self.ask(self.format(question))}"

    def _layout(self, clauses: Sequence[Clause], question: str) -> str:
        """Where the question stands: last, after an «if», first, or as an order («Calcula …»)."""
        words = chapter(self.language, "telling")
        weights = {"end": 52, "if": 22, "front": 16, "order": 10 if words["order"] else 0}
        if f" {words['if']} " in question:
            weights["if"] = weights["front"] = 0
        if "{w}" in question:  # «¿… en la cesta si en la cesta …?»
            weights["front"] = 0
        if self.language == "es" and not self._early(clauses, question):
            weights["front"] = 0
        if clauses[-1].apart:
            weights["if"] = 0
        if any(clause.apart and not clause.text.startswith("{") for clause in clauses):
            weights["front"] = 0
        if any(clause.apart and _BARE.match(clause.text) for clause in clauses):
            weights["front"] = 0
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def _early(self, clauses: Sequence[Clause], question: str) -> bool:
        """Whether the question may go first: it names its subject, needs none, or the facts have none."""
        asked = tensed(question, self.tense)
        if re.search(r"\b(?:es[ea]|entonces|cada un[oa])\b|cada \{(?:\w+_)?una\}", asked):
            return False
        if _OWNER.search(question) or not any(_OWNER.search(clause.text) for clause in clauses):
            return True
        if re.search(r"\bsus?\b", asked):
            return False
        return bool(_IMPERSONAL.search(asked)) and (" le " not in asked or "a cada" in asked)

    def numerals(self, text: str) -> str:
        """The text with some of its numbers in words: all the small ones, or those that begin a sentence."""
        way = self.rng.choices(("digits", "small", "first"), (76, 12, 12))[0]
        if way == "digits":
            return text
        pattern = _SMALL if way == "small" else _FIRST
        told = pattern.sub(lambda found: self._in_words(found, text), text)
        return _START.sub(lambda found: found[0].upper(), told)

    def _in_words(self, found: re.Match[str], text: str) -> str:
        number = int(found[1])
        words = chapter(self.language, "telling")
        after = _WORD.match(text, found.end())
        before = text[: found.start()].rpartition(" ")[0].rpartition(" ")[2]
        if number == 12 and after and after[1] not in words["no_dozen_before"] and self.rng.random() < 0.6:
            plural_verb = self.language == "es" and before.endswith("n")
            if before not in words["no_dozen_after"] and not plural_verb:
                self.dozen = True
                return str(words["dozen"])
        return spelled(number, self.language)

    def explained(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The lines of a solution, after what a dozen is where the text has one."""
        if not self.dozen:
            return tuple(lines)
        return (f"{chapter(self.language, 'telling')['dozen_is']} {lines[0]}", *lines[1:])

    def ask(self, question: str, capitalise: str = "yes") -> str:
        """The question with its marks."""
        mark = "¿" if self.language == "es" else ""
        return f"{mark}{capital(question) if capitalise else question}?"

    def sentences(self, clauses: Sequence[Clause]) -> str:
        """Clauses as sentences, some of them joined."""
        groups: list[list[Clause]] = []
        both = f" {chapter(self.language, 'telling')['and']} "
        for clause in clauses:
            alone = clause.apart or (
                groups and (groups[-1][-1].apart or both in groups[-1][-1].text + clause.text)
            )
            if groups and not alone and len(groups[-1]) < 3 and self.rng.random() < 0.45:
                groups[-1].append(clause)
            else:
                groups.append([clause])
        return " ".join(f"{capital(self.joined(group))}." for group in groups)

    def joined(self, clauses: Sequence[Clause]) -> str:
        """«tenía 21 canicas, perdió 5 y ganó 3»"""
        words = chapter(self.language, "telling")
        text = ""
        for i, clause in enumerate(clauses):
            said = self.say(clause, joined=i > 0)
            if i == 0:
                text = said
            elif clause.turn and i == len(clauses) - 1 and self.rng.random() < 0.4:
                text += f", {words['but']} {said}"
            elif i < len(clauses) - 1:
                text += f", {said}"
            else:
                comma = "," if f" {words['and']} " in text + said or _RELATIVE.search(text) else ""
                text += f"{comma} {words['and']} {said}"
        return text

    def say(self, clause: Clause, joined: bool) -> str:
        """One clause, its subject named, left out or told by a pronoun."""
        subject, _, predicate = tensed(clause.text, self.tense).rpartition(" / ")
        if clause.apart and self.mentioned & {"q", "r"}:
            self.subject = ""
        if clause.apart:  # «Hay 25 alumnos. Al final había 72» would be pupils.
            self.named.clear()
        when = self.format(clause.when)
        who = self._who(subject, joined and not (when and self.language == "en"))  # "and then she lost 5"
        said = " ".join(part for part in (when, who, self.format(predicate, clause.amount)) if part)
        # After «Marta tiene 7 años» she is named again where others have been told of.
        self.subject = "" if clause.apart and self.mentioned & {"q", "r"} else subject
        return said

    def _who(self, subject: str, joined: bool) -> str:
        if not subject or (subject == self.subject and (joined or self.language == "es")):
            return ""
        key = subject.strip("{}")
        pronoun = self.fields.get(f"{key}_he")
        if subject == self.subject and pronoun and key in self.mentioned:
            return str(pronoun)
        return self.format(subject)

    def format(self, template: str, amount: Amount | None = None) -> str:
        """The template with its fields; ``{n}`` is the amount."""

        def value(match: re.Match[str]) -> str:
            key = match[1]
            if key == "n":
                assert amount is not None, template
                return self.count(amount)
            return self._field(key)

        return _FIELD.sub(value, tensed(template, self.tense))

    def _field(self, key: str) -> str:
        owner, _, form = key.partition("_")
        if form == "him" and owner not in self.mentioned:
            key = owner
        if key.startswith("a_") and key[2:] in ("p", "q", "r", "h"):
            known = key[2:] in self.mentioned
            return "" if known else f" a {self._field(key[2:])}"
        value = self.fields[key]
        again = key in self.mentioned
        self.mentioned.add(key)
        return self.format(value if isinstance(value, str) else value[again])

    def count(self, amount: Amount) -> str:
        """«21 canicas», and «5», «otras 5» or «5 más» once the thing has been named."""
        if amount.words:
            return self.format(amount.words)
        noun, value = amount.noun, amount.value
        spanish = self.language == "es"
        one, many = (noun.es, noun.es_plural) if spanish else (noun.en, noun.en_plural)
        known = many in self.named
        self.named.add(many)
        words = chapter(self.language, "telling")
        number = str(value)
        if value == 1:
            number = words["one_feminine" if noun.feminine else "one"]
        name = one if value == 1 else many
        if not known:
            return f"{number} {name}"
        full = self.rng.random() < 0.35
        if value == 1 and spanish and not full and not noun.feminine:
            number = "uno"
        told = f"{number} {name}" if full else number
        if not amount.more or value == 1:
            return told
        style = self.rng.choice(("", "more", "another"))
        if style == "more":
            return (
                f"{number} {name} {words['more']}"
                if full and spanish
                else (f"{number} {words['more']} {name}" if full else f"{number} {words['more']}")
            )
        if style == "another":
            return f"{self.format(words['another'])} {told}"
        return told
