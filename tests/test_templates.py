"""Templates of strangers end, whatever they are; those of the world's models are rendered as transformers does."""

from __future__ import annotations

import pytest
from test_prompting import TEMPLATES as PLAIN
from tiny import CHATML, tiny_tokenizer

from hipatia import templates
from hipatia.errors import ModelError
from hipatia.export.template import with_default_system
from hipatia.prompting import encode_prompt
from hipatia.schema import Message
from hipatia.templates import is_plain, render_template

TALK = [
    {"role": role, "content": f"{role}: ¿2 + 2?\n \ue0001\ue001"} for role in ("user", "assistant", "user")
]
GROWN = "{% set ns = namespace(s='ab') %}{% for m in messages %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}"
MACRO = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
HOSTILE = {
    "nested loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "nested loops over a text": "{% for a in messages[0].content * 9999 %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "a recursive macro": MACRO,
    "a power": "{{ 10 ** 10 ** 10 }}",
    "a long text": "{{ 'a' * 10 ** 11 }}",
    "a wide format": "{{ '%99999999999d' % 1 }}",
    "centred": "{{ 'a'.center(10 ** 11) }}",
    "a wide filter": "{{ 'a' | center(99999999999) }}",
    "lorem ipsum": "{{ lipsum(n=99999999) }}",
    "doubled by assignments": "{% set a = 'ab' %}" + "{% set a = a ~ a %}" * 45 + "{{ a }}",
    "doubled by blocks": "{% set a %}ab{% endset %}"
    + "{% set a %}{{ a }}{{ a }}{% endset %}" * 45
    + "{{ a }}",
    "doubled lists": "{% set a = [1] %}" + "{% set a = a + a %}" * 45 + "{{ a }}",
    "doubled in turns": "{% set a = 'x' %}" + "{% set b = a ~ a %}{% set a = b ~ b %}" * 25 + "{{ a }}",
    "doubled by copies": "{% set a = 'x' %}" + "{% set b = a %}{% set a = b ~ b %}" * 45 + "{{ a }}",
    "doubled by loops": "{% set n = namespace(a='x') %}"
    + "{% for a in [n.a ~ n.a] %}{% set n.a = a %}{% endfor %}" * 45
    + "{{ n.a }}",
    "lists in lists": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 45 + "{{ a }}",
    "names in names": "{% set a = namespace(b=1) %}" + "{% set a = namespace(b=a, c=a) %}" * 45 + "{{ a }}",
    "a block in itself": "{% block strip %}{{ self.strip() }}{{ self.strip() }}{% endblock %}",
    "waits for the fourth message": "{% if messages | length > 3 %}" + MACRO + "{% endif %}x",
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "LIMIT", 0.5)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_templates_end(name: str) -> None:
    tokenizer = tiny_tokenizer(HOSTILE[name])
    assert not is_plain(HOSTILE[name])
    with pytest.raises(ModelError):
        encode_prompt(
            [Message("user", "x"), Message("assistant", "y")] * 3 + [Message("user", "z")], tokenizer
        )


@pytest.mark.usefixtures("impatient")
def test_one_that_did_not_end_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer = tiny_tokenizer(MACRO + "{# once #}")
    with pytest.raises(ModelError):
        render_template(tokenizer, TALK, True)
    monkeypatch.setattr(templates, "_Worker", None)
    with pytest.raises(ModelError):
        render_template(tokenizer, TALK, True)


def test_growing_and_plain_are_told_apart() -> None:
    assert not is_plain(GROWN)
    assert is_plain(CHATML)
    assert [name for name, template in PLAIN.items() if not is_plain(template)] == []
    system = with_default_system(tiny_tokenizer(), "Eres Hipatia.")
    assert system
    assert tiny_tokenizer(system).chat_template == system


TOOLS = "{% for m in messages %}{% for t in m.tool_calls or [] %}{{ t }}{% endfor %}<{{ m.role }}>{{ m['content'] | replace('2', bos_token) }}{% endfor %}"


@pytest.mark.parametrize("template", [*PLAIN.values(), TOOLS, GROWN])
@pytest.mark.parametrize("answer", [True, False])
def test_the_text_is_transformers_own(template: str, answer: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer = tiny_tokenizer(template)
    wanted = tokenizer.apply_chat_template(TALK, tokenize=False, add_generation_prompt=answer)
    assert render_template(tokenizer, TALK, answer) == wanted
    monkeypatch.setattr(templates, "is_plain", lambda template: False)
    assert render_template(tokenizer, TALK, answer) == wanted


def test_what_a_template_refuses_is_told() -> None:
    with pytest.raises(ModelError, match="no more"):
        encode_prompt(
            [Message("user", "x")],
            tiny_tokenizer("{% macro f() %}{% endmacro %}{{ raise_exception('no more') }}"),
        )
