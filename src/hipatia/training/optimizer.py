"""AdamW on weights of low precision, with the true weights in single precision.

    optimizer = MasterAdamW(parameters, lr=1e-3)

A bfloat16 weight has eight bits: most steps of an optimizer are smaller than half its last bit and would
be lost. The step is taken on a float32 copy (Micikevicius et al., 2018, arXiv:1710.03740), which is
rounded into the weight afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch


class MasterAdamW(torch.optim.Optimizer):
    """AdamW (Loshchilov and Hutter, 2019, arXiv:1711.05101) on float32 copies of the parameters."""

    def __init__(
        self,
        parameters: Iterable[torch.nn.Parameter] | Iterable[dict[str, Any]],
        lr: float,
        weight_decay: float = 0.0,
        betas: tuple[float, float] = (0.9, 0.99),
        eps: float = 1e-8,
    ):
        super().__init__(parameters, {"lr": lr, "weight_decay": weight_decay, "betas": betas, "eps": eps})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """One update from the gradients that the parameters hold."""
        for group in self.param_groups:
            parameters = [p for p in group["params"] if p.grad is not None]
            states = [self._state_of(parameter) for parameter in parameters]
            if not parameters:
                continue
            masters = [state["master"] for state in states]
            torch._fused_adamw_(
                masters,
                [p.grad.float() for p in parameters],
                [state["exp_avg"] for state in states],
                [state["exp_avg_sq"] for state in states],
                [],
                [self._counted(state) for state in states],
                lr=group["lr"],
                beta1=group["betas"][0],
                beta2=group["betas"][1],
                weight_decay=group["weight_decay"],
                eps=group["eps"],
                amsgrad=False,
                maximize=False,
            )
            torch._foreach_copy_(parameters, masters)

    def _state_of(self, parameter: torch.nn.Parameter) -> dict[str, Any]:
        state = self.state[parameter]
        if not state:
            master = parameter.detach().float().clone()
            state.update(
                master=master,
                exp_avg=torch.zeros_like(master),
                exp_avg_sq=torch.zeros_like(master),
                step=torch.zeros((), dtype=torch.float32),
            )
        return state

    @staticmethod
    def _counted(state: dict[str, Any]) -> torch.Tensor:
        state["step"] += 1
        return state["step"]

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """As torch's, but the float32 copies stay float32 (torch casts states to the parameter's type)."""
        super().load_state_dict(state_dict)
        kept = state_dict["state"]
        parameters = [p for group in self.param_groups for p in group["params"]]
        for index, parameter in enumerate(parameters):
            for name, value in kept.get(index, {}).items():
                self.state[parameter][name] = value.detach().to(parameter.device).clone()
