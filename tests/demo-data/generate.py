#!/usr/bin/env python3
"""Writes the evidence of the four fictional people that scripts/demo deposits.

    python3 generate.py [DIR]      into DIR, by default this folder

Every person, place, organisation and number here is invented. The three pictures in sources/ were
drawn by a program; a scanned page gets its PDF around it here, the photograph its location.
"""

import csv
import io
import json
import pathlib
import sys

sys.dont_write_bytecode = True  # nothing beside the evidence appears here

from formats import ods, pdf_letter, pdf_scan, png, with_location, xlsx

HERE = pathlib.Path(__file__).resolve().parent
INVENTED = "\n\nDit stuk is een verzinsel voor een demonstratie."

LETTERS = {
    "J/verklaring gemeente 1984-1992.pdf": ("Gemeente (fictief), Burgerzaken", """
Betreft: verklaring van verblijf

Hierbij verklaren wij dat de heer J. van 3 mei 1984 tot en met
30 november 1992 op een adres in onze gemeente ingeschreven stond.

Na 4 oktober 1992 is de woning door de ramp onbewoonbaar verklaard."""),
    "J/brief van de parochie.pdf": ("Parochie van de Goede Herder (fictief)", """
Aan wie het aangaat

De heer J. kwam van 1993 tot en met 2007 elke zondag in onze kerk. Hij zette
de stoelen klaar, kookte mee op donderdag en kende iedereen bij de voornaam. Van de
mensen met wie hij hier begon, zijn de meesten overleden. Hij hoort bij
ons; een ander thuis heeft hij niet.

namens het parochiebestuur"""),
    "J/verklaring noodopvang.pdf": ("Stichting Noodopvang (fictief)", """
De heer J. verblijft sinds 1 maart 2012 in onze noodopvang. Hij helpt in
de keuken en leert nieuwkomers de weg in de stad."""),
    "J/behandelverklaring 2003.pdf": ("Centrum voor traumabehandeling (fictief)", """
Betreft: behandelverklaring, op verzoek van de heer J.

De heer J. is van februari 2001 tot december 2003 bij ons behandeld
wegens klachten na het verlies van zijn twee stiefdochters in 1992.
De gebeurtenis en de behandeling vonden in Nederland plaats. Jaarlijkse
herdenkingen zijn voor hem een vast houvast."""),
    "J/beschikking 2019.pdf": ("Beschikking (fictief)", """
Op de aanvraag van de heer J. wordt afwijzend beslist.

Overwogen wordt dat het gestelde privéleven onvoldoende is onderbouwd:
van weinig personen is een verklaring overgelegd. Tegen dit besluit
staat beroep open; het beroep is op 12 maart 2020 ongegrond verklaard."""),
    "J/brief aan de ambassade 2015.pdf": ("Brief aan een ambassade (fictief)", """
Geachte mevrouw, mijnheer,

Voor de vierde maal vraag ik u om een bewijs van mijn nationaliteit.
Op mijn brieven van 2009, 2011 en 2013 kreeg ik geen antwoord. Ik voeg
opnieuw mijn geboorteplaats, de namen van mijn ouders en twee foto's bij.

J."""),
    "N/stageverklaring.pdf": ("Ziekenhuis aan de Amstel (fictief)", """
Betreft: stage verpleegkunde

N. liep van 1 september 2025 tot 31 januari 2026 stage op onze afdeling.
Beoordeling: goed. Voor het diploma ontbreekt haar nog een stage, die
zonder verblijfsrecht niet mag beginnen. Wij bieden haar een plaats aan
zodra dat kan: verpleegkundigen zijn er te weinig."""),
    "N/brief van de zwemclub.pdf": ("Zwemvereniging De Dolfijn (fictief)", """
Hierbij bevestigen wij dat N. sinds 2012 lid is en sinds 2022 de jongste
kinderen les geeft, elke zaterdagochtend."""),
    "M/brief aan ambassade 2021.pdf": ("Brief aan een ambassade (fictief)", """
Wij vragen u te bevestigen of onze zonen M. en zijn broer uw nationaliteit
bezitten. Beiden zijn in Nederland geboren; een akte gaat hierbij.

de ouders van M."""),
    "M/antwoord ambassade 2022.pdf": ("Antwoord van een ambassade (fictief)", """
In answer to your letter we inform you that the persons named are not found
in our registers. We are not able to issue any document."""),
    "M/bemiddelingsverzoek 2023.pdf": ("Bemiddelingsverzoek (fictief)", """
Verzoek om bemiddeling bij het vaststellen van de nationaliteit van
het gezin van M. Het verzoek is op 9 januari 2024 zonder resultaat
afgesloten: geen van drie aangeschreven landen erkent het gezin."""),
    "M/schoolverklaring.pdf": ("Openbare school in het gezinscentrum (fictief)", """
M. zit in 5 havo en zijn broer in groep 8. Zij verhuisden vijfmaal van
opvang en bleven telkens bij; beiden spreken het liefst Nederlands."""),
    "D/vertaling brief.pdf": ("Vertaling uit het Arabisch (fictief)", """
Lieve dochter,

Ik schrijf je omdat bellen niet kan. Het huis is verkocht en je broers
willen niet dat je terugkomt. Wij hebben gehoord dat je kind daar begraven
ligt; blijf bij je kind. Hier is niemand meer die je de deur opendoet.

je moeder"""),
    "D/verklaring therapeut.pdf": ("Praktijk voor psychotherapie (fictief)", """
D. is sinds maart 2023 bij ons in behandeling na huiselijk geweld en het
verlies van een doodgeboren kind in 2021, dat in Nederland begraven ligt."""),
}

ARABIC_LETTER = """ابنتي العزيزة،

أكتب إليكِ لأن الاتصال بالهاتف غير ممكن. لقد بيع البيت، وإخوتكِ لا يريدون عودتكِ.
سمعنا أن طفلكِ دُفن هناك؛ فابقي قرب طفلكِ. لم يبقَ هنا أحد يفتح لكِ الباب.

أمكِ

(رسالة متخيَّلة لغرض العرض)
"""

PROFILES = {
    "J": {"subjects": [{"role": "applicant", "name": "J.", "born": 1951}], "since": 1984,
          "city": "Amsterdam", "languages": ["Nederlands", "Engels"],
          "procedures": [{"about": "verblijf op grond van privéleven", "outcome": "afgewezen",
                          "year": 2019}],
          "representative": {"organisation": "Rechtshulp (fictief)"}},
    "N": {"subjects": [{"role": "applicant", "name": "N.", "born": 2006}], "since": 2006,
          "city": "Amsterdam", "languages": ["Nederlands"]},
    "M": {"subjects": [{"role": "applicant", "name": "moeder van M."},
                       {"role": "applicant", "name": "vader van M."},
                       {"role": "child", "name": "M.", "born": 2009},
                       {"role": "child", "name": "broer van M.", "born": 2015}],
          "since": 2008, "city": "Utrecht", "languages": ["Nederlands", "Arabisch"]},
    "D": {"subjects": [{"role": "applicant", "name": "D.", "born": 1994}], "since": 2019,
          "city": "Rotterdam", "languages": ["العربية", "Nederlands"]},
}

COLUMNS = ("file", "title", "kind", "criterion", "from", "to", "issuer", "language", "note",
           "original-at", "translation-of", "redaction-of", "subject", "preview")
J_TABLE = [
    {"file": "verklaring gemeente 1984-1992.pdf", "title": "Verklaring van verblijf 1984-1992",
     "kind": "housing", "criterion": "rootedness", "from": "1984-05-03", "to": "1992-11-30",
     "issuer": "Gemeente (fictief)", "original-at": "in de blauwe map van J."},
    {"file": "grafregister.pdf", "title": "Uittreksel grafregister", "kind": "grave-registration",
     "criterion": "family-or-graves-in-nl trauma-in-nl", "from": "1992-10-21",
     "issuer": "Begraafplaats De Rusthof (fictief)", "note": "twee graven, B 17-204 en 205",
     "original-at": "in de blauwe map van J.", "preview": "grafregister preview.png"},
    {"file": "behandelverklaring 2003.pdf", "title": "Behandelverklaring",
     "kind": "therapy-statement", "criterion": "trauma-in-nl medical-vulnerability",
     "from": "2001-02-01", "to": "2003-12-31",
     "issuer": "Centrum voor traumabehandeling (fictief)"},
    {"file": "brief van de parochie.pdf", "title": "Brief van de parochie",
     "kind": "letter-of-support", "criterion": "rootedness no-network-origin",
     "from": "1993-01-01", "to": "2007-12-31", "issuer": "Parochie van de Goede Herder (fictief)"},
    {"file": "verklaring noodopvang.pdf", "title": "Verklaring van de noodopvang",
     "kind": "housing", "criterion": "rootedness", "from": "2012-03-01", "to": "2026-06-30",
     "issuer": "Stichting Noodopvang (fictief)"},
    {"file": "jaren in Nederland.ods", "title": "Jaren in Nederland, een overzicht",
     "kind": "other", "criterion": "old-age", "note": "door J. zelf opgeschreven"},
    {"file": "foto bij het monument.jpg", "title": "Bij het monument", "kind": "photograph",
     "criterion": "trauma-in-nl", "from": "2025-10-04", "to": "2025-10-04",
     "note": "op de jaarlijkse herdenking"},
    {"file": "brief aan de ambassade 2015.pdf", "title": "Vierde brief aan de ambassade",
     "kind": "embassy-correspondence", "criterion": "identity-effort", "from": "2015-04-02",
     "to": "2015-04-02"},
    {"file": "beschikking 2019.pdf", "title": "Afwijzing 2019", "kind": "earlier-decision",
     "criterion": "last-resort", "from": "2019-08-14", "to": "2020-03-12"},
]


def table(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({"language": "nl", **row} for row in rows)
    return out.getvalue().encode()


def grave_preview():
    """A thumbnail of the scanned page: heading, lines of text, a stamp."""
    width, height = 120, 170

    def shade(x, y):
        if (x - 91) ** 2 + (y - 144) ** 2 in range(150, 200):
            return 120
        if 10 <= x < 80 and 10 <= y < 14:
            return 40
        if 10 <= x < 70 + (y * 7) % 35 and 24 <= y < 90 and y % 6 == 0:
            return 90
        return 245

    return png([[shade(x, y) for x in range(width)] for y in range(height)])


def files():
    picture = {name: (HERE / "sources" / f"{name}.jpg").read_bytes()
               for name in ("grave-registration", "school-report", "memorial")}
    for name, (heading, text) in LETTERS.items():
        yield name, pdf_letter(heading, text + INVENTED)
    for name, profile in PROFILES.items():
        text = json.dumps(profile, ensure_ascii=False, indent=2)
        yield f"{name}/profile.json", f"{text}\n".encode()
    yield "J/grafregister.pdf", pdf_scan(picture["grave-registration"])
    yield "J/grafregister preview.png", grave_preview()
    yield "J/foto bij het monument.jpg", with_location(
        picture["memorial"], "Telefoon (fictief)", "2025:10:04 18:35:00", 52.3212, 4.9757)
    years = [["Jaar", "Waar", "Waarvan bewijs"]]
    years += [[year, "ingeschreven bij de gemeente", "ja"] for year in range(1984, 1993)]
    years += [[year, "bij leden van de parochie", "ja"] for year in range(1993, 2008)]
    years += [[year, "bij vrienden", "nee"] for year in range(2008, 2012)]
    years += [[year, "noodopvang", "ja"] for year in range(2012, 2027)]
    yield "J/jaren in Nederland.ods", ods("Jaren", years)
    yield "J/table.csv", table(J_TABLE)
    yield "N/rapport groep 8.jpg", picture["school-report"]
    yield "N/cijfers verpleegkunde.xlsx", xlsx("Cijfers", [
        ["Vak", "Cijfer"], ["Anatomie", 8], ["Verpleegkundig rekenen", 9], ["Farmacologie", 7],
        ["Stage 1", 8], ["Stage 2", 8], ["Stage 3", "ontbreekt"]])
    yield "D/رسالة أمي.txt", ARABIC_LETTER.encode()


def main():
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, data in files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
