"""What a log may know of a failure: its kind and place. What an exception says may hold a token or a number."""

import traceback


def kind_of(error: BaseException) -> str:
    """`ValueError at gateway.py:88`"""
    frames = traceback.extract_tb(error.__traceback__)
    name = type(error).__name__
    if not frames:
        return name
    return f"{name} at {frames[-1].filename.replace(chr(92), '/').rpartition('/')[2]}:{frames[-1].lineno}"
