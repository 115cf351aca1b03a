"""Weights as the blocks of a GGUF type: ``quantize(values, "Q4_K")``; Q4_K and Q6_K are made here, in numpy.

A block of either has 256 weights and 16-bit scales for all of it; parts of 32 (Q4_K) or 16 (Q6_K) have small
integer scales of their own, relative to those. Each part's scale is the best of a few candidates in least
squares. The order of the bits is that of the published block format, which ``gguf.dequantize`` reads.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

K_BLOCK = 256
_CHUNK_BLOCKS = 512  # at a time: half a megabyte of float32, which stays in the cache
# Candidates: the range of a part is cut into so many steps. Fewer than there are levels leave no level
# unused; more cut off what lies outermost and are finer within.
_Q4_STEPS = (14.2, 14.6, 15.0, 15.4, 15.8, 16.4, 17.0)
_Q6_STEPS = (30.0, 30.8, 31.6, 32.2, 33.0)
_Q4_LEVELS, _Q6_LEVELS = 15, 32
OWN = ("Q4_K", "Q6_K")
WRITABLE = ("F32", "F16", "BF16", "Q8_0", "Q5_1", "Q5_0", "Q4_1", "Q4_0", *OWN)


def quantize(values: np.ndarray, type_name: str) -> np.ndarray:
    """The bytes of float32 ``values`` of shape (rows, columns); the columns must fill whole blocks."""
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
    from gguf.quants import quantize as gguf_quantize

    kind = GGMLQuantizationType[type_name]
    block = GGML_QUANT_SIZES[kind][0]
    assert values.shape[-1] % block == 0
    # gguf takes 16 rows at a time: runs of some thousand weights, whatever the rows are.
    runs = values.reshape(-1, block)
    pieces = np.array_split(runs, max(1, runs.size // (_CHUNK_BLOCKS * K_BLOCK)))
    own = {"Q4_K": _q4_k, "Q6_K": _q6_k}.get(type_name)

    def one(piece: np.ndarray) -> np.ndarray:
        made = own(piece) if own else gguf_quantize(piece.reshape(1, -1), kind)
        return made.view(np.uint8).reshape(-1)

    with ThreadPoolExecutor(_threads()) as pool:  # numpy computes outside Python's lock
        return np.concatenate(list(pool.map(one, pieces)))


def _threads() -> int:
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return int(wanted) if wanted.isdigit() and int(wanted) else os.cpu_count() or 1


# --- Q4_K: x ≈ d · scale · q − dmin · low, with q in 0…15, scale and low in 0…63 -----------------


def _q4_k(blocks: np.ndarray) -> np.ndarray:
    """(n, 256) → (n, 144): d, dmin, twelve bytes of scales and lows, 128 bytes of q."""
    count = len(blocks)
    parts = np.ascontiguousarray(blocks.reshape(-1, 32).T)  # sums over a part run along whole rows
    step, low = _fitted_ranges(parts)
    d, scales = _small_integers(step.reshape(count, 8), 63)
    dmin, lows = _small_integers(low.reshape(count, 8), 63)
    steps = (d.astype(np.float32) * scales).reshape(-1)
    offsets = (dmin.astype(np.float32) * lows).reshape(-1)
    quants = np.rint((parts + offsets) * _inverse(steps)).clip(0, _Q4_LEVELS)
    quants = quants.astype(np.uint8).T.reshape(count, 4, 2, 32)
    nibbles = quants[:, :, 0] | quants[:, :, 1] << 4
    pieces = (d.view(np.uint8), dmin.view(np.uint8), _packed_scales(scales, lows), nibbles)
    return np.concatenate([piece.reshape(count, -1) for piece in pieces], axis=1)


def _fitted_ranges(parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each column x of (32, n): the step ≥ 0 and low ≥ 0 for which step · q − low is nearest to x."""
    bottom = np.minimum(parts.min(axis=0), 0)
    span = parts.max(axis=0) - bottom
    centred = parts - bottom
    weights = np.abs(parts) + np.sqrt(np.square(parts).mean(axis=0))  # what is large counts for more
    weighed = weights * parts
    w, x, xx = weights.sum(axis=0), weighed.sum(axis=0), _dot(weighed, parts)
    best = np.full(parts.shape[1], np.inf, np.float32)
    step, low = np.zeros_like(best), np.zeros_like(best)
    for steps in _Q4_STEPS:
        quants = np.rint(centred * (steps * _inverse(span))).clip(0, _Q4_LEVELS)
        of_weight = weights * quants
        q, qq, xq = of_weight.sum(axis=0), _dot(of_weight, quants), _dot(weighed, quants)
        slope = (w * xq - x * q) * _inverse(w * qq - q * q)
        offset = (x - slope * q) * _inverse(w)
        positive = offset > 0  # the format has no way to write it
        slope = np.where(positive, xq * _inverse(qq), slope)
        offset = np.where(positive, 0, offset)
        error = xx + slope * (slope * qq - 2 * xq + 2 * offset * q) + offset * (offset * w - 2 * x)
        better = (error < best) & (slope >= 0)
        best = np.where(better, error, best)
        step, low = np.where(better, slope, step), np.where(better, -offset, low)
    return step, low


def _packed_scales(scales: np.ndarray, lows: np.ndarray) -> np.ndarray:
    """Eight pairs of 6 bits in 12 bytes: the upper bits of the last four stand above the first four."""
    first = scales[:, :4] | (scales[:, 4:] >> 4) << 6
    second = lows[:, :4] | (lows[:, 4:] >> 4) << 6
    third = (scales[:, 4:] & 15) | (lows[:, 4:] & 15) << 4
    return np.concatenate([first, second, third], axis=1)


# --- Q6_K: x ≈ d · scale · q, with q in −32…31, scale in −128…127 --------------------------------


def _q6_k(blocks: np.ndarray) -> np.ndarray:
    """(n, 256) → (n, 210): 128 bytes of lower bits, 64 of upper ones, 16 scales, d."""
    count = len(blocks)
    parts = np.ascontiguousarray(blocks.reshape(-1, 16).T)
    step = _fitted_scales(parts).reshape(count, 16)
    largest = np.take_along_axis(step, np.abs(step).argmax(axis=1)[:, None], axis=1)
    d = (largest / -128).astype(np.float16)
    scales = np.rint(step * _inverse(d.astype(np.float32))).clip(-128, 127)
    steps = (d.astype(np.float32) * scales).reshape(-1)
    quants = np.rint(parts * _inverse(steps)).clip(-_Q6_LEVELS, _Q6_LEVELS - 1) + _Q6_LEVELS
    quants = quants.astype(np.uint8).T.reshape(count, 2, 4, 32)
    lower = quants & 15
    lower = lower[:, :, :2] | lower[:, :, 2:] << 4
    upper = quants >> 4
    upper = upper[:, :, 0] | upper[:, :, 1] << 2 | upper[:, :, 2] << 4 | upper[:, :, 3] << 6
    pieces = (lower, upper, scales.astype(np.int8).view(np.uint8), d.view(np.uint8))
    return np.concatenate([piece.reshape(count, -1) for piece in pieces], axis=1)


def _fitted_scales(parts: np.ndarray) -> np.ndarray:
    """For each column x of (16, n): the step, of either sign, for which step · q is nearest to x."""
    places = np.abs(parts).argmax(axis=0)
    peak = np.take_along_axis(parts, places[None], axis=0)[0]
    weighed = parts * parts * parts  # what is large counts for more: a weight of x² on x
    weights = parts * parts
    best = np.full(parts.shape[1], -np.inf, np.float32)
    step = np.zeros_like(best)
    for steps in _Q6_STEPS:
        # The largest takes the side that has a level more.
        quants = np.rint(parts * (-steps * _inverse(peak))).clip(-_Q6_LEVELS, _Q6_LEVELS - 1)
        xq, qq = _dot(weighed, quants), _dot(weights * quants, quants)
        slope = xq * _inverse(qq)
        gain = slope * xq  # what is left of the error is the rest
        better = gain > best
        best, step = np.where(better, gain, best), np.where(better, slope, step)
    return step


# --- what both need -------------------------------------------------------------------------------


def _small_integers(values: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    """For each row of values ≥ 0: a 16-bit unit, of shape (n, 1), and the integers 0…top beside it."""
    unit = (values.max(axis=1, keepdims=True) / top).astype(np.float16)
    return unit, np.rint(values * _inverse(unit.astype(np.float32))).clip(0, top).astype(np.uint8)


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->j", a, b)


def _inverse(values: np.ndarray) -> np.ndarray:
    """1 / values, and 0 in the place of 1 / 0."""
    return np.divide(1, values, out=np.zeros_like(values), where=values != 0)
