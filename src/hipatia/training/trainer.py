"""transformers' Trainer with this project's loss, row order, optimizer and display.

trainer = TutorTrainer(model, dataset, config, hardware, events)
trainer.train()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

from ..config import Config
from ..errors import ModelError
from ..modeling import Hardware
from .batches import Collator, RowOrder
from .loss import AnswerLoss
from .optimizer import MasterAdamW


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: its loss (mean over learnt tokens), gradient norm, learning rate, tokens of its rows."""

    step: int
    steps: int
    loss: float
    gradient_norm: float
    learning_rate: float
    tokens: int


class TutorTrainer(Trainer):
    """Trains the adapter of a PeftModel; knows nothing of files or screens.

    ``after_step(result)`` is told of every step, ``evaluate_now(step)`` is called at each periodic
    evaluation, and the training ends early, after a whole step, when ``stop_requested()`` says so.
    """

    def __init__(
        self,
        model: Any,
        dataset: Any,
        config: Config,
        hardware: Hardware,
        *,
        pad_id: int,
        output_dir: str,
        after_step: Callable[[StepResult], None],
        evaluate_now: Callable[[int], None],
        stop_requested: Callable[[], bool],
    ):
        self.settings = config.training
        self.loss_module = AnswerLoss(model, share_prefix=not hardware.is_gpu)
        self.lengths = [len(ids) for ids in dataset["input_ids"]]
        self.step_tokens = 0
        super().__init__(
            model=self.loss_module,
            args=_arguments(config, hardware, output_dir, len(self.lengths)),
            train_dataset=dataset,
            data_collator=Collator(pad_id),
            callbacks=[_Observer(self, after_step, evaluate_now, stop_requested)],
        )
        self.remove_callback(PrinterCallback)  # stdout is for results

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        trainable = [parameter for parameter in self.loss_module.parameters() if parameter.requires_grad]
        if self.optimizer is None:
            self.optimizer = MasterAdamW(
                trainable, lr=self.settings.learning_rate, weight_decay=self.settings.weight_decay
            )
        return self.optimizer

    def _get_train_sampler(self, train_dataset: Any = None) -> RowOrder:
        return RowOrder(self.lengths, self.settings.batch_size, self.settings.seed)

    def training_step(
        self, model: Any, inputs: dict[str, Any], num_items_in_batch: Any = None
    ) -> torch.Tensor:
        """One batch, computed in parts whose gradients add up."""
        self.step_tokens += int(inputs["attention_mask"].sum())
        parts = self.loss_module.parts(inputs, self.settings.pass_tokens)
        step = super().training_step
        loss = torch.stack([step(model, part, num_items_in_batch) for part in parts]).sum()
        if not torch.isfinite(loss):
            raise ModelError.of("training.not_finite", step=self.state.global_step + 1)
        return loss


def planned_steps(config: Config, rows: int, processes: int = 1) -> int:
    """Optimizer steps of a run over so many training rows."""
    settings = config.training
    if settings.max_steps:
        return settings.max_steps
    per_step = settings.batch_size * settings.gradient_accumulation * processes
    return max(1, round(settings.epochs * -(-rows // per_step)))


def _arguments(config: Config, hardware: Hardware, output_dir: str, rows: int) -> TrainingArguments:
    settings = config.training
    return TrainingArguments(
        output_dir=output_dir,
        per_device_train_batch_size=settings.batch_size,
        gradient_accumulation_steps=settings.gradient_accumulation,
        max_steps=planned_steps(config, rows),
        learning_rate=settings.learning_rate,
        lr_scheduler_type=settings.schedule if settings.schedule != "constant" else "constant_with_warmup",
        warmup_steps=settings.warmup_ratio,
        max_grad_norm=settings.max_grad_norm,
        seed=settings.seed,
        use_cpu=hardware.device == "cpu",
        logging_strategy="steps",
        logging_steps=1,
        logging_nan_inf_filter=False,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        remove_unused_columns=False,
        dataloader_pin_memory=hardware.device == "cuda",
        label_names=["labels"],
    )


class _Observer(TrainerCallback):
    """Passes on what happens, and stops the run when asked."""

    def __init__(
        self,
        trainer: TutorTrainer,
        after_step: Callable[[StepResult], None],
        evaluate_now: Callable[[int], None],
        stop_requested: Callable[[], bool],
    ):
        self.trainer = trainer
        self.after_step = after_step
        self.evaluate_now = evaluate_now
        self.stop_requested = stop_requested

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any
    ) -> None:
        if not logs or "loss" not in logs:
            return
        tokens, self.trainer.step_tokens = self.trainer.step_tokens, 0
        result = StepResult(
            step=state.global_step,
            steps=state.max_steps,
            loss=float(logs["loss"]),
            gradient_norm=float(logs.get("grad_norm") or 0.0),
            learning_rate=float(logs.get("learning_rate") or 0.0),
            tokens=tokens,
        )
        if state.is_world_process_zero:
            self.after_step(result)
        evaluations = self.trainer.settings.evaluations
        due = {round(state.max_steps * i / (evaluations + 1)) for i in range(1, evaluations + 1)}
        if state.global_step in due and state.is_world_process_zero:
            self.evaluate_now(state.global_step)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> Any:
        if self.stop_requested():
            control.should_training_stop = True
        return control
