"""What the desk asks: conversations as data, and the pure engine that walks them. No I/O, no clock, no channel."""
