"""Markdown for a terminal, kind to mathematics: ``2*3*4``, ``[2](3)`` and a column of ``- 5`` stay what they are.

markdown-it reads the structure, rich draws it. Against the habits of the web, a line break is a line break,
numbers and signs of lists are those that were written, links show where they lead, HTML is text, and nothing
is taken for a link's definition or a heading's underline. Formulas arrive as private characters, one each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from .clean import clean
from .lines import INDENT, PRIVATE, Inline, Inserts, Prefixed

MAX_PARSED = 20_000  # characters; a longer paragraph is no prose
MAX_NESTING = 40

_CALCULATION = re.compile(r"[\d(√][-−+()\[\].,\s\d=<>≤≥/*·×÷^a-z²³√%]*")
_WORD = re.compile(r"[a-z]{2}")
_LABEL = re.compile("\\*\\*(\\w[^*_`\\\\\\[\n]{0,80}[:.!?])\\*\\*(?=[\\w\U000f0000-\U000fffff])")
# An asterisk between operands: what may be before, and after one or two of them.
_OPERAND_ENDS = re.compile("[\\w)\\]}!%°'’\U000f0000-\U000fffff]$")
_SHORT_OPERAND_ENDS = re.compile(r"(?:^|[\W\d_])[^\W_]$|[\d)]$")
_TIMES = re.compile("[\\w(\\[{√\\-\U000f0000-\U000fffff]")
_POWER = re.compile(r"\d|[-(]|[a-zA-Z](?![a-zA-Z])")
_HEADINGS = {"h1": "bold underline", "h2": "bold", "h3": "bold", "h4": "bold italic"}


@dataclass
class Stretch:
    """A stretch of Markdown that remembers how it was drawn last."""

    body: RenderableType
    drawn: dict[tuple[object, ...], list[Segment]] = field(default_factory=dict)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        key = (options.max_width, options.encoding, options.legacy_windows)
        if key not in self.drawn:
            self.drawn = {key: list(console.render(self.body, options))}
        yield from self.drawn[key]


@lru_cache(maxsize=256)
def markdown(source: str, inserts: Inserts) -> Stretch:
    """One stretch of Markdown. Remembered: while an answer is written, only its end changes."""
    if len(source) > MAX_PARSED:
        return Stretch(Group(*Inline(inserts).add(source, "").finished()))
    tree = SyntaxTreeNode(_parser().parse(source))
    return Stretch(_spaced([(block(node, inserts), node) for node in tree.children]))


class _Parser(MarkdownIt):
    """[2](3) is a product; the percent signs of an address stay, for they can stand for control characters."""

    def validateLink(self, url: str) -> bool:
        return url.startswith(("http://", "https://", "mailto:"))

    def normalizeLinkText(self, link: str) -> str:
        return link


@lru_cache(maxsize=1)
def _parser() -> _Parser:
    parser = _Parser("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable(["reference", "lheading", "entity"])
    parser.inline.ruler.before("emphasis", "arithmetic", _arithmetic)
    parser.inline.ruler.before("emphasis", "label", _label)
    return parser


def _arithmetic(state: StateInline, silent: bool) -> bool:
    """An asterisk between two operands multiplies, two of them raise to a power."""
    source, pos = state.src, state.pos
    if source[pos] != "*":
        return False
    run = 1 + (source[pos + 1 : pos + 2] == "*")
    before, after = source[max(pos - 2, 0) : pos], source[pos + run : pos + run + 2]
    if not _OPERAND_ENDS.search(before) or not (_TIMES if run == 1 else _POWER).match(after):
        return False
    if run == 2 and not _SHORT_OPERAND_ENDS.search(before):
        return False
    if not silent:
        state.pending += source[pos : pos + run]
    state.pos += run
    return True


def _label(state: StateInline, silent: bool) -> bool:
    """**Answer:**5 is bold too, though nothing but punctuation ends it."""
    label = _LABEL.match(state.src, state.pos, state.posMax)
    if not label:
        return False
    if not silent:
        state.push("strong_open", "strong", 1)
        state.push("text", "", 0).content = label[1]
        state.push("strong_close", "strong", -1)
    state.pos = label.end()
    return True


# Blocks


def _spaced(blocks: Sequence[tuple[RenderableType, SyntaxTreeNode]]) -> RenderableType:
    """Blocks under each other, with an empty line where the source has one."""
    out: list[RenderableType] = []
    end = 0
    for shown, node in blocks:
        start = node.map[0] if node.map else end
        if out and start > end:
            out.append(Text())
        out.append(shown)
        end = _last_line(node)
    return out[0] if len(out) == 1 else Group(*out)


def _last_line(node: SyntaxTreeNode) -> int:
    """The line behind the block, without the empty ones that end it."""
    while node.children and node.type in ("list_item", "bullet_list", "ordered_list", "blockquote"):
        node = node.children[-1]
    return node.map[1] if node.map else 0


def block(node: SyntaxTreeNode, inserts: Inserts) -> RenderableType:
    if node.type in ("bullet_list", "ordered_list"):
        return _list(node, inserts)
    if node.type in ("fence", "code_block"):
        return _code(node, inserts)
    if node.type == "hr":
        return Text("─" * 24, style="dim")
    if node.type == "table":
        return _table(node, inserts)
    if node.type == "heading":
        return _flat(node, inserts, _HEADINGS.get(node.tag, "italic"))
    if node.type == "blockquote":
        inner = _spaced([(block(child, inserts), child) for child in node.children])
        return Prefixed(inner, "│ ", "│ ", "dim")
    line = Inline(inserts)
    for child in node.children:
        line.walk(child, "")
    return Group(*line.finished())


def _list(node: SyntaxTreeNode, inserts: Inserts) -> RenderableType:
    markers = _markers(node)
    cells = max(map(len, markers))
    blocks: list[tuple[RenderableType, SyntaxTreeNode]] = []
    for marker, item in zip(markers, node.children, strict=True):
        parts = [(block(child, inserts), child) for child in item.children]
        inner = _spaced(parts) if parts else Text()
        blocks.append((Prefixed(inner, f"{marker:>{cells}} ", " " * (cells + 1)), item))
    return _spaced(blocks)


def _markers(node: SyntaxTreeNode) -> list[str]:
    """Numbers as they were written. Signs before nothing but calculations may be minus and plus: they stay."""
    if node.type == "ordered_list":
        return [f"{item.info}{item.markup}" for item in node.children]
    sources = [_source(item) for item in node.children]
    signs = all(_CALCULATION.fullmatch(source) and not _WORD.search(source) for source in sources)
    keep = (signs and "*" not in node.markup) or node.markup == "+" or not any(sources)
    return [item.markup if keep else "•" for item in node.children]


def _source(item: SyntaxTreeNode) -> str:
    return next((node.content for node in item.walk() if node.type == "inline"), "")


def _code(node: SyntaxTreeNode, inserts: Inserts) -> RenderableType:
    code = node.content.removesuffix("\n")
    language = node.info.split()[0] if node.info.strip() else ""
    text = Text(overflow="fold") if PRIVATE.search(code) or not language else _coloured(code, language)
    if not text:
        line = Inline(inserts).add(code, "")
        return Prefixed(Group(*line.finished()), " " * INDENT, " " * INDENT)
    return Prefixed(text, " " * INDENT, " " * INDENT)


def _coloured(code: str, language: str) -> Text:
    from rich.syntax import Syntax

    text = Syntax(clean(code), language, theme="ansi_dark", background_color="default").highlight(clean(code))
    text.rstrip()
    text.overflow, text.no_wrap = "fold", False
    return text


def _table(node: SyntaxTreeNode, inserts: Inserts) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    rows = [row for part in node.children for row in part.children]
    for cell in rows[0].children:
        align = str(cell.attrs.get("style", ""))
        justify = "right" if "right" in align else "center" if "center" in align else "left"
        table.add_column(_flat(cell, inserts, ""), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows[1:]:
        table.add_row(*(_flat(cell, inserts, "") for cell in row.children))
    return table


def _flat(node: SyntaxTreeNode, inserts: Inserts, style: str) -> Text:
    """A place with one line: formulas too."""
    line = Inline(inserts, flat=True)
    for child in node.children:
        line.walk(child, style)
    pieces = line.finished()
    return pieces[0] if pieces and isinstance(pieces[0], Text) else Text()


def paragraphs(blocks: Iterable[RenderableType]) -> RenderableType:
    """Stretches of Markdown with an empty line between them."""
    out: list[RenderableType] = []
    for shown in blocks:
        out += [Text(), shown] if out else [shown]
    return Group(*out)
