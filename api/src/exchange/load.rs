//! National reference data into the database.
//!
//! Keys are derived from table and natural code, so that every database that was loaded from the same files gives
//! the same ids, and loading again changes only what differs.

use entity::{
    Id, TextList,
    audit::finding_type,
    fold,
    framework::{
        crosswalk, defence_line, framework, framework_edition, norm, reference_map, reference_process, requirement,
    },
    organization::OrgUnitKind,
    territory::{
        JobLevel, TerritorialEntityKind, coverage, department, job_denomination, municipality, territorial_entity,
        unit_kind,
    },
};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::reference::ReferenceData;
use crate::store::{Loaded, Loader, Store, StoreFault};

/// The word of a closed list that the reader has checked; a test sees to it that reader and vocabulary have the same.
macro_rules! word {
    ($function:ident, $vocabulary:ident, $first:ident) => {
        fn $function(word: &str) -> $vocabulary {
            let term = $vocabulary::VOCABULARY.by_name(word);
            term.and_then(|term| $vocabulary::from_number(term.number)).unwrap_or($vocabulary::$first)
        }
    };
}

mod content;

/// The namespace of every derived key. Changing it changes every id that was ever handed out.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d1c_8f0e_52b4_5b0a_9c37_41a7_1c0d_e5a1);

/// What loading the reference data did, table by table, in the order in which they refer to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Table and rows.
    pub tables: Vec<(&'static str, Loaded)>,
}

impl Counts {
    /// All tables together.
    pub fn total(&self) -> Loaded {
        self.tables.iter().fold(Loaded::default(), |sum, (_, loaded)| Loaded {
            inserted: sum.inserted + loaded.inserted,
            updated: sum.updated + loaded.updated,
            unchanged: sum.unchanged + loaded.unchanged,
        })
    }
}

/// The key of the row of a table that has this natural code: the same in every database.
pub fn key<E: EntityTrait>(code: &str) -> Id<E> {
    let table = E::default();
    Id::from_uuid(Uuid::new_v5(&NAMESPACE, format!("{}/{code}", table.table_name()).as_bytes()))
}

/// Loads the national catalogues in one transaction. What is there and equal stays as it is; a row that the files no
/// longer have stays too, because others may refer to it.
///
/// [`ReferenceData`] exists only when its files were read without a fault, so nothing broken comes this far.
///
/// # Errors
/// What the database refuses; then nothing was loaded.
pub async fn load_reference(store: &Store, data: &ReferenceData) -> Result<Counts, StoreFault> {
    let mut loader = store.loader().await?;
    let tables = vec![
        upsert(&mut loader, "department", &[department::Column::Code], departments(data)).await?,
        upsert(&mut loader, "municipality", &[municipality::Column::Code], municipalities(data)).await?,
        upsert(&mut loader, "territorial_entity", &[territorial_entity::Column::Divipola], entities(data)).await?,
        upsert(&mut loader, "coverage", COVERAGE_KEY, coverage(data)).await?,
        upsert(&mut loader, "unit_kind", &[unit_kind::Column::Code], unit_kinds(data)).await?,
        upsert(&mut loader, "job_denomination", &[job_denomination::Column::Code], jobs(data)).await?,
        upsert(&mut loader, "reference_map", &[reference_map::Column::Code], content::maps(data)).await?,
        upsert(&mut loader, "reference_process", PROCESS_KEY, content::processes(data)).await?,
        upsert(&mut loader, "framework", &[framework::Column::Slug], content::frameworks(data)).await?,
        upsert(&mut loader, "framework_edition", EDITION_KEY, content::editions(data)).await?,
        upsert(&mut loader, "requirement", REQUIREMENT_KEY, content::requirements(data)).await?,
        upsert(&mut loader, "crosswalk", CROSSWALK_KEY, content::crosswalks(data)).await?,
        upsert(&mut loader, "norm", &[norm::Column::Code], content::norms(data)).await?,
        upsert(&mut loader, "defence_line", &[defence_line::Column::Code], content::defence_lines(data)).await?,
        upsert(&mut loader, "finding_type", FINDING_TYPE_KEY, content::finding_types(data)).await?,
    ];
    loader.commit().await?;
    Ok(Counts { tables })
}

const COVERAGE_KEY: &[coverage::Column] = &[coverage::Column::MunicipalityId, coverage::Column::ValidFrom];
const PROCESS_KEY: &[reference_process::Column] =
    &[reference_process::Column::ReferenceMapId, reference_process::Column::Code];
const EDITION_KEY: &[framework_edition::Column] =
    &[framework_edition::Column::FrameworkId, framework_edition::Column::Code];
const REQUIREMENT_KEY: &[requirement::Column] = &[requirement::Column::FrameworkEditionId, requirement::Column::Slug];
const CROSSWALK_KEY: &[crosswalk::Column] = &[crosswalk::Column::FromRequirementId, crosswalk::Column::ToRequirementId];
const FINDING_TYPE_KEY: &[finding_type::Column] = &[finding_type::Column::Regime, finding_type::Column::Code];

async fn upsert<M, E>(
    loader: &mut Loader,
    table: &'static str,
    natural_key: &[E::Column],
    rows: Vec<M>,
) -> Result<(&'static str, Loaded), StoreFault>
where
    E: EntityTrait<ActiveModel: Send>,
    M: IntoActiveModel<E::ActiveModel> + sea_orm::ModelTrait<Entity = E>,
{
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    Ok((table, loader.upsert::<E>(natural_key, rows).await?))
}

fn departments(data: &ReferenceData) -> Vec<department::Model> {
    let row = |row: &super::reference::Department| department::Model {
        id: key(&row.code),
        code: row.code.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        source: row.source.clone(),
        official: row.official,
    };
    data.departments.iter().map(row).collect()
}

fn municipalities(data: &ReferenceData) -> Vec<municipality::Model> {
    let row = |row: &super::reference::Municipality| municipality::Model {
        id: key(&row.code),
        department_id: key(&row.department_code),
        code: row.code.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        source: row.source.clone(),
        official: row.official,
    };
    data.municipalities.iter().map(row).collect()
}

fn entities(data: &ReferenceData) -> Vec<territorial_entity::Model> {
    let row = |row: &super::reference::TerritorialEntity| territorial_entity::Model {
        id: key(&row.divipola),
        department_id: key(&row.department_code),
        kind: entity_kind(&row.kind),
        men_code: row.men_code.clone(),
        divipola: row.divipola.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        aliases: TextList::new(&row.aliases).unwrap_or_default(),
        search_key: fold(&[std::slice::from_ref(&row.name), row.aliases.as_slice()].concat().join(" ")),
        valid_from: row.valid.from(),
        valid_to: row.valid.to(),
        source: row.source.clone(),
        official: row.official,
    };
    data.territorial_entities.iter().map(row).collect()
}

fn coverage(data: &ReferenceData) -> Vec<coverage::Model> {
    let row = |row: &super::reference::Coverage| coverage::Model {
        id: key(&format!("{}/{}", row.municipality_code, row.valid.from())),
        territorial_entity_id: key(&row.territorial_entity_divipola),
        municipality_id: key(&row.municipality_code),
        valid_from: row.valid.from(),
        valid_to: row.valid.to(),
        source: row.source.clone(),
        official: row.official,
        dates_official: row.dates_official,
    };
    data.coverage.iter().map(row).collect()
}

fn unit_kinds(data: &ReferenceData) -> Vec<unit_kind::Model> {
    let row = |row: &super::reference::UnitKind| unit_kind::Model {
        id: key(&row.code),
        code: org_unit_kind(&row.code),
        name: row.name_es.clone(),
        name_key: fold(&row.name_es),
        name_en: row.name_en.clone(),
        typical_parents: TextList::new(&row.typical_parents).unwrap_or_default(),
        source: row.source.clone(),
        official: row.official,
    };
    data.unit_kinds.iter().map(row).collect()
}

fn jobs(data: &ReferenceData) -> Vec<job_denomination::Model> {
    let row = |row: &super::reference::JobDenomination| job_denomination::Model {
        id: key(&row.code),
        code: row.code.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        level: job_level(&row.level),
        source: row.source.clone(),
        official: row.official,
    };
    data.job_denominations.iter().map(row).collect()
}

word!(entity_kind, TerritorialEntityKind, Municipality);
word!(org_unit_kind, OrgUnitKind, Unit);
word!(job_level, JobLevel, Professional);

#[cfg(test)]
mod tests {
    use entity::{
        audit::{FindingKind, FindingRegime},
        framework::{CrosswalkRelation, RequirementKind},
        value_chain::{ProcessKind, ProcessLevel},
    };

    use super::*;
    use crate::exchange::{
        reference::{Files, read},
        testing::{Bench, on_every_database},
    };

    fn shipped() -> ReferenceData {
        read(&Files::embedded()).expect("the shipped files are whole")
    }

    #[test]
    fn every_word_of_the_files_is_a_word_of_the_vocabularies() {
        let data = shipped();
        let known = |vocabulary: entity::Vocabulary, word: &str| assert!(vocabulary.by_name(word).is_some(), "{word}");
        data.territorial_entities.iter().for_each(|row| known(TerritorialEntityKind::VOCABULARY, &row.kind));
        data.unit_kinds.iter().for_each(|row| known(OrgUnitKind::VOCABULARY, &row.code));
        data.job_denominations.iter().for_each(|row| known(JobLevel::VOCABULARY, &row.level));
        data.reference_processes.iter().for_each(|row| known(ProcessLevel::VOCABULARY, &row.level));
        data.reference_processes.iter().flat_map(|row| &row.kind).for_each(|kind| known(ProcessKind::VOCABULARY, kind));
        data.requirements.iter().for_each(|row| known(RequirementKind::VOCABULARY, &row.kind));
        data.crosswalks.iter().for_each(|row| known(CrosswalkRelation::VOCABULARY, &row.relation));
        data.finding_types.iter().for_each(|row| known(FindingRegime::VOCABULARY, &row.regime));
        data.finding_types.iter().flat_map(|row| &row.kinds).for_each(|kind| known(FindingKind::VOCABULARY, kind));
    }

    /// Keys are handed out: this one must never become another.
    #[test]
    fn a_key_follows_from_table_and_code() {
        let funza: Id<municipality::Entity> = key("25286");
        assert_eq!(funza.uuid().to_string(), "3528a169-b7c6-5efa-ade1-148895e87716");
        assert_ne!(funza.uuid(), key::<territorial_entity::Entity>("25286").uuid());
    }

    #[test]
    fn loading_again_changes_only_what_differs() {
        on_every_database(async |bench: &Bench| {
            let mut data = shipped();
            let content = 1 + 85 + 3 + 5 + 170 + 34 + 26 + 4 + 10;
            let rows = 33 + 1_122 + 97 + data.coverage.len() as u64 + 10 + 25 + content;
            let first = load_reference(&bench.store, &data).await.expect("loads").total();
            assert_eq!(first, Loaded { inserted: rows, ..Loaded::default() });
            let again = load_reference(&bench.store, &data).await.expect("loads").total();
            assert_eq!(again, Loaded { unchanged: rows, ..Loaded::default() });
            data.municipalities[0].name = "Medellín de la Candelaria".to_owned();
            let counts = load_reference(&bench.store, &data).await.expect("loads");
            assert_eq!(counts.total(), Loaded { updated: 1, unchanged: rows - 1, ..Loaded::default() });
            let found =
                "SELECT count(*) FROM municipality WHERE code = '05001' AND name_key = 'medellin de la candelaria'";
            assert_eq!(bench.number(found).await, 1);
        });
    }

    #[test]
    fn the_coverage_answers_for_any_day() {
        on_every_database(async |bench: &Bench| {
            load_reference(&bench.store, &shipped()).await.expect("loads");
            let covers = |divipola: &str, municipality: &str, day: &str| {
                format!(
                    "SELECT count(*) FROM coverage c JOIN territorial_entity e ON e.id = c.territorial_entity_id \
                     JOIN municipality m ON m.id = c.municipality_id \
                     WHERE e.divipola = '{divipola}' AND m.code LIKE '{municipality}' \
                     AND c.valid_from <= '{day}' AND (c.valid_to IS NULL OR c.valid_to > '{day}')"
                )
            };
            for (divipola, municipality, day, times) in [
                ("25", "25286", "2018-06-30", 1),
                ("25286", "25286", "2018-06-30", 0),
                ("25", "25286", "2020-06-30", 0),
                ("25286", "25286", "2020-06-30", 1),
                ("05", "%", "2020-06-30", 117),
            ] {
                assert_eq!(bench.number(&covers(divipola, municipality, day)).await, times, "{divipola} {day}");
            }
            assert_eq!(bench.number("SELECT count(*) FROM territorial_entity WHERE valid_to IS NULL").await, 97);
        });
    }
}
