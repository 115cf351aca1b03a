"""What begins with a slash, under its English and Spanish names."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from hipatia import i18n
from hipatia.chat import commands
from hipatia.chat.opening import NotEnoughMemory, Opened
from hipatia.config import TUTOR_PROMPTS, Config, load_config
from hipatia.engines.scripted import ScriptedEngine
from hipatia.errors import ModelError

from .talk import Talk

PARSED = [
    ("/new", ("new", "")),
    ("/nueva  ", ("nueva", "")),
    ("/solución 3x = 6", ("solución", "3x = 6")),
    ("/set  temperature   0.7", ("set", "temperature   0.7")),
    ("/edit uno\ndos", ("edit", "uno\ndos")),
    ("/2 es la mitad?", None),
    ("/home/ana/x no existe", None),
    ("/", None),
    ("/ nueva", None),
    (" /new", None),
    ("hola /new", None),
]


@pytest.mark.parametrize(("line", "expected"), PARSED)
def test_what_is_a_command(line: str, expected: tuple[str, str] | None) -> None:
    assert commands.parse(line) == expected


NAMES = [
    ("new nueva", "new"),
    ("save guardar", "save"),
    ("load cargar abrir", "load"),
    ("list lista", "list"),
    ("search buscar", "search"),
    ("system sistema", "system"),
    ("model modelo", "model"),
    ("regen otra regenerar", "regen"),
    ("edit editar", "edit"),
    ("undo deshacer", "undo"),
    ("set ajustar fijar", "set"),
    ("export exportar", "export"),
    ("stats estadísticas estadisticas", "stats"),
    ("help ayuda AYUDA", "help"),
    ("exit salir", "exit"),
    ("continue continuar sigue", "continue"),
    ("marks marcas", "marks"),
    ("exact exacta", "exact"),
    ("batch tanda lote", "batch"),
    ("solution solución solucion", "solution"),
]


@pytest.mark.parametrize(("names", "expected"), NAMES)
def test_names(names: str, expected: str) -> None:
    for name in names.split():
        command = commands.find(name)
        assert command is not None
        assert command.names[0] == expected


def test_every_command_is_in_the_help_of_both_languages(tmp_path: Path) -> None:
    for language, own, other in (("es", 1, 0), ("en", 0, 1)):
        i18n.set_language(language)
        talk = Talk(["/help"], ScriptedEngine(), tmp_path)
        talk.run()
        for command in commands.COMMANDS:
            assert f"/{command.names[own]} " in talk.err
            assert f"(/{command.names[other]})" in talk.err


COMPLETED = [
    ("/", {command.names[1] for command in commands.COMMANDS}),
    ("/solu", {"solución"}),
    ("/estadi", {"estadísticas"}),
    ("/reg", {"regen"}),
    ("/nada", set()),
    ("/load s", {"sumas"}),
    ("/load ", {"sumas", "restas"}),
    ("/export ", {"md", "json"}),
    ("/export md x", set()),
    ("/set ", {"temperatura", "top_p", "max_tokens", "semilla"}),
    ("/modelo e", {"embedded"}),
    ("/modelo ", {"embedded", "clase"}),
    ("/marcas o", {"on", "off"}),
    ("hola /", set()),
]


@pytest.mark.parametrize(("text", "expected"), COMPLETED)
def test_completion(text: str, expected: set[str], tmp_path: Path) -> None:
    (tmp_path / "runs" / "clase" / "adapter").mkdir(parents=True)
    (tmp_path / "runs" / "unfinished").mkdir()
    (tmp_path / "conversations").mkdir()
    for name in ("sumas", "restas"):
        (tmp_path / "conversations" / f"{name}.json").write_text("{}")
    flags = {f"paths.{name}": tmp_path / name for name in ("conversations", "runs")}
    config = load_config(flags=flags, environ={}).config
    assert {word.removeprefix("/") for word, _ in commands.complete(text, config)} == expected


def test_completion_of_files(tmp_path: Path) -> None:
    (tmp_path / "preguntas").mkdir()
    (tmp_path / "preguntas.txt").write_text("¿2 + 2?")
    (tmp_path / ".oculto").write_text("")
    config = Config()
    words = [word for word, _ in commands.complete(f"/tanda {tmp_path}/p", config)]
    assert words == [f"{tmp_path}/preguntas.txt", f"{tmp_path}/preguntas/"]
    assert len(list(commands.complete(f"/tanda {tmp_path}/", config))) == 2
    assert list(commands.complete("/tanda /nowhere/at/all/", config)) == []


def questions(talk: Talk) -> list[str]:
    return [turn.question for turn in talk.session.turns]


def test_new(tmp_path: Path) -> None:
    talk = Talk(["uno", "/nueva", "dos"], ScriptedEngine(["1"], ["2"]), tmp_path)
    talk.run()
    assert questions(talk) == ["dos"]
    assert len(talk.files()) == 2


def test_regenerate(tmp_path: Path) -> None:
    talk = Talk(["uno", "/otra"], ScriptedEngine(["1"], ["uno"]), tmp_path)
    talk.run()
    assert [turn.answer for turn in talk.session.turns] == ["uno"]
    assert "temperatura 0,7" in talk.err
    ((_, file),) = talk.files().items()
    assert file["messages"][-1]["content"] == "uno"


def test_edit_with_the_question_behind_it(tmp_path: Path) -> None:
    talk = Talk(["uno", "/editar dos"], ScriptedEngine(["1"], ["2"]), tmp_path)
    talk.run()
    assert questions(talk) == ["dos"]


def test_edit_shows_the_question_to_be_changed(tmp_path: Path) -> None:
    talk = Talk(["uno", "/editar", "dos", "/edit", ""], ScriptedEngine(["1"], ["2"]), tmp_path, live=True)
    talk.run()
    assert talk.lines.defaults == ["", "", "uno", "", "dos", ""]
    assert questions(talk) == ["dos"]


@pytest.mark.parametrize("way_out", [KeyboardInterrupt(), EOFError()])
def test_edit_can_be_left(way_out: BaseException, tmp_path: Path) -> None:
    talk = Talk(["uno", "/editar", way_out, "dos"], ScriptedEngine(["1"], ["2"]), tmp_path, live=True)
    assert talk.run() == 0
    assert questions(talk) == ["uno", "dos"]


def test_undo(tmp_path: Path) -> None:
    talk = Talk(["uno", "dos", "/deshacer"], ScriptedEngine(["1"], ["2"]), tmp_path)
    talk.run()
    assert questions(talk) == ["uno"]
    ((_, file),) = talk.files().items()
    assert len(file["messages"]) == 2


def test_undoing_all_leaves_no_file_and_the_name_to_what_follows(tmp_path: Path) -> None:
    lines = ["uno", "/guardar clase", "/deshacer"]
    talk = Talk(lines, ScriptedEngine(["1"]), tmp_path)
    talk.run()
    assert talk.files() == {}
    talk = Talk([*lines, "dos"], ScriptedEngine(["1"], ["2"]), tmp_path)
    talk.run()
    assert list(talk.files()) == ["clase"]
    assert questions(talk) == ["dos"]


def test_undoing_leaves_the_file_that_another_chat_changed(tmp_path: Path) -> None:
    talk = Talk(["uno"], ScriptedEngine(["1"]), tmp_path)
    talk.run()
    path = talk.terminal.slot.path
    assert path
    path.write_text(path.read_text().replace("uno", "otro"))
    talk.terminal.step("/deshacer")
    assert "otro" in path.read_text()


def test_continue_writes_the_rest_alone_into_a_pipe(tmp_path: Path) -> None:
    engine = ScriptedEngine(["uno,"], [" dos"], finish="length")
    talk = Talk(["cuenta", "/continuar"], engine, tmp_path)
    talk.run()
    assert engine.seen[1][-1].content == "uno,"
    assert [turn.answer for turn in talk.session.turns] == ["uno, dos"]
    assert talk.out == "uno,\ndos\n"


@pytest.mark.parametrize(("language", "wish"), [("es", "solución completa"), ("en", "full solution")])
def test_the_solution_is_asked_for_outright(language: str, wish: str, tmp_path: Path) -> None:
    i18n.set_language(language)
    engine = ScriptedEngine(["¿Qué has probado?"], ["x = 2"], ["x = 3"])
    Talk(["3x = 6", "/solución", "/solution 3x = 9"], engine, tmp_path).run()
    assert wish in engine.seen[1][-1].content
    assert engine.seen[2][-1].content.startswith("3x = 9\n\n")
    assert wish in engine.seen[2][-1].content


@pytest.mark.parametrize("name", ["regen", "edit x", "undo", "continue", "save", "export md", "solution"])
def test_without_a_question_they_say_so(name: str, tmp_path: Path) -> None:
    talk = Talk([f"/{name}"], ScriptedEngine(), tmp_path)
    talk.run()
    assert "Todavía no hay ninguna pregunta" in talk.err


def test_save_list_search_load(tmp_path: Path) -> None:
    engine = ScriptedEngine(["Una parte."], ["4"], ["Sí."])
    talk = Talk(
        [
            "¿Qué es una fracción?",
            "/guardar fracciones",
            "/nueva",
            "¿2 + 2?",
            "/buscar FRACCION",
            "/cargar 1",
            "¿Seguro?",
        ],
        engine,
        tmp_path,
    )
    assert talk.run() == 0
    files = talk.files()
    assert len(files) == 2
    assert [m["content"] for m in files["fracciones"]["messages"]] == [
        "¿Qué es una fracción?",
        "Una parte.",
        "¿Seguro?",
        "Sí.",
    ]
    talk = Talk(["/lista", "/load frac", "/load nada", "/buscar zzz", "/buscar"], ScriptedEngine(), tmp_path)
    talk.run()
    assert questions(talk) == ["¿Qué es una fracción?", "¿Seguro?"]
    for part in ("fracciones", "¿2 + 2?", "«nada»", "«zzz»", "Di qué buscar"):
        assert part in talk.err


@pytest.mark.parametrize("number", [1, 2])
def test_a_number_means_the_list_that_was_not_shown(number: int, tmp_path: Path) -> None:
    Talk(["vieja", "/nueva", "nueva"], ScriptedEngine(["1"], ["2"]), tmp_path).run()
    talk = Talk([f"/cargar {number}"], ScriptedEngine(), tmp_path)
    talk.run()
    assert talk.session.turns[0].question == ("nueva", "vieja")[number - 1]


WIDTHS = {40: {"text"}, 71: {"text"}, 72: {"text", "when", "model"}, 200: {"text", "when", "model"}}


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_on_a_narrow_terminal_keep_numbers_and_names(width: int, tmp_path: Path) -> None:
    question = "¿Cuánto es la mitad de un cuarto?"
    talk = Talk([question, "/guardar fracciones", "/lista", "/ayuda"], ScriptedEngine(["1/8"]), tmp_path)
    talk.terminal.talk.width = width
    talk.run()
    lines = talk.err.splitlines()
    (row,) = [line for line in lines if line.startswith("1 ") and "fracciones" in line]
    assert len(row.rstrip()) <= width
    assert ("scripted" in row) is ("model" in WIDTHS[width])
    assert "…" not in row
    assert "¿Cuánto" in row
    assert ("(/new)" in talk.err) is ("model" in WIDTHS[width])
    assert "conversaciones" in talk.err


def test_a_damaged_file_is_set_aside_when_it_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "conversations"
    folder.mkdir()
    (folder / "mala.json").write_text('{"schema": 1')
    (folder / "nueva.json").write_text('{"schema": 7}')
    talk = Talk(["/cargar mala", "/cargar nueva", "/lista"], ScriptedEngine(), tmp_path)
    talk.run()
    assert sorted(path.name for path in folder.iterdir()) == ["mala.json.damaged", "nueva.json"]
    assert "mala.json.damaged" in talk.err
    assert "más nueva de Hipatia (formato 7)" in talk.err


def test_a_conversation_with_another_model(tmp_path: Path) -> None:
    talk = Talk(["uno", "/guardar x"], ScriptedEngine(["1"]), tmp_path)
    talk.session.engine.name = "clase-3B"
    talk.run()
    talk = Talk(["/load x"], ScriptedEngine(), tmp_path)
    talk.run()
    assert "era con clase-3B" in talk.err


SETTINGS = [
    ("temperature 0.7", "temperature", 0.7),
    ("temperatura=0,7", "temperature", 0.7),
    ("top_p = 0.9", "top_p", 0.9),
    ("max_tokens 12", "max_new_tokens", 12),
    ("semilla 3", "seed", 3),
]


@pytest.mark.parametrize(("text", "name", "value"), SETTINGS)
def test_set(text: str, name: str, value: float, tmp_path: Path) -> None:
    talk = Talk([f"/set {text}"], ScriptedEngine(), tmp_path)
    assert talk.run() == 0
    assert getattr(talk.session.options, name) == value


BAD_SETTINGS = [
    ("temperature", "Así: /ajustar"),
    ("colour red", "Así: /ajustar"),
    ("temperature warm", "tiene que ser un número"),
    ("temperature -1", "0 o más"),
    ("top_p 2", "1 o menos"),
    ("max_tokens 0", "mayor que 0"),
    ("seed 1.5", "un número entero"),
]


@pytest.mark.parametrize(("text", "expected"), BAD_SETTINGS)
def test_set_says_what_is_wrong(text: str, expected: str, tmp_path: Path) -> None:
    talk = Talk([f"/set {text}"], ScriptedEngine(), tmp_path)
    before = talk.session.options
    talk.run()
    assert expected in talk.err
    assert talk.session.options == before


SYSTEMS = [
    ("Eres un pirata.", "Eres un pirata."),
    ("tutor", TUTOR_PROMPTS["es"]),
    ("off", ""),
    ("auto", Config().chat.system_prompt["es"]),
]


@pytest.mark.parametrize(("text", "expected"), SYSTEMS)
def test_system(text: str, expected: str, tmp_path: Path) -> None:
    engine = ScriptedEngine(["1"])
    Talk([f"/sistema {text}", "uno"], engine, tmp_path).run()
    first = engine.seen[0][0]
    assert (first.content if first.role == "system" else "") == expected


def test_system_is_shown(tmp_path: Path) -> None:
    talk = Talk(["/system", "/system off"], ScriptedEngine(), tmp_path)
    talk.run()
    assert Config().chat.system_prompt["es"] in talk.err
    assert "(sin instrucción de sistema)" in talk.err


@pytest.mark.parametrize(
    ("rests", "expected"), [(["off"], False), (["no", "sí"], True), ([""], False), (["x"], True)]
)
def test_switches(rests: list[str], expected: bool, tmp_path: Path) -> None:
    lines = [f"/{name} {rest}" for rest in rests for name in ("marks", "exacta")]
    talk = Talk(lines, ScriptedEngine(), tmp_path)
    talk.run()
    assert talk.terminal.marks is expected
    assert talk.session.options.exact_arithmetic is expected


@pytest.mark.parametrize(("kind", "suffix"), [("md", "md"), ("json", "json"), ("", "md")])
def test_export(kind: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    talk = Talk(["¿2 + 2?", "/guardar sumas", f"/exportar {kind}"], ScriptedEngine(["Son $4$."]), tmp_path)
    assert talk.run() == 0
    text = (tmp_path / f"sumas.{suffix}").read_text(encoding="utf-8")
    assert "¿2 + 2?" in text
    assert "Son $4$." in text
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / f"sumas.{suffix}").stat().st_mode) == 0o600
    if suffix == "json":
        assert json.loads(text)["messages"][1]["content"] == "Son $4$."


def test_export_overwrites_nothing(tmp_path: Path) -> None:
    target = tmp_path / "clase.md"
    target.write_text("mío")
    talk = Talk(["¿2 + 2?", f"/export md {target}", "/export pdf"], ScriptedEngine(["4"]), tmp_path)
    talk.run()
    assert target.read_text() == "mío"
    assert (tmp_path / "clase-2.md").is_file()
    assert "elige md o json" in talk.err


def test_stats(tmp_path: Path) -> None:
    talk = Talk(["/stats", "¿2 + 2?", "/stats"], ScriptedEngine(["Son ", "4"]), tmp_path)
    assert talk.run() == 0
    assert "2 tokens en 0,0 s" in talk.err
    assert "tokens/s, el primero a los 0,00 s" in talk.err


class Shop:
    """Models to be opened; one may not fit beside another."""

    def __init__(self, crowded: bool = False, last: str = "otro"):
        self.crowded = crowded
        self.last = last
        self.open: list[str] = ["scripted"]

    def __call__(self, model: str, *args: object, **more: object) -> Opened:
        if self.crowded and self.open:
            raise NotEnoughMemory("No cabe.")
        if model not in (self.last, "scripted"):
            raise ModelError(f"No existe {model}.")
        self.open.append(model)
        shop = self

        class Closing(ScriptedEngine):
            name = model

            def close(self) -> None:
                shop.open.remove(model)

        return Opened(Closing(["x"]), model, f"Soy {model}.")


@pytest.mark.parametrize("crowded", [False, True])
@pytest.mark.parametrize(("wanted", "now"), [("otro", "otro"), ("nada", "scripted")])
def test_another_model(
    crowded: bool, wanted: str, now: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(crowded)
    monkeypatch.setattr("hipatia.chat.terminal.open_model", shop)
    talk = Talk([f"/modelo {wanted}", "uno"], ScriptedEngine(["1"]), tmp_path)
    talk.session.engine.close = lambda: shop.open.remove("scripted")  # type: ignore[method-assign]
    talk.run()
    assert talk.session.engine.name == now
    assert shop.open == [now]
    assert len(talk.session.turns) == 1
    if now == "otro":
        assert talk.session.system == "Soy otro."
    else:
        assert "No existe nada." in talk.err


def test_where_no_model_comes_back_the_chat_still_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(crowded=True)
    monkeypatch.setattr("hipatia.chat.terminal.open_model", shop)
    talk = Talk(["/modelo nada", "uno", "/modelo otro", "dos"], ScriptedEngine(), tmp_path, argument="gone")
    talk.session.engine.close = lambda: shop.open.remove("scripted")  # type: ignore[method-assign]
    talk.run()
    assert "No hay ningún modelo cargado." in talk.err
    assert questions(talk) == ["dos"]


def test_models_are_listed(tmp_path: Path) -> None:
    (tmp_path / "runs" / "clase" / "adapter").mkdir(parents=True)
    talk = Talk(["/modelo"], ScriptedEngine(), tmp_path)
    talk.run()
    assert "embedded, clase" in talk.err
