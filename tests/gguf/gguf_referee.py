"""llama.cpp as the referee: token ids and next-token log-probabilities of a GGUF, from xllamacpp's server."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from pathlib import Path
from typing import Any

import numpy as np


class Referee:
    """One GGUF, loaded by llama.cpp on one thread; ``close()`` ends its server."""

    def __init__(self, path: Path, context: int = 256, adapter: Path | None = None):
        import xllamacpp

        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        if adapter:
            parameters.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(adapter), 1.0)]
        parameters.n_ctx = context
        parameters.n_parallel = 1
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
        parameters.warmup = False
        parameters.verbosity = -1
        parameters.cache_type_k = parameters.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        parameters.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._server = xllamacpp.Server(parameters)
        address = urllib.parse.urlsplit(self._server.listening_address)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port)

    def close(self) -> None:
        self._connection.close()
        del self._server

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        self._connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        return json.loads(self._connection.getresponse().read())

    def tokenize(self, text: str, parse_special: bool = True, add_special: bool = True) -> list[int]:
        body = {"content": text, "parse_special": parse_special, "add_special": add_special}
        return self._post("/tokenize", body)["tokens"]

    def log_probabilities(self, tokens: list[int], vocabulary_size: int) -> np.ndarray:
        """Of each token after ``tokens``, as an array of shape (vocabulary_size,)."""
        # A letter is forced upon the sampler: half a character would be held back with its probabilities.
        # What is reported are the model's own, before sampling.
        letter = self.tokenize("a", add_special=False)[-1]
        body = {"prompt": tokens, "n_predict": 1, "n_probs": vocabulary_size, "temperature": -1.0}
        body |= {"logit_bias": [[letter, 1000.0]]}
        answer = self._post("/completion", body | {"cache_prompt": False})
        values = np.full(vocabulary_size, np.nan)
        for entry in answer["completion_probabilities"][0]["top_logprobs"]:
            values[entry["id"]] = entry["logprob"]
        return values
