"""The training loop's one turn: a batch, its gradient, a step.

    trainer = Trainer(model, dataset, Collator(pad_id), config, workers)
    while trainer.progress.step < trainer.steps:
        result = trainer.step(position=trainer.progress.step)

Knows nothing of files, screens or clocks. A step is taken whole or not at all: where the loss or the
gradient is no number, or memory runs out, weights, optimizer and random states stay as they were.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch

from ..config import Config
from .batches import Collator, Plan, row_lengths, tokens_digest
from .checkpoints import Snapshot
from .loss import IGNORED, AnswerLoss
from .optimizer import MasterAdamW
from .progress import Progress
from .randomness import RandomStates, random_states, set_random_states
from .schedule import planned_steps, rate_share
from .workers import Workers

if TYPE_CHECKING:
    from .by_hand import SideBySide


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: its loss (mean over learnt tokens), gradient norm, learning rate, tokens of its rows."""

    step: int
    steps: int
    loss: float
    gradient_norm: float
    learning_rate: float
    tokens: int


class NotFinite(ArithmeticError):
    """The loss or the gradient of these rows is no number."""

    def __init__(self, rows: list[int]):
        super().__init__()
        self.rows = rows


class Trainer:
    """Trains the adapter of a PeftModel on a ``datasets.Dataset`` of tokens and labels."""

    def __init__(self, model: Any, dataset: Any, collate: Collator, config: Config, workers: Workers):
        self.settings = settings = config.training
        self.model, self.dataset, self.collate, self.workers = model.train(), dataset, collate, workers
        checkpointing = settings.gradient_checkpointing is True
        if checkpointing:
            _compute_activations_again(model)
        self.loss = AnswerLoss(model, share_prefix=model.device.type == "cpu" and not checkpointing)
        self.side_by_side = _side_by_side(model) if self.loss.share_prefix else None
        self.plan = Plan(
            lengths=row_lengths(dataset),
            rows_at_once=settings.rows_at_once * workers.size,
            batches_per_step=settings.gradient_accumulation,
            seed=settings.seed,
            digest=tokens_digest(dataset),
        )
        self.steps = planned_steps(config, len(self.plan.lengths), workers.size)
        trainable = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.parameters = dict(sorted(trainable, key=lambda item: _is_b(item[0])))  # in the groups' order
        self.optimizer = MasterAdamW(self._groups(config), lr=0.0, weight_decay=settings.weight_decay)
        self.progress = Progress()
        self.whole = True  # False in the midst of the optimizer's step

    def step(self, position: float) -> StepResult:
        """Learn from the next batches at the learning rate of this position (in steps).

        Raises NotFinite, or what torch raises when memory runs out; nothing has changed then.
        """
        before = random_states()
        try:
            loss, norm, tokens = self._gradients(self.plan.batches(self.progress.step))
        except BaseException:
            self.optimizer.zero_grad()
            set_random_states(before)
            raise
        rate = self.settings.learning_rate * rate_share(position, self.steps, self.settings)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["rate_ratio"]
        self.whole = False
        self.optimizer.step()
        self.whole = True
        self.optimizer.zero_grad()
        self.progress.step += 1
        self.progress.tokens += tokens
        return StepResult(self.progress.step, self.steps, loss, norm, rate, tokens)

    def give_back_memory(self) -> None:
        """Let go of what only a step needs, while something else is computed."""
        if self.side_by_side:
            self.side_by_side.loss.give_back_memory()

    def _groups(self, config: Config) -> list[dict[str, Any]]:
        """Two groups of parameters: the adapter's matrices B learn faster than the rest (LoRA+)."""
        return [
            {"params": [p for name, p in self.parameters.items() if _is_b(name) is b], "rate_ratio": ratio}
            for b, ratio in ((False, 1.0), (True, config.lora.rate_ratio))
        ]

    def _gradients(self, batches: list[list[int]]) -> tuple[float, float, int]:
        """(loss, norm, tokens); the parameters then hold the clipped gradients of all workers' rows."""
        own = [batch[self.workers.rank :: self.workers.size] for batch in batches]
        inputs = [self._tensors(rows) for rows in own if rows]
        counts = [
            (int((batch["labels"][:, 1:] != IGNORED).sum()), int(batch["attention_mask"].sum()))
            for batch in inputs
        ]
        learnt, tokens = self.workers.total([sum(column) for column in zip(*counts, strict=True)] or [0, 0])
        (loss,) = self.workers.total([sum(self._backward(batch, int(learnt)) for batch in inputs)])
        parameters = self._with_gradients()
        self.workers.add_up([parameter.grad for parameter in parameters])  # type: ignore[misc]
        norm = float(torch.nn.utils.clip_grad_norm_(parameters, self.settings.max_grad_norm))
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise NotFinite(self._culprits([row for batch in batches for row in batch]))
        return loss, norm, int(tokens)

    def _backward(self, batch: dict[str, torch.Tensor], learnt: int) -> float:
        """Add the gradient of a batch, computed in parts; its share of the step's loss."""
        if self.side_by_side:
            shared = self.loss.shared_length(batch["input_ids"], batch["labels"])
            parts = self.loss.parts(batch, self.settings.pass_tokens, self.side_by_side.threads)
            return float(self.side_by_side.add_gradients(parts, shared, learnt))
        losses = []
        for part in self.loss.parts(batch, self.settings.pass_tokens):
            loss = self.loss(**part, num_items_in_batch=learnt)["loss"]
            loss.backward()
            losses.append(loss.detach())
        return float(torch.stack(losses).sum())

    def _with_gradients(self) -> list[torch.nn.Parameter]:
        """The parameters to step; among several workers all, for one of them may have had no row."""
        if self.workers.size > 1:
            for parameter in self.parameters.values():
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
        return [parameter for parameter in self.parameters.values() if parameter.grad is not None]

    def _tensors(self, rows: Sequence[int]) -> dict[str, torch.Tensor]:
        batch = self.collate([self.dataset[row] for row in rows])
        return {name: tensor.to(self.model.device) for name, tensor in batch.items()}

    @torch.no_grad()
    def _culprits(self, rows: list[int]) -> list[int]:
        """The rows whose own loss is no number; all, where the rows are innocent one by one."""
        losses = {row: float(self.loss(**self._tensors([row]))["loss"]) for row in rows}
        return [row for row, loss in losses.items() if not math.isfinite(loss)] or rows

    # --- saved and restored -----------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Everything that the next steps depend on. All workers must ask for it together."""
        states = self.optimizer.state_dict()["state"]
        names = list(self.parameters)
        tensors = {"adapter": {name: p.detach() for name, p in self.parameters.items()}}
        for index, state in states.items():
            for key, value in state.items():
                tensors.setdefault(f"optimizer_{key}", {})[names[index]] = value
        epoch, row = self.plan.place(self.progress.step)
        place = {"epoch": epoch, "row": row, "tokens_sha256": self.plan.digest}
        randoms = self.workers.gathered(random_states().to_json())
        values = {"progress": asdict(self.progress), "place": place, "random": randoms}
        return Snapshot(tensors, values)

    def restore(self, snapshot: Snapshot) -> None:
        """Go on where the snapshot was taken. Raises ValueError if it is of another adapter."""
        self.set_adapter(snapshot.tensors["adapter"])
        states: dict[int, dict[str, torch.Tensor]] = {}
        for index, name in enumerate(self.parameters):
            found = {
                kind.removeprefix("optimizer_"): tensors[name]
                for kind, tensors in snapshot.tensors.items()
                if kind != "adapter" and name in tensors
            }
            if found:
                states[index] = found
        groups = self.optimizer.state_dict()["param_groups"]
        self.optimizer.load_state_dict({"state": states, "param_groups": groups})
        self.progress = Progress.from_json(snapshot.values["progress"])
        randoms = snapshot.values["random"]
        if self.workers.rank < len(randoms):
            set_random_states(RandomStates.from_json(randoms[self.workers.rank]))

    @torch.no_grad()
    def set_adapter(self, tensors: dict[str, torch.Tensor]) -> None:
        """Put an adapter's weights in place, in their own precision. Raises ValueError if it is another's."""
        shapes = {name: (p.shape, p.dtype) for name, p in self.parameters.items()}
        if shapes != {name: (tensor.shape, tensor.dtype) for name, tensor in tensors.items()}:
            raise ValueError("the adapter's weights have other names, shapes or types")
        for name, parameter in self.parameters.items():
            parameter.copy_(tensors[name])


def _side_by_side(model: Any) -> SideBySide | None:
    """The faster way of a CPU, for models of the kind that it knows."""
    if model.device.type != "cpu":
        return None
    from .by_hand import HandwrittenLoss, SideBySide  # compiles kernels, which no accelerator wants

    loss = HandwrittenLoss.of(model)
    return SideBySide(loss) if loss else None


def parts_at_once(model: Any) -> int:
    """How many parts of a batch are computed side by side, without checkpointing."""
    side_by_side = _side_by_side(model)
    return side_by_side.threads if side_by_side else 1


def _compute_activations_again(model: Any) -> None:
    """Switch gradient checkpointing on; transformers is about to rename the method."""
    known = hasattr(model, "activation_checkpointing_enable")
    enable = model.activation_checkpointing_enable if known else model.gradient_checkpointing_enable
    enable({"use_reentrant": False})


def _is_b(name: str) -> bool:
    return ".lora_B." in name
