"""What is made once for arguments too long to be kept beside it."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def remembered(most: int) -> Callable[[Callable[Asked, Made]], Callable[Asked, Made]]:
    """As `lru_cache(most)`, by a digest of what the arguments say (their `repr`) instead of by the arguments."""

    def remember(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
        made: OrderedDict[bytes, Made] = OrderedDict()

        @wraps(make)
        def ask(*arguments: Asked.args, **named: Asked.kwargs) -> Made:
            key = sha256(repr((arguments, named)).encode()).digest()
            if key not in made:
                made[key] = make(*arguments, **named)
            made.move_to_end(key)
            while len(made) > most:
                made.popitem(last=False)
            return made[key]

        return ask

    return remember
