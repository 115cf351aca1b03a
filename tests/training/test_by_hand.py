"""The written-out passes of Llama-like models: what torch, transformers and peft compute, within bfloat16."""

from __future__ import annotations

import copy
from typing import Any

import numpy
import pytest
import torch
import transformers
from test_training import PAD, gradients, rows
from tiny import tiny_llama

from hipatia.config import Config, LoraConfig
from hipatia.modeling import apply_lora
from hipatia.training import kernels
from hipatia.training.batches import Collator
from hipatia.training.by_hand import Arena, HandwrittenLoss, SideBySide
from hipatia.training.kernels import bits
from hipatia.training.loss import IGNORED, AnswerLoss
from hipatia.training.trainer import NotFinite, Trainer
from hipatia.training.workers import Workers

SHAPE = {"vocab_size": 300, "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2}
SHAPE |= {"num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 512}


def made(kind: str, **changes: Any) -> Any:
    """A tiny model of a kind, with random weights in bfloat16 (or ``dtype``) and an adapter that does something."""
    lora = LoraConfig(**{"rank": 4, **changes.pop("lora", {})})
    dtype = changes.pop("dtype", torch.bfloat16)
    torch.manual_seed(0)
    config = transformers.AutoConfig.for_model(kind, **SHAPE | changes)
    base = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").to(dtype)
    for name, parameter in base.named_parameters():
        if name.endswith("bias") or "norm" in name:
            parameter.data.normal_(1.0, 0.3)
    adapted = apply_lora(base, lora).train()
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            parameter.data.normal_(std=0.05)
    return adapted


def random_bits(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).bfloat16()


def close(found: torch.Tensor, wanted: torch.Tensor) -> None:
    torch.testing.assert_close(found.float(), wanted.float(), atol=0.02, rtol=0.02)


# --- kernels --------------------------------------------------------------------------------------


def test_norm_and_its_gradient() -> None:
    x, more, weight, grad = (
        random_bits(*shape, seed=i) for i, shape in enumerate([(5, 48)] * 2 + [(48,), (5, 48)])
    )
    total, out, inverse = torch.empty_like(x), torch.empty_like(x), torch.empty(5)
    kernels.add_norm(bits(x), bits(more), bits(weight), 1e-5, bits(total), bits(out), inverse.numpy())
    assert torch.equal(total, x + more)
    wide = total.float().requires_grad_()
    wanted = torch.nn.functional.rms_norm(wide, (48,), weight.float(), 1e-5)
    close(out, wanted)
    wanted.backward(grad.float())
    result = random_bits(5, 48, seed=9)
    before = result.clone()
    kernels.norm_backward(bits(grad), bits(total), inverse.numpy(), bits(weight), bits(result))
    close(result, before.float() + wide.grad)


def test_swiglu_and_its_gradient() -> None:
    gate, up, grad = (5 * random_bits(7, 50, seed=i) for i in range(3))
    wide = [tensor.float().requires_grad_() for tensor in (gate, up)]
    wanted = torch.nn.functional.silu(wide[0]) * wide[1]
    wanted.backward(grad.float())
    out, grad_gate, grad_up = (torch.empty_like(gate) for _ in range(3))
    kernels.swiglu(bits(gate), bits(up), bits(out))
    kernels.swiglu_backward(*map(bits, (grad, gate, up, grad_gate, grad_up)))
    close(out, wanted)
    close(grad_gate, wide[0].grad)
    close(grad_up, wide[1].grad)


@pytest.mark.parametrize(
    ("queries", "keys", "idle"), [(32, 32, 0), (9, 64, 0), (9, 64, 40), (1, 32, 31), (33, 64, 31)]
)
def test_softmax_and_its_gradient(queries: int, keys: int, idle: int) -> None:
    scores, grad = 4 * random_bits(3, queries, keys), random_bits(3, queries, keys, seed=1)
    mask = torch.full((queries, keys), float("-inf")).triu(keys - queries + 1)
    mask[:, :idle] = float("-inf")
    wide = scores.float().requires_grad_()
    wanted = torch.softmax(wide + mask, -1)
    wanted.backward(grad.float())
    kernels.softmax(bits(scores), idle)
    close(scores, wanted)
    kernels.softmax_backward(bits(grad), bits(scores), idle)
    close(grad, wide.grad)
    assert not scores[mask.isinf().expand_as(scores)].any()
    assert not grad[mask.isinf().expand_as(grad)].any()


def test_rotation_and_back() -> None:
    x, angles = random_bits(2, 5, 3, 16), torch.rand(5, 8).repeat(1, 2) * 6
    cos, sin = angles.cos().bfloat16(), angles.sin().bfloat16()
    out = torch.zeros(2, 3, 9, 16, dtype=torch.bfloat16)
    kernels.rotate(bits(x), bits(cos), bits(sin), 0.5, 4, bits(out))
    turned = torch.cat([-x[..., 8:], x[..., :8]], -1)
    wanted = 0.5 * (x * cos[:, None] + turned * sin[:, None]).transpose(1, 2)
    close(out[:, :, 4:], wanted)
    assert not out[:, :, :4].any()
    back = torch.empty_like(x)
    kernels.rotate_back(bits(out), bits(cos), bits(sin), 2.0, 4, bits(back))
    close(back, x)


def test_cross_entropy_and_its_gradient() -> None:
    logits, targets = 6 * random_bits(9, 300), torch.arange(9) * 30
    logits[0, 0] = 60.0  # as good as certain
    wide = logits.float().requires_grad_()
    wanted = torch.nn.functional.cross_entropy(wide, targets, reduction="none")
    wanted.sum().backward()
    losses = torch.empty(9)
    kernels.cross_entropy(bits(logits), targets.numpy(), numpy.float32(0.25), losses.numpy())
    torch.testing.assert_close(losses, wanted.detach() / 4, atol=1e-5, rtol=1e-4)
    close(4 * logits, wide.grad)


@pytest.mark.parametrize("x", [0.0, 1e-6, -0.3, 0.7, 5.5, 87.0, -60.0, -87.0])
def test_exponential(x: float) -> None:
    assert kernels.exponential(numpy.float32(x)) == pytest.approx(
        float(numpy.exp(numpy.float32(x))), rel=5e-6
    )


def test_what_is_no_number_stays_none() -> None:
    nan = torch.full((2, 32), float("nan"), dtype=torch.bfloat16)
    scores, out, logits, losses = nan[None].clone(), torch.empty_like(nan), nan.clone(), torch.empty(2)
    kernels.softmax(bits(scores), 0)
    kernels.swiglu(bits(nan), bits(torch.ones_like(nan)), bits(out))
    kernels.cross_entropy(bits(logits), numpy.array([0, 1]), numpy.float32(1), losses.numpy())
    assert scores[0, 1].isnan().all()
    assert out.isnan().all()
    assert losses.isnan().all()


# --- the whole model ------------------------------------------------------------------------------

KINDS: list[tuple[str, dict[str, Any]]] = [
    ("llama", {}),
    ("llama", {"num_key_value_heads": 4, "lora": {"target_modules": ["q_proj", "down_proj"]}}),
    ("llama", {"attention_bias": True, "tie_word_embeddings": True}),
    ("llama", {"rope_parameters": {"rope_type": "linear", "factor": 2.0, "rope_theta": 5000.0}}),
    ("mistral", {"sliding_window": None, "head_dim": 32}),
    ("qwen2", {}),
]


@pytest.mark.parametrize(("kind", "changes"), KINDS)
@pytest.mark.parametrize(("count", "shared"), [(1, 0), (5, 0), (4, 20), (3, 70)])
def test_loss_and_gradients_are_those_of_autograd(
    kind: str, changes: dict[str, Any], count: int, shared: int
) -> None:
    adapted = made(kind, **changes)
    batch = Collator(PAD)(rows(count, shared))
    by_hand = HandwrittenLoss.of(adapted)
    assert by_hand
    length = AnswerLoss(adapted, share_prefix=True).shared_length(batch["input_ids"], batch["labels"])
    rounded_loss, rounded = autograd(adapted, batch)
    loss, wanted = autograd(copy.deepcopy(adapted).float(), batch)
    names = {parameter: name for name, parameter in adapted.named_parameters()}
    for _ in range(2):  # the second time in the memory of the first
        found_loss, gradient_of = by_hand(batch["input_ids"], batch["labels"], length, 10)
        found = {names[parameter]: gradient for parameter, gradient in gradient_of.items()}
        assert abs(found_loss - loss) < 2 * abs(rounded_loss - loss) + 0.01 * loss
        assert set(found) == set(wanted)
        for name, true in wanted.items():  # no further from the truth than autograd in bfloat16 is
            allowed = 2 * distance(rounded[name], true) + 0.03 * float(true.norm())
            assert distance(found[name], true) < allowed, name


def autograd(adapted: Any, batch: dict[str, torch.Tensor]) -> tuple[float, dict[str, torch.Tensor]]:
    loss = AnswerLoss(adapted, share_prefix=True)(**batch, num_items_in_batch=10)["loss"]
    loss.backward()
    return float(loss.detach()), gradients(adapted)


def distance(found: torch.Tensor, wanted: torch.Tensor) -> float:
    return float((found.float() - wanted.float()).norm())


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("llama", {"dtype": torch.float32}),
        ("llama", {"lora": {"dropout": 0.1}}),
        ("llama", {"hidden_act": "gelu"}),
        ("llama", {"attention_dropout": 0.1}),
        ("llama", {"rope_parameters": {"rope_type": "dynamic", "factor": 2.0, "rope_theta": 1e4}}),
        ("mistral", {"sliding_window": 8}),
        ("qwen2", {"use_sliding_window": True, "sliding_window": 8, "max_window_layers": 0}),
        ("gemma2", {"head_dim": 16}),
        ("qwen3", {"head_dim": 16}),
    ],
)
def test_other_models_are_left_to_autograd(kind: str, changes: dict[str, Any]) -> None:
    assert HandwrittenLoss.of(made(kind, **changes)) is None


def test_a_model_that_computes_something_else_is_left_to_autograd() -> None:
    adapted = made("llama")
    layer = adapted.get_base_model().model.layers[1]
    layer.mlp.register_forward_hook(lambda module, arguments, output: -3 * output)
    assert HandwrittenLoss.of(adapted) is None


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_parts_side_by_side_add_up_in_their_order(threads: int) -> None:
    adapted = made("llama")
    batch = Collator(PAD)(rows(7, 20))
    loss = HandwrittenLoss.of(adapted)
    assert loss
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        side_by_side, plain = SideBySide(loss), AnswerLoss(adapted, share_prefix=True)
        parts = list(plain.parts(batch, 60, side_by_side.threads))
        assert len(parts) % threads == 0 or len(parts) == 7
        values = []
        for _ in range(3):
            value = side_by_side.add_gradients(parts, 20, 50)
            values.append((float(value), gradients(adapted)))
        assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)
    whole, found = loss(batch["input_ids"], batch["labels"], 20, 50)
    assert values[0][0] == pytest.approx(float(whole), rel=1e-2)
    names = dict(adapted.named_parameters())
    for name, gradient in values[0][1].items():
        other = found[names[name]].float()
        assert distance(gradient, other) < 0.06 * float(other.norm())
        assert all(torch.equal(gradient, again[name]) for _, again in values)  # bit for bit


def test_memory_is_taken_again() -> None:
    arena = Arena()
    first = arena.take(3, 40)
    top = arena.top
    second, large = arena.take(8), arena.take(2**26)  # more than a block
    places = [tensor.data_ptr() for tensor in (first, second, large)]
    assert second.shape == (8,)
    assert places[1] == places[0] + 2 * 128
    arena.release(top)
    assert [arena.take(8).data_ptr(), arena.take(2**26).data_ptr()] == places[1:]
    arena.release()
    assert arena.take(3, 40).data_ptr() == places[0]
    arena.give_back()
    assert arena.take(3, 40).shape == (3, 40)


# --- in training ----------------------------------------------------------------------------------


def trainer(adapted: Any, **settings: Any) -> Trainer:
    import datasets

    config = Config.model_validate({"training": {"batch_size": 4, "learning_rate": 3e-3, **settings}})
    return Trainer(adapted, datasets.Dataset.from_list(rows(24, 20)), Collator(PAD), config, Workers())


def test_a_run_learns_as_with_autograd() -> None:
    losses = {}
    for by_hand in (True, False):
        own = trainer(made("llama"), epochs=3)
        assert own.side_by_side
        if not by_hand:
            own.side_by_side = None
        losses[by_hand] = [own.step(position=step).loss for step in range(own.steps)]
    assert losses[True] == pytest.approx(losses[False], rel=0.03)
    assert losses[True][-1] < losses[True][0]


def test_loss_that_is_no_number_names_its_rows() -> None:
    adapted = made("llama")
    own = trainer(adapted)
    before = {name: parameter.clone() for name, parameter in own.parameters.items()}
    bad = own.plan.batches(0)[0][2]
    only = set(own.dataset[bad]["input_ids"]) - {
        token for i, row in enumerate(own.dataset) if i != bad for token in row["input_ids"]
    }
    if not only:
        pytest.skip("the row has no token of its own")
    adapted.get_base_model().model.embed_tokens.weight.data[only.pop()] = float("nan")
    with pytest.raises(NotFinite) as error:
        own.step(position=0)
    assert error.value.rows == [bad]
    assert all(torch.equal(before[name], parameter) for name, parameter in own.parameters.items())


def test_checkpointing_goes_through_autograd() -> None:
    assert trainer(tiny_bfloat16(), gradient_checkpointing=True).side_by_side is None


def tiny_bfloat16() -> Any:
    return apply_lora(tiny_llama(dtype="bfloat16"), LoraConfig(rank=4))


def test_nothing_learnt_but_the_answer() -> None:
    """A token that is not learnt has no part in the loss."""
    adapted = made("llama")
    loss = HandwrittenLoss.of(adapted)
    assert loss
    batch = Collator(PAD)(rows(2, 0))
    labels = torch.full_like(batch["labels"], IGNORED)
    labels[1, 5] = batch["input_ids"][1, 5]
    value, _ = loss(batch["input_ids"], labels, 0, 1)
    logits = adapted(input_ids=batch["input_ids"][1:, :5]).logits[0, -1].float()
    assert float(value) == pytest.approx(float(torch.logsumexp(logits, 0) - logits[labels[1, 5]]), rel=0.02)


def test_going_on_from_a_snapshot_is_bit_for_bit() -> None:
    whole = trainer(made("llama"), epochs=2)
    for step in range(8):
        if step == 4:
            snapshot = copy.deepcopy(whole.snapshot())
        whole.step(position=step)
    again = trainer(made("llama"), epochs=2)
    again.restore(snapshot)
    for step in range(4, 8):
        again.step(position=step)
    assert all(torch.equal(p, again.parameters[name]) for name, p in whole.parameters.items())
