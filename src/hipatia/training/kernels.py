"""A Llama layer's operations between its matrix products, each one pass over bfloat16 numbers; compiled by numba.

    swiglu(bits(gate), bits(up), bits(out))

torch takes several passes for each of them, and every pass of a model in training is one through main memory.
Arrays hold bfloat16 numbers as uint16 and are [tokens, size] unless said otherwise; sums are in float32. They run
on one thread without Python's lock, and a NaN stays one. Compiled at the first call, and kept by numba on the disk.
"""

# Intrinsics are called with fewer arguments than they are written with.
# mypy: disable-error-code="call-arg, var-annotated"

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

_MATHS = {"reassoc", "contract", "arcp", "nsz"}  # not nnan and ninf: what is no number must be seen
_OPTIONS: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy", "fastmath": _MATHS}

LOG2_E, LN_2 = np.float32(1.4426950408889634), np.float32(0.6931471805599453)
ONE, HALF = np.float32(1), np.float32(0.5)
BLOCK = 32  # keys that are computed together
LOWEST = np.uint16(0xFF80)  # minus infinity


def bits(tensor: torch.Tensor) -> Any:
    """The memory of a bfloat16 tensor as a numpy array of uint16."""
    return tensor.view(torch.uint16).numpy()


@intrinsic
def _as_float(_: Any, word: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.uint32), generate


@intrinsic
def _as_word(_: Any, number: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.uint32(types.float32), generate


@njit(**_OPTIONS)
def wide(half):
    """bfloat16 to float32."""
    return _as_float(np.uint32(np.uint32(half) << np.uint32(16)))


@njit(**_OPTIONS)
def narrow(number):
    """float32 to the nearest bfloat16, ties to even."""
    word = _as_word(np.float32(number))
    return np.uint16(
        np.uint32(word + np.uint32(0x7FFF) + ((word >> np.uint32(16)) & np.uint32(1))) >> np.uint32(16)
    )


@njit(**_OPTIONS)
def exponential(x):
    """eˣ as 2ⁿ·eᶠ with |f| ≤ ln 2 / 2; up to |x| = 87. Relative error below 5·10⁻⁶, bfloat16's is 4·10⁻³."""
    t = x * LOG2_E
    t = np.float32(-126) if t < np.float32(-126) else t
    t = np.float32(126) if t > np.float32(126) else t
    n = np.floor(t + HALF)
    f = (t - n) * LN_2
    p = np.float32(1 / 120) * f + np.float32(1 / 24)
    p = ((p * f + np.float32(1 / 6)) * f + HALF) * f * f + f + ONE
    return p * _as_float(np.uint32(np.int32(n) + np.int32(127)) << np.uint32(23))


@njit(**_OPTIONS)
def add_norm(x, more, weight, eps, total, out, inverse):
    """total = x + more; out = total / √(mean total² + ε) · weight, rounded as transformers does; inverse: [tokens]."""
    tokens, size = x.shape
    for t in range(tokens):
        square = np.float32(0)
        for i in range(size):
            word = narrow(wide(x[t, i]) + wide(more[t, i]))
            total[t, i] = word
            square += wide(word) * wide(word)
        inverse[t] = ONE / np.sqrt(square / np.float32(size) + eps)
        for i in range(size):
            out[t, i] = narrow(wide(narrow(wide(total[t, i]) * inverse[t])) * wide(weight[i]))


@njit(**_OPTIONS)
def norm_backward(grad, x, inverse, weight, result):
    """Add to ``result`` the gradient of the norm's x, from that of its output."""
    tokens, size = x.shape
    for t in range(tokens):
        inner = np.float32(0)
        for i in range(size):
            inner += wide(grad[t, i]) * wide(weight[i]) * wide(x[t, i])
        factor = inner * inverse[t] * inverse[t] * inverse[t] / np.float32(size)
        for i in range(size):
            own = wide(grad[t, i]) * wide(weight[i]) * inverse[t] - wide(x[t, i]) * factor
            result[t, i] = narrow(wide(result[t, i]) + own)


@njit(**_OPTIONS)
def swiglu(gate, up, out):
    """out = gate · sigmoid(gate) · up."""
    tokens, size = gate.shape
    for t in range(tokens):
        for i in range(size):
            g = wide(gate[t, i])
            out[t, i] = narrow(wide(narrow(g / (ONE + exponential(-g)))) * wide(up[t, i]))


@njit(**_OPTIONS)
def swiglu_backward(grad, gate, up, grad_gate, grad_up):
    """Both gradients from that of the output."""
    tokens, size = gate.shape
    for t in range(tokens):
        for i in range(size):
            d, g, u = wide(grad[t, i]), wide(gate[t, i]), wide(up[t, i])
            share = ONE / (ONE + exponential(-g))
            opened = g * share
            grad_gate[t, i] = narrow(d * u * (share + opened * (ONE - share)))
            grad_up[t, i] = narrow(d * opened)


@njit(**_OPTIONS)
def rotate(x, cos, sin, scale, start, out):
    """Rotary positions (Su et al., 2021, arXiv:2104.09864), times ``scale``, laid out by heads.

    x: [rows, tokens, heads, size]; cos, sin: [tokens, size]; out: [rows, heads, keys, size], written from the
    key ``start`` on.
    """
    rows, tokens, heads, size = x.shape
    half = size // 2
    for r in range(rows):
        for h in range(heads):
            for t in range(tokens):
                for i in range(half):
                    a, b = wide(x[r, t, h, i]), wide(x[r, t, h, half + i])
                    c, s = wide(cos[t, i]) * scale, wide(sin[t, i]) * scale
                    out[r, h, start + t, i] = narrow(a * c - b * s)
                    out[r, h, start + t, half + i] = narrow(b * c + a * s)


@njit(**_OPTIONS)
def rotate_back(grad, cos, sin, scale, start, out):
    """The gradient of ``rotate``'s x; shapes as there."""
    rows, tokens, heads, size = out.shape
    half = size // 2
    for r in range(rows):
        for t in range(tokens):
            for h in range(heads):
                for i in range(half):
                    a, b = wide(grad[r, h, start + t, i]), wide(grad[r, h, start + t, half + i])
                    c, s = wide(cos[t, i]) * scale, wide(sin[t, i]) * scale
                    out[r, t, h, i] = narrow(a * c + b * s)
                    out[r, t, h, half + i] = narrow(b * c - a * s)


@njit(**_OPTIONS)
def highest(row):
    """The largest number of a row, found among its bits in the order of whole numbers, which processors are fast at."""
    found = np.int32(-0x8000)
    for i in range(len(row)):
        word = np.int32(np.int16(row[i]))
        word ^= (word >> np.int32(31)) & np.int32(0x7FFF)
        found = word if word > found else found
    return wide(np.uint16(found ^ ((found >> np.int32(31)) & np.int32(0x7FFF))))


@njit(**_OPTIONS)
def _seen(row, queries, query, idle):
    """The part of a row of keys in which a query sees any, by whole BLOCKs: the last sees all but ``idle``."""
    end = len(row) - queries + query + 1
    first, last = idle // BLOCK * BLOCK, -(-end // BLOCK) * BLOCK
    return row[first:last]


@njit(**_OPTIONS)
def softmax(scores, idle):
    """In place, over the last of [heads, queries, keys], of which there are whole BLOCKs.

    The last query sees all keys but the first ``idle``, each query before it one less.
    """
    heads, queries, keys = scores.shape
    for h in range(heads):
        for q in range(queries):
            end = keys - queries + q + 1
            scores[h, q, :idle] = LOWEST
            scores[h, q, end:] = LOWEST
            row = _seen(scores[h, q], queries, q, idle)
            top, total = highest(row), np.float32(0)
            for k in range(len(row)):
                row[k] = narrow(exponential(wide(row[k]) - top))
            for k in range(len(row)):
                total += wide(row[k])
            factor = ONE / total
            for k in range(len(row)):
                row[k] = narrow(wide(row[k]) * factor)
            scores[h, q, :idle] = 0
            scores[h, q, end:] = 0


@njit(**_OPTIONS)
def softmax_backward(grad, weights, idle):
    """Turn the gradient of the weights into that of the scores, in place; shapes as in ``softmax``."""
    heads, queries, keys = grad.shape
    for h in range(heads):
        for q in range(queries):
            row, weight = _seen(grad[h, q], queries, q, idle), _seen(weights[h, q], queries, q, idle)
            inner, total = np.float32(0), np.float32(0)
            for k in range(len(row)):
                inner += wide(row[k]) * wide(weight[k])
                total += wide(weight[k])
            inner /= total  # rounded weights do not quite add up to one, but the gradient must to nought
            for k in range(len(row)):  # where nothing is seen the weight is nought
                row[k] = narrow((wide(row[k]) - inner) * wide(weight[k]))
            grad[h, q, : idle // BLOCK * BLOCK] = 0
            grad[h, q, keys - queries + q + 1 :] = 0


@njit(**_OPTIONS)
def cross_entropy(logits, targets, share, losses):
    """The loss of each row of [tokens, words], and in the place of the logits their gradient; both times ``share``."""
    tokens, words = logits.shape
    for t in range(tokens):
        row, target = logits[t], targets[t]
        top, total = highest(row), np.float32(0)
        own = wide(row[target]) - top
        for w in range(words):
            total += exponential(wide(row[w]) - top)
        factor = share / total
        losses[t] = (np.log(total) - own) * share
        for w in range(words):
            row[w] = narrow(exponential(wide(row[w]) - top) * factor)
        row[target] = narrow(exponential(own) * factor - share)
