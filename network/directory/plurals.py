"""Words without their endings of number, plain enough to serve five languages at once."""

from functools import lru_cache

from network.places.folding import fold

PLURALS = (("oes", "ao"), ("aes", "ao"), ("eaux", "eau"), ("aux", "al"), ("ais", "al"), ("ern", "er"))


@lru_cache(maxsize=4096)
def stems(token: str) -> tuple[str, ...]:
    """The folded words of a token without the endings of number."""
    return tuple(stem(word) for word in fold(token).split())


def stem(word: str) -> str:
    """`talleres` and `taller` give the same, as do `Schulungen` and `Schulung`, `formações` and `formação`."""
    if len(word) < 4:
        return word
    for ending, instead in PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("en") and len(word) > 5:
        return word[:-2]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("en") and len(word) > 4:  # jóvenes, joven
        word = word[:-2]
    return word[:-1] + "i" if word.endswith("y") else word
