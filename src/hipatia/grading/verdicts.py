"""Answers that are verdicts, read where one is expected: no solution or all numbers, yes or no.

``solutions("0 = 5, que es imposible")`` is ``none``; ``agreement("Falso: 1 no es primo", None)`` is ``no``.
"""

from __future__ import annotations

import re

from ..number_words import plain_word
from .regions import everything
from .sentences import sentences_of
from .values import Label, Region, Seq, Value

_CLAUSES = re.compile(
    r"[:;,.]\s*|\b(?:y|and|so|asi que|luego|por lo que|por (?:lo )?tanto|de modo que|therefore|porque|because|ya que"
    r"|since|pero|but|pues|as)\b"
)
_NONE = set(
    "no ningun ninguno ninguna ningunos not none nunca never doesn't don't isn't aren't cannot can't carece carecen lacks lack without".split()
)
_ALL = set("todo todos toda todas cualquier cualquiera every any all siempre always".split())
_SOLUTIONS = set(
    "solucion soluciones raiz raices solution solutions root roots existe existen exist exists resolver solve solved".split()
)
_NUMBERS = set("numero numeros valor valores number numbers value values x reales real reals".split())
_IMPOSSIBLE = set(
    "imposible impossible incompatible inconsistent contradiccion contradiction contradictorio absurdo absurd vacio empty "
    "unsolvable".split()
)
_INFINITE = re.compile(r"infinit(?!o$|y$)")
_ALWAYS = set("identidad identity indeterminado".split())
# Words that narrow what is said: "no tiene solución única", "todos los números pares".
_NARROW = set(
    "unica unico unique only entera enteras entero enteros integer integers natural naturales trivial positiva positivas "
    "positivo positivos positive negativa negativo negativos negative par pares even impar impares odd primo primos prime "
    "racional racionales rational finitas finite otra otras other mas more mayor mayores menor menores greater less "
    "excepto except salvo menos distinto distinta distintos different inversa inverse".split()
)


def solutions(text: str) -> str:
    """``none`` or ``all`` where that is what a text says of the solutions; empty where it says neither or both."""
    found = {kind for clause in _CLAUSES.split(plain_word(text)) if (kind := _of_clause(clause))}
    return found.pop() if len(found) == 1 else ""


def concluded(text: str) -> str:
    """``none`` or ``all`` where the last clause of a text speaks so of its solutions: "…: hay infinitas soluciones"."""
    clauses = [clause for clause in _CLAUSES.split(plain_word(text)) if clause.strip()]
    if not clauses or not re.search(r"^\D*(?:soluci|solution|raices|roots|identi)\D*$", clauses[-1]):
        return ""
    return _of_clause(clauses[-1])


def _of_clause(clause: str) -> str:
    words = set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", clause))
    if re.search(r"\b(?:0|cero|zero) (?:soluci|raic|solut|root)", clause):
        return "none"
    if re.search(r"[\d=<>≤≥]", clause) or _NARROW & words:
        return ""
    denied = bool(_NONE & words) or "sin solucion" in clause
    if _IMPOSSIBLE & words:
        return "" if denied else "none"
    if _ALWAYS & words or any(_INFINITE.match(word) for word in words):
        return "" if denied else "all"
    if denied:
        return "none" if (_SOLUTIONS | _NUMBERS) & words else ""
    return "all" if _ALL & words and (_NUMBERS & words or {"cumple", "holds"} & words) else ""


_LEAD = re.compile(
    r"\W*(?:(?:la |esta |the |this )?(?:afirmacion|proposicion|respuesta|igualdad|statement|answer|claim) )?"
    r"(?:es |is |it is |it's |eso es |that is )?(verdader[oa]|fals[oa]|ciert[oa]|si|no|true|false|yes|correct[oa]?|incorrect[oa]?)"
    r"(?=\W*$|\s*[,.:;!—–(-])"
)
_SO = re.compile(
    r",?\s*\b(?:asi que|por lo que|por (?:lo )?tanto|de modo que|luego|so|therefore|thus|hence)\b,? "
)
_NO_WORDS = ("fals", "no", "incorrect")
_EMPTY = set(
    "el la los las un una de del es son the an of is are it this that numero number que entre por ser".split()
)


def agreement(text: str, question: str | None) -> str:
    """``yes`` or ``no`` where a text begins with that, or repeats the question's words with or without "no"."""
    low = _SO.split(plain_word(text))[-1]
    if match := _LEAD.match(low):
        return "no" if match[1].startswith(_NO_WORDS) else "yes"
    words = re.findall(r"[^\W\d_]{2,}(?:'[^\W\d_]+)?", low)
    denied = bool(_NONE & set(words))
    asked = set(re.findall(r"[^\W\d_]{2,}", plain_word(question or "")))
    content = {word for word in words if len(word) > 2} - _EMPTY - _NONE
    if content and (content <= asked or (denied and not question)):
        return "no" if denied else "yes"
    return ""


def led(
    right: list[Value], given: list[list[Value]], text: str, response: str, question: str | None
) -> list[Value]:
    """The verdict that a claim gives, where the expected answer is one and the claim was not read as one."""
    wanted, said = _kinds(right), {kind for values in given for kind in _kinds(values)}
    verdict = ""
    if any(
        isinstance(v, Seq) and any(isinstance(i, Label) for i in v.items) for values in given for v in values
    ):
        return []  # V, F, V
    if wanted & {"yes", "no"} and not said & {"yes", "no"}:
        verdict = "" if said & {"none", "all"} and not question else agreement(text, question)
        leads = (plain_word(sentence) for sentence in reversed(sentences_of(response)))
        verdict = verdict or next((agreement(s, None) for s in leads if _LEAD.match(s)), "")
    elif wanted & {"none", "all"} and not said & {"none", "all"}:
        verdict = solutions(text)
        if not verdict and not re.search(r"[\d=]", text):  # Gráficamente son dos rectas paralelas.
            verdict = next(filter(None, map(solutions, reversed(sentences_of(response)))), "")
    return [Label(verdict)] if verdict else []


def _kinds(values: list[Value]) -> set[str]:
    """The kinds of verdict among values; the whole line is ``all``, the empty set ``none``."""
    found = {value.kind for value in values if isinstance(value, Label)}
    if any(isinstance(value, Region) and everything(value) for value in values):
        found.add("all")
    if any(isinstance(value, Seq) and value.kind == "set" and not value.items for value in values):
        found.add("none")
    return found
