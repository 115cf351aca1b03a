"""Forward and backward of Llama-like models with LoRA, written out: no graph, few and large operations.

    loss = HandwrittenLoss.of(peft_model)      # None: not such a model, it goes through autograd
    value, gradients = loss(input_ids, labels, shared=42, divisor=1)

On a CPU a small model's training is made of thousands of small operations, whose time goes into dispatch, graph
and memory. Here the prompt that the rows share and all rows are one matrix of tokens, and a layer is its matrix
products with one kernel between two of them; several parts of a batch are computed side by side, each by a thread
(``benchmarks/training.py``). Values are those of transformers' and peft's layers within bfloat16's rounding;
whether a model is one that can be computed so is found by comparing.

In the notation of this file T = P + R·W tokens: the shared prompt's P, then R rows of W.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from ..lowrank import FusedLinear
from . import kernels
from .kernels import BLOCK, bits
from .loss import IGNORED, decoder_of, has_plain_head

Gradients = dict[nn.Parameter, torch.Tensor]
Take = Callable[..., torch.Tensor]  # memory for a bfloat16 tensor of a shape
_KINDS = {"llama", "mistral", "qwen2"}
_ROPES = {"default", "linear", "llama3"}  # whose angles do not depend on the rows' length
_HEAD_TOKENS = 192  # positions whose logits exist at once
_BLOCK, _ALIGNED = 2**25, 32  # numbers
_ROUNDING = 0.2  # of the whole, after many layers of bfloat16; a model of another kind is off by its own size


class Projection:
    """Linear layers of one input, with their adapters: y = x Wᵀ + bias + scaling · (x Aᵀ) Bᵀ for each."""

    def __init__(self, layers: Sequence[nn.Module]):
        self.bases: list[Any] = [getattr(layer, "base_layer", layer) for layer in layers]
        self.adapters = [_adapter(layer) for layer in layers]
        self.refresh()

    def refresh(self) -> None:
        """Take the adapters' weights anew, after each step."""
        present = [adapter for adapter in self.adapters if adapter]
        self.a = torch.cat([a.detach() for a, _, _ in present]) if present else None
        self.b: list[torch.Tensor | None] = []
        self.columns: list[slice] = []
        start = 0
        for adapter in self.adapters:
            rank = len(adapter[0]) if adapter else 0
            self.b.append(adapter[1].detach() * adapter[2] if adapter else None)
            self.columns.append(slice(start, start + rank))
            start += rank

    def forward(self, x: torch.Tensor, take: Take) -> tuple[list[torch.Tensor], torch.Tensor | None]:
        """The layers' outputs for x [T, in], and x Aᵀ, which the backward pass wants."""
        outputs = [_linear(x, base, take(len(x), base.out_features)) for base in self.bases]
        if self.a is None:
            return outputs, None
        inner = x @ self.a.t()
        for output, b, columns in zip(outputs, self.b, self.columns, strict=True):
            if b is not None:
                output.addmm_(inner[:, columns], b.t())
        return outputs, inner

    def backward(
        self,
        grads: Sequence[torch.Tensor],
        x: torch.Tensor,
        inner: torch.Tensor | None,
        found: Gradients,
        take: Take,
    ) -> torch.Tensor:
        """The gradient of x; those of the adapters go to ``found``."""
        grad_x = torch.mm(grads[0], self.bases[0].weight, out=take(*x.shape))
        for grad, base in zip(grads[1:], self.bases[1:], strict=True):
            grad_x.addmm_(grad, base.weight)
        if inner is None or self.a is None:
            return grad_x
        grad_inner = torch.cat([grad @ b for grad, b in zip(grads, self.b, strict=True) if b is not None], 1)
        grad_x.addmm_(grad_inner, self.a)
        grad_a = grad_inner.t() @ x
        for grad, adapter, columns in zip(grads, self.adapters, self.columns, strict=True):
            if adapter:
                a, b, scaling = adapter
                found[a] = grad_a[columns]
                found[b] = (grad.t() @ inner[:, columns]).mul_(scaling)
        return grad_x


def _linear(x: torch.Tensor, layer: nn.Linear, out: torch.Tensor) -> torch.Tensor:
    if layer.bias is None:
        return torch.mm(x, layer.weight.t(), out=out)
    return torch.addmm(layer.bias, x, layer.weight.t(), out=out)


def _adapter(layer: Any) -> tuple[nn.Parameter, nn.Parameter, float] | None:
    """A, B and scaling of a layer's plain LoRA, if it has one."""
    if type(layer) is nn.Linear:
        return None
    name = layer.plain_adapter(layer.base_layer.weight)
    return layer.lora_A[name].weight, layer.lora_B[name].weight, layer.scaling[name]


class RMSNorm:
    """x / √(mean x² + ε) · weight (Zhang and Sennrich, 2019, arXiv:1910.07467), after a sum."""

    def __init__(self, module: Any):
        self.weight, self.eps = bits(module.weight.detach()), float(module.variance_epsilon)

    def forward(self, x: torch.Tensor, more: torch.Tensor, take: Take) -> tuple[torch.Tensor, ...]:
        """(output, x + more, 1 / root mean square [T])."""
        total, out, inverse = take(*x.shape), take(*x.shape), torch.empty(len(x))
        pieces = bits(x), bits(more), self.weight, self.eps, bits(total), bits(out), inverse.numpy()
        kernels.add_norm(*pieces)
        return out, total, inverse

    def backward(
        self, grad: torch.Tensor, total: torch.Tensor, inverse: torch.Tensor, result: torch.Tensor
    ) -> None:
        """Add the gradient of the sum to ``result``."""
        kernels.norm_backward(bits(grad), bits(total), inverse.numpy(), self.weight, bits(result))


class Arena:
    """Memory for the tensors of a part: a stack of a few large blocks, which the next part takes again.

    Parts differ in size, and a heap grows to its double when tensors of many sizes come and go.
    """

    def __init__(self) -> None:
        self._blocks: list[torch.Tensor] = []
        self.top = 0, 0  # block, and how much of it is in use

    def release(self, top: tuple[int, int] = (0, 0)) -> None:
        """Take back what was taken since ``top`` was this; it may not be used any more."""
        self.top = top

    def give_back(self) -> None:
        """Let go of the blocks."""
        self._blocks, self.top = [], (0, 0)

    def take(self, *shape: int) -> torch.Tensor:
        """A tensor of any content."""
        size = math.prod(shape)
        block, start = self.top
        while block < len(self._blocks) and start + size > len(self._blocks[block]):
            block, start = block + 1, 0
        if block == len(self._blocks):
            self._blocks.append(torch.empty(max(size, _BLOCK), dtype=torch.bfloat16))
        self.top = block, start + -(-size // _ALIGNED) * _ALIGNED
        return self._blocks[block][start : start + size].view(shape)


@dataclass(slots=True)
class Layout:
    """The shape of a part, the angles that all layers share, and where it keeps what it must."""

    prompt: int
    rows: int
    width: int
    angles: list[tuple[Any, Any]]  # cos and sin [tokens, size] of the prompt and of a row
    arena: Arena

    def take(self, *shape: int) -> torch.Tensor:
        """Memory for a tensor."""
        return self.arena.take(*shape)

    @property
    def keys(self) -> tuple[int, int]:
        """Keys of the prompt and of a row: some that count for nothing, the prompt's, its own."""
        prompt, row = (-(-count // BLOCK) * BLOCK for count in (self.prompt, self.prompt + self.width))
        return prompt, row


@dataclass(slots=True)
class Attended:
    """What attention's backward pass wants: query [rows · key heads, groups · queries, size], key, value, weights."""

    query: torch.Tensor
    key: torch.Tensor
    value: torch.Tensor
    weights: torch.Tensor


class Attention:
    """The attention of a layer, from three projections' outputs to the input of the fourth."""

    def __init__(self, module: Any):
        self.size = module.head_dim
        self.groups = module.num_key_value_groups
        self.scaling = float(module.scaling)
        self.key_heads = module.k_proj.out_features // self.size

    def forward(self, outputs: Sequence[torch.Tensor], layout: Layout) -> tuple[torch.Tensor, list[Attended]]:
        """[T, heads · size], and what the backward pass wants of the prompt and of the rows."""
        saved: list[Attended] = []
        result = layout.take(*outputs[0].shape)
        for part, angles, keys in self._parts(layout):
            tensors = [self._by_rows(tensor, part, layout) for tensor in outputs]
            before = saved[0] if saved else None
            attended, output = self._attend(tensors, angles, keys, layout, before)
            self._by_rows(result, part, layout).copy_(output.transpose(1, 2))
            saved.append(attended)
        return result, saved

    def backward(self, grad: torch.Tensor, saved: list[Attended], layout: Layout) -> list[torch.Tensor]:
        """Gradients of the three projections' outputs."""
        widths = [self.size * self.key_heads * heads for heads in (self.groups, 1, 1)]
        outputs = [layout.take(len(grad), width) for width in widths]
        of_rows: list[torch.Tensor] = []
        for (part, (cos, sin), keys), kept in reversed(list(zip(self._parts(layout), saved, strict=True))):
            own = self._by_rows(grad, part, layout)
            start = keys - own.shape[1]
            idle = start if of_rows else start - layout.prompt
            query, key, value = self._attend_backward(own, kept, idle, layout.take)
            key, value = (tensor.view(len(own), self.key_heads, keys, self.size) for tensor in (key, value))
            for tensor, after in zip((key, value), of_rows, strict=False):
                tensor[:, :, start:] += after.sum(0, keepdim=True)
            of_rows = [tensor[:, :, idle:start] for tensor in (key, value)]
            outs = [self._by_rows(output, part, layout) for output in outputs]
            query = query.view(len(own), -1, own.shape[1], self.size)
            kernels.rotate_back(bits(query), cos, sin, self.scaling, 0, bits(outs[0]))
            kernels.rotate_back(bits(key), cos, sin, 1.0, start, bits(outs[1]))
            outs[2].copy_(value[:, :, start:].transpose(1, 2))
        return outputs

    def _parts(self, layout: Layout) -> list[tuple[slice, tuple[Any, Any], int]]:
        """The prompt, if there is one, and the rows: their tokens, angles, and keys."""
        prompt = (slice(0, layout.prompt), layout.angles[0], layout.keys[0])
        rows = (slice(layout.prompt, None), layout.angles[1], layout.keys[1])
        return [prompt, rows] if layout.prompt else [rows]

    def _by_rows(self, tensor: torch.Tensor, part: slice, layout: Layout) -> torch.Tensor:
        """[rows, tokens, heads, size] of a part of [T, heads · size], the same memory."""
        rows = layout.rows if part.stop is None else 1
        return tensor[part].view(rows, -1, tensor.shape[1] // self.size, self.size)

    def _attend(
        self,
        tensors: Sequence[torch.Tensor],
        angles: tuple[Any, Any],
        keys: int,
        layout: Layout,
        before: Attended | None,
    ) -> tuple[Attended, torch.Tensor]:
        """Softmax attention; heads that share a key head are one matrix. The output: [rows, heads, tokens, size]."""
        query, key, value = tensors
        rows, tokens, heads, size = query.shape
        start = keys - tokens
        queries = layout.take(rows, heads, tokens, size)
        all_keys, values = (layout.take(rows, self.key_heads, keys, size) for _ in range(2))
        kernels.rotate(bits(query), *angles, self.scaling, 0, bits(queries))
        kernels.rotate(bits(key), *angles, 1.0, start, bits(all_keys))
        values[:, :, start:] = value.transpose(1, 2)
        shared = layout.prompt if before else 0
        for tensor in (all_keys, values):
            tensor[:, :, : start - shared] = 0
        if before:
            all_keys[:, :, start - shared : start] = before.key[:, -shared:]
            values[:, :, start - shared : start] = before.value[:, -shared:]
        queries, all_keys, values = (
            t.view(rows * self.key_heads, -1, size) for t in (queries, all_keys, values)
        )
        weights = torch.bmm(queries, all_keys.mT, out=layout.take(*queries.shape[:2], keys))
        kernels.softmax(bits(weights.view(-1, tokens, keys)), start - shared)
        output = torch.bmm(weights, values, out=layout.take(*queries.shape)).view(rows, heads, tokens, size)
        return Attended(queries, all_keys, values, weights), output

    def _attend_backward(
        self, grad: torch.Tensor, saved: Attended, idle: int, take: Take
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Gradients of the rotated query and key and of the value, from that of [rows, tokens, heads, size]."""
        tokens, (_, _, keys) = grad.shape[1], saved.weights.shape
        by_heads = take(len(grad), grad.shape[2], tokens, self.size).copy_(grad.transpose(1, 2))
        folded = by_heads.view(saved.query.shape)
        grad_value = torch.bmm(saved.weights.mT, folded, out=take(*saved.value.shape))
        scores = torch.bmm(folded, saved.value.mT, out=take(*saved.weights.shape))
        weights = bits(saved.weights.view(-1, tokens, keys))
        kernels.softmax_backward(bits(scores.view(-1, tokens, keys)), weights, idle)
        grad_query = torch.bmm(scores, saved.key, out=take(*saved.query.shape))
        return grad_query, torch.bmm(scores.mT, saved.query, out=take(*saved.key.shape)), grad_value


class Layer:
    """A decoder layer: attention and a gated feed-forward (Shazeer, 2020, arXiv:2002.05202), each after a norm."""

    def __init__(self, module: Any):
        attention, mlp = module.self_attn, module.mlp
        self.norms = RMSNorm(module.input_layernorm), RMSNorm(module.post_attention_layernorm)
        self.attention = Attention(attention)
        self.qkv = Projection([attention.q_proj, attention.k_proj, attention.v_proj])
        self.out = Projection([attention.o_proj])
        self.gate_up = Projection([mlp.gate_proj, mlp.up_proj])
        self.down = Projection([mlp.down_proj])

    @property
    def projections(self) -> list[Projection]:
        """All of them."""
        return [self.qkv, self.out, self.gate_up, self.down]

    def forward(
        self, x: torch.Tensor, more: torch.Tensor, layout: Layout
    ) -> tuple[torch.Tensor, torch.Tensor, tuple[Any, ...]]:
        """Two tensors whose sum is the next layer's input, as x + more is this one's, and what ``backward`` wants."""
        first, total_1, inverse_1 = self.norms[0].forward(x, more, layout.take)
        outputs, inner_1 = self.qkv.forward(first, layout.take)
        attended, heads = self.attention.forward(outputs, layout)
        (projected,), inner_2 = self.out.forward(attended, layout.take)
        second, total_2, inverse_2 = self.norms[1].forward(total_1, projected, layout.take)
        (gate, up), inner_3 = self.gate_up.forward(second, layout.take)
        product = layout.take(*gate.shape)
        kernels.swiglu(bits(gate), bits(up), bits(product))
        (result,), inner_4 = self.down.forward(product, layout.take)
        before = first, total_1, inverse_1, inner_1, heads, attended, inner_2
        return total_2, result, (before, (second, total_2, inverse_2, inner_3, gate, up, product, inner_4))

    def backward(self, grad: torch.Tensor, saved: tuple[Any, ...], layout: Layout, found: Gradients) -> None:
        """Turn ``grad``, the gradient of the layer's result, into that of its input."""
        first, total_1, inverse_1, inner_1, heads, attended, inner_2 = saved[0]
        second, total_2, inverse_2, inner_3, gate, up, product, inner_4 = saved[1]
        take = layout.take
        grad_gate, grad_up = take(*gate.shape), take(*gate.shape)
        grad_product = self.down.backward([grad], product, inner_4, found, take)
        kernels.swiglu_backward(*map(bits, (grad_product, gate, up, grad_gate, grad_up)))
        grad_second = self.gate_up.backward([grad_gate, grad_up], second, inner_3, found, take)
        self.norms[1].backward(grad_second, total_2, inverse_2, grad)
        grad_attended = self.out.backward([grad], attended, inner_2, found, take)
        grads = self.attention.backward(grad_attended, heads, layout)
        grad_first = self.qkv.backward(grads, first, inner_1, found, take)
        self.norms[0].backward(grad_first, total_1, inverse_1, grad)


class HandwrittenLoss:
    """The cross-entropy of a part's learnt tokens, with the gradients of the adapter."""

    @classmethod
    def of(cls, model: Any) -> HandwrittenLoss | None:
        """For a PeftModel in training whose layers are of this kind; None for every other."""
        if not _is_of_this_kind(model):
            return None
        loss = cls(model)
        return loss if loss._agrees() else None

    def __init__(self, model: Any):
        self.decoder, self.head = decoder_of(model), model.get_output_embeddings()
        self.layers = [Layer(module) for module in self.decoder.layers]
        self.norm = RMSNorm(self.decoder.norm)
        self._own = threading.local()
        self._arenas: list[Arena] = []  # of all threads

    def refresh(self) -> None:
        """Take the adapter's weights anew, after each step."""
        for layer in self.layers:
            for projection in layer.projections:
                projection.refresh()

    def give_back_memory(self) -> None:
        """Let go of what the parts were computed in, until the next one; none may be under way."""
        for arena in self._arenas:
            arena.give_back()

    @torch.no_grad()
    def __call__(
        self, input_ids: torch.Tensor, labels: torch.Tensor, shared: int, divisor: int
    ) -> tuple[torch.Tensor, Gradients]:
        """(sum of the losses / ``divisor``, its gradients) of rows [rows, tokens], padded on the right.

        ``shared`` tokens are the same in all rows and none of them, nor the last's successor, is learnt.
        """
        rest = input_ids[:, shared:]
        learnt = (labels[:, shared + 1 :] != IGNORED).nonzero()  # position i foretells token i + 1
        places = shared + learnt[:, 0] * rest.shape[1] + learnt[:, 1]
        targets = labels[:, shared + 1 :][learnt[:, 0], learnt[:, 1]]
        arena = self._arena
        arena.release()
        layout = self._layout(shared, len(rest), rest.shape[1], arena)
        grad = arena.take(shared + rest.numel(), self.head.in_features).zero_()
        x, more, saved = self._forward(torch.cat([input_ids[0, :shared], rest.reshape(-1)]), layout)
        hidden, total, inverse = self.norm.forward(x[places], more[places], arena.take)
        loss, grad_hidden = self._head(hidden, targets, divisor, arena)
        grad_total = torch.zeros_like(total)
        self.norm.backward(grad_hidden, total, inverse, grad_total)
        grad.index_copy_(0, places, grad_total)
        found: Gradients = {}
        for layer in reversed(self.layers):
            kept, top = saved.pop()
            layer.backward(grad, kept, layout, found)
            arena.release(top)
        return loss, found

    def _head(
        self, hidden: torch.Tensor, targets: torch.Tensor, divisor: int, arena: Arena
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The loss and its gradient for ``hidden`` [learnt, size]; logits exist for a few tokens at a time."""
        grad, losses = torch.empty_like(hidden), torch.empty(len(hidden))
        pieces = (tensor.split(_HEAD_TOKENS) for tensor in (hidden, targets, grad, losses))
        for part, target, out, loss in zip(*pieces, strict=True):
            top = arena.top
            logits = _linear(part, self.head, arena.take(len(part), self.head.out_features))
            kernels.cross_entropy(bits(logits), target.numpy(), np.float32(1 / divisor), loss.numpy())
            torch.mm(logits, self.head.weight, out=out)
            arena.release(top)
        return losses.sum(), grad

    @property
    def _arena(self) -> Arena:
        """The one of this thread."""
        if not hasattr(self._own, "arena"):
            self._own.arena = Arena()
            self._arenas.append(self._own.arena)
        return self._own.arena

    def _forward(
        self, ids: torch.Tensor, layout: Layout
    ) -> tuple[torch.Tensor, torch.Tensor, list[tuple[tuple[Any, ...], tuple[int, int]]]]:
        """Two tensors [T, size] whose sum is the last layer's output, and for each layer what ``backward`` wants.

        With it stands the arena's top before the layer, to which it returns after the layer's backward pass.
        """
        x = self.decoder.embed_tokens(ids)
        more, saved = torch.zeros_like(x), []
        for layer in self.layers:
            top = layout.arena.top
            x, more, kept = layer.forward(x, more, layout)
            saved.append((kept, top))
        return x, more, saved

    def _layout(self, shared: int, rows: int, width: int, arena: Arena) -> Layout:
        positions = torch.arange(shared + width)[None]
        cos, sin = self.decoder.rotary_emb(torch.empty(0, dtype=self.head.weight.dtype), positions)
        parts = slice(shared), slice(shared, None)
        angles = [(bits(cos[0, part]), bits(sin[0, part])) for part in parts]
        return Layout(shared, rows, width, angles, arena)

    @torch.no_grad()
    def _agrees(self) -> bool:
        """Whether this is the model's own forward pass, within the rounding of its weights."""
        ids = torch.arange(2 * 24).view(2, 24) % self.head.weight.shape[0]
        x, more, _ = self._forward(ids.reshape(-1), self._layout(0, len(ids), ids.shape[1], self._arena))
        found = self.norm.forward(x, more, self._arena.take)[0].float()
        wanted = self.decoder(input_ids=ids, use_cache=False).last_hidden_state.float().view_as(found)
        return bool((found - wanted).norm() <= _ROUNDING * wanted.norm())


def _is_of_this_kind(model: Any) -> bool:
    config = model.config
    if model.device.type != "cpu" or config.model_type not in _KINDS or not has_plain_head(model):
        return False
    rope = getattr(config, "rope_parameters", None) or {}
    layers = [module for name, module in model.named_modules() if name.endswith("_proj")]
    return (
        config.hidden_act == "silu"
        and rope.get("rope_type", "default") in _ROPES
        and rope.get("partial_rotary_factor", 1.0) == 1.0
        and not any(kind == "sliding_attention" for kind in getattr(config, "layer_types", None) or [])
        and not (config.model_type == "mistral" and config.sliding_window)
        and not getattr(config, "attention_dropout", 0)
        and all(p.dtype == torch.bfloat16 for p in model.parameters())
        and all(_is_plain(layer) for layer in layers)
    )


def _is_plain(layer: Any) -> bool:
    """A linear layer, alone or with plain LoRA."""
    fused = type(layer) is FusedLinear
    return type(layer) is nn.Linear or (fused and bool(layer.plain_adapter(layer.base_layer.weight)))


class SideBySide:
    """The parts of a batch, by as many threads as torch may use, each with operations of one thread."""

    def __init__(self, loss: HandwrittenLoss):
        self.loss, self.threads = loss, torch.get_num_threads()
        self._pool = ThreadPoolExecutor(self.threads, "hipatia-part", _alone)

    def add_gradients(
        self, parts: Iterable[dict[str, torch.Tensor]], shared: int, divisor: int
    ) -> torch.Tensor:
        """Add the gradients of the parts to their parameters', in the parts' order; the sum of the losses / divisor."""
        self.loss.refresh()
        jobs = [
            self._pool.submit(self.loss, part["input_ids"], part["labels"], shared, divisor) for part in parts
        ]
        wait(jobs)
        results = [job.result() for job in jobs]
        for _, found in results:
            for parameter, grad in found.items():
                parameter.grad = grad if parameter.grad is None else parameter.grad.add_(grad)
        return torch.stack([loss for loss, _ in results]).sum()


def _alone() -> None:
    """Of a thread of the pool; both settings are a thread's own."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
