"""The desk on Telegram.

`inbound.py` reads updates, with the commands of `menu.py`; `hearing.py` brings them to the desk, whether `routes.py`
(webhook) or `polling.py` got them, and `taps.py` acknowledges buttons. `render.py` draws cards; `gateway.py` sends them
for `delivery/`, `photos.py` fetches what people sent, and `dialect.py` knows what Telegram means when it refuses.
`client.py` makes the client, `connecting.py` tells Telegram where updates are wanted.

`routes`, `hearing`, `inbound`, `menu` and `render` do without python-telegram-bot, which is slow to import; the others
need it, so a process without Telegram leaves them alone.
"""
