"""Which terms a document is found by, and which terms a question asks for (pure).

A term is a word (`garden`), a word of the name (`=garden`), or a token or cell (`_kclub`, `_a281x359`). No folded word
can begin with `=` or `_`, so nobody can ask for a token by typing it. Scripts that leave no space between words are
indexed by character and by pair of characters.
"""

import re
from collections.abc import Iterable, Mapping, Set

from network.index.documents import Document, Query

TITLE, TOKEN = "=", "_"
EVERYTHING = TOKEN  # the term that every document has
USUAL = ("ppublic",)  # tokens that nearly every document has: reading the few that lack one is three times as fast
LACKING = TOKEN + TITLE
LONGEST_WORD = 60
MOST_WORDS = 4000  # of one document: PostgreSQL holds at most 1 MB of them

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
)
RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
ONE_UNSPACED = re.compile(f"[{UNSPACED}]")
# ASCII that is neither digit nor lower-case letter, and halves of characters, which no database stores.
UNSEARCHABLE = re.compile("[\x00-\x2f\x3a-\x60\x7b-\x7f\ud800-\udfff]+")

Alternative = tuple[str, ...]  # terms that must all be there
Group = tuple[Alternative, ...]  # alternatives of which one must be there
Condition = tuple[Group, ...]  # groups that must all match
ANYTHING: Condition = (((EVERYTHING,),),)


def unspaced(word: str) -> bool:
    """Whether the word holds a script that is written without spaces."""
    return ONE_UNSPACED.search(word) is not None


def indexed(word: str) -> list[str]:
    """The terms that a document with the word is found by."""
    word = UNSEARCHABLE.sub("", word)
    if word.isascii() or not unspaced(word):
        return [word[:LONGEST_WORD]] if word else []
    found: list[str] = []
    for run in RUN.findall(word):
        if unspaced(run):
            found += run
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(run[:LONGEST_WORD])
    return found


def asked(word: str) -> Alternative:
    """The terms that a document must have to be found by the word."""
    word = UNSEARCHABLE.sub("", word)
    if word.isascii() or not unspaced(word):
        return (word[:LONGEST_WORD],) if word else ()
    found: list[str] = []
    for run in RUN.findall(word):
        if unspaced(run) and len(run) > 1:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(run[:LONGEST_WORD])
    return tuple(dict.fromkeys(found))


def token(text: str) -> str:
    """The term of a token."""
    if not plain(text):
        text = "".join(character for character in text.lower() if character.isalnum())
    return TOKEN + text[:LONGEST_WORD]


def plain(text: str) -> bool:
    """Whether it is nothing but lower-case ASCII letters, at least one, and digits, as most words are."""
    return text.isascii() and text.isalnum() and text.islower()


def all_indexed(words: Iterable[str]) -> list[str]:
    """The terms that a document with the words is found by, each once."""
    found = list(dict.fromkeys(words))
    if plain("".join(found)) and all(found) and max(map(len, found)) <= LONGEST_WORD:
        return found
    return list(dict.fromkeys(term for word in found for term in indexed(word)))


def terms(document: Document) -> tuple[str, ...]:
    """Every term of a document but its cells, each once."""
    words = all_indexed((*document.title_words, *document.words))[:MOST_WORDS]
    title = [TITLE + term for term in all_indexed(document.title_words)]
    tokens = [token(text) for text in dict.fromkeys(document.tokens)]
    lacking = [LACKING + usual for usual in USUAL if usual not in document.tokens]
    return (EVERYTHING, *title, *words, *tokens, *lacking)


def spoken(terms: Iterable[str]) -> list[str]:
    """The terms among `terms` that a person may begin or misspell: whole words."""
    return [term for term in terms if term[0] not in "=_" and (term.isascii() or not unspaced(term))]


def asked_words(query: Query) -> Condition:
    """The groups of words that a document must match; one of nothing searchable, such as `***`, asks nothing."""
    groups = tuple(tuple(alternative(word) for word in group) for group in query.words)
    return tuple(group for group in groups if () not in group)


def asked_tokens(query: Query) -> Condition:
    """The groups of tokens that a document must match."""
    return tuple(tuple((token(text),) for text in group) for group in query.require if not usual(group))


def barred(query: Query) -> list[str]:
    """The terms that no match may have."""
    return [token(text) for text in query.exclude] + [LACKING + group[0] for group in query.require if usual(group)]


def usual(group: tuple[str, ...]) -> bool:
    return len(group) == 1 and group[0] in USUAL


def alternative(word: str) -> Alternative:
    """The terms of one alternative of a group of words."""
    return (token(word),) if word.startswith("=") else asked(word)


def spelt(group: Group) -> Group:
    """The alternatives of a group that are words."""
    return tuple(terms for terms in group if terms[0][0] != TOKEN)


def in_title(group: Group) -> Group:
    """The same group, asked of the name alone; a group of tokens stays what it is."""
    return tuple(tuple(TITLE + term for term in terms) for terms in spelt(group)) or group


def matching(condition: Condition, texts: Mapping[int, Set[str]]) -> set[int]:
    """Which of the documents match the condition, given the terms of each."""
    for group in condition:
        single = {terms[0] for terms in group if len(terms) == 1}
        several = [terms for terms in group if len(terms) > 1]
        texts = {
            id: found
            for id, found in texts.items()
            if not single.isdisjoint(found) or any(found >= set(terms) for terms in several)
        }
    return set(texts)
