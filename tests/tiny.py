"""Models and tokenizers small enough to be made in a moment, of the same classes as the real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] "
    "+ '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
SPECIALS = ("<|im_start|>", "<|im_end|>", "<|pad|>", "[INST]", "[/INST]", "<s>", "</s>")


def tiny_tokenizer(template: str | None = CHATML, *, eos: str = "<|im_end|>") -> Any:
    """Bytes and special tokens, nothing else: 256 + 7 ids."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    backend = Tokenizer(models.BPE({letter: index for index, letter in enumerate(letters)}, []))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    backend.add_special_tokens([AddedToken(text, special=True) for text in SPECIALS])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token=eos, pad_token="<|pad|>"
    )
    tokenizer.chat_template = template
    return tokenizer


def tiny_llama(seed: int = 0, dtype: str = "float32", **changes: Any) -> Any:
    """A LlamaForCausalLM of two layers with random weights and grouped-query attention."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    settings: dict[str, Any] = {
        "vocab_size": 272,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 1024,
        "bos_token_id": 261,
        "eos_token_id": 257,
        "pad_token_id": 258,
    }
    model = LlamaForCausalLM(LlamaConfig(**settings | changes)).to(getattr(torch, dtype))
    return model.eval()


def save_tiny_model(folder: Path, seed: int = 0) -> Path:
    """A model folder as ``save_pretrained`` writes it, with its tokenizer."""
    tiny_llama(seed).save_pretrained(folder)
    tiny_tokenizer().save_pretrained(folder)
    return folder
