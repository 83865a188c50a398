"""Of several processes one fetches Telegram's updates, and another takes over when it is gone."""

import asyncio

import psycopg

from dawati.leading import only_here

LOOK = 0.05  # seconds


class Fetching:
    """Notes whether it goes on."""

    def __init__(self) -> None:
        self.going = False
        self.begun = asyncio.Event()

    async def __call__(self) -> None:
        self.going = True
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.going = False
            self.begun.clear()


async def test_one_of_two_goes_on_and_the_other_takes_over(postgres_url: str) -> None:
    first, second = Fetching(), Fetching()
    leader = asyncio.create_task(only_here(postgres_url, first, LOOK))
    await asyncio.wait_for(first.begun.wait(), 20)
    follower = asyncio.create_task(only_here(postgres_url, second, LOOK))
    await asyncio.sleep(LOOK * 6)
    assert not second.going
    leader.cancel()
    await asyncio.gather(leader, return_exceptions=True)
    await asyncio.wait_for(second.begun.wait(), 20)
    assert not first.going
    follower.cancel()
    await asyncio.gather(follower, return_exceptions=True)
    assert not second.going


async def test_whoever_loses_the_database_stops_and_begins_again(postgres_url: str) -> None:
    fetching = Fetching()
    leader = asyncio.create_task(only_here(postgres_url, fetching, LOOK))
    await asyncio.wait_for(fetching.begun.wait(), 20)
    begun = fetching.begun
    fetching.begun = asyncio.Event()  # of the second time
    await asyncio.to_thread(_cut_all_lines, postgres_url)
    await asyncio.wait_for(fetching.begun.wait(), 20)
    assert begun is not fetching.begun
    leader.cancel()
    await asyncio.gather(leader, return_exceptions=True)


def _cut_all_lines(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
