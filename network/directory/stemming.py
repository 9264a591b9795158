"""Words without their endings, by the stemmer of their language."""

import threading
from functools import lru_cache

import Stemmer

STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese", "de": "german"}
ARTICLES = ("وبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")  # joined with what stands before
WHOLE = frozenset("والد والده والدين والدي بالغ بالغين كالسيوم الي التزام التحاق التماس".split())

_own = threading.local()  # a stemmer serves one thread


@lru_cache(maxsize=16384)
def stemmed(word: str, language: str) -> str:
    """A folded word without its endings (Snowball); in Arabic without its article: endings make other words."""
    if language == "ar":
        return without_article(word)
    stemmers: dict[str, Stemmer.Stemmer] = _own.__dict__
    name = STEMMERS.get(language, "english")
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name, 0)  # it would remember ten thousand words besides
    return str(stemmers[name].stemWord(word))


def without_article(word: str) -> str:
    """An Arabic word without its article and what is joined with that."""
    if word in WHOLE:
        return word
    for article in ARTICLES:
        if word.startswith(article) and len(word) > len(article) + 2:
            return word[len(article) :]
    return word
