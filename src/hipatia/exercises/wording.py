"""Names, things, numbers and agreement, in Spanish and English.

num(Fraction(5, 2), "es")                   # 2,5
people(rng, "es", 2)                        # {"p": "Lucía", "q": "Mateo"}
nouns(rng, "es", cosa=COLLECTABLES)         # {"cosa": "canica", "cosas": "canicas", "Cuántas_cosas": …}
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

MINUS = "−"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMES = {
    "es": _words(
        "Lucía Mateo Valentina Hugo Carmen Diego Sofía Andrés Julia Pablo Camila Tomás Elena Javier "
        "Marta Nicolás Rosa Álvaro Inés Emilio Paula Sergio Ximena Iván Clara Gabriel Noelia Bruno "
        "Alba Joaquín Daniela Raúl Irene Martín Lola Óscar Beatriz Samuel Nuria Felipe Ainhoa Rubén "
        "Teresa Leo Vera Marcos Olga Darío Ana Luis Eva Juan Sara Pedro Laura Manuel"
    ),
    "en": _words(
        "Emma Liam Olivia Noah Ava Ethan Mia Lucas Grace Henry Chloe Jack Lily Oscar Ruby Adam Nora "
        "Samuel Zoe Peter Alice Daniel Hannah Leo Sarah George Maya Ben Clara Tom Lucy Omar Priya Kofi"
    ),
}

# Whose pronouns are «ella» and "she".
FEMALE_NAMES = {
    "es": frozenset(
        _words(
            "Lucía Valentina Carmen Sofía Julia Camila Elena Marta Rosa Inés Paula Ximena Clara Noelia Alba "
            "Daniela Irene Lola Beatriz Nuria Ainhoa Teresa Vera Olga Ana Eva Sara Laura"
        )
    ),
    "en": frozenset(
        _words("Emma Olivia Ava Mia Grace Chloe Lily Ruby Nora Zoe Alice Hannah Sarah Maya Clara Lucy Priya")
    ),
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing in Spanish (with its gender) and in English."""

    es: str
    es_plural: str
    feminine: bool
    en: str
    en_plural: str


def table(text: str) -> tuple[Noun, ...]:
    """Nouns from lines ``es|es plural|f or m|en|en plural``."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(Noun(es, plural, gender == "f", en, en_plural) for es, plural, gender, en, en_plural in rows)


COLLECTABLES = table("""\
cromo|cromos|m|trading card|trading cards
canica|canicas|f|marble|marbles
pegatina|pegatinas|f|sticker|stickers
cuento|cuentos|m|storybook|storybooks
lápiz|lápices|m|pencil|pencils
sello|sellos|m|stamp|stamps
moneda|monedas|f|coin|coins
caramelo|caramelos|m|sweet|sweets
globo|globos|m|balloon|balloons
concha|conchas|f|shell|shells
flor|flores|f|flower|flowers
libro|libros|m|book|books
ficha|fichas|f|token|tokens
postal|postales|f|postcard|postcards
botón|botones|m|button|buttons
cinta|cintas|f|ribbon|ribbons
piedra|piedras|f|stone|stones
foto|fotos|f|photo|photos
muñeco|muñecos|m|toy figure|toy figures
rotulador|rotuladores|m|marker|markers""")

FOODS = table("""\
manzana|manzanas|f|apple|apples
naranja|naranjas|f|orange|oranges
pera|peras|f|pear|pears
galleta|galletas|f|biscuit|biscuits
huevo|huevos|m|egg|eggs
tomate|tomates|m|tomato|tomatoes
limón|limones|m|lemon|lemons
magdalena|magdalenas|f|muffin|muffins
nuez|nueces|f|walnut|walnuts
ciruela|ciruelas|f|plum|plums
melocotón|melocotones|m|peach|peaches
bombón|bombones|m|chocolate|chocolates
castaña|castañas|f|chestnut|chestnuts
fresa|fresas|f|strawberry|strawberries
empanadilla|empanadillas|f|pasty|pasties""")

PACKS = table("""\
caja|cajas|f|box|boxes
bolsa|bolsas|f|bag|bags
paquete|paquetes|m|packet|packets
cesta|cestas|f|basket|baskets
bandeja|bandejas|f|tray|trays
bote|botes|m|jar|jars
cajón|cajones|m|drawer|drawers
saco|sacos|m|sack|sacks
lata|latas|f|tin|tins""")

# Things that cost a few euros each.
GOODS = table("""\
cuaderno|cuadernos|m|notebook|notebooks
bolígrafo|bolígrafos|m|pen|pens
libro|libros|m|book|books
regla|reglas|f|ruler|rulers
vaso|vasos|m|glass|glasses
planta|plantas|f|plant|plants
bocadillo|bocadillos|m|sandwich|sandwiches
zumo|zumos|m|juice|juices
entrada|entradas|f|ticket|tickets
taza|tazas|f|mug|mugs
pelota|pelotas|f|ball|balls
gorra|gorras|f|cap|caps
pizza|pizzas|f|pizza|pizzas
helado|helados|m|ice cream|ice creams
camiseta|camisetas|f|T-shirt|T-shirts
revista|revistas|f|magazine|magazines
bufanda|bufandas|f|scarf|scarves
tarta|tartas|f|cake|cakes""")

# The goods that may well cost twenty or thirty euros.
GIFTS = tuple(
    noun for noun in GOODS if noun.es in ("libro", "planta", "camiseta", "bufanda", "gorra", "tarta")
)

# Things that cost from ten to some hundred euros.
DEAR_GOODS = table("""\
bicicleta|bicicletas|f|bicycle|bicycles
mochila|mochilas|f|backpack|backpacks
chaqueta|chaquetas|f|jacket|jackets
lámpara|lámparas|f|lamp|lamps
guitarra|guitarras|f|guitar|guitars
abrigo|abrigos|m|coat|coats
reloj|relojes|m|watch|watches
patinete|patinetes|m|scooter|scooters
tienda de campaña|tiendas de campaña|f|tent|tents
silla|sillas|f|chair|chairs
teléfono|teléfonos|m|phone|phones
impresora|impresoras|f|printer|printers
mesa|mesas|f|table|tables""")

# What each of them costs at least and at most, in whole euros.
_PRICES = {
    "bicicleta": (90, 999),
    "mochila": (10, 120),
    "chaqueta": (20, 250),
    "lámpara": (10, 200),
    "guitarra": (60, 999),
    "abrigo": (30, 400),
    "reloj": (10, 500),
    "patinete": (40, 600),
    "tienda de campaña": (40, 500),
    "silla": (10, 250),
    "teléfono": (60, 999),
    "impresora": (50, 500),
    "mesa": (30, 600),
}


def priced(price: int) -> tuple[Noun, ...]:
    """The dear goods that may well cost so much."""
    return tuple(noun for noun in DEAR_GOODS if _PRICES[noun.es][0] <= price <= _PRICES[noun.es][1])


_KEYS = {"cosa": "thing", "caja": "pack", "otra": "other"}


def nouns(rng: Random, language: str, **pools: Sequence[Noun]) -> dict[str, str]:
    """Fields of one noun for each pool, all different.

    Spanish: ``cosa``, ``cosas``, ``Cuántas_cosas``, ``cuántas_cosas``, ``la_cosa``, ``las_cosas``,
    ``una_cosa``; English: ``thing``, ``things``, ``a_thing``.
    """
    fields: dict[str, str] = {}
    taken: set[str] = set()
    for key, pool in pools.items():
        noun = rng.choice([each for each in pool if each.es not in taken])
        taken.add(noun.es)
        fields |= _spanish(noun, key) if language == "es" else _english(noun, _KEYS[key])
    return fields


def _spanish(noun: Noun, key: str) -> dict[str, str]:
    end = "a" if noun.feminine else "o"
    return {
        key: noun.es,
        f"{key}s": noun.es_plural,
        f"Cuántas_{key}s": f"Cuánt{end}s {noun.es_plural}",
        f"cuántas_{key}s": f"cuánt{end}s {noun.es_plural}",
        f"la_{key}": f"{'la' if noun.feminine else 'el'} {noun.es}",
        f"las_{key}s": f"{'las' if noun.feminine else 'los'} {noun.es_plural}",
        f"una_{key}": f"{'una' if noun.feminine else 'un'} {noun.es}",
        f"Una_{key}": f"{'Una' if noun.feminine else 'Un'} {noun.es}",
        f"todas_{key}s": f"tod{end}s {'las' if noun.feminine else 'los'} {noun.es_plural}",
    }


def _english(noun: Noun, key: str) -> dict[str, str]:
    article = "an" if noun.en[0] in "aeio" else "a"
    return {
        key: noun.en,
        f"{key}s": noun.en_plural,
        f"a_{key}": f"{article} {noun.en}",
        f"A_{key}": f"{article.capitalize()} {noun.en}",
    }


def people(rng: Random, language: str, count: int = 2) -> dict[str, str]:
    """Names under ``p``, ``q`` and ``r``."""
    return dict(zip("pqr", rng.sample(NAMES[language], count), strict=False))


def agree(text: str) -> str:
    """Spanish text with «e» for «y» before the sound i, and with «al» and «del»: «Leo e Irene»."""
    text = re.sub(r"\b([Aa]|[Dd]e) el\b", r"\1l", text)
    return re.sub(r"\by (?=[IiÍí]|[Hh][ií](?![ae]))", "e ", text)


def say(language: str, spanish: str, english: str) -> str:
    """The text in the language at hand."""
    return spanish if language == "es" else english


def num(value: int | Fraction, language: str) -> str:
    """A number as a textbook writes it: 12, −3, 2,5 (English 2.5), 3/4 where no short decimal exists."""
    value = Fraction(value)
    sign, size = (MINUS, -value) if value < 0 else ("", value)
    if size.denominator == 1:
        return f"{sign}{size.numerator}"
    for places in range(1, 5):
        scaled = size * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            mark = "," if language == "es" else "."
            return f"{sign}{digits[:-places]}{mark}{digits[-places:]}"
    return f"{sign}{size.numerator}/{size.denominator}"


def money(value: int | Fraction, language: str) -> str:
    """An amount without its unit: 12, 7,50."""
    text = num(value, language)
    return f"{text}0" if len(text) > 2 and text[-2] in ",." else text


def frac(value: int | Fraction) -> str:
    """A fraction in lowest terms: 3/4, −1/2, 5."""
    value = Fraction(value)
    sign = MINUS if value < 0 else ""
    size = abs(value)
    return f"{sign}{size.numerator}" + ("" if size.denominator == 1 else f"/{size.denominator}")


_NUMERALS = {
    "es": _words(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete dieciocho diecinueve veinte"
    ),
    "en": _words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty"
    ),
}


def spelled(number: int, language: str) -> str:
    """A number up to twenty in words; «uno» does not agree with what it counts."""
    return _NUMERALS[language][number]
