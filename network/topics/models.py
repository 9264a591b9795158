"""What staff did to the topics, with all that it takes to go back; and words that no topic covers yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class TopicChange(Base):
    """One thing that staff did to a topic. `said` is what a sentence about it needs: labels, and nothing of persons.

    `settled` are parts of topics that staff decided with it, as (id, part): loading what ships leaves them while the
    change stands. `steps` is the journal of every row, emptied when the time to go back is over, or it was used.
    `behind` are organisations that the index doesn't say anew yet: a tick does. `left` is how many rows undoing left.
    """

    __tablename__ = "topic_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"), index=True)
    act: Mapped[str] = mapped_column(String(10))  # the keys of `wording.ACTS`
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    settled: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    steps: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    behind: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]
    left: Mapped[int] = mapped_column(default=0)


class TopicWord(Base):
    """Words that some organisations use for a topic, and that no topic covers: a proposal that waits at the desk.

    It is made of the tasks `topic:unknown`, whoever opened them, and follows them.
    """

    __tablename__ = "topic_word"
    __table_args__ = (Index("ix_topic_word_waiting", "refused_at", "since", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(String(200), unique=True)
    word: Mapped[str] = mapped_column(String(200))  # as it was typed first
    since: Mapped[datetime] = mapped_column(default=now)
    used: Mapped[int] = mapped_column(default=0)  # by how many organisations
    refused_at: Mapped[datetime | None]  # it means nothing here


class TopicWordUse(Base):
    """Who uses such words."""

    __tablename__ = "topic_word_use"

    word_id: Mapped[int] = mapped_column(ForeignKey("topic_word.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True, index=True
    )
