"""What the desk does: one handler per command, one door, one commit. `handlers` are use cases, not a bot library's."""
