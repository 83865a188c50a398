"""One page: a basic phone, its text messages and a Telegram chat, all of one person."""
