"""The share of the shortest ways between all others that lead through each organisation, after Brandes (2001).

The library holds the interpreter's lock to the end, so that a whole web process would stand still over a large network.
Such a one is counted by this file run by itself, which yields to everything else that the machine does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

SOON = 2_000_000  # organisations times ties: about a tenth of a second

Pairs = Sequence[tuple[int, int]]


def shares(count: int, pairs: Pairs) -> list[float]:
    """For each of so many organisations its share, 0 to 1; `pairs` are the ties, each once, by index.

    Of several equally short ways between two, each counts in part; two that no way joins count as none.
    """
    return counted(count, pairs) if count * len(pairs) <= SOON else counted_elsewhere(count, pairs)


def counted(count: int, pairs: Pairs) -> list[float]:
    from rustworkx import PyGraph, graph_betweenness_centrality

    graph: PyGraph = PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.extend_from_edge_list(list(pairs))
    found = graph_betweenness_centrality(graph, normalized=True)
    return [round(found[at], 9) for at in range(count)]  # its threads add up in any order


def counted_elsewhere(count: int, pairs: Pairs) -> list[float]:
    """The same by a process of its own."""
    asked = json.dumps({"count": count, "pairs": list(pairs)})
    done = subprocess.run([sys.executable, "-P", __file__], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    question = json.load(sys.stdin)
    json.dump(counted(question["count"], [(one, other) for one, other in question["pairs"]]), sys.stdout)
