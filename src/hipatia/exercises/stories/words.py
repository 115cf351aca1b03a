"""The words of the stories: TOML files, one folder for each language, and the nouns they count.

    chapter("es", "flows")["scene"][0]["gains"]
    noun("animals", rng)                         # of a pool
    noun("persona|personas|f|person|people", rng)

The files hold what is told and how it is asked; the modules hold numbers, operations and checks.
"""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from ..wording import COLLECTABLES, DEAR_GOODS, FOODS, GIFTS, GOODS, PACKS, Noun, table

_ANIMALS = table("""\
gallina|gallinas|f|hen|hens
oveja|ovejas|f|sheep|sheep
vaca|vacas|f|cow|cows
conejo|conejos|m|rabbit|rabbits
pato|patos|m|duck|ducks
cabra|cabras|f|goat|goats
cerdo|cerdos|m|pig|pigs
pollito|pollitos|m|chick|chicks""")
_VEHICLES = table("""\
coche|coches|m|car|cars
moto|motos|f|motorbike|motorbikes
bicicleta|bicicletas|f|bicycle|bicycles
camión|camiones|m|lorry|lorries
furgoneta|furgonetas|f|van|vans""")
_MONEY = table("""\
euro|euros|m|euro|euros
euro|euros|m|euro|euros
peso|pesos|m|pound|pounds
dólar|dólares|m|dollar|dollars""")
_FLOWERS = table("""\
rosa|rosas|f|rose|roses
clavel|claveles|m|carnation|carnations
margarita|margaritas|f|daisy|daisies
tulipán|tulipanes|m|tulip|tulips
girasol|girasoles|m|sunflower|sunflowers""")
_BAKED = table("""\
pan|panes|m|loaf|loaves
magdalena|magdalenas|f|muffin|muffins
empanada|empanadas|f|pasty|pasties
rosquilla|rosquillas|f|doughnut|doughnuts
galleta|galletas|f|biscuit|biscuits
croissant|croissants|m|croissant|croissants
bollo|bollos|m|bun|buns""")
_FRUIT = table("""\
manzana|manzanas|f|apple|apples
naranja|naranjas|f|orange|oranges
pera|peras|f|pear|pears
ciruela|ciruelas|f|plum|plums
melocotón|melocotones|m|peach|peaches
plátano|plátanos|m|banana|bananas
mango|mangos|m|mango|mangoes
kiwi|kiwis|m|kiwi|kiwis""")
_PLAYTHINGS = table("""\
cromo|cromos|m|trading card|trading cards
canica|canicas|f|marble|marbles
pegatina|pegatinas|f|sticker|stickers
sello|sellos|m|stamp|stamps
moneda antigua|monedas antiguas|f|old coin|old coins
concha|conchas|f|shell|shells
postal|postales|f|postcard|postcards
chapa|chapas|f|badge|badges
muñeco|muñecos|m|toy figure|toy figures
carta|cartas|f|playing card|playing cards
piedra de colores|piedras de colores|f|coloured stone|coloured stones
dinosaurio de plástico|dinosaurios de plástico|m|plastic dinosaur|plastic dinosaurs
llavero|llaveros|m|key ring|key rings
caracola|caracolas|f|seashell|seashells
cuento|cuentos|m|storybook|storybooks
globo|globos|m|balloon|balloons""")
_STATIONERY = table("""\
lápiz|lápices|m|pencil|pencils
cuaderno|cuadernos|m|notebook|notebooks
rotulador|rotuladores|m|marker|markers
bolígrafo|bolígrafos|m|pen|pens
goma|gomas|f|rubber|rubbers
libreta|libretas|f|notepad|notepads
cartulina|cartulinas|f|sheet of card|sheets of card
pincel|pinceles|m|paintbrush|paintbrushes
regla|reglas|f|ruler|rulers""")
_SWEETS = table("""\
caramelo|caramelos|m|sweet|sweets
bombón|bombones|m|chocolate|chocolates
galleta|galletas|f|biscuit|biscuits
fresa|fresas|f|strawberry|strawberries
piruleta|piruletas|f|lollipop|lollipops
uva|uvas|f|grape|grapes
nuez|nueces|f|walnut|walnuts
castaña|castañas|f|chestnut|chestnuts
gominola|gominolas|f|jelly sweet|jelly sweets""")


def _only(names: str) -> tuple[Noun, ...]:
    return tuple(pack for pack in PACKS if pack.es in names.split())


POOLS: dict[str, tuple[Noun, ...]] = {
    "collectables": COLLECTABLES,
    "playthings": _PLAYTHINGS,
    "stationery": _STATIONERY,
    "foods": FOODS,
    "fruit": _FRUIT,
    "sweets": _SWEETS,
    "baked": _BAKED,
    "goods": tuple(
        thing for thing in GOODS if thing.es not in ("bolígrafo", "regla", "zumo")
    ),  # those are cheap
    "gifts": GIFTS,
    "dear_goods": DEAR_GOODS,
    "animals": _ANIMALS,
    "vehicles": _VEHICLES,
    "flowers": _FLOWERS,
    "money": _MONEY,
    "dear_money": tuple(coin for coin in _MONEY if coin.es != "peso"),
    "thing_packs": _only("caja bolsa paquete"),
    "food_packs": _only("caja bolsa cesta bandeja"),
}
PAST, PRESENT, THIRD = range(3)


@cache
def chapter(language: str, name: str) -> dict[str, Any]:
    """The file ``name`` of a language, read once."""
    source = resources.files(__package__).joinpath(language, f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def noun(source: str, rng: Random, *without: Noun) -> Noun:
    """One noun: of a pool (or of several, ``fruit sweets``), or written out as a row of a table."""
    if "|" in source:
        return table(source)[0]
    pool = [each for name in source.split() for each in POOLS[name] if each not in without]
    return rng.choice(pool)


def quantity(rng: Random, low: int, high: int) -> int:
    """Two times in three at most 20 (or twice the least), else up to the bound."""
    small = rng.random() < 0.65 or high <= 20
    few = min(high, max(20, 2 * low))
    return rng.randint(low, max(low, few)) if small else rng.randint(max(low, 10), high)


def random_tense(rng: Random, language: str, past_only: bool = False) -> int:
    """A tense: past, present or, in Spanish, the perfect."""
    present, perfect = 0 if past_only else 2, 2 if language == "es" else 0
    return rng.choices((PAST, PRESENT, THIRD), (5, present, perfect))[0]


_MEASURES = frozenset(
    "euro peso dólar litro punto kilómetro metro centímetro mililitro kilo gramo minuto hora año día".split()
)


def unit(thing: Noun, language: str, value: int | Fraction = 0) -> str:
    """Euros, litres and points belong to the answer (1 euro, 2 euros); apples do not."""
    if thing.es.split()[0] not in _MEASURES:
        return ""
    one, many = (thing.es, thing.es_plural) if language == "es" else (thing.en, thing.en_plural)
    return (one if value == 1 else many).split()[0]
