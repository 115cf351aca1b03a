"""The quantizers of exports: error of a round trip and speed, on a model's own weights and on normal ones.

    OMP_NUM_THREADS=1 python benchmarks/quantizers.py MODEL.gguf

Error: root of the mean square, as a share of the weights' own. It is gguf that reads the blocks back. Q4_K and
Q6_K are ours, the others gguf's. Time is that of the processor, on one thread.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

TYPES = ("Q8_0", "Q6_K", "Q5_0", "Q4_K", "Q4_1", "Q4_0")
MOST = 1 << 25  # weights of a model that are measured


def matrices(path: Path) -> Iterator[np.ndarray]:
    """The model's matrices with rows of whole K blocks, in float32."""
    import torch

    from hipatia.gguf import GGUFFile

    left = MOST
    with GGUFFile(path) as file:
        for info in file.tensors.values():
            if len(info.shape) == 2 and info.shape[1] % 256 == 0 and left > 0:
                values = torch.empty(info.shape)
                file.read_tensor(info.name, values)
                left -= info.elements
                yield values.numpy()


def measure(weights: list[np.ndarray], kind: str) -> tuple[float, float, float]:
    """(relative error, millions of weights a second, bits a weight)."""
    from gguf import GGMLQuantizationType
    from gguf.quants import dequantize

    from hipatia.gguf.quantizers import quantize

    wrong = whole = seconds = 0.0
    size = count = 0
    for values in weights:
        started = time.process_time()
        data = quantize(values, kind)
        seconds += time.process_time() - started
        back = dequantize(data.reshape(len(values), -1), GGMLQuantizationType[kind])
        wrong += float(np.square(back - values).sum(dtype=np.float64))
        whole += float(np.square(values).sum(dtype=np.float64))
        size, count = size + data.nbytes, count + values.size
    return math.sqrt(wrong / whole), count / 1e6 / seconds, 8 * size / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    normal = np.random.default_rng(0).normal(0, 0.05, (4096, 4096)).astype(np.float32)
    for title, weights in ((options.model.name, list(matrices(options.model))), ("normal", [normal])):
        print(f"{title}, {sum(values.size for values in weights) / 1e6:.0f} million weights")
        for kind in TYPES:
            error, speed, bits = measure(weights, kind)
            minutes = 7e3 / speed / 60
            print(
                f"  {kind:5} {bits:4.2f} bits  error {100 * error:6.3f} %  {speed:5.0f} M weights/s  "
                f"7 billion: {minutes:4.1f} min"
            )


if __name__ == "__main__":
    main()
