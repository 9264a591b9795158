"""What of a sentence no concept covers."""

import re

from network.directory.concepts import Thesaurus
from network.directory.small_words import any_small_word, language_of
from network.places.folding import fold

PIECE = re.compile(r"[^\W\d_]+(?:['’‘-][^\W\d_]+)*|[.,;:!?()/\n]")
SHORTEST = 4  # letters of a word that may be about something
LONGEST = 3  # words of a phrase that a curator can do something with
MOST = 3  # such phrases of a text


def not_understood(thesaurus: Thesaurus, text: str) -> list[str]:
    """The phrases of a text that no concept covers, as they were typed, for the curators of the topics.

    Names, recognised by their capital within a sentence, are none. In German every noun has one.
    """
    understood = {word for phrase, _concept in thesaurus.understand(text) for word in fold(phrase).split()}
    names = language_of(text) != "de"
    found: list[list[str]] = [[]]
    begins = True
    for piece in PIECE.findall(text):
        if not piece[0].isalpha():
            begins = piece not in ",;:/("
            found.append([])
            continue
        folded = fold(piece)
        name = names and not begins and piece[0].isupper() and not piece.isupper()
        begins = False
        meant = set(folded.split()) - any_small_word() - understood
        if name or not meant or max(map(len, meant)) < SHORTEST:
            found.append([])
        elif len(found[-1]) == LONGEST:
            found.append([piece])
        else:
            found[-1].append(piece)
    return list(dict.fromkeys(" ".join(run) for run in found if run))[:MOST]
