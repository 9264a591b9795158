"""The columns of a list, what each may hold, and the other spellings by which their headers are recognised."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from network.places.folding import fold


@dataclass(frozen=True)
class Column:
    """One of our columns: how its cells are read (see cells.py), and how many characters they may have."""

    name: str
    kind: str
    longest: int


SPELLINGS = """
id: identifier; external id; key; uid; identificador; identifiant; Kennung; código; Nr
name: organization; organisation; organization name; organisation name; title; nombre; organización; nom; nome;
  organização; Bezeichnung; Einrichtung; Verein; Namen
category: categoría; catégorie; categoria; Kategorie; organization category
standing: relationship; relación; relation; situação; Verhältnis; Stand
summary: short description; abstract; resumen; résumé; resumo; Zusammenfassung; Kurzbeschreibung; tagline
description: about; details; descripción; descrição; Beschreibung; a propos; sobre
website: url; web; web site; homepage; home page; site; sitio web; página web; site web; site internet; site da web;
  Webseite
email: e-mail; mail; email address; correo; correo electrónico; courriel; adresse e-mail; E-Mail-Adresse; correio
  eletrónico; contact email
phone: telephone; tel; phone number; teléfono; téléphone; telefone; Telefon; Telefonnummer
languages: language; lang; idiomas; idioma; langues; langue; línguas; Sprachen; Sprache
address: street; street address; dirección; adresse; endereço; morada; Anschrift; Straße
town: city; place; locality; ciudad; localidad; ville; commune; cidade; Stadt; Ort; place.town; municipality
region: state; province; county; región; provincia; région; région administrative; estado; região; Bundesland;
  Region; place.region; Land (Region)
country: country code; país; pays; Land; Staat; nation; place.country; Länderkennung
latitude: lat; latitud; Breitengrad; Breite; geo lat; place.latitude; y
longitude: lon; lng; long; longitud; Längengrad; Länge; geo lon; place.longitude; x
precision: precisión; précision; precisão; Genauigkeit; place.precision
area_served: area; service area; reach; zona; ámbito; zone; zone desservie; território; Einzugsgebiet; Gebiet
online: virtual; en línea; en ligne; on-line
meets: meeting; meetings; meeting rhythm; reuniones; réunions; reuniões; Treffen; Termine
newcomers: open to newcomers
founded: foundation; founding date; fundación; fundado; fondation; fondée en; fundação; Gründung; gegründet;
  founding year
coordinator: coordinador; coordinadora; coordinateur; coordinatrice; coordenador; coordenadora; Koordinator;
  Koordinatorin; Koordination
member_of: networks; network; miembro de; red; membre de; réseau; membro de; rede; Mitglied von; Netzwerk
hosted_by: host; alojado por; anfitrión; hébergé par; hébergeur; acolhido por; anfitrião; Träger; getragen von
works_with: partners; trabaja con; travaille avec; trabalha com; arbeitet mit
funds: funder of; financia a; finance; fördert
offers: offer; offering; ofrece; ofertas; offres; offre; oferece; bietet; Angebote; Angebot
seeks: seek; needs; wants; looking for; busca; necesita; cherche; recherche; besoins; procura; precisa; sucht;
  Gesuche; Bedarf
listings: listing details
topics: topic; subjects; temas; thèmes; sujets; tópicos; Themen; Thema
source: list; origen; origem; Quelle; fuente
source_url: source address; source link
confirmed_on: confirmed; last confirmed; verified on; last verified; confirmado; confirmé le; confirmado em;
  bestätigt am; bestätigt
"""
"""What headers call a column, in English, Spanish, French, Portuguese and German."""

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("id", "key", 200),
        Column("slug", "key", 120),
        Column("name", "name", 200),
        Column("category", "category", 200),
        Column("standing", "standing", 60),
        Column("summary", "line", 400),
        Column("description", "prose", 100_000),
        Column("website", "web", 500),
        Column("email", "email", 254),
        Column("phone", "line", 60),
        Column("languages", "languages", 2_000),
        Column("address", "line", 300),
        Column("town", "line", 120),
        Column("region", "line", 120),
        Column("country", "country", 200),
        Column("latitude", "latitude", 40),
        Column("longitude", "longitude", 40),
        Column("precision", "precision", 40),
        Column("area_served", "area", 4_000),
        Column("online", "flag", 20),
        Column("meets", "line", 200),
        Column("meets_rule", "line", 200),
        Column("meets_at", "time", 20),
        Column("newcomers", "flag", 20),
        Column("founded", "partial date", 20),
        Column("coordinator", "line", 200),
        Column("member_of", "ties", 20_000),
        Column("hosted_by", "ties", 2_000),
        Column("works_with", "ties", 20_000),
        Column("funds", "ties", 20_000),
        Column("fiscal_sponsor_of", "ties", 20_000),
        Column("offers", "listings", 100_000),
        Column("seeks", "listings", 100_000),
        Column("listings", "details", 100_000),
        Column("topics", "topics", 20_000),
        Column("source", "line", 200),
        Column("source_url", "web", 500),
        Column("confirmed_on", "date", 40),
    )
}
TIES = ("member_of", "hosted_by", "works_with", "funds", "fiscal_sponsor_of")
OURS = frozenset(
    (
        *("url", "networks", "links", "distance km", "kind", "tags", "groups", "map x", "map y"),
        *("number of offers", "number of seeks", "number of ties"),
    )
)
"""What our own answers and maps, which have a slug, carry beside the columns: it says nothing new."""
KUMU = {"label": "name", "type": "category"}
"""What the elements of a Kumu table are headed with; elsewhere these words may mean anything."""


@cache
def spelt() -> dict[str, str]:
    """Every folded spelling of a header, and the column that it means; our own names win."""
    known: dict[str, str] = {}
    for listed in SPELLINGS.replace("\n  ", " ").strip().splitlines():
        column, _colon, spellings = listed.partition(":")
        for spelling in spellings.split(";"):
            known.setdefault(fold(spelling), column)
    return known | {fold(name): name for name in COLUMNS}


def meant_by(header: str) -> str | None:
    """The column that a header means: its own name or another spelling, in any case and with any punctuation."""
    return spelt().get(fold(header[:200]))


@dataclass(frozen=True)
class Recognised:
    """Which header stands for which of our columns, and the headers that nothing is made of."""

    columns: dict[str, str] = field(default_factory=dict)  # header: column
    unknown: tuple[str, ...] = ()


def recognised(headers: Iterable[str]) -> Recognised:
    """What the headers of a list mean. Of two headers that mean the same, our own name wins, else the first."""
    listed = list(dict.fromkeys(header for header in headers if header.strip()))
    columns: dict[str, str] = {header: header for header in listed if header in COLUMNS}
    folded = {fold(header): header for header in listed}
    if KUMU.keys() <= folded.keys() and not {"name", "category"} & {meant_by(header) for header in listed}:
        columns |= {folded[theirs]: ours for theirs, ours in KUMU.items()}
    passed = OURS if "slug" in listed else frozenset()
    unknown = []
    for header in listed:
        column = meant_by(header)
        if header in columns:
            continue
        if column and column not in columns.values():
            columns[header] = column
        elif fold(header) not in passed:
            unknown.append(header)
    return Recognised(columns, tuple(unknown))
