import psycopg


def plain(url: str) -> str:
    return url.replace("+psycopg", "", 1)


def test_a_test_gets_an_empty_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(plain(postgres_url)) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        connection.execute("CREATE TABLE kiti (id int)")
    assert tables == (0,)


def test_what_the_test_before_left_is_gone_even_if_still_held(postgres_url: str) -> None:
    with psycopg.connect(plain(postgres_url)) as connection:
        found = connection.execute("SELECT to_regclass('kiti'), current_setting('fsync')").fetchone()
    assert found == (None, "off")
