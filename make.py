"""What `make` does, for every system: `python3 make.py run`, on Windows `py make.py run`.

Needs Python 3.11 or newer with its venv module and nothing else; what is missing is named in one sentence,
with status 1. Everything lands in `.venv` beside this file, exactly as `uv.lock` has it; a stamp there says
what was installed, so that a second start costs milliseconds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / ("python" + EXE)
UV = BIN / ("uv" + EXE)
STAMP = VENV / "dawati-installed"

CHECKS = [
    ["ruff", "check"],
    ["ruff", "format", "--check"],
    ["mypy", "."],
    ["lint-imports", "--no-logo", "--no-cache"],
]
TESTS = ["pytest", "-q", "-n", "auto", "--dist", "worksteal"]


class Stop(Exception):
    """The one sentence a person reads when it cannot go on."""


def run(words: list[str]) -> int:
    """Start the demonstration: its database is made if there is none, and served on http://127.0.0.1:$PORT."""
    install(dev=False)
    return become("dawati", "demo", *words)


def install_all(words: list[str]) -> int:
    """Install what running, testing and checking need, and stop there."""
    del words
    install(dev=True)
    return 0


def test(words: list[str]) -> int:
    """Run the checks and the tests, all of them even if one fails; with arguments, only pytest with those."""
    install(dev=True)
    if words:
        return call("pytest", *words)
    return report(failures([*CHECKS, TESTS]))


def check(words: list[str]) -> int:
    """Run ruff, mypy and the import contracts."""
    del words
    install(dev=True)
    return report(failures(CHECKS))


def tidy(words: list[str]) -> int:
    """Format the code and mend what ruff can mend."""
    del words
    install(dev=True)
    return call("ruff", "check", "--fix") | call("ruff", "format")


def shots(words: list[str]) -> int:
    """Take the pictures of the README anew, into docs/pictures."""
    install(dev=True)
    os.environ["SHOTS"] = str(ROOT / "docs" / "pictures")
    return call("pytest", "-q", "-m", "shots", *words)


def usage(words: list[str]) -> int:
    """List what can be asked for."""
    del words
    for name, command in COMMANDS.items():
        print(f"  make {name:<8} {(command.__doc__ or '').split(chr(10), 1)[0]}")
    return 0


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "format": tidy,
    "shots": shots,
    "install": install_all,
    "help": usage,
}


def install(*, dev: bool) -> None:
    """Bring `.venv` to what the lock says, and stamp it. What was installed for development stays so."""
    stamp = fingerprint()
    if is_installed(stamp, dev=dev):
        return
    if not is_sound(stamp):
        make_venv()
    if not has_uv():
        attempt(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"uv=={uv_version()}")
    dev = dev or stamped()[-1:] == ["dev"]
    STAMP.unlink(missing_ok=True)
    groups = [] if dev else ["--no-dev"]
    attempt(UV, "sync", "--locked", "--python", PYTHON, *groups)
    STAMP.write_text("\n".join([*stamp, "dev" if dev else "run"]), encoding="utf-8")


def fingerprint() -> list[str]:
    """Where the environment stands and what it was made from: scripts in it hold its absolute path."""
    made_from = b"".join((ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml"))
    return [str(ROOT), hashlib.sha256(made_from).hexdigest()]


def stamped() -> list[str]:
    """The place, digest and kind of the last complete install; empty if there was none."""
    return STAMP.read_text(encoding="utf-8").split("\n") if STAMP.exists() else []


def is_installed(stamp: list[str], *, dev: bool) -> bool:
    """Whether the last install was of this very lock, here, with an interpreter that is still there."""
    kinds = ("dev",) if dev else ("dev", "run")
    return PYTHON.exists() and stamped() in [[*stamp, kind] for kind in kinds]


def is_sound(stamp: list[str]) -> bool:
    """Whether `.venv` can be brought up to date where it is, rather than made anew."""
    if not PYTHON.exists() or stamped()[:1] not in ([], stamp[:1]):
        return False
    asked = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return succeeds(PYTHON, "-c", asked) and (has_uv() or succeeds(PYTHON, "-m", "pip", "--version"))


def make_venv() -> None:
    """An empty environment of the running Python. A `.venv` that was there is emptied."""
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        version = ".".join(map(str, sys.version_info[:2]))
        raise Stop(f"Python's venv module is missing; on Debian or Ubuntu: apt install python{version}-venv")
    attempt(sys.executable, "-m", "venv", "--clear", VENV)


def has_uv() -> bool:
    """Whether `.venv` holds the pinned uv."""
    if not UV.exists():
        return False
    said = subprocess.run([str(UV), "--version"], capture_output=True, encoding="utf-8", check=False)
    return said.stdout.split()[1:2] == [uv_version()]


def uv_version() -> str:
    """The pin of the build backend in pyproject.toml, for uv and uv_build are published together."""
    pinned = re.search(r'"uv_build==([0-9.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if not pinned:
        raise Stop("pyproject.toml does not pin uv_build, so there is no telling which uv to install.")
    return pinned[1]


def surroundings() -> dict[str, str]:
    """The environment of what is started: UTF-8 on every console, uv kept to this `.venv` and its Python."""
    return {
        **{name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"},
        "PYTHONUTF8": "1",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON_DOWNLOADS": "never",
    }


def succeeds(*words: str | Path) -> bool:
    return subprocess.run([str(word) for word in words], capture_output=True, check=False).returncode == 0


def attempt(*words: str | Path) -> None:
    """Run it, or stop with a sentence; what it said itself stands above that sentence."""
    command = [str(word) for word in words]
    if subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode:
        raise Stop(f"The installation stopped at `{' '.join(command)}`; the lines above say why.")


def call(program: str, *words: str) -> int:
    """The exit status of a program of `.venv`, run at the root."""
    command = [str(BIN / (program + EXE)), *words]
    return subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode


def become(program: str, *words: str) -> int:
    """Like `call`, but where the system can in place of this process, so that signals reach the server."""
    if os.name == "nt":
        return call(program, *words)
    os.chdir(ROOT)
    sys.stdout.flush()
    command = [str(BIN / program), *words]
    return os.execve(command[0], command, surroundings())


def failures(commands: list[list[str]]) -> list[str]:
    """The commands of these that failed, each after its heading, in the order given."""
    failed = []
    for command in commands:
        print(f"-- {' '.join(command)}", flush=True)
        if call(*command):
            failed.append(" ".join(command))
    return failed


def report(failed: list[str]) -> int:
    if failed:
        raise Stop(f"Failed: {'; '.join(failed)}")
    return 0


def obey(wanted: str, words: list[str]) -> int:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Stop(f"Dawati needs Python 3.11 or newer, and this is Python {found}.")
    if wanted not in COMMANDS:
        raise Stop(f"There is no `{wanted}`; `make help` lists what there is.")
    return COMMANDS[wanted](words)


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console has a code page
    wanted, *words = sys.argv[1:] or ["help"]
    try:
        return obey(wanted, words)
    except Stop as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
