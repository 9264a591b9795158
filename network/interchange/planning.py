"""What an import would do, row by row, before anything is written."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.addressing import site_of
from network.directory.duplicates import Piece
from network.directory.models import ExternalId, Organization
from network.directory.thesaurus import thesaurus, topics_by_word
from network.interchange.columns import TIES
from network.interchange.deciding import ALIKE, CREATE, KEY, LINE, SAME, UPDATE, Decisions
from network.interchange.evidence import KEYS, told
from network.interchange.limits import Refused
from network.interchange.link_columns import unknown_of
from network.interchange.linking import LinkPlanner, noted
from network.interchange.listings import Differences
from network.interchange.mapping import Mapping, grouped
from network.interchange.merging import Changes, changes, saying
from network.interchange.plans import FATES, Plan, Planned
from network.interchange.reading import ListFile
from network.interchange.references import References
from network.interchange.register import Match, Register, another, entry_of
from network.interchange.remarks import remark
from network.interchange.siting import Sites
from network.interchange.spool import Spool
from network.interchange.states import State, said_before, states
from network.interchange.stating import Remark, Stated, TopicOf, stated
from network.places.folding import fold

BATCH = 500
Progress = Callable[[int], None]


@dataclass
class Planner:
    """Plans an import; `update` lets rows that match another list's organisation by website and name change it."""

    session: Session
    file: ListFile
    mapping: Mapping
    update: bool = False
    progress: Progress | None = None
    decisions: Decisions = field(default_factory=Decisions)
    register: Register | None = None
    lines_of_ids: dict[tuple[str, str], int] = field(default_factory=dict)
    lines_of_organizations: dict[int, int] = field(default_factory=dict)
    lines_of_looks: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def plan(self) -> Plan:
        """Read the list and decide on every row."""
        self.sites = Sites()
        topics = topics_by_word(self.session)
        if self.file.format == "links":
            self.mapping.unknown |= dict.fromkeys(unknown_of(self.file.headers))
        else:
            self.mapping.meet(self.file.headers)
            if self.file.headers:
                require_name(self.mapping, self.file.headers)
        plan = Plan(Spool(), Spool(), References(self.session), self.mapping, dict.fromkeys(FATES, 0))
        try:
            self.fill(plan, topics)
        except BaseException:
            plan.close()
            raise
        return plan

    def fill(self, plan: Plan, topics: TopicOf) -> None:
        """Plan the rows, one after the other."""
        rows = (stated(row, self.mapping, topics) for row in grouped(self.file.rows(), self.mapping))
        count = 0
        for batch in in_batches(self.readable(rows, plan)):
            for planned in self.decide(batch, count):
                plan.count(planned)
                plan.mark(planned)
                plan.references.note(planned)
                plan.rows.append(planned)
            count += len(batch)
            if self.progress:
                self.progress(len(batch))
        self.fill_links(plan)
        plan.notes = list(self.sites.notes)
        if "topics" in self.mapping.columns and not thesaurus(self.session).concepts:
            plan.notes.append(remark("no_topics"))

    def fill_links(self, plan: Plan) -> None:
        """Plan the ties that are stated one by one, now that every row is known."""
        with closing(noted(() if plan.broken else self.file.links(), self.mapping, plan.references)) as stated_links:
            plan.references.resolve()
            for link in LinkPlanner(self.session, plan.references).planned(stated_links):
                plan.count(link)
                plan.broken |= link.broken
                plan.links.append(link)

    def readable(self, rows: Iterator[Stated], plan: Plan) -> Iterator[Stated]:
        """The rows, and where the file can be read no further, an error in its place."""
        try:
            yield from rows
        except Refused as error:
            plan.broken = True
            column = str(error.column or "")
            yield Stated(error.line or 0, errors=[Remark(column, error.reason)])

    def decide(self, batch: list[Stated], count: int) -> Iterator[Planned]:
        """The fates of some rows, together, so that the database is asked a few times only."""
        for row in batch:
            if not row.errors:
                self.sites.settle(row, self.mapping)
                self.check_twice(row)
        sound = [row for row in batch if not row.errors]
        known = self.known_ids(sound)
        self.known = known
        matches = {id(row): self.found(row, known) for row in sound}
        ids = {match.id for match in matches.values() if match}
        here, said = states(self.session, sorted(ids)), said_before(self.session, sorted(ids))
        for number, row in enumerate(batch, count):
            planned = Planned(number, row.line, row.also, "new", row.name, row.id, row.slug, row.source)
            planned.tasks, planned.warnings, planned.errors = row.tasks, row.warnings, row.errors
            match = matches.get(id(row))
            if row.errors:
                planned.fate = "error"
            elif match:
                self.compare(planned, row, match, here[match.id], said.get((match.id, row.source)))
            elif twin := self.twin(row):
                planned.evidence = (twin,)
                self.settle(planned, row, LINE)
            else:
                self.create(planned, row)
            yield planned

    def check_twice(self, row: Stated) -> None:
        """The same id twice in one list is an error: it cannot be known which is meant."""
        for column, source, value in (("id", row.source, row.id), ("slug", "slug of this directory", row.slug)):
            first = self.lines_of_ids.setdefault((source, value), row.line) if value else row.line
            if first != row.line:
                text = remark("twice", column=column, value=repr(value), line=first)
                row.errors.append(Remark(self.mapping.header_of(column), text))

    def known_ids(self, rows: list[Stated]) -> dict[tuple[str, str, str], int]:
        """Organisations by ("slug", "", slug) and by ("id", source, the list's own id)."""
        connection = self.session.connection()
        found: dict[tuple[str, str, str], int] = {}
        slugs = select(Organization.id, Organization.slug).where(
            Organization.slug.in_([row.slug for row in rows if row.slug])
        )
        for id, slug in connection.execute(slugs):
            found["slug", "", slug] = id
        values = [row.id for row in rows if row.id]
        listed = select(ExternalId.organization_id, ExternalId.source, ExternalId.value)
        for id, source, value in connection.execute(listed.where(ExternalId.value.in_(values))):
            found["id", source, value] = id
        return found

    def found(self, row: Stated, known: dict[tuple[str, str, str], int]) -> Match | None:
        """The organisation that a row is, or may be: by slug, by the list's own id, by looks."""
        if id := known.get(("slug", "", row.slug)):
            return Match(id, True, (told("slug"),))
        if id := known.get(("id", row.source, row.id)):
            return Match(id, True, (told("id"),))
        if self.register is None:
            self.register = Register.load(self.session)
        return self.register.match(row)

    def compare(self, planned: Planned, row: Stated, match: Match, here: State, said: dict[str, Any] | None) -> None:
        """What becomes of a row that may be an organisation which is there."""
        key = match.evidence[0].key
        by_key = key in KEYS
        ours = by_key or said is not None or bool(row.source and row.source == here.facts["source"])
        planned.organization_id, planned.slug = here.id, here.slug
        first = self.lines_of_organizations.setdefault(here.id, row.line)
        found = changes(here, row, said)
        stranger = by_key and (key == "slug" or not row.source) and another(row, here.facts)
        doubt, evidence = "", match.evidence
        if first != row.line:
            doubt, evidence = LINE, (told("line", first), *match.evidence)
        elif stranger and not self.update:
            doubt, evidence = KEY, (told("another", here.facts["name"], key),)
        elif not match.sure:
            doubt = ALIKE
        elif not (ours or self.update) and (found.listings or found.after.keys() - row.inferred):
            doubt, evidence = SAME, (*match.evidence, told("differs"))
        planned.fate, planned.evidence = "unchanged", evidence
        if (self.settle(planned, row, doubt) == UPDATE) if doubt else (ours or self.update):
            self.change(planned, row, match, here, found, said)

    def settle(self, planned: Planned, row: Stated, doubt: str) -> str:
        """A row in doubt: a duplicate, which isn't written, unless somebody decided otherwise. Gives the decision."""
        planned.fate, planned.doubt, planned.looks_like = "duplicate", doubt, planned.organization_id
        planned.stated = row.facts | ({} if row.topics is None else {"topics": row.topics})
        decision = self.decisions.about(planned.number, doubt, planned.looks_like)
        if decision == CREATE:
            planned.fate, planned.organization_id, planned.slug = "new", None, row.slug
            self.create(planned, row)
        return decision

    def change(self, planned: Planned, row: Stated, match: Match, here: State, found: Changes, said: Any) -> None:
        """A row that changes an organisation, or would if it said anything new."""
        planned.after, planned.before, planned.listings = found.after, found.before, found.listings
        planned.evidence = match.evidence
        planned.adopt_id = bool(row.id) and row.id != here.slug and ("id", row.source, row.id) not in self.known
        planned.ties, planned.tied = row.ties, here.ties
        planned.tie_types = tuple({*row.ties, *row.empty.intersection(TIES)})
        planned.said, planned.said_before = saying(row, said), said
        planned.fate = "updated" if found or planned.adopt_id else "unchanged"
        for name in found.kept:
            planned.warnings.append(Remark(self.mapping.header_of(name), remark("kept", column=name)))

    def create(self, planned: Planned, row: Stated) -> None:
        """A row that becomes a new organisation."""
        topics = {} if row.topics is None else {"topics": row.topics}
        planned.after = row.facts | topics
        planned.listings = Differences(added=row.listings or [])
        planned.ties, planned.tie_types = row.ties, tuple(row.ties)
        known = ("id", row.source, row.id) in self.known
        planned.adopt_id = bool(row.id) and row.id != row.slug and not known
        planned.said = saying(row, None)

    def twin(self, row: Stated) -> Piece | None:
        """The row before it in the same list that is the same organisation; ids and slugs tell rows apart."""
        mine = entry_of(row)
        name, site = fold(mine.name), site_of(mine.website)
        if row.slug or (row.id and not site):
            return None
        place = (round(mine.latitude or 0, 1), round(mine.longitude or 0, 1), mine.country, fold(mine.town))
        look = (name, site) if site else (name, place)
        first = self.lines_of_looks.setdefault(look, row.line)
        return told("twin_website" if site else "twin_place", first) if first != row.line else None


def in_batches(rows: Iterable[Stated]) -> Iterator[list[Stated]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def require_name(mapping: Mapping, headers: tuple[str, ...]) -> None:
    """Refuse a table whose header names no organisations: then it is no list, or needs a mapping."""
    if "name" not in mapping.columns and "name" not in mapping.constants:
        listed = ", ".join(header[:30] for header in headers if header)[:200]
        raise Refused(remark("no_list_name", names=listed), 1)
