"""LoRA training of the embedded model: Hipatia and TRL's SFTTrainer on the same rows, in turn.

    python benchmarks/training.py --trl PYTHON              PYTHON: of an environment with hipatia and trl
    python benchmarks/training.py --trl PYTHON --rounds 3 --steps 24

Both get the same token ids and labels, model, rank, layers, batch, learning rate and number of steps; each
measurement is a process of its own. TRL runs as it comes, and with settings chosen for a CPU
(bfloat16 weights, no gradient checkpointing, rows grouped by length, eager attention, denormals flushed).
"bundled" are the exercises with the tutor's prompt, which the rows of a batch share; "unshared" are the same
rows without it. Printed: rows a second after two steps of warm-up, loss on held-out rows, peak memory; for
Hipatia also the executed floating point operations as a share of a large bfloat16 product's in the same process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch

RANK, ALPHA, RATE, BATCH, WARM = 16, 32, 1e-3, 8, 2
Row = dict[str, list[int]]


# What is trained on, and from ---------------------------------------------------------------------


def prepare(folder: Path, steps: int) -> None:
    """The model as transformers reads it, and the rows with and without the prompt that they share."""
    from hipatia import datamodule, exercises, modeling
    from hipatia.config import load_config

    config = load_config(sets=["language=es", "model.device=cpu"], environ={}).config
    base = modeling.load_base(modeling.EMBEDDED, config, modeling.detect_hardware(config))
    base.model.save_pretrained(folder / "model")
    base.tokenizer.save_pretrained(folder / "model")
    factors = {**config.data.levels, **config.data.topics}
    made = exercises.generate(steps * BATCH + 200, seed=0, factors=factors)
    conversations = [exercise.conversation() for exercise in made]
    rows = list(datamodule.tokenize_rows(conversations, base.tokenizer, config).dataset)
    for kind, cut in (("bundled", 0), ("unshared", _shared(rows))):
        kept = [{name: row[name][cut:] for name in ("input_ids", "labels")} for row in rows]
        parts = {"train": kept[: steps * BATCH], "test": kept[steps * BATCH :][:160]}
        (folder / f"{kind}.json").write_text(json.dumps(parts))


def _shared(rows: list[Row]) -> int:
    columns = zip(*(row["input_ids"] for row in rows), strict=False)
    return next(place for place, column in enumerate(columns) if len(set(column)) > 1)


def _loaded(folder: Path, dtype: str) -> Any:
    import transformers

    transformers.utils.logging.disable_progress_bar()
    loaded = transformers.AutoModelForCausalLM.from_pretrained(folder / "model", dtype=dtype)
    return loaded, transformers.AutoTokenizer.from_pretrained(folder / "model")


# Those who train ----------------------------------------------------------------------------------


def hipatia(folder: Path, kind: str) -> dict[str, float]:
    from datasets import Dataset

    from hipatia import modeling
    from hipatia.config import Config
    from hipatia.training.batches import Collator
    from hipatia.training.trainer import Trainer
    from hipatia.training.workers import Workers

    config = Config.model_validate(
        {
            "lora": {"rank": RANK, "alpha": ALPHA, "rate_ratio": 1},
            "training": {"batch_size": BATCH, "learning_rate": RATE, "warmup_ratio": 0},
            "model": {"device": "cpu"},
        }
    )
    base = modeling.load_base(modeling.EMBEDDED, config, modeling.detect_hardware(config))
    model = modeling.apply_lora(base.model, config.lora)
    rows = json.loads((folder / f"{kind}.json").read_text())["train"]
    data = Dataset.from_list([{**row, "attention_mask": [1] * len(row["input_ids"])} for row in rows])
    torch.set_flush_denormal(True)
    trainer = Trainer(model, data, Collator(base.tokenizer.pad_token_id), config, Workers())
    started = 0.0
    while trainer.progress.step < trainer.steps:
        if trainer.progress.step == WARM:
            started = time.perf_counter()
        trainer.step(trainer.progress.step)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    model.save_pretrained(folder / "adapter")
    share = _operations(trainer) / seconds / _product_rate()
    return {"rows": (len(rows) - WARM * BATCH) / seconds, "peak": peak, "share": share}


def _operations(trainer: Any) -> float:
    """Floating point operations of the measured steps, counted as they are executed, on one thread."""
    from torch.utils.flop_counter import FlopCounterMode

    in_place = {torch.ops.aten.addmm_: lambda _, a, b, *rest, **words: 2 * a[0] * a[1] * b[1]}
    with FlopCounterMode(display=False, custom_mapping=in_place) as counter:
        for step in range(WARM, trainer.steps):
            for rows in trainer.plan.batches(step):
                _compute(trainer, trainer._tensors(rows))
    return float(counter.get_total_flops())


def _compute(trainer: Any, batch: dict[str, torch.Tensor]) -> None:
    side_by_side = trainer.side_by_side
    if not side_by_side:
        trainer._backward(batch, 1)
        return
    shared = trainer.loss.shared_length(batch["input_ids"], batch["labels"])
    for part in trainer.loss.parts(batch, trainer.settings.pass_tokens, side_by_side.threads):
        side_by_side.loss(part["input_ids"], part["labels"], shared, 1)


def _product_rate() -> float:
    """Operations a second of a large product."""
    a, b = (torch.randn(2048, 2048, dtype=torch.bfloat16) for _ in range(2))
    times = []
    for _ in range(12):
        started = time.perf_counter()
        a @ b
        times.append(time.perf_counter() - started)
    return float(2 * 2048**3 / statistics.median(times))


def trl(folder: Path, kind: str, tuned: bool) -> dict[str, float]:
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import TrainerCallback
    from trl import SFTConfig, SFTTrainer

    rows = json.loads((folder / f"{kind}.json").read_text())["train"]
    model, tokenizer = _loaded(folder, "bfloat16" if tuned else "float32")
    own: dict[str, Any] = {}
    if tuned:
        torch.set_flush_denormal(True)
        model.set_attn_implementation("eager")
        own = {"gradient_checkpointing": False, "bf16": False, "train_sampling_strategy": "group_by_length"}
    settings = SFTConfig(
        output_dir=str(folder / "trl"),
        per_device_train_batch_size=BATCH,
        learning_rate=RATE,
        num_train_epochs=1,
        logging_steps=1000,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
        max_length=None,
        **own,
    )
    layers = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    lora = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=layers, task_type="CAUSAL_LM")
    began: list[float] = []

    class Clock(TrainerCallback):
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if state.global_step == WARM:
                began.append(time.perf_counter())

    data = Dataset.from_list(
        [
            {
                "input_ids": row["input_ids"],
                "completion_mask": [int(label != -100) for label in row["labels"]],
            }
            for row in rows
        ]
    )
    trainer = SFTTrainer(
        model=model,
        args=settings,
        train_dataset=data,
        peft_config=lora,
        processing_class=tokenizer,
        callbacks=[Clock()],
    )
    trainer.train()
    seconds = time.perf_counter() - began[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    trainer.model.save_pretrained(folder / "adapter")
    return {"rows": (len(rows) - WARM * BATCH) / seconds, "peak": peak}


# Side by side -------------------------------------------------------------------------------------


def held_out(folder: Path, kind: str) -> float:
    """The loss of the adapter that the last child left, on rows that no one was trained on."""
    from peft import PeftModel

    from hipatia.config import Config
    from hipatia.training.loss import AnswerLoss
    from hipatia.training.measure import held_out_loss

    model, tokenizer = _loaded(folder, "float32")
    adapted = PeftModel.from_pretrained(model, folder / "adapter").eval()
    rows = json.loads((folder / f"{kind}.json").read_text())["test"]
    data = [{**row, "attention_mask": [1] * len(row["input_ids"])} for row in rows]
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
    loss = held_out_loss(AnswerLoss(adapted, share_prefix=True), data, Config(), pad)
    assert loss is not None
    return loss


def child(who: str, folder: Path, kind: str) -> None:
    found = hipatia(folder, kind) if who == "hipatia" else trl(folder, kind, who == "trl-tuned")
    print("MEASURED " + json.dumps(found), flush=True)


def measured(python: str, who: str, folder: Path, kind: str) -> dict[str, float]:
    command = [python, __file__, "--child", who, "--folder", str(folder), "--kind", kind]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    lines = [line for line in done.stdout.splitlines() if line.startswith("MEASURED ")]
    if not lines:
        sys.exit(f"{who}: {done.stderr[-3000:]}")
    found: dict[str, float] = json.loads(lines[0].removeprefix("MEASURED "))
    return found | {"loss": held_out(folder, kind)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--trl", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--kind", choices=("bundled", "unshared"))
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options.child, options.folder, options.kind)
    peers = {"hipatia": sys.executable}
    if options.trl:
        peers |= {"trl": options.trl, "trl-tuned": options.trl}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, options.steps)
        for kind in [options.kind] if options.kind else ["bundled", "unshared"]:
            found: dict[str, list[dict[str, float]]] = {who: [] for who in peers}
            for _ in range(options.rounds):
                for who, python in peers.items():
                    found[who].append(measured(python, who, folder, kind))
            report(kind, found)
    return None


def report(kind: str, found: dict[str, list[dict[str, float]]]) -> None:
    """A line for each: medians; the ratio is Hipatia's rows a second over the other's, round by round."""
    print(f"\n{kind:<12} {'rows/s':>8} {'ratio':>7} {'held-out loss':>14} {'peak, GB':>9} {'of product':>11}")
    for who, rounds in found.items():
        ratio = statistics.median(
            ours["rows"] / theirs["rows"] for ours, theirs in zip(found["hipatia"], rounds, strict=True)
        )
        middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
        share = f"{middle['share']:.0%}" if "share" in middle else ""
        peak = middle["peak"] * 1024 / 1e9
        print(f"{who:<12} {middle['rows']:8.2f} {ratio:6.2f}x {middle['loss']:14.4f} {peak:9.2f} {share:>11}")


if __name__ == "__main__":
    main()
