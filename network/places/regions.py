"""What regions are called beside the name that the gazetteer has for them, and how addresses abbreviate them."""

import re

OTHER_NAMES = {
    "AT.02": "Kärnten", "AT.03": "Niederösterreich", "AT.04": "Oberösterreich", "AT.06": "Steiermark;Styrie",
    "AT.07": "Tirol", "AT.09": "Wien", "AU.02": "Nueva Gales del Sur",
    "BE.BRU": "Bruxelles-Capitale;Brussels Hoofdstedelijk Gewest", "BE.VLG": "Vlaanderen;Flandre;Flandern",
    "BE.WAL": "Wallonie;Wallonië;Wallonien", "BR.07": "Distrito Federal", "CA.02": "Colombie-Britannique",
    "CA.04": "Nouveau-Brunswick", "CA.05": "Newfoundland;Terre-Neuve", "CA.07": "Nouvelle-Écosse", "CA.10": "Québec",
    "CH.FR": "Freiburg im Üechtland", "CH.GE": "Genève;Genf", "CH.GR": "Graubünden", "CH.LU": "Luzern",
    "CH.SG": "Sankt Gallen;St. Gallen", "CH.TI": "Tessin", "CH.VD": "Waadt", "CH.VS": "Wallis", "CH.ZH": "Zürich",
    "CN.14": "Xizang", "CN.20": "Nei Mongol", "DE.01": "Baden-Württemberg", "DE.02": "Bayern;Bavière;Baviera",
    "DE.05": "Hessen", "DE.06": "Niedersachsen;Basse-Saxe;Baja Sajonia",
    "DE.07": "Nordrhein-Westfalen;NRW;Rhénanie-du-Nord-Westphalie", "DE.08": "Rhineland-Palatinate",
    "DE.13": "Sachsen;Saxe;Sajonia", "DE.14": "Sachsen-Anhalt", "DE.15": "Thüringen;Thuringe;Turingia",
    "DK.17": "Hovedstaden", "DK.18": "Midtjylland", "DK.19": "Nordjylland", "DK.20": "Sjælland", "DK.21": "Syddanmark",
    "ES.07": "Illes Balears;Islas Baleares;Balearen", "ES.27": "Rioja", "ES.32": "Navarra",
    "ES.51": "Andalucía;Andalousie;Andalusien", "ES.52": "Aragón", "ES.53": "Canarias;Islas Canarias;Kanarische Inseln",
    "ES.54": "Castilla-La Mancha", "ES.55": "Castilla y León", "ES.56": "Catalunya;Cataluña;Catalogne;Katalonien",
    "ES.58": "Galiza;Galice;Galicien", "ES.59": "Euskadi;País Vasco;Pays basque;Baskenland",
    "ES.60": "Comunitat Valenciana;Comunidad Valenciana", "FI.19": "Lappi;Lapland", "FR.24": "Centre",
    "FR.28": "Normandie", "FR.53": "Bretagne", "FR.75": "Nouvelle-Aquitaine", "FR.84": "Auvergne", "FR.94": "Corse",
    "FR.93": "PACA", "GB.ENG": "Angleterre;Inglaterra", "GB.NIR": "Irlande du Nord;Nordirland",
    "GB.SCT": "Écosse;Escocia;Schottland;Alba", "GB.WLS": "Cymru;Pays de Galles;Gales",
    "GR.ESYE43": "Kriti", "GR.ESYE31": "Attiki", "IN.21": "Orissa", "IT.01": "Abruzzi",
    "IT.02": "Basilicata", "IT.10": "Marche;Le Marche", "IT.09": "Lombardia;Lombardei;Lombardie",
    "IT.12": "Piemonte;Piémont", "IT.13": "Puglia;Apulien", "IT.14": "Sardegna;Sardaigne;Sardinien",
    "IT.15": "Sicilia;Sicile;Sizilien", "IT.16": "Toscana;Toscane;Toskana", "IT.17": "Südtirol;South Tyrol;Alto Adige",
    "IT.19": "Valle d'Aosta;Vallée d'Aoste", "MX.15": "Estado de México;State of Mexico", "NL.02": "Fryslân",
    "NL.06": "Noord-Brabant;Brabant", "NL.07": "Noord-Holland", "NL.11": "Zuid-Holland", "PL.72": "Dolnośląskie",
    "PL.77": "Małopolska", "PL.78": "Mazowsze;Mazowieckie", "PL.82": "Pomorze;Pomorskie", "PL.83": "Śląsk;Śląskie",
    "PL.86": "Wielkopolska", "PT.14": "Lisboa", "PT.23": "Açores;Azoren", "SE.27": "Scania",
    "US.CA": "Californie;Kalifornien", "US.DC": "Washington DC;D.C.", "US.FL": "Floride", "US.HI": "Hawaï",
    "US.NM": "Nuevo México", "US.LA": "Louisiane", "US.PA": "Pennsylvanie",
}  # fmt: skip
POSTAL = {
    "AU": "ACT 01;NSW 02;NT 03;QLD 04;SA 05;TAS 06;VIC 07;WA 08",
    "BR": "AC 01;AL 02;AP 03;AM 04;BA 05;CE 06;DF 07;ES 08;MS 11;MA 13;MT 14;MG 15;PA 16;PB 17;PR 18;PI 20;RJ 21;RN 22;"
    "RS 23;RO 24;RR 25;SC 26;SP 27;SE 28;GO 29;PE 30;TO 31",
    "CA": "AB 01;BC 02;MB 03;NB 04;NL 05;NS 07;ON 08;PE 09;PEI 09;QC 10;SK 11;YT 12;NT 13;NU 14",
}
"""How addresses abbreviate regions whose gazetteer code is another; those of the United States are the same."""
GENERIC = re.compile(
    r"^(?:State|Province|Region|Municipality|Opština|Urban Municipality|City Municipality|Departement|Department) of "
    r"| (?:Province|County|Region|Department|District|Oblast|oblast|Parish|Governorate|Municipality|Republic|Krai|Kray|"
    r"Prefecture|Voivodeship|Division|State|Atoll)$"
)


def names_of(code: str, name: str) -> set[str]:
    """All names of a region beside `name`: without "Province" and the like, and in other languages."""
    other = set(OTHER_NAMES[code].split(";")) if code in OTHER_NAMES else set()
    return (other | {GENERIC.sub("", name)}) - {name}


def abbreviated(text: str) -> set[str]:
    """The region codes that `text` ("CA", "ON", "nsw") may abbreviate in an address, among all countries."""
    short = text.strip().upper()
    found = {f"US.{short}"} if len(short) == 2 else set()
    for country, listed in POSTAL.items():
        for pair in listed.split(";"):
            letters, code = pair.split()
            if letters == short:
                found.add(f"{country}.{code}")
    return found
