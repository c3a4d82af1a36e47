//! Rows of the territory.

use entity::{
    Id, fold,
    organization::OrgUnitKind,
    territory::{
        JobLevel, TerritorialEntityKind, coverage, department, job_denomination, municipality, territorial_entity,
        unit_kind,
    },
};

use crate::{Bench, day, list};

/// What other areas hang on.
pub struct Land {
    pub territorial_entity_id: Id<territorial_entity::Entity>,
    pub job_denomination_id: Id<job_denomination::Entity>,
}

/// A department named by its key, so that a test can look at the order of both.
pub fn department(code: &str, key: &str, official: bool) -> department::Model {
    department::Model {
        id: Id::new(),
        code: code.into(),
        name: key.into(),
        name_key: key.into(),
        source: "DIVIPOLA".into(),
        official,
    }
}

/// One row a table.
pub async fn rows(bench: &mut Bench) -> Land {
    let department = department("05", "antioquia", true);
    bench.keeps(department.clone()).await;
    let municipality = municipality::Model {
        id: Id::new(),
        department_id: department.id,
        code: "05380".into(),
        name: "La Estrella".into(),
        name_key: fold("La Estrella"),
        valid_from: Some(day(0)),
        valid_to: Some(day(9_999)),
        source: "DIVIPOLA".into(),
        official: false,
    };
    bench.keeps(municipality.clone()).await;
    let etc = territorial_entity::Model {
        id: Id::new(),
        department_id: department.id,
        kind: TerritorialEntityKind::Municipality,
        men_code: Some("3758".into()),
        divipola: "05380".into(),
        name: "La Estrella (ETC)".into(),
        name_key: fold("La Estrella (ETC)"),
        aliases: list(),
        search_key: "la estrella".into(),
        valid_from: day(1),
        valid_to: Some(day(2)),
        source: "MEN".into(),
        official: true,
    };
    bench.keeps(etc.clone()).await;
    let coverage = coverage::Model {
        id: Id::new(),
        territorial_entity_id: etc.id,
        municipality_id: municipality.id,
        valid_from: day(3),
        valid_to: Some(day(4)),
        source: "MEN".into(),
        official: true,
        dates_official: false,
    };
    bench.keeps(coverage).await;
    let kind = unit_kind::Model {
        id: Id::new(),
        code: OrgUnitKind::SchoolCluster,
        name: "Núcleo educativo".into(),
        name_key: fold("Núcleo educativo"),
        name_en: "School cluster".into(),
        typical_parents: list(),
        source: "guía".into(),
        official: false,
    };
    bench.keeps(kind).await;
    let denomination = job_denomination::Model {
        id: Id::new(),
        code: "020".into(),
        name: "Secretario de Despacho".into(),
        name_key: fold("Secretario de Despacho"),
        level: JobLevel::Executive,
        source: "Decreto Ley 785 de 2005".into(),
        official: true,
    };
    bench.keeps(denomination.clone()).await;
    Land { territorial_entity_id: etc.id, job_denomination_id: denomination.id }
}
