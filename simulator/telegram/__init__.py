"""Telegram: its Bot API, and the people, chats and groups on the other side of it."""
