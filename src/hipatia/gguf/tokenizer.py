"""The tokenizer that a GGUF describes, with llama.cpp's ids: ``load_tokenizer_from_gguf(path)``.

transformers builds a tokenizer from a GGUF without looking at ``tokenizer.ggml.pre``, so digits and line
breaks are cut differently from what llama.cpp (LM Studio, Ollama) does with the same file. Here the
pre-tokenizer named in the file is built; a name that is not known is refused instead of guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ModelError
from .reader import GGUFFile

if TYPE_CHECKING:
    from tokenizers import AddedToken, Tokenizer
    from transformers import PreTrainedTokenizerFast

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
MAX_TOKEN_LENGTH = 2048  # characters; the longest known are runs of some hundred spaces
MAX_TEMPLATE_LENGTH = 1 << 18  # characters; the longest known have some 20,000
SPACE = "▁"  # how SentencePiece writes a space

# The texts by which llama.cpp knows the end of an answer, whatever type the file gives these tokens.
END_OF_TURN = (
    "<|eot_id|>",
    "<|im_end|>",
    "<|end|>",
    "<end_of_turn>",
    "<|endoftext|>",
    "<|eom_id|>",
    "<EOT>",
)
# Tokens that may pad, best first, where the file names none or names the end of the turn.
PADDING = ("<pad>", "[PAD]", "<|pad|>", "<PAD>", "<|finetune_right_pad_id|>", "<|endoftext|>")

_PHI3_KEEPS = ("<unk>", "<s>", "<|endoftext|>")  # special tokens of Phi 3 that leave the blanks after them

_CONTRACTION = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
_GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_REST = r"\s*[\r\n]+|\s+(?!\S)|\s+"
_SYMBOLS = r" ?[^\s\p{L}\p{N}]+[\r\n]*"
_LETTERS = r"[^\r\n\p{L}\p{N}]?\p{L}+"
# llama.cpp takes any letter outside ASCII for upper and lower case at once.
_UPPER, _LOWER = r"(?:(?=\p{L})[^a-z])", r"(?:(?=\p{L})[^A-Z])"
_WORD = rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+", rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*"


@dataclass(frozen=True)
class PreTokenizer:
    """How text is cut before byte-pair encoding: patterns applied one after the other to each piece."""

    patterns: tuple[str, ...]
    ignore_merges: bool = False  # a piece that is a token as a whole is taken as it is
    add_bos: bool = False  # unless the file says otherwise


_TEKKEN = "|".join([*_WORD, r"\p{N}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", _REST])
_GPT4O = "|".join(
    [*(f"{word}{_CONTRACTION}?" for word in _WORD), r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", _REST]
)
FAMILIES = {
    PreTokenizer((r"[\p{P}\$\+<=>\^~\|]+", _GPT2, r"\p{N}+", r"[0-9][0-9][0-9]")): ("default",),
    PreTokenizer((_GPT2,)): ("gpt-2", "phi-2", "roberta-bpe", "mpt", "olmo"),
    PreTokenizer((r"\p{N}", _GPT2)): (
        "smollm",
        "starcoder",
        "refact",
        "command-r",
        "codeshell",
        "minerva-7b",
    ),
    PreTokenizer(("|".join([_CONTRACTION, _LETTERS, r"\p{N}", _SYMBOLS, _REST]),)): (
        "qwen2",
        "stablelm2",
        "deepseek-r1-qwen",
        "megrez",
    ),
    PreTokenizer(("|".join([_CONTRACTION, _LETTERS, r"\p{N}{1,3}", _SYMBOLS, _REST]),), True, True): (
        "llama-bpe",
        "llama3",
        "llama-v3",
        "falcon3",
    ),
    PreTokenizer(("|".join([_CONTRACTION, _LETTERS, r"\p{N}{1,3}", _SYMBOLS, _REST]),)): (
        "dbrx",
        "smaug-bpe",
    ),
    PreTokenizer((r"[\p{P}\$\+<=>\^~\|`]+", _GPT2, r"[0-9][0-9][0-9]")): ("falcon",),
    PreTokenizer((_TEKKEN,), True, True): ("tekken",),
    PreTokenizer((_GPT4O,)): ("gpt-4o",),
}
_PRE_TOKENIZERS = {name: cut for cut, names in FAMILIES.items() for name in names}


@dataclass(frozen=True)
class Vocabulary:
    """What the ``tokenizer.ggml`` entries of a GGUF say, checked against each other."""

    path: Path
    model: str
    tokens: list[str]
    types: list[int]
    scores: list[float]
    metadata: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, file: GGUFFile) -> Vocabulary:
        meta = file.metadata
        model, tokens = meta.get("tokenizer.ggml.model"), meta.get("tokenizer.ggml.tokens")
        if not isinstance(model, str) or not isinstance(tokens, list) or not tokens:
            raise ModelError.of("gguf.no_tokenizer", path=file.path)
        types = _numbers(file, "token_type", len(tokens), NORMAL)
        tokens = [token or f"[EMPTY_{index}]" for index, token in enumerate(tokens)]
        if len(set(tokens)) != len(tokens) or max(map(len, tokens)) > MAX_TOKEN_LENGTH:
            raise ModelError.of("gguf.tokens", path=file.path)
        for index, token in enumerate(tokens):
            if token in END_OF_TURN:
                types[index] = CONTROL
        scores = _numbers(file, "scores", len(tokens), 0.0)
        return cls(file.path, model, tokens, types, scores, meta)

    def flag(self, name: str, default: bool) -> bool:
        value = self.metadata.get(f"tokenizer.ggml.{name}", default)
        return value if isinstance(value, bool) else default

    def id(self, name: str, default: int | None = None) -> int | None:
        """A token id such as ``eos``, or the default where the file has none in range."""
        candidates = (self.metadata.get(f"tokenizer.ggml.{name}_token_id"), default)
        return next((id for id in candidates if isinstance(id, int) and 0 <= id < len(self.tokens)), None)

    @property
    def pre(self) -> PreTokenizer:
        name = self.metadata.get("tokenizer.ggml.pre", "default")
        if not isinstance(name, str) or name not in _PRE_TOKENIZERS:
            raise ModelError.of("gguf.pre_tokenizer", path=self.path, name=str(name)[:80])
        return _PRE_TOKENIZERS[name]

    @property
    def is_phi3(self) -> bool:
        """Whether llama.cpp, which goes by the model's name here, lets special tokens swallow the blanks after."""
        name = str(self.metadata.get("general.name", "")).lower()
        return "phi-3" in name or "phi3" in name

    @property
    def eos(self) -> int | None:
        return self.id("eos", {"llama": 2, "gpt2": 11}.get(self.model))

    @property
    def bos(self) -> int | None:
        return self.id("bos", {"llama": 1, "gpt2": 11}.get(self.model))

    @property
    def unknown(self) -> int | None:
        return self.id("unknown", {"llama": 0}.get(self.model))

    @property
    def ends(self) -> list[int]:
        """Ids that end an answer, the file's own end-of-sequence first."""
        named = [self.eos, self.id("eot"), self.id("eom")]
        found = [index for index, token in enumerate(self.tokens) if token in END_OF_TURN]
        return list(dict.fromkeys(index for index in [*named, *found] if index is not None))

    @property
    def padding(self) -> int | None:
        """A token to pad with that does not end a turn, where the vocabulary has any.

        Files often name the end-of-turn token; a trainer that ignores padding would then never learn to stop.
        """
        turn_ends = {self.eos, self.id("eot"), self.id("eom")}
        ids = {token: index for index, token in enumerate(self.tokens) if self.types[index] != NORMAL}
        candidates = [self.id("padding"), *map(ids.get, PADDING), self.unknown, self.bos]
        return next((index for index in candidates if index is not None and index not in turn_ends), self.eos)


def _numbers(file: GGUFFile, name: str, count: int, default: Any) -> list[Any]:
    """A list of one number for each token, all ``default`` where the file has none."""
    values = file.metadata.get(f"tokenizer.ggml.{name}")
    if values is None:
        return [default] * count
    kinds = "iu" if isinstance(default, int) else "f"
    if not isinstance(values, np.ndarray) or values.dtype.kind not in kinds or len(values) != count:
        raise ModelError.of("gguf.tokenizer_list", path=file.path, name=name)
    return values.tolist()


def load_tokenizer_from_gguf(path: str | Path) -> PreTrainedTokenizerFast:
    """The tokenizer of a GGUF, with its special tokens and chat template; the ids are llama.cpp's.

    Raises ModelError when the file is not a sound GGUF or has a kind of tokenizer that is not known.
    """
    with GGUFFile(path) as file:
        return build_tokenizer(Vocabulary.read(file))


def build_tokenizer(vocabulary: Vocabulary) -> PreTrainedTokenizerFast:
    """A transformers tokenizer around the backend that the vocabulary asks for."""
    from transformers import PreTrainedTokenizerFast

    meta, tokens = vocabulary.metadata, vocabulary.tokens
    ids = {
        "bos_token": vocabulary.bos,
        "eos_token": vocabulary.eos,
        "unk_token": vocabulary.unknown,
        "pad_token": vocabulary.padding,
    }
    special = {name: tokens[index] for name, index in ids.items() if index is not None}
    context = meta.get(f"{meta.get('general.architecture')}.context_length")
    template = meta.get("tokenizer.chat_template")
    if isinstance(template, str) and len(template) > MAX_TEMPLATE_LENGTH:
        raise ModelError.of("gguf.template_long", path=vocabulary.path, length=len(template))
    return PreTrainedTokenizerFast(
        tokenizer_object=build_backend(vocabulary),
        clean_up_tokenization_spaces=False,
        chat_template=template if isinstance(template, str) else None,
        **({"model_max_length": context} if isinstance(context, int) else {}),
        **special,
    )


def build_backend(vocabulary: Vocabulary) -> Tokenizer:
    """The ``tokenizers`` object: model, pre-tokenizer, decoder, special tokens, begin and end tokens."""
    builders = {"gpt2": _byte_level_bpe, "llama": _sentencepiece_bpe}
    if vocabulary.model not in builders:
        raise ModelError.of("gguf.tokenizer_model", path=vocabulary.path, model=vocabulary.model[:80])
    try:
        backend = builders[vocabulary.model](vocabulary)
        control, user_defined = _added_tokens(vocabulary)
        backend.add_special_tokens(control)
        backend.add_tokens(user_defined)
    except ModelError:
        raise
    except Exception as error:  # tokenizers raises bare Exception for inconsistent merges
        raise ModelError.of("gguf.tokenizer_broken", path=vocabulary.path, reason=error) from error
    _add_begin_and_end(backend, vocabulary)
    return backend


def _byte_level_bpe(vocabulary: Vocabulary) -> Tokenizer:
    from tokenizers import Tokenizer, decoders, models

    merges = vocabulary.metadata.get("tokenizer.ggml.merges")
    if not isinstance(merges, list):
        raise ModelError.of("gguf.no_tokenizer", path=vocabulary.path)
    pairs = []
    for merge in merges:
        space = merge.find(" ", 1)
        pairs.append((merge[:space], merge[space + 1 :]))
    pre = vocabulary.pre
    ids = {token: index for index, token in enumerate(vocabulary.tokens)}
    backend = Tokenizer(models.BPE(vocab=ids, merges=pairs, ignore_merges=pre.ignore_merges))
    backend.pre_tokenizer = build_cuts(pre)
    backend.decoder = decoders.ByteLevel()
    return backend


def build_cuts(pre: PreTokenizer) -> Any:
    """The cuts as ``tokenizers`` makes them, to pieces written in letters that stand for bytes."""
    from tokenizers import Regex, pre_tokenizers

    cuts = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in pre.patterns]
    bytes_only = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    return pre_tokenizers.Sequence([*cuts, bytes_only])


def _sentencepiece_bpe(vocabulary: Vocabulary) -> Tokenizer:
    """SentencePiece BPE: two neighbours join when the result is a token, the highest score first."""
    from tokenizers import Tokenizer, decoders, models, normalizers

    ids = {token: index for index, token in enumerate(vocabulary.tokens)}
    unknown = None if vocabulary.unknown is None else vocabulary.tokens[vocabulary.unknown]
    backend = Tokenizer(
        models.BPE(
            vocab=ids,
            merges=_merges_by_score(ids, vocabulary.scores),
            unk_token=unknown,
            fuse_unk=True,
            byte_fallback=True,
        )
    )
    prefix = vocabulary.flag("add_space_prefix", True)
    steps = [normalizers.Prepend(SPACE)] if prefix else []
    backend.normalizer = normalizers.Sequence([*steps, normalizers.Replace(" ", SPACE)])
    undo = [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    backend.decoder = decoders.Sequence([*undo, decoders.Strip(" ", 1, 0)] if prefix else undo)
    return backend


def _merges_by_score(ids: dict[str, int], scores: list[float]) -> list[tuple[str, str]]:
    """Each way to make a token of two others, in the order in which they are tried."""
    ranked = []
    for token, index in ids.items():
        for cut in range(1, len(token)):
            left, right = token[:cut], token[cut:]
            if left in ids and right in ids:
                ranked.append((-scores[index], ids[left], ids[right], left, right))
    ranked.sort()
    return [(left, right) for _, _, _, left, right in ranked]


def _added_tokens(vocabulary: Vocabulary) -> tuple[list[AddedToken], list[AddedToken]]:
    """Control tokens, and those that the model's makers defined as one piece of plain text."""
    from tokenizers import AddedToken

    control, user_defined = [], []
    phi3 = vocabulary.is_phi3
    for token, kind in zip(vocabulary.tokens, vocabulary.types, strict=True):
        strips = phi3 and token not in _PHI3_KEEPS
        if kind in (CONTROL, UNKNOWN):
            control.append(AddedToken(token, special=True, normalized=False, rstrip=strips))
        elif kind == USER_DEFINED:
            user_defined.append(AddedToken(token, special=False, normalized=False, rstrip=strips))
    return control, user_defined


def _add_begin_and_end(backend: Tokenizer, vocabulary: Vocabulary) -> None:
    """The begin and end tokens that llama.cpp puts around a text of this vocabulary."""
    from tokenizers import processors

    default_bos = vocabulary.model == "llama" or vocabulary.pre.add_bos
    begin = vocabulary.bos if vocabulary.flag("add_bos_token", default_bos) else None
    end = vocabulary.eos if vocabulary.flag("add_eos_token", False) else None
    around = [vocabulary.tokens[index] for index in (begin, end) if index is not None]
    if not around:
        return
    before = "" if begin is None else vocabulary.tokens[begin] + ":0 "
    after = "" if end is None else " " + vocabulary.tokens[end] + ":0"
    pair_after = "" if end is None else " " + vocabulary.tokens[end] + ":1"
    backend.post_processor = processors.TemplateProcessing(
        single=f"{before}$A:0{after}",
        pair=f"{before}$A:0{after} {before.replace(':0', ':1')}$B:1{pair_after}",
        special_tokens=[(token, backend.token_to_id(token)) for token in dict.fromkeys(around)],
    )
