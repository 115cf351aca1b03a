"""The fused LoRA layer against peft's own: values, gradients, and when it steps aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from peft.tuners.lora.layer import Linear
from torch import nn

from hipatia.lowrank import FusedLinear, fuse_lora


class Model(nn.Module):
    """One layer and an embedding-like one that peft gives an adapter of another kind."""

    def __init__(self, bias: bool = True) -> None:
        super().__init__()
        self.layer = nn.Linear(12, 20, bias=bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layer(x)


def pair(dtype: torch.dtype = torch.float32, bias: bool = True, **settings: Any) -> tuple[Any, Any]:
    """The same adapted model, as peft makes it and fused."""
    made = []
    for _ in range(2):
        torch.manual_seed(0)
        config = LoraConfig(r=3, lora_alpha=6, target_modules=["layer"], **settings)
        model = get_peft_model(Model(bias).to(dtype), config, autocast_adapter_dtype=False)
        nn.init.normal_(model.base_model.model.layer.lora_B["default"].weight)
        made.append(model)
    fuse_lora(made[1])
    assert type(made[1].base_model.model.layer) is FusedLinear
    assert type(made[0].base_model.model.layer) is Linear
    return made[0], made[1]


def results(model: Any, x: torch.Tensor) -> list[torch.Tensor]:
    """The output, and the gradients for the input and for the trainable parameters."""
    x = x.clone().requires_grad_()
    torch.manual_seed(1)  # of the dropout
    y = model(x)
    trainable = [p for p in model.parameters() if p.requires_grad]
    return [y, *torch.autograd.grad((y * torch.arange(20)).sum(), [x, *trainable], allow_unused=True)]


SAME: dict[str, dict[str, Any]] = {
    "single precision": {},
    "without a bias": {"bias": False},
    "with dropout": {"lora_dropout": 0.5},
    "with DoRA": {"use_dora": True},
    "with rsLoRA": {"use_rslora": True},
    "with a bias of its own": {"lora_bias": True},
}


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("shape", [(7, 12), (2, 5, 12), (1, 1, 12)])
def test_values_and_gradients_are_those_of_peft(name: str, shape: tuple[int, ...]) -> None:
    usual, fused = pair(**SAME[name])
    x = torch.randn(shape, generator=torch.Generator().manual_seed(2))
    for wanted, got in zip(results(usual, x), results(fused, x), strict=True):
        torch.testing.assert_close(got, wanted, atol=1e-4, rtol=1e-5)


def test_bfloat16_differs_by_rounding_alone() -> None:
    x = torch.randn((64, 12), generator=torch.Generator().manual_seed(2)).bfloat16()
    exact = results(pair(torch.bfloat16)[0].float(), x.float())
    for wanted, got in zip(exact, results(pair(torch.bfloat16)[1], x), strict=True):
        assert (got.float() - wanted).norm() < 0.01 * wanted.norm()


STATES: dict[str, Callable[[Any], Any]] = {
    "merged": lambda model: model.merge_adapter(),
    "merged and parted": lambda model: (model.merge_adapter(), model.unmerge_adapter()),
    "two adapters": lambda model: (
        model.add_adapter("other", LoraConfig(r=2, target_modules=["layer"])),
        model.base_model.set_adapter(["default", "other"]),
    ),
    "weights that learn": lambda model: model.base_model.model.layer.base_layer.requires_grad_(True),
}


@pytest.mark.parametrize("name", STATES)
def test_other_states_go_the_usual_way(name: str) -> None:
    usual, fused = pair()
    for model in (usual, fused):
        torch.manual_seed(4)
        STATES[name](model)
    x = torch.randn((7, 12), generator=torch.Generator().manual_seed(2))
    for wanted, got in zip(results(usual, x), results(fused, x), strict=True):
        assert (wanted is None) == (got is None)
        if wanted is not None:
            torch.testing.assert_close(got, wanted, atol=1e-4, rtol=1e-5)


def test_without_its_adapter_the_layer_is_the_base() -> None:
    usual, fused = pair()
    x = torch.randn((7, 12), generator=torch.Generator().manual_seed(2))
    with usual.disable_adapter(), fused.disable_adapter():
        assert torch.equal(usual(x), fused(x))
    assert not torch.equal(usual(x), usual.base_model.model.layer.base_layer(x))
