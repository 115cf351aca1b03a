"""Loss, optimizer, batches: equal to the plain computation, in any cut."""

from __future__ import annotations

import random
from typing import Any

import datasets
import numpy
import pytest
import torch
from tiny import tiny_llama

from hipatia.attention import register_grouped_attention
from hipatia.config import Config, LoraConfig
from hipatia.modeling import apply_lora
from hipatia.training.batches import Collator, row_order
from hipatia.training.loss import IGNORED, AnswerCrossEntropy, AnswerLoss
from hipatia.training.measure import held_out_loss, undisturbed
from hipatia.training.optimizer import MasterAdamW
from hipatia.training.trainer import Trainer
from hipatia.training.workers import Workers

PAD = 258


def rows(count: int, shared: int, seed: int = 0) -> list[dict[str, list[int]]]:
    """Rows that begin alike and whose second half is learnt."""
    rng = random.Random(seed)
    head = [rng.randrange(200) for _ in range(shared)]
    made = []
    for _ in range(count):
        body = [rng.randrange(200) for _ in range(rng.randint(6, 30))]
        ids = head + body
        half = shared + len(body) // 2
        made.append(
            {
                "input_ids": ids,
                "attention_mask": [1] * len(ids),
                "labels": [IGNORED] * half + ids[half:],
            }
        )
    return made


def model(attention: str = "eager") -> Any:
    base = tiny_llama()
    base.set_attn_implementation(attention)
    adapted = apply_lora(base, LoraConfig(rank=4))
    torch.manual_seed(3)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            parameter.data.normal_(std=0.05)
    return adapted


def plain_loss(adapted: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """transformers' own loss, a row at a time, without padding."""
    total, count = torch.zeros(()), 0
    for ids, labels, mask in zip(batch["input_ids"], batch["labels"], batch["attention_mask"], strict=True):
        length = int(mask.sum())
        logits = adapted(input_ids=ids[None, :length]).logits[0, :-1]
        targets = labels[1:length]
        total = total + torch.nn.functional.cross_entropy(
            logits, targets, ignore_index=IGNORED, reduction="sum"
        )
        count += int((targets != IGNORED).sum())
    return total / count


def gradients(adapted: Any) -> dict[str, torch.Tensor]:
    found = {n: p.grad.clone() for n, p in adapted.named_parameters() if p.grad is not None}
    adapted.zero_grad()
    return found


@pytest.mark.parametrize("attention", ["eager", "sdpa", "grouped"])
@pytest.mark.parametrize(("count", "shared"), [(1, 0), (5, 0), (5, 3), (5, 40), (2, 25)])
def test_loss_and_gradients_equal_the_plain_ones(attention: str, count: int, shared: int) -> None:
    adapted = model(register_grouped_attention() if attention == "grouped" else attention)
    batch = Collator(PAD)(rows(count, shared))
    plain = plain_loss(adapted, batch)
    plain.backward()
    wanted = gradients(adapted)
    for share_prefix in (False, True):
        loss = AnswerLoss(adapted, share_prefix=share_prefix)(**batch)["loss"]
        loss.backward()
        torch.testing.assert_close(loss, plain, atol=1e-5, rtol=1e-5)
        for name, gradient in gradients(adapted).items():
            torch.testing.assert_close(gradient, wanted[name], atol=1e-5, rtol=1e-3, msg=name)


@pytest.mark.parametrize("tokens", [1, 5, 64, 1000])
@pytest.mark.parametrize("bias", [False, True])
def test_cross_entropy_and_its_gradient_equal_torch(tokens: int, bias: bool) -> None:
    random_source = torch.Generator().manual_seed(tokens)
    hidden = torch.randn((tokens, 12), generator=random_source, requires_grad=True)
    weight = torch.randn((50, 12), generator=random_source)
    shift = torch.randn(50, generator=random_source) if bias else None
    targets = torch.randint(50, (tokens,), generator=random_source)
    wanted = torch.nn.functional.cross_entropy(
        torch.nn.functional.linear(hidden, weight, shift), targets, reduction="sum"
    )
    got = AnswerCrossEntropy.apply(hidden, weight, shift, targets)
    torch.testing.assert_close(got, wanted)
    for one, other in zip(
        torch.autograd.grad(got / 3, hidden), torch.autograd.grad(wanted / 3, hidden), strict=True
    ):
        torch.testing.assert_close(one, other)
    with torch.no_grad():
        torch.testing.assert_close(AnswerCrossEntropy.apply(hidden, weight, shift, targets), wanted)


def test_a_head_that_bends_its_logits_is_left_to_the_model() -> None:
    import transformers

    settings = {"vocab_size": 300, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2}
    settings |= {"num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 16}
    torch.manual_seed(0)
    config = transformers.Gemma2Config(**settings, final_logit_softcapping=0.3)
    adapted = apply_lora(transformers.AutoModelForCausalLM.from_config(config), LoraConfig(rank=4))
    module = AnswerLoss(adapted, share_prefix=False)
    assert not module.plain_head
    assert AnswerLoss(model(), share_prefix=False).plain_head
    batch = Collator(PAD)(rows(3, 4))
    torch.testing.assert_close(module(**batch)["loss"], plain_loss(adapted, batch), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("most", [1, 40, 70, 10_000])
def test_parts_add_up_to_the_whole(most: int) -> None:
    adapted = model()
    module = AnswerLoss(adapted, share_prefix=True)
    batch = Collator(PAD)(rows(7, 20))
    module(**batch)["loss"].backward()
    wanted = gradients(adapted)
    items = (batch["labels"] != IGNORED).sum()
    parts = list(module.parts(batch, most))
    assert sum(len(part["input_ids"]) for part in parts) == 7
    for part in parts:
        module(**part, num_items_in_batch=items)["loss"].backward()
    for name, gradient in gradients(adapted).items():
        torch.testing.assert_close(gradient, wanted[name], atol=1e-5, rtol=1e-3, msg=name)
    assert len(parts) == {1: 7, 10_000: 1}.get(most, len(parts))


def test_held_out_loss_is_the_mean_over_learnt_tokens() -> None:
    adapted, data = model(), rows(9, 18)
    config = Config.model_validate({"training": {"batch_size": 4, "pass_tokens": 64}})
    with torch.no_grad():
        wanted = float(plain_loss(adapted, Collator(PAD)(data)))
    found = held_out_loss(AnswerLoss(adapted, share_prefix=True), data, config, PAD)
    assert found == pytest.approx(wanted, rel=1e-4)
    assert held_out_loss(AnswerLoss(adapted, share_prefix=True), [], config, PAD) is None


def test_padding_is_to_few_widths_on_the_right() -> None:
    batch = Collator(PAD)([{"input_ids": [1, 2, 3], "attention_mask": [1, 1, 1], "labels": [-100, 2, 3]}])
    assert batch["input_ids"].tolist() == [[1, 2, 3] + [PAD] * 13]
    assert batch["labels"].tolist() == [[-100, 2, 3] + [IGNORED] * 13]
    assert batch["attention_mask"].sum() == 3


def test_row_order_is_a_function_of_its_arguments_and_groups_lengths() -> None:
    lengths = [random.Random(1).randrange(10, 500) for _ in range(1)] + list(range(10, 509))
    order = row_order(lengths, 8, seed=5, epoch=0)
    assert sorted(order) == list(range(500))
    assert order == row_order(lengths, 8, seed=5, epoch=0)
    assert order != row_order(lengths, 8, seed=5, epoch=1)
    assert order != row_order(lengths, 8, seed=6, epoch=0)
    spreads = [
        max(lengths[i] for i in order[s : s + 8]) - min(lengths[i] for i in order[s : s + 8])
        for s in range(0, 496, 8)
    ]
    assert sum(spreads) / len(spreads) < 40
    means = [sum(lengths[i] for i in order[s : s + 8]) for s in range(0, 496, 8)]
    assert means != sorted(means)


def test_the_optimizer_is_adamw_on_single_precision() -> None:
    torch.manual_seed(0)
    start = torch.randn(6, 5)
    exact = torch.nn.Parameter(start.clone())
    rounded = torch.nn.Parameter(start.clone().bfloat16())
    master_start = rounded.detach().float()
    exact.data.copy_(master_start)
    theirs = torch.optim.AdamW([exact], lr=1e-4, weight_decay=0.1, betas=(0.9, 0.99))
    ours = MasterAdamW([rounded], lr=1e-4, weight_decay=0.1)
    for step in range(50):
        gradient = torch.randn(6, 5, generator=torch.Generator().manual_seed(step)).bfloat16()
        exact.grad, rounded.grad = gradient.float(), gradient.clone()
        theirs.step()
        ours.step()
    torch.testing.assert_close(ours.state[rounded]["master"], exact.detach(), atol=1e-6, rtol=1e-5)
    assert torch.equal(rounded.detach(), exact.detach().bfloat16())


def test_the_optimizers_state_comes_back_in_single_precision() -> None:
    weight = torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))
    first = MasterAdamW([weight], lr=1e-3)
    weight.grad = torch.full((3,), 0.5, dtype=torch.bfloat16)
    first.step()
    again = MasterAdamW([torch.nn.Parameter(weight.detach().clone())], lr=1e-3)
    again.load_state_dict(first.state_dict())
    (state,) = again.state.values()
    assert state["master"].dtype == torch.float32
    assert torch.equal(state["master"], first.state[weight]["master"])


@pytest.mark.parametrize("ratio", [1.0, 8.0])
def test_b_learns_faster_than_a_by_the_ratio(ratio: float) -> None:
    """Adam's first two steps at a constant gradient sign move a weight by the rate each."""
    settings = {
        "lora": {"rank": 4, "rate_ratio": ratio},
        "training": {"schedule": "constant", "warmup_ratio": 0},
    }
    config = Config.model_validate(settings)
    model = apply_lora(tiny_llama(), config.lora)
    row = {"input_ids": [5, 6, 7, 8], "labels": [IGNORED, 6, 7, 8], "attention_mask": [1] * 4}
    trainer = Trainer(model, datasets.Dataset.from_list([row] * 4), Collator(PAD), config, Workers())
    before = {name: p.detach().clone() for name, p in trainer.parameters.items()}
    trainer.step(position=0)
    moved = {
        kind: max(
            float((p - before[name]).abs().max()) for name, p in trainer.parameters.items() if kind in name
        )
        for kind in ("lora_A", "lora_B")
    }
    assert moved["lora_A"] == 0  # its gradient is B's, which begins at zero
    assert moved["lora_B"] == pytest.approx(ratio * config.training.learning_rate, rel=1e-3)
    trainer.step(position=0)
    after = {name: float((p - before[name]).abs().max()) for name, p in trainer.parameters.items()}
    first = max(value for name, value in after.items() if "lora_A" in name)
    assert first <= config.training.learning_rate * 1.01


def test_measuring_leaves_random_states_and_mode_as_they_were() -> None:
    module = torch.nn.Dropout().train()
    random.seed(1)
    numpy.random.seed(1)
    torch.manual_seed(1)
    expected = random.random(), numpy.random.rand(), torch.rand(1)
    random.seed(1)
    numpy.random.seed(1)
    torch.manual_seed(1)
    with undisturbed(module):
        assert not module.training
        random.random(), numpy.random.rand(), torch.rand(1)
    assert module.training
    assert (random.random(), numpy.random.rand(), torch.rand(1)) == expected
