"""The fence: imports go down, and what reasons about a truce opens no file, asks no clock and draws no chance."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import truceline

SOURCE = Path(truceline.__file__).parent
ROOT = Path(__file__).parents[1]
MODULES = sorted(SOURCE.rglob("*.py"))
DOORS = ("store", "fetching", "pipeline", "cli", "web")
"""The rooms that may touch the machine; every other room reasons."""
REASONING = sorted({path.relative_to(SOURCE).parts[0] for path in MODULES if path.parent != SOURCE} - set(DOORS))

FORBIDDEN_MODULES = {
    "random", "secrets", "socket", "ssl", "requests", "http", "urllib", "urllib3", "httpx", "aiohttp", "ftplib",
    "smtplib", "sqlite3",
    "subprocess", "multiprocessing", "threading", "asyncio", "tempfile", "shutil", "glob", "time", "uuid", "pickle",
    "marshal",
    "shelve", "ctypes", "os", "sys", "pathlib", "locale", "getpass", "platform",
}  # fmt: skip
ALLOWED_MODULES = {"theatre": {"random"}}
"""The theatre draws from random.Random(seed) and from nothing else."""
FORBIDDEN_NAMES = {"open", "eval", "exec", "compile", "__import__", "input", "print", "breakpoint"}
FORBIDDEN_ATTRIBUTES = {
    "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "now", "utcnow", "today", "time_ns",
    "urandom",
    "token_bytes", "token_hex", "monotonic", "perf_counter", "getenv", "environ", "SystemRandom", "fromtimestamp",
}  # fmt: skip


def modules(*rooms: str) -> list[Path]:
    return [path for path in MODULES if path.relative_to(SOURCE).parts[0] in rooms]


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), str(path))


def roots_imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, str(node.module).partition(".")[0]


def of_package_data(use: ast.Attribute, module: ast.Module) -> bool:
    """`(resources.files(...) / ...).read_bytes()`: what came with the program may be read."""
    imports = any(
        isinstance(node, ast.ImportFrom)
        and (
            str(node.module).startswith("importlib.resources")
            or (node.module == "importlib" and any(one.name == "resources" for one in node.names))
        )
        for node in ast.walk(module)
    )
    return imports and use.attr in ("read_text", "read_bytes", "open")


def of_bytes_in_memory(use: ast.Attribute, module: ast.Module) -> bool:
    """`archive.open(part)` where every archive of the module is a ZipFile over a BytesIO."""
    made = [
        node.args[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "ZipFile"
    ]
    in_memory = [isinstance(one, ast.Call) and ast.unparse(one.func) == "io.BytesIO" for one in made]
    return use.attr == "open" and bool(made) and all(in_memory)


def of_installed_package(use: ast.Attribute, module: ast.Module) -> bool:
    """`distribution.read_text("RECORD")`: the list of files of an installed package, not a file of a mission."""
    asks = [node for node in ast.walk(module) if isinstance(node, ast.Call) and node.func is use]
    listed = [ast.unparse(one.args[0]) for one in asks if one.args]
    imported = {node.module for node in ast.walk(module) if isinstance(node, ast.ImportFrom)}
    return use.attr == "read_text" and "importlib.metadata" in imported and listed == ["'RECORD'"]


def trespasses(path: Path) -> list[str]:
    room, module = path.relative_to(SOURCE).parts[0], tree(path)
    found = [
        f"line {line}: imports {name}"
        for line, name in roots_imported(module)
        if name in FORBIDDEN_MODULES - ALLOWED_MODULES.get(room, set())
    ]
    for node in ast.walk(module):
        if isinstance(node, ast.Name) and node.id in FORBIDDEN_NAMES:
            found.append(f"line {node.lineno}: uses {node.id}")
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in FORBIDDEN_ATTRIBUTES | {"open"}
            and not of_package_data(node, module)
            and not of_bytes_in_memory(node, module)
            and not of_installed_package(node, module)
        ):
            found.append(f"line {node.lineno}: uses .{node.attr}")
    return found


@pytest.mark.parametrize("path", modules(*REASONING), ids=name_of)
def test_a_reasoning_room_opens_no_file_asks_no_clock_and_draws_no_chance(path: Path) -> None:
    assert trespasses(path) == []


def test_the_fence_sees_what_it_forbids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "compliance"
    room.mkdir()
    monkeypatch.setattr(sys.modules[__name__], "SOURCE", tmp_path)
    for number, words in enumerate((
        "open('x')", "import random", "from os import urandom", "from datetime import datetime\ndatetime.now()",
        "import time as t",
        "def f(p):\n    return p.read_bytes()", "def f(p):\n    p.write_text('x')", "import urllib.request",
        "import socket",
        "from secrets import token_bytes", "import requests", "eval('1')",
        "import zipfile\ndef f(p):\n    zipfile.ZipFile(p).open('x')",
        "def f(p):\n    with p.open() as q:\n        pass",
    )):  # fmt: skip
        path = room / f"m{number}.py"
        path.write_text(words)
        assert trespasses(path), words


@pytest.mark.parametrize("path", modules("theatre"), ids=name_of)
def test_the_theatre_draws_only_from_a_seeded_generator(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "random":
            assert [alias.name for alias in node.names] == ["Random"]
        if isinstance(node, ast.Import):
            assert all(alias.name != "random" for alias in node.names), (
                "import Random from random, so that no shared state is drawn on"
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Random":
            assert node.args, f"line {node.lineno}: a generator without a seed"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_except_catches_everything(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        assert node.type is not None, f"line {node.lineno}: a bare except"
        caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
        assert "Exception" not in caught, f"line {node.lineno}"
        if "BaseException" in caught:  # only to clear up on the way out
            assert isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None, (
                f"line {node.lineno}: does not raise again"
            )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_anywhere_evaluates_what_it_is_given(path: Path) -> None:
    module = tree(path)
    assert not {name for _, name in roots_imported(module)} & {"pickle", "marshal", "shelve", "dill"}
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "compile", "__import__"), f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and node.attr in ("unsafe_load", "full_load"):
            raise AssertionError(f"line {node.lineno}")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_we_do_not_use(path: Path) -> None:
    assert not {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts} & {
        "utils", "helpers", "manager", "service", "engine", "data", "item", "info", "common", "misc",
    }  # fmt: skip


def test_the_import_contracts_hold() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache"],
        cwd=ROOT, env=os.environ | {"NO_COLOR": "1", "COLUMNS": "200"}, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3_000:] + ran.stderr[-2_000:]
    assert "5 kept, 0 broken" in ran.stdout


def test_the_rooms_that_reason_are_in_the_fence() -> None:
    assert {"intake", "compliance", "publication", "theatre", "vocabulary", "record"} <= set(REASONING)
