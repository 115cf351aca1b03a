"""A hub on this machine: the part of Hugging Face's protocol that downloading a model needs, faults included.

    with Hub() as hub:
        hub.add("org/tiny", {"config.json": b"{}", "model.safetensors": weights})
        hub.faults["model.safetensors"] = [cut(after=1000), status(503)]

Large files (``*.safetensors``, ``*.bin``) redirect to another origin, as the hub's do to its CDN. The texts of
refusals are those that the hub sends.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

LARGE = (".safetensors", ".bin", ".gguf")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def git_sha1(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@dataclass
class Repo:
    """A model: its files, and who may read it."""

    files: dict[str, bytes]
    gated: bool = False
    access: dict[str, str] = field(default_factory=dict)  # token → accepted, pending, rejected
    private: bool = False
    disabled: bool = False

    def __post_init__(self) -> None:
        self.sha256 = {name: sha256(content) for name, content in self.files.items()}
        self.git_sha1 = {name: git_sha1(content) for name, content in self.files.items()}
        self.commit = hashlib.sha1(repr(sorted(self.sha256.items())).encode()).hexdigest()

    def etag(self, name: str) -> str:
        return (self.sha256 if name.endswith(LARGE) else self.git_sha1)[name]


@dataclass
class Seen:
    """A request as it came."""

    method: str
    path: str
    token: str | None
    range: str | None
    host: str


Fault = Callable[["Handler", bytes, str], bool]  # may answer itself: then True


def status(code: int, **headers: str) -> Fault:
    """Answers with an error."""

    def fault(handler: Handler, _: bytes, __: str) -> bool:
        handler.answer(code, b"", {name.replace("_", "-"): value for name, value in headers.items()})
        return True

    return fault


def cut(after: int) -> Fault:
    """Promises everything, sends a part and closes the connection."""
    return lambda handler, content, etag: handler.answer_part(content, etag, after)


def stall(after: int) -> Fault:
    """Sends a part and then nothing, until the other side gives up."""

    def fault(handler: Handler, content: bytes, etag: str) -> bool:
        handler.answer_part(content, etag, after)
        handler.wfile.flush()
        handler.connection.recv(1)
        return True

    return fault


def tampered(handler: Handler, content: bytes, etag: str) -> bool:
    """Sends other bytes, as many as promised."""
    return handler.answer_part(content[:-1] + bytes([content[-1] ^ 1]), etag)


def without_range(handler: Handler, content: bytes, etag: str) -> bool:
    """Sends everything from the start, whatever was asked for."""
    handler.answer(200, content, {"ETag": f'"{etag}"'})
    return True


def slow(handler: Handler, content: bytes, etag: str) -> bool:
    """Sends it all, in many small pieces."""
    handler.send(200, {"Content-Length": str(len(content)), "ETag": f'"{etag}"'})
    for start in range(0, len(content), 997):
        handler.wfile.write(content[start : start + 997])
        handler.wfile.flush()
    return True


def login_page(handler: Handler, _: bytes, __: str) -> bool:
    """Answers as the network of a hotel does."""
    handler.answer(200, b"<html>Welcome</html>", {"Content-Type": "text/html"})
    return True


class Hub:
    """The server, its models and accounts; ``faults``: for requests whose path ends so, one after the other."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.accounts: dict[str, dict[str, Any]] = {}
        self.expired: set[str] = set()
        self.without_gated: set[str] = set()
        self.faults: dict[str, list[Fault]] = {}
        self.seen: list[Seen] = []

    def __enter__(self) -> Self:
        handler = type("BoundHandler", (Handler,), {"hub": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add(self, name: str, files: dict[str, bytes], **more: Any) -> Repo:
        self.repos[name] = Repo(files, **more)
        return self.repos[name]

    def add_folder(self, name: str, folder: Path, **more: Any) -> Repo:
        return self.add(name, {path.name: path.read_bytes() for path in folder.iterdir()}, **more)

    def add_account(self, token: str, user: str = "ana", role: str = "read") -> str:
        details: dict[str, Any] = {"displayName": "portátil", "role": role}
        if role == "fineGrained":
            details["fineGrained"] = {"canReadGatedRepos": token not in self.without_gated, "scoped": []}
        auth = {"type": "access_token", "accessToken": details}
        self.accounts[token] = {"type": "user", "name": user, "auth": auth}
        return token

    def asked(self, ending: str = "") -> list[Seen]:
        """The requests for paths that end so."""
        return [seen for seen in self.seen if seen.path.endswith(ending)]

    def next_fault(self, path: str) -> Fault | None:
        for ending, faults in self.faults.items():
            if path.endswith(ending) and faults:
                return faults.pop(0)
        return None


class Handler(BaseHTTPRequestHandler):
    """One request."""

    hub: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0])
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or None
        seen = Seen(self.command, path, token, self.headers.get("Range"), self.headers.get("Host", ""))
        self.hub.seen.append(seen)
        if path.startswith("/cdn/"):
            return self._cdn(path)
        if token and not self._accepts(token):
            return None
        if path == "/api/whoami-v2":
            return self._whoami(path, token)
        if "/tree/" in path:
            return self._tree(path, token)
        if path.startswith("/api/models/"):
            return self._info(path, token)
        return self._resolve(path, token)

    def _accepts(self, token: str) -> bool:
        if token in self.hub.expired:
            self._refuse(401, 'User Access Token "portátil" is expired')
        elif token not in self.hub.accounts:
            self._refuse(401, "Invalid username or password.")
        else:
            return True
        return False

    def _whoami(self, path: str, token: str | None) -> None:
        if (fault := self.hub.next_fault(path)) and fault(self, b"", ""):
            return None
        if token is None:
            return self._refuse(401, "Invalid username or password.")
        return self._json(self.hub.accounts[token])

    def _repo(self, name: str, token: str | None) -> Repo | None:
        repo = self.hub.repos.get(name)
        if repo is None or (repo.private and repo.access.get(token or "") != "accepted"):
            if token is None:
                self._refuse(401, "Invalid username or password.")
            else:
                self._refuse(404, "Repository not found", "RepoNotFound")
            return None
        if repo.disabled:
            self._refuse(403, "Access to this resource is disabled.")
            return None
        return repo

    def _info(self, path: str, token: str | None) -> None:
        name, _, revision = path.removeprefix("/api/models/").partition("/revision/")
        if (fault := self.hub.next_fault(path)) and fault(self, b"", ""):
            return
        if (repo := self._repo(name, token)) is None:
            return
        if revision not in ("", "main", repo.commit):
            return self._refuse(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        total = (
            sum(len(content) for file, content in repo.files.items() if file.endswith(".safetensors")) // 4
        )
        siblings = [self._sibling(repo, file) for file in repo.files]
        info = {"id": name, "sha": repo.commit, "siblings": siblings, "tags": [], "downloads": 0}
        gated = "manual" if repo.gated else False
        weights = {"parameters": {"F32": total}, "total": total}
        self._json({**info, "private": repo.private, "gated": gated, "safetensors": weights})

    def _tree(self, path: str, token: str | None) -> None:
        if repo := self._repo(path.removeprefix("/api/models/").partition("/tree/")[0], token):
            rows = [self._sibling(repo, file) for file in repo.files]
            names = {"rfilename": "path", "blobId": "oid"}
            self._json([{"type": "file"} | {names.get(k, k): v for k, v in row.items()} for row in rows])

    @staticmethod
    def _sibling(repo: Repo, file: str) -> dict[str, Any]:
        content = repo.files[file]
        row: dict[str, Any] = {"rfilename": file, "size": len(content), "blobId": repo.git_sha1[file]}
        if file.endswith(LARGE):
            row["lfs"] = {
                "sha256": sha256(content),
                "oid": sha256(content),
                "size": len(content),
                "pointerSize": 134,
            }
        return row

    def _resolve(self, path: str, token: str | None) -> None:
        name, _, rest = path.strip("/").partition("/resolve/")
        revision, _, file = rest.partition("/")
        if (repo := self._repo(name, token)) is None or not self._may_read(repo, name, token):
            return
        if revision not in ("main", repo.commit):
            return self._refuse(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        if file not in repo.files:
            return self._refuse(404, "Entry not found", "EntryNotFound", {"X-Repo-Commit": repo.commit})
        content, etag = repo.files[file], repo.etag(file)
        if file.endswith(LARGE):
            headers = {"X-Repo-Commit": repo.commit, "X-Linked-ETag": f'"{etag}"'}
            headers["X-Linked-Size"] = str(len(content))
            headers["Location"] = f"http://localhost:{self.hub.port}/cdn/{name}/{file}"
            return self.answer(302, b"", headers)
        self._file(path, content, etag, {"X-Repo-Commit": repo.commit})

    def _may_read(self, repo: Repo, name: str, token: str | None) -> bool:
        state = repo.access.get(token or "")
        if not repo.gated or state == "accepted":
            return True
        if token in self.hub.without_gated:
            need = "Please enable access to public gated repositories in your fine-grained token settings"
            self._refuse(403, f"{need} to view this repository.")
            return False
        said = {
            "pending": f"Your request to access model {name} is awaiting a review from the repo authors.",
            "rejected": f"Your request to access model {name} has been rejected by the repo's authors.",
        }.get(state or "", f"Access to model {name} is restricted and you are not in the authorized list.")
        self._refuse(403 if token else 401, said, "GatedRepo")
        return False

    def _cdn(self, path: str) -> None:
        name, file = path.removeprefix("/cdn/").rsplit("/", 1)
        repo = self.hub.repos[name]
        self._file(path, repo.files[file], repo.etag(file), {})

    def _file(self, path: str, content: bytes, etag: str, headers: dict[str, str]) -> None:
        if self.command == "GET" and (fault := self.hub.next_fault(path)) and fault(self, content, etag):
            return
        self.answer_part(content, etag, headers=headers)

    def answer_part(
        self, content: bytes, etag: str, only: int | None = None, headers: dict[str, str] | None = None
    ) -> bool:
        """What Range asks for; with ``only``, so many bytes of it and the end of the connection."""
        head = {"ETag": f'"{etag}"', "Accept-Ranges": "bytes", **(headers or {})}
        start = int((self.headers.get("Range") or "bytes=0-")[6:].rstrip("-"))
        if start >= len(content) > 0:
            self.answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
            return True
        body = content[start:]
        if "Range" in self.headers:
            head["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self.send(206 if "Range" in self.headers else 200, {**head, "Content-Length": str(len(body))})
        if self.command == "GET":
            self.wfile.write(body if only is None else body[:only])
        self.close_connection = only is not None
        return True

    def answer(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        self.send(code, {"Content-Length": str(len(body)), **headers})
        if self.command == "GET":
            self.wfile.write(body)

    def send(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value.encode("utf-8").decode("latin-1"))
        self.end_headers()

    def _json(self, value: Any) -> None:
        self.answer(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _refuse(
        self, code: int, said: str, kind: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        more = {"X-Error-Message": said, "Content-Type": "application/json", **(headers or {})}
        if kind:
            more["X-Error-Code"] = kind
        self.answer(code, json.dumps({"error": said}).encode(), more)

    def log_message(self, *_: object) -> None:
        pass
