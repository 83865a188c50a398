"""The desk on Telegram.

`inbound.py` reads updates, `hearing.py` brings them to the desk, whether `routes.py` (webhook) or `polling.py` got
them; `render.py` draws cards; `gateway.py` sends them for `delivery/`, with the client of `client.py`; `connecting.py`
tells Telegram where updates are wanted.

Only `client`, `connecting`, `gateway` and `polling` import python-telegram-bot, which is slow: a process without
Telegram leaves those four alone.
"""
