"""The topics as the staff look after them: their names, their tree, merging, splitting, and words that mean nothing."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.directory import documents, thesaurus
    from network.profiles import past
    from network.topics import joining, straightening, taking_back, waiting, words
    from network.topics.blueprint import blueprint
    from network.topics.views import merging, splitting, topics, undoing  # noqa: F401 (each adds its routes)
    from network.topics.views import words as word_views  # noqa: F401 (the same)

    for place, follower in enumerate((straightening.straighten, words.gather)):
        if follower not in documents.followers:
            documents.followers.insert(place, follower)
    if taking_back.settled not in thesaurus.decided:
        thesaurus.decided.append(taking_back.settled)
    past.MORE_HEADLINES[joining.SORTED] = joining.headline
    ticking.every_tick(app, "topics", taking_back.tick)
    waiting.init_app()
    app.register_blueprint(blueprint)
