"""LoRA's layers in fewer passes: peft's values without its intermediate tensors.

    fuse_lora(peft_model)

peft computes ``W x + scaling · B (A x)`` as three products, a scaling and a sum, each of them a pass over a
tensor as large as the output, and again in the backward pass. Here the low-rank product is added in the pass of
the matrix product itself.
"""

from __future__ import annotations

from typing import Any

import torch
from peft.tuners.lora.layer import Linear
from torch import nn
from torch.nn import functional


class LowRankProduct(torch.autograd.Function):
    """``x Wᵀ + bias + scaling · (x Aᵀ) Bᵀ``, with gradients for x, A and B; W and the bias are frozen.

    x: [tokens, in], weight: [out, in], a: [rank, in], b: [out, rank]. Returns [tokens, out].
    """

    @staticmethod
    def forward(
        ctx: Any,
        x: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor | None,
        a: torch.Tensor,
        b: torch.Tensor,
        scaling: float,
    ) -> torch.Tensor:
        down = x @ a.t()
        ctx.save_for_backward(x, weight, a, b, down)
        ctx.scaling = scaling
        return functional.linear(x, weight, bias).addmm_(down, b.t(), alpha=scaling)

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor) -> Any:
        x, weight, a, b, down = ctx.saved_tensors
        grad_down = (grad @ b).mul_(ctx.scaling)
        grad_x = (grad @ weight).addmm_(grad_down, a) if ctx.needs_input_grad[0] else None
        grad_b = (grad.t() @ down).mul_(ctx.scaling)
        return grad_x, None, None, grad_down.t() @ x, grad_b, None


class FusedLinear(Linear):
    """peft's layer on an ``nn.Linear``; whatever is not plain LoRA on frozen weights goes peft's own way."""

    def forward(self, x: torch.Tensor, *args: Any, **kwargs: Any) -> torch.Tensor:
        name = self.plain_adapter(x) if not (args or kwargs) else None
        if name is None:
            return super().forward(x, *args, **kwargs)
        base = self.base_layer
        result = LowRankProduct.apply(
            x.reshape(-1, x.shape[-1]),
            base.weight,
            base.bias,
            self.lora_A[name].weight,
            self.lora_B[name].weight,
            self.scaling[name],
        )
        return result.view(*x.shape[:-1], -1)

    def plain_adapter(self, x: torch.Tensor) -> str | None:
        """The name of the only active adapter, where nothing but ``W x + scaling · B (A x)`` is wanted."""
        if self.disable_adapters or self.merged or len(self.active_adapters) != 1:
            return None
        name = self.active_adapters[0]
        if name not in self.lora_A or name in self.lora_variant:
            return None
        weight, dropout = self.base_layer.weight, self.lora_dropout[name]
        idle = isinstance(dropout, nn.Identity) or not self.training
        one_type = x.dtype == weight.dtype == self.lora_A[name].weight.dtype
        has_bias = self.lora_B[name].bias is not None
        plain = idle and one_type and not has_bias and not weight.requires_grad
        return name if plain and not torch.is_autocast_enabled(x.device.type) else None


def fuse_lora(model: Any) -> None:
    """Let the LoRA layers on ordinary linear layers compute in fewer passes; others stay as they are."""
    for module in model.modules():
        if type(module) is Linear and type(module.get_base_layer()) is nn.Linear:
            module.__class__ = FusedLinear
