"""What keeps the window quick: when heavy code is loaded, and when Python looks for unused memory."""

import gc
from functools import cache


def begin_start() -> None:
    """Look for no unused memory on the way to the first window: there is hardly any, and looking takes time."""
    gc.disable()


def end_start() -> None:
    """Keep what the start has loaded for good, and begin to look for unused memory."""
    gc.freeze()
    gc.enable()


def load_charts() -> None:
    """Import what draws charts; called in a background thread before the window draws the first one."""
    import matplotlib.backends.backend_agg  # noqa: F401 - only loaded here

    import ketatrack.charts.journey  # noqa: F401 - only loaded here


@cache
def keep_charts() -> None:
    """Keep what draws charts for good; looking through it, again and again, would slow down all drawing."""
    gc.freeze()
