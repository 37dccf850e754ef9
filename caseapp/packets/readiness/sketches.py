"""The sketch of every text in a packet, each made once and then remembered by this process.

Nowhere else: what a client's paper says does not go into a shared cache, not even as hashes.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from threading import Lock

from caseapp.library.origins.likeness import Sketch, sketch

MOST = 600
_known: OrderedDict[str, Sketch] = OrderedDict()
_lock = Lock()


def sketches_of(keys: Iterable[str], texts: Callable[[list[str]], Iterable[tuple[str, str]]]) -> Mapping[str, Sketch]:
    """By key. `texts` is asked once, for the texts of those that are not known yet."""
    wanted = list(dict.fromkeys(keys))
    with _lock:
        found = {key: _known[key] for key in wanted if key in _known}
    missing = [key for key in wanted if key not in found]
    fresh = {key: sketch(text) for key, text in texts(missing)} if missing else {}
    with _lock:
        _known.update(fresh)
        for key in found.keys() & _known.keys():
            _known.move_to_end(key)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return found | fresh
