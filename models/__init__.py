"""What things are: tables with their own verbs, typed values, commands, refusals. No session, no channel."""
