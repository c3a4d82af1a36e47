//! Rows of the national reference content.

use entity::{
    Id, fold,
    framework::{
        CrosswalkRelation, RequirementKind, crosswalk, defence_line, framework, framework_edition, norm, reference_map,
        reference_process, requirement,
    },
    value_chain::{ProcessKind, ProcessLevel},
};

use crate::{Bench, day};

/// What organizations refer to.
pub struct National {
    pub reference_process_id: Id<reference_process::Entity>,
    pub requirement_id: Id<requirement::Entity>,
    pub norm_id: Id<norm::Entity>,
    pub edition_id: Id<framework_edition::Entity>,
}

/// One row a table, and one under another where rows form a tree.
pub async fn rows(bench: &mut Bench) -> National {
    let reference_process_id = maps(bench).await;
    let edition = edition(bench).await;
    let dimension = requirement(edition, None, "D3");
    let policy = requirement::Model {
        number: None,
        name_en: None,
        leading_entity: None,
        furag_code: None,
        valid_to: None,
        ..requirement(edition, Some(dimension.id), "GOBIERNO_DIGITAL")
    };
    bench.keeps(dimension.clone()).await;
    bench.keeps(policy.clone()).await;
    let crosswalk = crosswalk::Model {
        id: Id::new(),
        from_requirement_id: dimension.id,
        to_requirement_id: policy.id,
        relation: CrosswalkRelation::Superset,
        strength: Some(100),
        source: "general".into(),
        official: false,
    };
    bench.keeps(crosswalk.clone()).await;
    let beyond = crosswalk::Model {
        id: Id::new(),
        from_requirement_id: policy.id,
        to_requirement_id: dimension.id,
        strength: Some(101),
        ..crosswalk
    };
    bench.insert(beyond).await.expect_err("more than all of it corresponds");
    let norm = norm::Model {
        id: Id::new(),
        code: "LEY_87_1993".into(),
        name: "Ley 87 de 1993".into(),
        name_key: fold("Ley 87 de 1993"),
        articles: Some("art. 12".into()),
        subject: "Sistema de Control Interno".into(),
        source: "Ley 87 de 1993".into(),
        official: true,
    };
    bench.keeps(norm.clone()).await;
    let line = defence_line::Model {
        id: Id::new(),
        code: "TERCERA".into(),
        position: 3,
        name: "Tercera línea".into(),
        name_key: fold("Tercera línea"),
        name_en: "Third line".into(),
        who: "Oficina de Control Interno".into(),
        source: "circular".into(),
        official: true,
    };
    bench.keeps(line).await;
    National { reference_process_id, requirement_id: policy.id, norm_id: norm.id, edition_id: edition }
}

async fn maps(bench: &mut Bench) -> Id<reference_process::Entity> {
    let map = reference_map::Model {
        id: Id::new(),
        code: "MEN_2011".into(),
        name: "Mapa de macroprocesos".into(),
        name_key: fold("Mapa de macroprocesos"),
        edition: "2011".into(),
        valid_from: day(1),
        valid_to: Some(day(2)),
        source: "MEN".into(),
        official: false,
    };
    bench.keeps(map.clone()).await;
    let above = reference_process::Model {
        id: Id::new(),
        reference_map_id: map.id,
        parent_id: None,
        level: ProcessLevel::Macroprocess,
        kind: Some(ProcessKind::Core),
        code: "E".into(),
        name: "Atención al Ciudadano".into(),
        name_key: fold("Atención al Ciudadano"),
        position: 0,
        source: "SE".into(),
        official: false,
    };
    bench.keeps(above.clone()).await;
    let (level, code) = (ProcessLevel::Process, "E01".to_owned());
    let parent_id = Some(above.id);
    let below = reference_process::Model { id: Id::new(), parent_id, level, kind: None, code, position: 1, ..above };
    bench.keeps(below.clone()).await;
    below.id
}

/// An edition of a framework of its own.
async fn edition(bench: &mut Bench) -> Id<framework_edition::Entity> {
    let framework = framework::Model {
        id: Id::new(),
        slug: format!("MIPG-{}", Id::<()>::new().uuid().simple()),
        name: "Modelo Integrado".into(),
        name_key: fold("Modelo Integrado"),
        name_en: "Integrated Model".into(),
        source: "Decreto 1499 de 2017".into(),
        official: false,
    };
    bench.keeps(framework.clone()).await;
    let edition = framework_edition::Model {
        id: Id::new(),
        framework_id: framework.id,
        code: "2021".into(),
        label: "MIPG 2021".into(),
        valid_from: day(5),
        valid_to: Some(day(6)),
        source: "manual".into(),
        official: false,
    };
    bench.keeps(edition.clone()).await;
    edition.id
}

fn requirement(
    edition: Id<framework_edition::Entity>,
    parent: Option<Id<requirement::Entity>>,
    slug: &str,
) -> requirement::Model {
    requirement::Model {
        id: Id::new(),
        framework_edition_id: edition,
        parent_id: parent,
        slug: slug.to_owned(),
        kind: RequirementKind::Dimension,
        number: Some("3".into()),
        name: "Gestión con Valores".into(),
        name_key: fold("Gestión con Valores"),
        name_en: Some("Management with Values".into()),
        leading_entity: Some("Función Pública".into()),
        furag_code: Some("POL07".into()),
        position: 0,
        valid_from: day(5),
        valid_to: Some(day(6)),
        source: "manual".into(),
        official: true,
    }
}

/// What stands under something stands in the same edition: the table itself refuses the rest.
pub async fn a_requirement_stays_in_its_edition(bench: &mut Bench) {
    let (ours, theirs) = (edition(bench).await, edition(bench).await);
    let above = requirement(theirs, None, "D1");
    bench.keeps(above.clone()).await;
    bench.insert(requirement(ours, Some(above.id), "GETH")).await.expect_err("under one of another edition");
    bench.keeps(requirement(theirs, Some(above.id), "GETH")).await;
}
