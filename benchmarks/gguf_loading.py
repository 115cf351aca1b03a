"""Loading a GGUF as a trainable model: Hipatia against transformers' ``from_pretrained(gguf_file=…)``.

    python benchmarks/gguf_loading.py MODEL.gguf [--billion]

MODEL.gguf is the embedded model's file. Each load runs in a process of its own, with torch, transformers and
the model's classes already imported. Time is that of the call, and of the processor, which says more on a
busy machine; memory is the peak above what the process held before. ``--billion`` adds a synthetic Llama of
1.1 billion parameters (Q4_0; it needs 1 GB of disk and up to 12 GB of memory while it runs). Where bitsandbytes
is installed, ``--four-bits`` adds loading with layers packed one by one, on the processor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

WIDTH, INNER, LAYERS, HEADS, GROUPS, HEAD = 2048, 5632, 22, 32, 4, 64


def measure(loader: str, path: Path, dtype: str) -> dict[str, float]:
    """Seconds, peak and result in bytes of one load, measured inside this process."""
    import psutil
    import torch
    from transformers import AutoTokenizer, LlamaForCausalLM

    from hipatia.gguf import load_model_from_gguf

    process, peak, done = psutil.Process(), 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.005):
            peak = max(peak, process.memory_info().rss)

    before = process.memory_info().rss
    watcher = threading.Thread(target=watch)
    watcher.start()
    start, start_cpu = time.perf_counter(), time.process_time()
    if loader.startswith("hipatia"):
        packed = loader == "hipatia in 4 bits"
        model, tokenizer = load_model_from_gguf(path, getattr(torch, dtype), four_bits=packed)
    else:
        folder, kind = str(path.parent), getattr(torch, dtype)
        model = LlamaForCausalLM.from_pretrained(folder, gguf_file=path.name, dtype=kind)
        tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=path.name)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    done.set()
    watcher.join()
    size = sum(parameter.numel() * parameter.element_size() for parameter in model.parameters())
    return {"seconds": seconds, "cpu": cpu, "peak": peak - before, "result": size, "tokens": len(tokenizer)}


def in_a_process(loader: str, path: Path, dtype: str) -> dict[str, float]:
    command = [sys.executable, __file__, str(path), "--measure", loader, "--dtype", dtype]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def write_billion(path: Path, source: Path) -> None:
    """A Llama of TinyLlama's shape with random Q4_0 blocks and the tokenizer of ``source``."""
    import numpy as np
    from gguf import GGMLQuantizationType, GGUFWriter

    from hipatia.gguf import GGUFFile

    writer, random = GGUFWriter(path, "llama", use_temp_file=True), np.random.default_rng(0)
    with GGUFFile(source) as file:
        metadata = {key: value for key, value in file.metadata.items() if key.startswith("tokenizer.")}
    for key, value in metadata.items():
        add(writer, key, value.tolist() if hasattr(value, "tolist") else value)
    for key, value in {
        "block_count": LAYERS,
        "context_length": 2048,
        "embedding_length": WIDTH,
        "feed_forward_length": INNER,
        "attention.head_count": HEADS,
        "attention.head_count_kv": GROUPS,
        "attention.layer_norm_rms_epsilon": 1e-5,
        "rope.dimension_count": HEAD,
        "rope.freq_base": 10_000.0,
    }.items():
        add(writer, f"llama.{key}", value)
    for name, shape in shapes(len(metadata["tokenizer.ggml.tokens"])).items():
        if len(shape) == 1:
            writer.add_tensor(name, np.ones(shape, np.float32))
            continue
        blocks = random.integers(0, 256, (shape[0], shape[1] // 32, 18), np.uint8)
        blocks[..., :2] = np.frombuffer(np.float16(0.005).tobytes(), np.uint8)
        writer.add_tensor(name, blocks.reshape(shape[0], -1), raw_dtype=GGMLQuantizationType.Q4_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add(writer: Any, key: str, value: Any) -> None:
    kinds = {bool: writer.add_bool, int: writer.add_uint32, float: writer.add_float32, str: writer.add_string}
    kinds.get(type(value), writer.add_array)(key, value)


def shapes(tokens: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (tokens, WIDTH),
        "output.weight": (tokens, WIDTH),
        "output_norm.weight": (WIDTH,),
    }
    for block in range(LAYERS):
        found |= {
            f"blk.{block}.attn_norm.weight": (WIDTH,),
            f"blk.{block}.ffn_norm.weight": (WIDTH,),
            f"blk.{block}.attn_q.weight": (WIDTH, WIDTH),
            f"blk.{block}.attn_k.weight": (GROUPS * HEAD, WIDTH),
            f"blk.{block}.attn_v.weight": (GROUPS * HEAD, WIDTH),
            f"blk.{block}.attn_output.weight": (WIDTH, WIDTH),
            f"blk.{block}.ffn_gate.weight": (INNER, WIDTH),
            f"blk.{block}.ffn_up.weight": (INNER, WIDTH),
            f"blk.{block}.ffn_down.weight": (WIDTH, INNER),
        }
    return found


def compare(title: str, path: Path, dtype: str, four_bits: bool = False) -> None:
    """Print both loaders' figures for one file, and their ratios."""
    loaders = ["hipatia", "transformers", *(["hipatia in 4 bits"] if four_bits else [])]
    results = {loader: in_a_process(loader, path, dtype) for loader in loaders}
    print(f"{title}, {path.stat().st_size / 1e6:.0f} MB, as {dtype}")
    for loader, row in results.items():
        ratio = row["peak"] / row["result"]
        times = f"{row['seconds']:7.2f} s, processor {row['cpu']:7.2f} s"
        print(f"  {loader:18}{times}, peak {row['peak'] / 1e6:6.0f} MB = {ratio:.2f} × result")
    ours, theirs = results["hipatia"], results["transformers"]
    print(
        f"  transformers / hipatia: time {theirs['seconds'] / ours['seconds']:.1f}, "
        f"processor {theirs['cpu'] / ours['cpu']:.1f}, memory {theirs['peak'] / ours['peak']:.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--billion", action="store_true")
    parser.add_argument("--measure", choices=["hipatia", "hipatia in 4 bits", "transformers"])
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--four-bits", action="store_true")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.model, options.dtype)))
        return
    compare("Embedded model", options.model, options.dtype, options.four_bits)
    if options.billion:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "billion.gguf"
            write_billion(path, options.model)
            compare("Synthetic Llama of 1.1 billion parameters", path, options.dtype, options.four_bits)


if __name__ == "__main__":
    main()
