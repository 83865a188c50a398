"""The conventions that a reader relies on and a review forgets. Each failure names its line."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (
    "dawati", "bot", "ussd", "sms", "console", "delivery", "handlers", "queries", "conversations",
    "database", "models", "locales", "migrations", "simulator", "bench",
)  # fmt: skip  # one a line would be a page
LONGEST = 400  # lines; whoever must scroll further looks for the file to split
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js"}

# Only dawati reads the environment, the clock and the dice; it hands them to whoever needs them. The
# simulator and the bench are worlds of their own. `time.monotonic` measures a wait and tells no time.
OWN_WORLDS = ("dawati", "simulator", "bench")
CLOCK_AND_DICE = re.compile(
    r"os\.(environ|getenv|putenv|urandom)\b.*"
    r"|time\.(time|time_ns|localtime|gmtime)"
    r"|datetime\.(datetime\.)?(now|utcnow|today)|datetime\.date\.today"
    r"|random\.(?!Random\b).+"  # a Random that is handed in is the caller's dice
    r"|secrets\.(?!compare_digest\b).+"
    r"|uuid\.uuid[14]"
)

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)\b")
DIRECTIVE = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|fmt:\s*(?:skip|off|on))"
    r"(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?(?:\[[\w, -]+\])?"
)


def sources(*folders: str, kinds: Set[str] = frozenset({".py"})) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in kinds)


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of `name(…)` or `….name(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if called == name:
                yield node


def dotted(node: ast.expr, imported: dict[str, str]) -> str:
    """The full name that an expression like `dt.now` stands for, given the file's imports; else empty."""
    if isinstance(node, ast.Name):
        return imported.get(node.id, "")
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value, imported)):
        return f"{owner}.{node.attr}"
    return ""


def imports(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for; `import os.path` binds `os`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found |= {alias.asname: alias.name} if alias.asname else {top: top}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def clock_and_dice(source: str) -> list[int]:
    """The lines on which it reads the environment, the clock or the dice."""
    tree = ast.parse(source)
    imported = imports(tree)
    return sorted(
        {
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Name | ast.Attribute) and CLOCK_AND_DICE.fullmatch(dotted(node, imported))
        }
    )


def unexplained(source: str) -> list[int]:
    """The lines that silence a check without a reason in words."""
    comments = (
        token
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and SILENCED.search(token.string)
    )
    return [
        token.start[0] for token in comments if len(re.findall(r"[^\W\d_]{2,}", DIRECTIVE.sub("", token.string))) < 2
    ]


def test_the_arrows_point_down() -> None:
    told = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip  # the command is one thing
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_room_is_a_package_under_contract() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(ROOMS)


def test_no_file_must_be_scrolled_through() -> None:
    written = (path for path in sources(*ROOMS, "tests", kinds=WRITTEN_BY_HAND) if path.parent.name != "versions")
    files = [*written, ROOT / "make.py"]  # a migration is drafted by a tool and kept as it was
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert [where(path, lines) for path, lines in lengths.items() if lines > LONGEST] == []


def test_only_the_database_room_commits() -> None:
    rooms = [room for room in ROOMS if room != "database"]
    assert [
        where(path, call.lineno)
        for path in sources(*rooms)
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), "commit")
    ] == []


def test_only_a_command_line_prints() -> None:
    speaking = re.compile(r"dawati/(cli\b|cli_|cli/).*|bench/.*|locales/refresh\.py")
    assert [
        where(path, call.lineno)
        for path in sources(*ROOMS)
        if not speaking.fullmatch(path.relative_to(ROOT).as_posix())
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), "print")
    ] == []


def test_only_dawati_reads_the_environment_the_clock_and_the_dice() -> None:
    rooms = [room for room in ROOMS if room not in OWN_WORLDS]
    assert [
        where(path, line) for path in sources(*rooms) for line in clock_and_dice(path.read_text(encoding="utf-8"))
    ] == []


def test_every_silenced_check_says_why_on_its_line() -> None:
    assert [
        where(path, line)
        for path in [*sources(*ROOMS, "tests"), ROOT / "make.py"]
        for line in unexplained(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['HOME']",
        "from os import getenv\ngetenv('HOME')",
        "import os.path\nos.environ.get('HOME')",
        "import datetime as d\nd.datetime.now(d.UTC)",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date\nclock = date.today",
        "import time\ntime.time()",
        "from secrets import token_hex as token\ntoken()",
        "import random\nrandom.choice('ab')",
        "import uuid\nuuid.uuid4()",
    ],
)
def test_a_hidden_clock_or_die_is_found_however_it_is_imported(source: str) -> None:
    assert clock_and_dice(source) == [2]


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.monotonic()",
        "import secrets\nsecrets.compare_digest('a', 'b')",
        "from random import Random\ndef shuffled(dice: Random): ...",
        "from datetime import datetime\ndef at(now: datetime): return now.replace(hour=1)",
        "class Clock:\n    def now(self): ...\nclock = Clock()\nclock.now()",
    ],
)
def test_what_is_handed_in_is_no_clock_and_no_die(source: str) -> None:
    assert clock_and_dice(source) == []


def test_a_reason_is_words_after_the_directive_and_not_another_directive() -> None:
    mute = "x = 1  # noqa: S101\ny = 2  # type: ignore[arg-type]  # noqa: E501\n"
    heard = "x = 1  # noqa: S101  # the frame is made above\ny = '# noqa: S101'\n"
    assert unexplained(mute) == [1, 2]
    assert unexplained(heard) == []
