"""The console's pages, as plain routes."""

from collections.abc import Callable
from datetime import datetime

from starlette.routing import BaseRoute

from console import approvals, audit, directory, entering, live, newticket, paper, queue, safety, systems, ticket
from console.render import STATIC, Pages
from console.serving import Console
from database import Database
from handlers.ports import AwaitedDesk
from handlers.work import Dice
from models.rules import Rules


def routes(
    desk: AwaitedDesk,
    database: Database,
    rules: Rules,
    clock: Callable[[], datetime],
    dice: Dice,
    *,
    secure: bool,
) -> list[BaseRoute]:
    """`secure`: the address that people use is https; cookies then travel nowhere else."""
    console = Console(desk, database, rules, clock, dice, Pages(rules), secure)
    return [
        *entering.routes(console),
        *queue.routes(console),
        *newticket.routes(console),  # before the ticket's page, whose address would take "new" for a number
        *ticket.routes(console),
        *safety.routes(console),
        *directory.routes(console),
        *approvals.routes(console),
        *paper.routes(console),
        *systems.routes(console),
        *audit.routes(console),
        *live.routes(console),
        *STATIC,
    ]
