//! The national reference content: one case for each kind of fault, over a small model; then what the shipped files say.

use std::collections::BTreeMap;

use super::{Case, assert_told};
use crate::exchange::reference::{Files, ReferenceData, Requirement, read};

/// A map with a process in a macroprocess, a framework in two editions, a norm, a line.
pub(super) const MODEL: [(&str, &str); 9] = [
    ("reference_maps.csv", "code,name,edition,valid_from,valid_to,source,official\nMAP_1,Mapa,1,2011-01-01,,a,false\n"),
    (
        "reference_processes.csv",
        "map,code,parent,level,kind,name,source,official\n\
         MAP_1,E,,MACROPROCESS,CORE,Atención,a,false\n\
         MAP_1,E01,E,PROCESS,,Solicitudes,a,true\n\
         MAP_1,E01.01,E01,SUBPROCESS,,Radicar,a,false\n",
    ),
    ("frameworks.csv", "slug,name,name_en,source,official\nMIPG,Modelo,Model,a,false\nMECI,Control,Control,a,false\n"),
    (
        "framework_editions.csv",
        "framework,code,label,valid_from,valid_to,source,official\n\
         MIPG,2017,MIPG 2017,2017-01-01,2019-01-01,a,false\n\
         MIPG,2019,MIPG 2019,2019-01-01,,a,false\n\
         MECI,2017,MECI 2017,2017-01-01,,a,false\n",
    ),
    (
        "requirements.csv",
        "edition,slug,parent,kind,number,name,name_en,leading_entity,furag_code,source,official\n\
         MIPG/2017,D1,,DIMENSION,1,Talento,Talent,,,a,true\n\
         MIPG/2017,GETH,D1,POLICY,,Gestión,,FP,,a,false\n\
         MIPG/2019,D1,,DIMENSION,1,Talento,Talent,,,a,true\n\
         MIPG/2019,GETH,D1,POLICY,,Gestión,,FP,POL01,a,true\n\
         MIPG/2019,INTEGRIDAD,D1,POLICY,,Integridad,,FP,POL02,a,true\n",
    ),
    (
        "crosswalks.csv",
        "from,to,relation,strength,source,official\n\
         MIPG/2017/D1,MIPG/2019/D1,EQUAL,100,a,true\n\
         MIPG/2017/GETH,MIPG/2019/GETH,SUBSET,,a,false\n",
    ),
    ("norms.csv", "code,name,articles,subject,source,official\nLEY_87_1993,Ley 87 de 1993,,Control,a,true\n"),
    ("defence_lines.csv", "code,name,name_en,who,source,official\nTERCERA,Tercera,Third,OCI,a,true\n"),
    (
        "finding_types.csv",
        "regime,code,name,name_en,kinds,requires_action,source,official\n\
         ISO,NC_MAYOR,Mayor,Major,MAJOR_NONCONFORMITY,true,a,false\n",
    ),
];

const CELLS: &[Case] = &[
    (
        "reference_maps.csv",
        "MAP_1",
        "MAP 1",
        &[
            "reference_maps.csv, row 2, column code: \"MAP 1\" is not a code of letters without accents, digits, \"_\", \".\" and \"-\"",
        ],
    ),
    (
        "reference_processes.csv",
        "PROCESS,,Sol",
        "PROCESO,,Sol",
        &[
            "reference_processes.csv, row 3, column level: \"PROCESO\" is not one of MACROPROCESS, PROCESS, SUBPROCESS, PROCEDURE",
        ],
    ),
    (
        "reference_processes.csv",
        "CORE",
        "MISIONAL",
        &[
            "reference_processes.csv, row 2, column kind: \"MISIONAL\" is not one of STRATEGIC, CORE, SUPPORT, EVALUATION",
        ],
    ),
    (
        "requirements.csv",
        "DIMENSION,1,Talento,Talent,,,a,true\nMIPG/2017,G",
        "PART,1,Talento,Talent,,,a,true\nMIPG/2017,G",
        &[
            "requirements.csv, row 2, column kind: \"PART\" is not one of DIMENSION, POLICY, GUIDELINE, COMPONENT, PRINCIPLE, CLAUSE",
        ],
    ),
    (
        "crosswalks.csv",
        "SUBSET",
        "LESS",
        &["crosswalks.csv, row 3, column relation: \"LESS\" is not one of EQUAL, SUBSET, SUPERSET, INTERSECTS"],
    ),
    (
        "crosswalks.csv",
        "100",
        "101",
        &["crosswalks.csv, row 2, column strength: \"101\" is not a whole number from 0 to 100"],
    ),
    (
        "framework_editions.csv",
        "2017-01-01,2019-01-01",
        "2017-01-01,2016-01-01",
        &[
            "framework_editions.csv, row 2, column valid_to: the interval is empty: it ends on 2016-01-01 (that day excluded) and starts on 2017-01-01",
        ],
    ),
    ("norms.csv", "Control", "", &["norms.csv, row 2, column subject: the cell is blank and must not be"]),
    (
        "finding_types.csv",
        "MAJOR_NONCONFORMITY",
        "",
        &["finding_types.csv, row 2, column kinds: the cell is blank and must not be"],
    ),
    ("defence_lines.csv", "OCI", "", &["defence_lines.csv, row 2, column who: the cell is blank and must not be"]),
];

#[test]
fn faults_of_a_cell() {
    assert_told(CELLS);
}

const TREES: &[Case] = &[
    (
        "reference_processes.csv",
        "E01.01,E01",
        "E01.01,E02",
        &["reference_processes.csv, row 4, column parent: \"MAP_1/E02\" is not in reference_processes.csv"],
    ),
    (
        "reference_processes.csv",
        "MAP_1,E01.01",
        "MAP_2,E01.01",
        &[
            "reference_processes.csv, row 4, column map: \"MAP_2\" is not in reference_maps.csv",
            "reference_processes.csv, row 4, column parent: \"MAP_2/E01\" is not in reference_processes.csv",
        ],
    ),
    (
        "reference_processes.csv",
        "E01.01,E01",
        "E01.01,",
        &[
            "reference_processes.csv, row 4, column parent: E01.01 is a SUBPROCESS and stands under nothing; only a MACROPROCESS does",
        ],
    ),
    (
        "reference_processes.csv",
        "E01,SUBPROCESS",
        "E01,PROCESS",
        &["reference_processes.csv, row 4, column parent: E01.01, a PROCESS, cannot stand under E01, a PROCESS"],
    ),
    (
        "reference_processes.csv",
        "MAP_1,E,,",
        "MAP_1,E,E01,",
        &["reference_processes.csv, row 2, column parent: E, a MACROPROCESS, cannot stand under E01, a PROCESS"],
    ),
    (
        "reference_processes.csv",
        "E01.01,E01",
        "E01,E",
        &["reference_processes.csv, row 4, column code: the code \"MAP_1/E01\" stands already on row 3"],
    ),
    (
        "requirements.csv",
        "MIPG/2017,GETH,D1",
        "MIPG/2017,GETH,D2",
        &["requirements.csv, row 3, column parent: \"MIPG/2017/D2\" is not in requirements.csv"],
    ),
    (
        "requirements.csv",
        "INTEGRIDAD,D1,POLICY,,Integridad",
        "INTEGRIDAD,INTEGRIDAD,POLICY,,Integridad",
        &["requirements.csv, row 6, column parent: INTEGRIDAD stands under itself"],
    ),
    (
        "requirements.csv",
        "D1,,DIMENSION,1,Talento,Talent,,,a,true\nMIPG/2019,GETH,D1,",
        "D1,GETH,DIMENSION,1,Talento,Talent,,,a,true\nMIPG/2019,GETH,D1,",
        &[
            "requirements.csv, row 4, column parent: D1 stands under itself",
            "requirements.csv, row 5, column parent: GETH stands under itself",
        ],
    ),
];

#[test]
fn faults_of_a_tree() {
    assert_told(TREES);
}

const EDITIONS: &[Case] = &[
    (
        "framework_editions.csv",
        "2017-01-01,2019-01-01",
        "2017-01-01,2019-06-01",
        &[
            "framework_editions.csv, row 3: this edition of MIPG and that of row 2 hold both from 2019-01-01 until 2019-06-01 (excluded); end the earlier one on the first of these days",
        ],
    ),
    (
        "framework_editions.csv",
        "MECI,",
        "ISO,",
        &["framework_editions.csv, row 4, column framework: \"ISO\" is not in frameworks.csv"],
    ),
    (
        "framework_editions.csv",
        "MIPG,2019,",
        "MIPG,2017,",
        &[
            "framework_editions.csv, row 3, column code: the code \"MIPG/2017\" stands already on row 2",
            "requirements.csv, row 4, column edition: \"MIPG/2019\" is not in framework_editions.csv",
            "requirements.csv, row 5, column edition: \"MIPG/2019\" is not in framework_editions.csv",
            "requirements.csv, row 6, column edition: \"MIPG/2019\" is not in framework_editions.csv",
        ],
    ),
    // What cannot be read is there all the same: nobody who refers to it is wrong.
    (
        "framework_editions.csv",
        "MIPG 2017",
        "",
        &["framework_editions.csv, row 2, column label: the cell is blank and must not be"],
    ),
    (
        "requirements.csv",
        "POL02",
        "POL01",
        &["requirements.csv, row 6, column furag_code: the code \"MIPG/2019/POL01\" stands already on row 5"],
    ),
    (
        "crosswalks.csv",
        "MIPG/2019/GETH",
        "MIPG/2021/GETH",
        &["crosswalks.csv, row 3, column to: \"MIPG/2021/GETH\" is not in requirements.csv"],
    ),
    (
        "crosswalks.csv",
        "MIPG/2019/GETH",
        "MIPG/2017/GETH",
        &["crosswalks.csv, row 3, column to: MIPG/2017/GETH cannot be compared with itself"],
    ),
    (
        "crosswalks.csv",
        "SUBSET,,a,false",
        "SUBSET,,a,true",
        &[
            "crosswalks.csv, row 3, column official: the row cannot be official: MIPG/2017/GETH, which it compares, is not",
        ],
    ),
];

#[test]
fn faults_of_editions_and_what_compares_them() {
    assert_told(EDITIONS);
}

fn shipped() -> ReferenceData {
    read(&Files::embedded()).expect("the shipped files are without fault")
}

fn of<'a>(data: &'a ReferenceData, edition: &'a str, kind: &'a str) -> impl Iterator<Item = &'a Requirement> {
    data.requirements.iter().filter(move |row| row.edition == edition && row.kind == kind)
}

#[test]
fn the_shipped_content_has_the_figures_that_are_known() {
    let data = shipped();
    let level = |level: &str| data.reference_processes.iter().filter(|row| row.level == level).count();
    assert_eq!((level("MACROPROCESS"), level("PROCESS"), level("SUBPROCESS"), level("PROCEDURE")), (14, 39, 32, 0));
    let letters: String =
        data.reference_processes.iter().filter(|row| row.parent.is_none()).map(|row| &*row.code).collect();
    assert_eq!(letters, "ABCDEFGHIJKLMN");
    for (edition, policies) in [("MIPG/2017", 16), ("MIPG/2019", 18), ("MIPG/2021", 19)] {
        assert_eq!(of(&data, edition, "POLICY").count(), policies, "{edition}");
        assert_eq!(of(&data, edition, "DIMENSION").count(), 7, "{edition}");
    }
    assert_eq!(of(&data, "MECI/2017", "COMPONENT").count(), 5);
    assert_eq!(of(&data, "ISO_9001/2015", "CLAUSE").count(), 91);
    assert_eq!((data.norms.len(), data.defence_lines.len(), data.crosswalks.len()), (26, 4, 16 + 18));
    let new: Vec<_> =
        of(&data, "MIPG/2021", "POLICY").filter(|row| !data.crosswalks.iter().any(|c| c.to == row.key)).collect();
    assert_eq!(new.iter().map(|row| &*row.slug).collect::<Vec<_>>(), ["COMPRAS"]);
    // FURAG moved the numbers: the slug stays.
    let code = |edition| {
        of(&data, edition, "POLICY")
            .find(|row| row.slug == "GOBIERNO_DIGITAL")
            .and_then(|row| row.furag_code.as_deref())
    };
    assert_eq!((code("MIPG/2017"), code("MIPG/2019"), code("MIPG/2021")), (None, Some("POL06"), Some("POL07")));
    let name = |edition| {
        of(&data, edition, "POLICY")
            .find(|row| row.slug == "SERVICIO")
            .map(|row| (&*row.name, row.leading_entity.as_deref()))
    };
    assert_eq!(name("MIPG/2019"), Some(("Servicio al Ciudadano", Some("Departamento Nacional de Planeación (DNP)"))));
    assert_eq!(name("MIPG/2021"), Some(("Servicio a las Ciudadanías", Some("Función Pública"))));
}

/// A row is official only where everything that it shows is verified.
#[test]
fn the_shipped_content_is_official_where_all_of_it_is_verified() {
    let data = shipped();
    // The bands of the macroprocesses are nowhere verified; of the processes one has a verified code and name.
    let processes: Vec<_> = data.reference_processes.iter().filter(|row| row.official).map(|row| &*row.code).collect();
    assert_eq!(processes, ["E01"]);
    // Their first days are known by year only.
    assert!(data.reference_maps.iter().all(|row| !row.official && row.source.contains("unverified")));
    assert!(data.framework_editions.iter().all(|row| !row.official && row.label.contains("día por confirmar")));
    assert!(data.framework_editions.iter().all(|row| row.valid.from().to_string().ends_with("-01-01")));
    assert!(data.frameworks.iter().all(|row| !row.official));

    let mut official: BTreeMap<_, usize> = BTreeMap::new();
    for row in data.requirements.iter().filter(|row| row.official) {
        *official.entry((&*row.edition, &*row.kind)).or_default() += 1;
    }
    // 2017: which policies there were is unsure. 2021: the FURAG codes are not verified. ISO: titles in our own words.
    let expected = [
        (("MECI/2017", "COMPONENT"), 5),
        (("MIPG/2017", "DIMENSION"), 7),
        (("MIPG/2019", "DIMENSION"), 7),
        (("MIPG/2019", "POLICY"), 16),
        (("MIPG/2021", "DIMENSION"), 7),
    ];
    assert_eq!(official.into_iter().collect::<Vec<_>>(), expected);
    let unsure: Vec<_> = of(&data, "MIPG/2019", "POLICY").filter(|row| !row.official).map(|row| &*row.slug).collect();
    assert_eq!(unsure, ["MEJORA_NORMATIVA", "SERVICIO"], "their leaders changed, and when is unsure");
    for row in of(&data, "MIPG/2021", "POLICY") {
        assert!(row.source.contains("FURAG code from 2021 on: unverified"), "{}", row.slug);
    }
    assert!(data.crosswalks.iter().all(|row| row.relation == "EQUAL" && !row.official));

    let norm = |code: &str| data.norms.iter().find(|row| row.code == code).expect("a norm").official;
    assert!(norm("LEY_87_1993") && norm("DECRETO_2700_2004"));
    // General knowledge; some of the articles only; verified as something else; the subject not at all.
    for code in ["LEY_115_1994", "LEY_909_2004", "DECRETO_648_2017", "DECRETO_5012_2009"] {
        assert!(!norm(code), "{code}");
    }
    assert_eq!(data.norms.iter().filter(|row| row.official).count(), 17);
    let lines: Vec<_> = data.defence_lines.iter().map(|row| (&*row.code, row.official)).collect();
    let types: Vec<_> = data.finding_types.iter().filter(|row| row.official).map(|row| &*row.key).collect();
    assert_eq!(
        (data.finding_types.len(), types),
        (10, vec!["FISCAL_CONTROL/HALLAZGO_ADMINISTRATIVO", "INTERNAL_CONTROL/HALLAZGO"])
    );
    assert_eq!(lines, [("ESTRATEGICA", false), ("PRIMERA", false), ("SEGUNDA", false), ("TERCERA", true)]);
}
