"""The phrases that announce, correct, deny, bound, doubt or check an answer, in Spanish and English."""

from __future__ import annotations

import re

from ..number_words import NUMBER_WORDS, alternatives

_NOUN = r"(?:respuesta|soluci[oó]n|answer|solution|rta|rpta|resp|sol|ans)"
_MILD = r"(?:resultado|result|total|valor|value|conclusi[oó]n|conclusion)"
_IS = r"(?:es(?: igual a| la| el)?|son|ser[ií]a|ser[aá]|is(?: equal to)?|are|would be|was|fue|=|:)"
_AFTER = (
    r"(?: (?:final|correcta?|correct|es|is|pedid[oa]|buscad[oa]|obtenid[oa]|total|del? (?:este |la |el "
    r")?(?:problema|ejercicio|ecuaci[oó]n"
    r"|sistema|pregunta|inecuaci[oó]n)|to (?:this|the) (?:problem|question|equation|system)|of the "
    r"(?:equation|system|problem)"
    r"|to the nearest \w+|por (?:lo )?tanto|then|entonces))*"
)
# "La respuesta es …", "Answer: …", "Rta.: …"; what follows is the claim.
ANSWER = re.compile(
    rf"\b{_NOUN}(?:es|s|e?s)?\b{_AFTER}\s*(?:\.(?=\s*:|\s+\S)|)[\x22']?\s*(?:[=:→⇒]|->|\b(?:es|son|sean?|ser[ií]a"
    rf"|ser[aá]|is|are|would be|was|fue|queda)\b)"
    r"(?: (?:la|el|the)(?= (?:opci[oó]n|option|letra|alternativa)\b))?\s*:?|\bR\s*\.?\s*(?::|/{1,2})(?!\w)"
    r"|^R\.\s+(?=[-\d$\\])"
    r"|\b(?:la (?:respuesta )?(?:correcta|verdadera|buena)|lo correcto|the (?:correct|right|real|true) (?:one|value|answer))"
    r" (?:es|is)\b",
    re.I,
)
MILD = re.compile(
    rf"\b{_MILD}(?:es|s)?\b(?: final| de[^=:.\n]{{0,40}}| of[^=:.\n]{{0,40}}| correcto| obtenido)?\s*"
    r"(?:[=:]|\b(?:es|son|ser[ií]a|ser[aá]|is|are|would be|was|fue)\b)\s*:?",
    re.I,
)
WEAK = re.compile(r"(?:total|valor|value)", re.I)
FINAL = re.compile(r"\b(?:final|definitiv[ao])\b", re.I)
CONCLUSION = re.compile(
    r"^[\W_]*(?:y |and |pero |but )?(?:(?P<firm>por (?:lo )?tanto|por consiguiente|en conclusi[oó]n|en definitiva|conclusi[oó]n"
    r"|therefore|thus|hence|in conclusion|consequently|en consecuencia|∴|en resumen|to sum up|we conclude(?: that)?"
    r"|concluimos que|se concluye que)|en total|as[ií](?: que| pues|,)|de modo que|finalmente|por [uú]ltimo|so|in total"
    r"|finally|luego,?|entonces,?)(?:\b|(?<=[,∴]))[,:]?\s*(?:que |that )?",
    re.I,
)
PREFIX = re.compile(
    r"^\W*(?:y |and )?(?:luego|entonces|then|next|despu[eé]s(?! de)|ahora|now|se obtiene|obtenemos|nos "
    r"queda|we (?:get|have|obtain|find)(?! not)|it(?:'s| is)(?! not)|that(?:'s| is)(?! not)|tenemos que|creo que"
    r"|i think(?: that)?|i believe|yo dir[ií]a que|estoy segur[oa] de que|dir[ií]a que|pienso que|queda"
    r"|resulta(?: que)?|que|that|aqu[ií]|it follows that|es (?:mayor|menor)(?= [-−\d√$]))"
    r"\b[,:]?\s*",
    re.I,
)
# "12 es la respuesta."
INVERTED = re.compile(
    rf"^(?P<claim>.+?)\s+(?:es|son|is|are)\s+(?:la|las|el|the|mi|my)\s+(?:{_NOUN}|resultado|result)(?:es"
    rf"|s)?(?: (?:final|correcta?|buscad[ao]))?\s*$",
    re.I,
)
INVERTED_NOT = re.compile(
    rf"\b(?:no (?:es|son)|is not|isn't|are not|aren't)\s+(?:la|las|el|the|mi|my)\s+(?:{_NOUN}|resultado"
    rf"|result)",
    re.I,
)
HEADING = re.compile(
    rf"^[^\w∞∅]*(?:(?:la |the |mi )?(?:{_NOUN[3:-1]}|resultado|result|conclusi[oó]n|conclusion)(?:es|s)?)(?: "
    rf"(?:final|correcta|es|is|obtenid[oa]))*\W*$",
    re.I,
)
# "Las raíces del polinomio son:", and their list on the next lines.
SEVERAL = re.compile(
    r"\b(?:soluciones|ra[ií]ces|respuestas|valores|ceros|divisores|factores|m[uú]ltiplos|n[uú]meros|elementos|puntos|primos|t[eé]rminos"
    r"|solutions|roots|answers|values|zero(?:e?s)|divisors|factors|multiples|numbers|elements|points|primes|terms)\b[^:.;]{0,60}:\W*$",
    re.I,
)
WORKED = re.compile(r"\b(?:soluci[oó]n|solution|sol|resoluci[oó]n|desarrollo)\W*$", re.I)
# A sentence that takes back what was claimed before it.
RETRACTION = re.compile(
    r"\b(?:(?:actually|en realidad|de hecho|hm+|bueno|oh|ah|well|pero|but),? no\b(?= ?[,:;.!—-])"
    r"|(?:(?<=[.!?…] )|(?<=^))no(?=[,:;] (?:(?:en realidad|actually|que|mejor|so) )?(?:es|son|it|the|la|el|era)\b)"
    r"|perd[oó]n(?! por\b)|me (?:he )?equivoqu[eé]|me he equivocado|me equivoco|corrijo|rectifico|correcci[oó]n"
    r"|quise decir|quiero decir|mejor dicho"
    r"|(?:no,? )?espera|un momento|wait|hold on|sorry(?! (?:for|about|if)\b)|i mean(?:t)?|scratch that|correction|my mistake|i "
    r"made (?:a|an) (?:mistake|error)"
    r"|hay un error|hay un fallo|eso (?:es|est[aá]) (?:mal|incorrecto)|(?:that|this)(?:'s| is) (?:wrong"
    r"|incorrect|not right)|no es correcto eso"
    r"|let me (?:re(?:do|check|consider|calculate)|correct)|revisando|pens[aá]ndolo (?:bien|mejor)|on "
    r"second thought|d[ií]go|digo)\b"
    r"(?:[^.\n]{0,40}?(?=:))?[,:]?\s*",
    re.I,
)
SOFT = re.compile(r"\b(?:en realidad|actually|de hecho|in fact|realmente)\b[,:]?\s*", re.I)
# "no es 12 sino 15", "not 12 but 15", "pensé que era 12, pero es 15"
SINO = re.compile(
    r"\b(?:no (?:es|son|era|eran|da|vale)|not|isn't|aren't|no)\b\s*(?P<old>[^,;]{1,60}?),?\s+(?:sino(?: "
    r"que es| que son)?|but(?: rather)?)\s+(?P<new>.+)$",
    re.I,
)
LATER = re.compile(
    r"(?:,|;|\by|\band)\s*\b(?:as[ií] que|por lo que|por (?:lo )?tanto|de modo que|con lo que|so|therefore"
    r"|thus|hence|luego|entonces|then)"
    r"\b,?\s*",
    re.I,
)
NOT_VALID = re.compile(
    r"\s*\([^()]*\b(?:no|not|antes|before|previously|(?:descart|rechaz|desech)\w+|(?:reject|discard)\w*|extran\w+|extraneous|inv[aá]lid[ao]?)\b[^()]*\)",
    re.I,
)
NOT_BUT = re.compile(
    r"\b(?:no (?:es|son|era|eran)|(?:it's |is )?not|isn't|aren't)\s+(?P<old>[^,;]{1,40}?)[,;:]\s*(?:ahora |now )?(?:es|son"
    r"|it's|it is|sino|but)\s+(?P<new>.+)$",
    re.I,
)
THOUGHT = re.compile(
    r"\b(?:pens[eé]|cre[ií](?:a)?|parec(?:e|[ií]a)|i thought|i first|at first|primero|al principio|seg[uú]n|according to"
    r"|podr[ií]a parecer|seems?|dic(?:e|en|[ií]an?)|dij(?:o|eron)|afirman?|sostienen?|opinan?|cree|piensan?|(?:pensar|creer|dir)[ií]a[ns]?"
    r"|(?:might|may|would|could) (?:think|say|guess|expect)|obtuvo|says?|said"
    r"|claim(?:s|ed)?|thinks|believes|got)\b.*?"
    r"\b(?:pero|but|sin embargo|however|aunque)\b,?\s*(?:en realidad|actually|really|la verdad es que|lo cierto es que|realmente"
    r"|in fact|in reality)?,?\s*(?:(?:yo )?(?:obtengo|obtuve)|(?:a m[ií] )?me (?:da|dio|sale|sali[oó])|i (?:get|got|find|found)"
    r"|es|son|era|da|it is|it's|the answer is|is|(?:la respuesta|lo correcto|el resultado) es)?\s*(?P<new>(?!\s*(?:podr|pued|might|could|may)).+)$",
    re.I,
)
# "No puede ser otro que 8"
NONE_BUT = re.compile(r"\bno (?:hay|es|son|puede ser|queda) (?:otr[ao]s?)(?: \w+)? (?:que|m[aá]s que) ", re.I)
# "x = 6, x = -2 (no válida)", "x = 6; x = -2 se rechaza"
REJECTED = re.compile(
    r"(?:^|,|;|\by\b|\band\b)\s*[^,;()]{1,30}\s\((?:no (?:v[aá]lid|sirve|vale|cumple|es soluci)|not valid|(?:se )?(?:descart|rechaz|desech)"
    r"|reject|discard|extran|extraneous|inv[aá]lid)[^()]*\)"
    r"|[,;]\s*[^,;()=]{1,12}=[^,;()=]{1,15} (?:no(?: (?:sirve|vale|cumple|es v[aá]lida))?|se (?:descarta|rechaza|desecha)"
    r"|is (?:rejected|extraneous|discarded))\W*$",
    re.I,
)
# "Ni 12 ni 15: son 13"
NEITHER = re.compile(
    r"^\W*(?:ni|neither) .{1,30}? (?:ni|nor) [^:;,]{1,30}[:;,]\s*(?:es |son |it's |it is )?(?P<new>.+)$", re.I
)
# "Descartamos x = 3 y queda x = -1"
DISCARDED = re.compile(
    r"\b(?:(?:descart|rechaz|desech|exclu|elimin)[a-záéíó]*|(?:reject|discard|exclude|rule out)(?:s|ed|ing)?)\b"
    r"(?: |\().{1,80}?(?:,|;|\by\b|\band\b|\bso\b|\bleaving\b|\bluego\b)\s*(?P<new>.+)$",
    re.I,
)
# "x = 3 y no hay más soluciones", "x = -1, descartando x = 3"
NO_MORE = re.compile(
    r"(?:,|;|\by|\band)?\s*\b(?:que )?(?:no (?:hay|tiene|existen?)|there (?:are|is) no|has no) (?:m[aá]s|otr[ao]s?|other|more|further)\b.*$"
    r"|[,;]\s*(?:(?:descart|rechaz|desech|exclu)[a-záéíó]*|(?:reject|discard|exclud)(?:ed|ing))\b.*$",
    re.I,
)
# "15, no 12", "15 (y no 12)", "15 instead of 12"
NOT_OTHER = re.compile(
    r"(?:,|\(|;)?\s*(?:y no|and not|not|no|en (?:vez|lugar) de|instead of|rather than)\s+(?:es |son "
    r")?(?:[-$€]?\d[^\s]*(?:\s[^\W\d_]+)?|[A-H])\)?(?:,[^\d=]*)?\s*\.?$",
    re.I,
)
CHANGED = re.compile(
    r"^.{1,60}?(?:\.{2,}|…|—|,)\s*(?:no,|nope,|(?:wait|digo|perd[oó]n|mejor dicho|sorry|i mean"
    r"|espera)\b(?:,| ))\s*(?:es |son |it's )?(?P<new>.+)$",
    re.I,
)
NEGATED = re.compile(
    r"\bno (?:es|son|puede ser|pueden ser|vale|valen|da|ser[ií]a|era|ser[aá]|est[aá]|creo que)\b|\b(?:is"
    r"|are|was|were|does|do|could|would) not\b"
    r"|\b(?:isn't|aren't|wasn't|doesn't|don't|cannot|can't)\b(?: be)?|^\s*(?:not|no)\s+[-$]?\d|\b(?:is"
    r"|are) (?:wrong|incorrect|false)\b"
    r"|\b(?:es|son) (?:incorrect[oa]s?|fals[oa]s?|err[oó]ne[oa]s?)\b|\b(?:distint[oa]s?|diferentes?) (?:de"
    r"|a)\b|\bdifferent from\b|\bnot equal\b"
    r"|\b(?:anything|everything|all|todo|cualquier(?: cosa| n[uú]mero| valor)?|cualquiera) (?:but|menos"
    r"|excepto|except|salvo)\b"
    r"|\b(?:nunca|never|tampoco|jam[aá]s|en ning[uú]n caso|de ning[uú]n modo|de ninguna manera|in no case|by no means"
    r"|no creo que|no (?:puedo|podemos) (?:asegurar|afirmar|decir)|(?:not|n't) (?:sure|certain) (?:that|if)|no estoy segur[oa] de|don't (?:think|believe)|dudo(?: de)? que|doubt(?: that)?|lejos de ser|far from|no es (?:cierto|verdad|posible)"
    r" que|(?:is not|isn't) (?:true|possible) that|es (?:falso|imposible) que|it is (?:false|impossible) that)\b|\bno (?:tiene|hay|mide|cuesta|quedan?)\b",
    re.I,
)
HEDGE = re.compile(
    r"\b(?:tal vez|quiz[aá]s?|maybe|perhaps|possibly|posiblemente|a lo mejor)\b.*\b(?:tal vez|quiz[aá]s?"
    r"|maybe|perhaps|possibly|o|u|or|y|and)\b"
    r"|(?<!^)\b(?:o|or)\b,? (?:tal vez|quiz[aá]s?|maybe|perhaps|algo as[ií]|as[ií]|so|menos|more|less"
    r"|something)\b"
    r"|\b(?:o|or) (?:tal vez|quiz[aá]s?|maybe|perhaps)\b|\b(?:depende|depends)\b|\bo as[ií]\b|\bor "
    r"so\b"
    r"|\b(?:entre|between) (?:los )?[-$€]?\d\S* (?:y|and) |\bfrom \d\S* to \d|\bde \d\S* a \d|\d\s*(?:-|–"
    r"|—|~)\s*\d+\s*(?:[^\W\d_]+)?$(?<=~)"
    r"|\((?:o|or|u|quiz[aá]s?|tal vez|maybe|perhaps|possibly|podr[ií]a|could|might) [^)]*\)",
    re.I,
)
# "los primos entre 10 y 20 son …", "de 9:00 a 10:30": between two numbers, which a subject may say.
RANGE = re.compile(
    r"\b(?:entre|between) (?:los )?[-$€]?\d\S* (?:y|and) |\bfrom \d\S* to \d|\bde \d\S* a \d", re.I
)
BOUNDED = re.compile(
    rf"\b(?:m[aá]s de|menos de|al menos|como (?:m[aá]ximo|m[ií]nimo|mucho)|a lo sumo|por lo menos|casi|hasta|at least|at most|(?:more|less|fewer) than"
    rf"|nearly|almost|up to) {alternatives(NUMBER_WORDS)}\b"
    r"|(?:\b(?:m[aá]s de(?: los)?|menos de|al menos|como m[aá]ximo|como m[ií]nimo|como mucho|a lo sumo|a "
    r"lo m[aá]s|por lo menos|casi|hasta|no m[aá]s de"
    r"|m[ií]nimo|m[aá]ximo|inferior a|superior a|(?:mayor|menor)(?:es)? (?:o igual )?(?:que|de|a)|at least"
    r"|at most|(?:no )?more than|(?:no )?(?:less|fewer) than|over"
    r"|under|nearly|almost|up to|greater than|above|below|a minimum of|a maximum of)|[<>≤≥])\s*(?:unos "
    r"|unas |los |las )?[-$€]?\d"
    r"|\d\S*(?:\s[^\W\d_]+)?\s+(?:como m[aá]ximo|como m[ií]nimo|como mucho|at most|at least|at the (?:most"
    r"|least)|o m[aá]s|o menos|or more|or less|y pico"
    r"|por lo menos|al menos|a lo sumo)\b",
    re.I,
)
CUT = re.compile(
    r"(?:[=+*/×·÷({\\^_<>≤≥]|(?<![\d)\]}\w])-|\b(?:es|son|is|are|y|and|de|of|the|el|la|los|las|por|que"
    r"|that|to|a|con|with|entre|m[aá]s|plus|times|en|(?<!\d )in"
    r"|un|una|del|al|para|for|si|if|como|cuando|when|entonces|then|igual|equal|sumar|add|we|lo|se|luego"
    r"|tenemos|obtenemos|get|by|into|from|multiply|multiplicamos|sumamos|restamos|dividimos|add|subtract"
    r"|divide|we have|because|porque|since|which|where|donde|mientras|while|aunque|although|este|esta|this|sus?|their|my|desde|hasta|sin|muy|very"
    r"|(?:\b(?:y|and|luego|pero|but)|,)\s+(?:despu[eé]s|ahora|luego|then|now|next|finalmente|finally|adem[aá]s|also"
    r"|tambi[eé]n)))\s*$|\\(?:d?frac|sqrt|boxed|text|left|begin|cdot|times|mathrm"
    r"|leq?|geq?|pm|in|cup)\s*$",
    re.I,
)
CHECK = re.compile(
    r"^[\W_]*(?:(?:ahora |now,? |finalmente,? |por [uú]ltimo,? |primero )*(?:vamos a |podemos |we can |we could |se puede |let(?:'s| us| me) |to |para "
    r"|(?:es f[aá]cil )?)(?:(?:comprobar|verificar|probar)(?:l[oa]s?)?|check|verify|test|double-check)\b"
    r"|(?:la )?comprobaci[oó]n|(?:lo )?(?:comprobamos|comprobando|comprobemos|verificamos|verificando|verifiquemos|probamos"
    r"|probemos|probando)|se (?:comprueba|verifica) que|verificaci[oó]n|(?:double-?)?check(?:ing)?\b|verification|verify"
    r"|(?:quick )?(?:check|test|proof)\b|prueba\b|en efecto|indeed|sustituyendo|sustituimos|substituting|plugging"
    r"|efectivamente|(?:y )?(?:todo )?(?:encaja|cuadra)|it works)",
    re.I,
)
# "… es correcto", "queda comprobado": says nothing new.
CONFIRMED = re.compile(
    r"^[\W_]*(?:(?:la |el |the |our |nuestra )?(?:respuesta|soluci[oó]n|resultado|answer|solution|result|todo|both sides|ambos"
    r" lados)?\s*(?:es|son|est[aá]|queda|quedan|is|are|coinciden?|match(?:es)?|checks? out)\s*)?"
    r"(?:correct[ao]s?|comprobad[ao]s?|verificad[ao]s?|v[aá]lid[ao]s?|bien|right|valid|verified|confirmed|✓|ok)?\W*$",
    re.I,
)
REMARK = re.compile(
    r"^[\W_]*(?:(?:s[ií]|yes|ok|perfecto|exacto)\W+)?(?:est[aá] bien|todo (?:bien|correcto|cuadra)|cuadra|it (?:works|checks out))\W*$"
    r"|^[\W_]*(?:nota|observaci[oó]n|note|remark|recuerda|remember|por ejemplo|for example|consejo|tip|ojo"
    r"|curiosidad|explicaci[oó]n|explanation|otra forma"
    r"|(?:un )?(?:error|fallo) (?:muy )?(?:com[uú]n|frecuente|t[ií]pico|habitual)|(?:a )?common (?:mistake|error|pitfall)"
    r"|(?:some|many|most) (?:students|people|pupils)|(?:algun|much)[oa]s (?:estudiantes|alumn[oa]s|personas|compañer[oa]s)"
    r"|cuidado|atenci[oó]n|advertencia|warning|careful|be careful|beware|dato curioso|fun fact|bonus"
    r"|alternativamente|alternatively|siguiente (?:pregunta|ejercicio|problema)|next (?:question|problem)"
    r"|ejercicio \d|problem \d|pregunta \d|question \d|ahora te toca"
    r"|si quieres|if you|como reto|reto|challenge|esto (?:es|significa)|this (?:is|means)|se trata de(?! (?:un |una )?(?:sistema |ecuaci[oó]n )?(?:incompatible|contradicci|identidad|imposible)))\b"
    # "Esa es la solución.", "so that is the centroid.": it points back
    r"|^[\W_]*(?:(?:so|therefore|thus|and|y|as[ií] que|luego),? )?(?:that|those|these|es[aeo]s?|est[ae]s?)(?:'s| is| are| es| son)"
    r" (?:the|our|el|la|los|las|lo|nuestr[oa]s?)\b[^\d=:]*$"
    # "Como B cumple 2·1 − 5 + 3 = 0, está bien."
    r"|^[\W_]*(?:como|ya que|since|as)\b.*, (?:(?:todo )?est[aá] bien|(?:todo |it )?(?:cuadra|encaja|works|checks out)|(?:es|is) (?:correct[oa]?|v[aá]lid[oa]?|right))\W*$",
    re.I,
)
CLOSER = re.compile(
    r"\?\W*$|^\W*¿|\b(?:espero (?:que|haber)|av[ií]same|i hope|hope (?:this|that|it)|let me know|saludos"
    r"|[aá]nimo|buen trabajo|good luck|suerte|gracias|thanks"
    r"|(?:perd[oó]n|disculp\w+) por|sorry (?:for|about)|feel free|si tienes (?:dudas|alguna)|no dudes|happy to help|encantad[oa] de)\b",
    re.I,
)
# After a claim: "O quizás 13.", "It could also be 13."
SECOND_THOUGHT = re.compile(
    r"^\W*(?:(?:o|or|u|aunque|although|but|pero|y|and)\b,? )*(?:tal vez|quiz[aá]s?|maybe|perhaps|a lo mejor|possibly"
    r"|(?:aunque |pero )?(?:tambi[eé]n )?(?:podr[ií]a[ns]?|puede[ns]?)(?: tambi[eé]n)? (?:ser|que sea)"
    r"|(?:it|they|the answer) (?:could|might|may)(?: also)? be|(?:o|or) bien\b|(?:no estoy segur|i'm not (?:sure|certain)))",
    re.I,
)
DUNNO = re.compile(
    r"\b(?:no (?:lo )?s[eé]|i don't know|no puedo|i can(?:'t|not)|no tengo (?:ni )?idea|unknown"
    r"|desconocid[oa])\b",
    re.I,
)
REASON = re.compile(
    r",?\s+(?:porque|ya que|puesto que|dado que|pues|debido a|because|since|given that"
    r"|(?:y |and |que |which )?(?:se alcanza|se obtiene|(?:is )?attained|(?:is )?reached|(?:it )?occurs))\b"
    r"(?:(?!; (?:te |nos |me |le )?(?:queda|sale|resulta|es|son|luego|por|as[ií]|so|thus|hence|therefore|then|entonces|leaving|\w ?=)).)*"
    r"|,\s+(?:cuy[oa]s?|whose|where|donde|siendo|que(?! (?:no (?:tiene|hay|existen?) (?:ninguna )?(?:soluci|ra[ií])|es|son|da|hace|equivale|significa|implica|nos|queda|resulta))|which(?! (?:ha(?:s|ve) no (?:real )?(?:sol|ro)|is|are|gives|equals|makes|means|implies|leaves|tells|leads)))\b.*$",
    re.I,
)
# After an answer: what would be so in another case.
SUPPOSED = re.compile(r"^\W*(?:y si|¿y si|what if|and if|suppose instead)\b", re.I)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2714\u2719-\u27bf\u2b00-\u2bff\ufe0f\u200d]")
# "…, es decir, 12": the same once more.
AGAIN = re.compile(r",?\s*\b(?:es decir|o sea|i\.e\.|that is(?: to say)?|in other words|lo que equivale a"
                    r"|que equivale a|or equivalently|equivalently"
                    r"|o lo que es lo mismo|lo que es lo mismo que|esto es|or simply)(?:\b|(?<=\.))[,:]?\s*", re.I)  # fmt: skip

# "3/20, que es el 15 %": the same again, where what follows is a value.
WHICH_IS = re.compile(r",\s+(?:que|lo que|which) (?:es|son|is|equivale a|es igual a|equals|equivale al?)\s+(?:el |un |una |a )?"
                      r"(?=[-−\d$\\(√≈]|aprox|about)", re.I)  # fmt: skip

# Whether a text says a value, in numerals, words or signs, or that there is none.
VALUE = re.compile(
    r"[\d∅∞ℝπ√½¼¾]|\\(?:emptyset|varnothing|infty|frac|sqrt|pi|mathbb)|[^\W\d_]\s*="
    r"|\b(?:imposible|impossible|contradic\w+|incompatible|indeterminado|inconsistent|identi(?:dad|ty)|infinit\w+)\b"
    r"|\b(?:no|sin|ning[uú]na?|every|any|all|todos?|cualquier)\b[^.\d]{0,25}\b(?:soluci[oó]n(?:es)?|solutions?|ra[ií]z|ra[ií]ces"
    r"|roots?|reales|reals?)\b"
    rf"|\b{alternatives(NUMBER_WORDS)}\b",
    re.I,
)
BOX = re.compile(r"\\(?:boxed|fbox)\s*(?=\{)")
