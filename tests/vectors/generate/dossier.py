#!/usr/bin/env python3
"""Writes tests/vectors/dossier: whole dossiers of fictional people, with what the domain makes of them.

Each case has `entries` (the documents: id, metadata as in its payload, `of` where the owner noted what
a translation or redaction is of, `erased`), `profile`, `jurisdiction` and `today`; and what must come
of it: `coverage`, `timeline` and `wishes` as their JSON forms, and `warnings`, the codes of the sealing
check in their order. This is a second implementation of the rules in include/kluis/dossier, from their
text, over the data of src/dossier/data. Needs Python 3 alone.
"""
import base64
import hashlib
import json

import output

DATA = output.ROOT.parent.parent / "src/dossier/data"
CRITERIA = {c["code"]: c for c in json.loads((DATA / "criteria.json").read_text())["criteria"]}
KINDS = {k["code"]: k for k in json.loads((DATA / "kinds.json").read_text())["kinds"]}
JURISDICTIONS = {
    path.stem: json.loads(path.read_text()) for path in (DATA / "jurisdictions").iterdir()
}
TODAY = "2026-11-23"
YEAR = int(TODAY[:4])


def document_id(name):
    digest = hashlib.sha256(name.encode()).digest()[:16]
    return base64.b32encode(digest).decode().lower().rstrip("=")


def entry(title, kind, criteria="", begin=None, end=None, **more):
    metadata = {
        "kind": kind,
        "language": more.pop("language", "nl"),
        "name": f"{title}.pdf",
        "sha256": hashlib.sha256(title.encode()).hexdigest(),
        "size": 1000 + len(title),
        "title": title,
        "type": "application/pdf",
    }
    if criteria:
        metadata["criteria"] = sorted(criteria.split())
    period = {key: value for key, value in (("from", begin), ("to", end)) if value}
    if period:
        metadata["period"] = period
    case = {"document": document_id(title)}
    for outside in ("erased", "of"):
        if outside in more:
            case[outside] = more.pop(outside)
    return case | {"metadata": metadata | more}


# The rules.


def evidence(entries):
    standing = {e["document"] for e in entries if not e.get("erased")}
    for e in entries:
        m = e["metadata"]
        derived = m.get("translation") or m.get("redaction")
        stands_in = "of" in e and e["of"] not in standing
        counted = KINDS.get(m["kind"], {}).get("evidence", True)
        if not e.get("erased") and counted and (not derived or stands_in):
            yield e


def years_of(e):
    period = e["metadata"].get("period", {})
    begin = period.get("from", period.get("to"))
    end = period.get("to", period.get("from"))
    if not begin or end < begin:
        return set()
    if KINDS.get(e["metadata"]["kind"], {}).get("validity"):
        end = begin
    return {y for y in range(int(begin[:4]), int(end[:4]) + 1) if 1850 <= y <= YEAR}


def ranges(years):
    found = []
    for year in sorted(years):
        if found and found[-1]["to"] == year - 1:
            found[-1]["to"] = year
        else:
            found.append({"from": year, "to": year})
    return found


def stay(entries, profile):
    covered = set().union(*(years_of(e) for e in evidence(entries)), set())
    begin = (profile or {}).get("since") or (min(covered) if covered else None)
    return set(range(begin, YEAR + 1)) if begin else set()


def coverage(entries, jurisdiction, profile):
    counted = list(evidence(entries))
    criteria = []
    for item in jurisdiction["criteria"]:
        code = item["code"]
        mine = [e for e in counted if code in e["metadata"].get("criteria", [])]
        covered = set().union(*(years_of(e) for e in mine), set())
        rule = CRITERIA[code].get("gaps")
        gaps = set()
        if rule == "within" and covered:
            gaps = set(range(min(covered), max(covered) + 1)) - covered
        elif rule == "residence":
            gaps = stay(entries, profile) - covered
        criteria.append(
            {
                "covered": ranges(covered),
                "criterion": code,
                "documents": sorted(e["document"] for e in mine),
                "gaps": ranges(gaps),
                "missing": not mine,
                "necessary": item.get("necessary", False),
            }
        )
    known = {item["code"] for item in jurisdiction["criteria"]}
    unplaced = [e for e in counted if not known & set(e["metadata"].get("criteria", []))]
    return {
        "criteria": criteria,
        "documents": len(counted),
        "jurisdiction": jurisdiction["code"],
        "unplaced": sorted(e["document"] for e in unplaced),
    }


def timeline(entries, profile):
    def order(e):
        period = e["metadata"]["period"]
        return period.get("from", period.get("to")), e["document"]

    counted = list(evidence(entries))
    by_year = {}
    for e in sorted((e for e in counted if years_of(e)), key=order):
        for year in years_of(e):
            by_year.setdefault(year, []).append(e["document"])
    items = [{"documents": ids, "year": year} for year, ids in by_year.items()]
    for gap in ranges(stay(entries, profile) - set(by_year)):
        items.append({"from": gap["from"], "gap": True, "to": gap["to"]})
    items.sort(key=lambda item: item.get("year", item.get("from")))
    undated = sorted(e["document"] for e in counted if not years_of(e))
    return items + ([{"documents": undated, "undated": True}] if undated else [])


def wishes(covered, profile):
    subjects = (profile or {}).get("subjects", [])
    found = []
    for item in covered["criteria"]:
        age = CRITERIA[item["criterion"]].get("age")
        if age and subjects and all("born" in s and YEAR - s["born"] < age for s in subjects):
            continue
        if not item["missing"] and not item["gaps"]:
            continue
        kinds = [k for k, kind in KINDS.items() if item["criterion"] in kind["supports"]]
        wish = {"criterion": item["criterion"]}
        if item["necessary"]:
            wish["necessary"] = True
        if kinds:
            wish["kinds"] = kinds
        if item["gaps"]:
            wish["years"] = item["gaps"]
        found.append(wish)
    return {"format": 0, "jurisdiction": covered["jurisdiction"], "made": TODAY, "wishes": found}


# The people.


def j():
    profile = {
        "city": "Amsterdam",
        "format": 0,
        "languages": ["nl", "es"],
        "procedures": [
            {"about": "verblijf op grond van privéleven", "outcome": "afgewezen", "year": 2019}
        ],
        "representative": {"organisation": "Steunpunt (fictief)"},
        "since": 1984,
        "subjects": [{"born": 1951, "name": "J.", "role": "applicant"}],
    }
    entries = [
        entry("Verklaring van verblijf", "housing", "rootedness", "1984-05-03", "1992-11-30"),
        entry(
            "Uittreksel grafregister",
            "grave-registration",
            "family-or-graves-in-nl trauma-in-nl",
            "1992-10-21",
        ),
        entry(
            "Behandelverklaring",
            "therapy-statement",
            "trauma-in-nl medical-vulnerability",
            "2001-02-01",
            "2003-12-31",
        ),
        entry("Brief van de parochie", "letter-of-support", "rootedness", "1998-01-01", "2009-06-30"),
        entry("Eerste brief", "embassy-correspondence", "identity-effort", "2009-03-01", "2009-03-01"),
        entry("Vierde brief", "embassy-correspondence", "identity-effort", "2015-04-02", "2015-04-02"),
        entry("Afwijzing 2019", "earlier-decision", "last-resort", "2019-08-14", "2020-03-12"),
        entry("Foto zonder datum", "photograph", "rootedness"),
        entry("Profiel", "profile"),
    ]
    warnings = ["gap", "gap", "gap", "pilot-undated"]
    return dict(entries=entries, profile=profile, warnings=warnings), (
        "an old man since 1984: roots with three gaps, letters to the embassy with one between"
    )


def n():
    profile = {
        "city": "Amsterdam",
        "format": 0,
        "since": 2006,
        "subjects": [{"born": 2006, "name": "N.", "role": "applicant"}],
    }
    entries = [
        entry(
            "Basisschool",
            "school-record",
            "raised-and-schooled rootedness",
            "2010-08-01",
            "2018-07-15",
        ),
        entry("Mavo", "diploma", "raised-and-schooled rootedness", "2018-08-01", "2022-07-01"),
        entry("Cijfers verpleegkunde", "school-record", "work-prospects", "2023-09-01", "2026-06-30"),
    ]
    warnings = ["necessary-missing", "necessary-missing", "gap", "gap", "pilot-undated"]
    return dict(entries=entries, profile=profile, warnings=warnings), (
        "a student born in Amsterdam: school without gaps, nothing on the necessary criteria"
    )


def m():
    profile = {
        "city": "Katwijk",
        "format": 0,
        "since": 2019,
        "subjects": [
            {"name": "vader", "role": "parent", "born": 1983},
            {"name": "moeder", "role": "parent", "born": 1985},
            {"name": "M.", "role": "child", "born": 2009},
            {"name": "broer", "role": "child", "born": 2015},
        ],
    }
    letter = entry(
        "Brief aan ambassade", "embassy-correspondence", "identity-effort", "2021-02-01", "2021-02-01"
    )
    entries = [
        letter,
        entry(
            "Brief aan ambassade, zonder adressen",
            "embassy-correspondence",
            "identity-effort",
            "2020-01-01",
            "2026-01-01",
            of=letter["document"],
            redaction=True,
        ),
        entry(
            "Antwoord met zwarte balken",
            "embassy-correspondence",
            "identity-effort last-resort",
            "2022-05-05",
            "2022-05-05",
            of=document_id("Antwoord dat niet meegaat"),
            redaction=True,
        ),
        entry("Bemiddelingsverzoek", "mediation-request", "identity-effort", None, "2023-11-30"),
        entry(
            "Schoolverklaring",
            "school-record",
            "raised-and-schooled",
            "2019-09-01",
            "2026-07-31",
            subject="M.",
        ),
        entry("Foto van school", "photograph", "rootedness", "2024-06-01", "2024-06-01", erased=True),
    ]
    warnings = ["city-outside", "pilot-undated"]
    return dict(entries=entries, profile=profile, warnings=warnings), (
        "a stateless family outside the pilot's cities: a redaction beside its original counts for "
        "nothing, one in place of its original counts"
    )


def d():
    entries = [
        entry("رسالة أمي", "letter-of-support", "no-network-origin", "2024-03-01", language="ar"),
        entry(
            "Vertaling van de brief",
            "letter-of-support",
            "no-network-origin",
            "2024-03-01",
            translation=True,
        ),
        entry("Aangifte", "police-report", "gender-related", "2022-02-02", "2022-02-02"),
        entry("Graf", "grave-registration", "family-or-graves-in-nl", "2021-07-07"),
        entry("Therapie", "therapy-statement", "gender-related trauma-in-nl", "2022-06-01", "2030-01-01"),
        entry("Paspoort", "identity-paper", "identity-effort", "2014-01-01", "2019-01-01"),
        entry("Afspraak", "medical-record", "", "2027-01-15"),
        entry("Raar", "horoscope", "star-sign", "2025-02-01", "2025-01-01", language="Nederlands!"),
    ]
    warnings = ["necessary-missing", "no-profile", "pilot-undated"]
    warnings += ["expired", "no-criterion", "period-future"]
    warnings += ["unknown-kind", "unknown-criterion", "period-reversed", "language-unclear"]
    return dict(entries=entries, profile=None, warnings=warnings), (
        "a woman since 2019, without a profile: a translation, an expired passport, odd descriptions"
    )


def berlin():
    profile = {
        "city": "berlin",
        "format": 0,
        "since": 2020,
        "subjects": [{"born": 1990, "role": "applicant"}],
    }
    entries = [
        entry("Arbeitsvertrag", "employment", "economic-integration", "2021-01-01", "2021-12-31"),
        entry("Zweiter Vertrag", "employment", "economic-integration", "2024-01-01", "2026-11-01"),
        entry("Sprachkurs", "diploma", "linguistic-integration", "2020-09-01", "2021-06-30"),
        entry("Chor", "club-membership", "cultural-integration social-integration", "2022-01-01"),
        entry("Brief", "letter-of-support", "rootedness", "2023-01-01"),
    ]
    warnings = ["gap", "gap", "gap", "unknown-criterion"]
    return dict(
        entries=entries,
        profile=profile,
        warnings=warnings,
        jurisdiction="de-be-haertefallkommission",
    ), ("another jurisdiction: no necessary criteria, no pilot, one city in small letters")


def empty():
    warnings = ["no-documents", "necessary-missing", "necessary-missing", "no-profile", "pilot-undated"]
    return dict(entries=[], profile=None, warnings=warnings), "nothing at all"


def cases():
    for make in (j, n, m, d, berlin, empty):
        case, comment = make()
        code = case.setdefault("jurisdiction", "nl-commissie-2025")
        profile = case.pop("profile")
        if profile:
            case["profile"] = profile
        entries = case["entries"]
        case["comment"] = comment
        case["today"] = TODAY
        case["coverage"] = coverage(entries, JURISDICTIONS[code], profile)
        case["timeline"] = timeline(entries, profile)
        case["wishes"] = wishes(case["coverage"], profile)
        text = json.dumps(case, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        output.write("dossier", make.__name__, text)


if __name__ == "__main__":
    output.main(["dossier"], cases)
