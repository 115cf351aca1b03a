"""Words that tell what a number in a sentence is: verbs, prepositions, what alters or denies it.

All of them folded (``plain_word``), Spanish and English together.
"""

from __future__ import annotations

VERBS = frozenset(
    "es son era eran sera seran fue fueron seria serian hay habra habia hubo tiene tienen tendra tendran "
    "tenia tenian "
    "queda quedan quedara quedaran quedaron quedo sobra sobran sobraran falta faltan faltaran gana ganan "
    "ganara gano "
    "cuesta cuestan costara costo costaran paga pagan pagara pagaran pago debe deben debera vale valen "
    "mide miden pesa "
    "pesan recorre recorren recorrera recorrio tarda tardan tardara tardo necesita necesitan necesitara "
    "necesitaran gasta "
    "gastan gastara gasto ahorra ahorran ahorrara ahorro recibe reciben recibira recibio vende venden "
    "vendera vendio da dan "
    "obtiene obtienen obtenemos sale salen equivale equivalen suman suma resulta contiene caben cabe usa "
    "usara come comen "
    "comio cobra cobrara produce producen leyo lee lleva llevan llevara hace hacen consume consumen dura "
    "duran durara "
    "compra compran comprara compro corre camino corrio trabaja trabajo pierde perdio "
    "is are was were be has have had makes make made earns earn earned costs cost pays pay paid gets get "
    "got needs need "
    "needed takes take took weighs weigh spends spend spent saves save saved sells sold equals equal "
    "remain remains contains "
    "simplifies reduces becomes yields simplifica reduce convierte da expresa escribe "
    "leaves gives measures owes owe receives received there're left uses used eats ate wins won reads "
    "read travels traveled "
    "drove drives walked bought buys lasts ran runs sold works worked lost loses produced produces".split()
)
COPULAS = frozenset(
    "es son era eran sera seran fue fueron seria vale valen is are was were be equals equal =".split()
)
# Words after which the number is not itself what is claimed.
ALTERS = frozenset(
    "doble triple mitad tercio tercera cuarta parte twice half double third quarter cuadrado cubo raiz "
    "root square cube "
    "suma sum diferencia difference producto product cociente quotient entre between divide dividido "
    "divided veces times "
    "factorial resto remainder opuesto inverso reciprocal negativo negative menos minus plus multiplicado "
    "multiplied "
    "multiplicar sumar restar dividir add subtract multiply logaritmo seno coseno tangente modulo excepto "
    "except salvo "
    "elevado elevada raised squared cubed dado dada given si if sea let supongamos suppose mayor menor "
    "greater less larger smaller bigger que than cerca "
    "close near lejos multiplo multiple divisor factor potencia power paso step ejercicio exercise "
    "problema pregunta question".split()
)
# Words after a number that change it: "24 al cuadrado".
CHANGES = frozenset(
    "cuadrado cubo squared cubed menos minus mas plus elevado dividido "
    "multiplicado divided multiplied".split()
)
NEGATIVE = frozenset(
    "no not never nunca ni nor sin without jamas tampoco neither ningun ninguna ninguno none hardly isn't "
    "aren't doesn't don't cannot can't".split()
)
FILLERS = frozenset(
    "de a un una total of exactly exactamente solo only just unos unas about aproximadamente "
    "approximately alrededor "
    "igual the el la los las al equal to que ser en total, por otros otras "
    "still todavia aun ya fin".split()
)
NO_NAME = (
    VERBS
    | NEGATIVE
    | FILLERS
    | set("despues antes tras dentro en cada hace after before within every in".split())
)
UNCOUNTED = frozenset(
    "por de del en al para con cada in per for of on at to left each total y and o or".split()
)
# "de 4", "para los 3 salones": a number there is part of a circumstance.
PREPOSITIONS = frozenset(
    "de del en para con por a al entre cada tras desde hasta hacia sobre segun durante que of in for with per each "
    "after from by to at on during within than".split()
)
# "los 3 salones", "the two trains": numbers known already.
KNOWN = frozenset(
    "los las the both ambos ambas sus estos estas esos esas these those his her their its our".split()
)
JOINTS = frozenset("y e o u and or".split())
