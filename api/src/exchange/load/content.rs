//! The rows of the national reference content.

use std::collections::HashMap;

use entity::{
    Interval, TextList,
    audit::{FindingRegime, finding_type},
    fold,
    framework::{
        CrosswalkRelation, RequirementKind, crosswalk, defence_line, framework, framework_edition, norm, reference_map,
        reference_process, requirement,
    },
    value_chain::{ProcessKind, ProcessLevel},
};

use super::key;
use crate::exchange::reference::{ReferenceData, ReferenceProcess, Requirement};

word!(process_level, ProcessLevel, Procedure);
word!(process_kind, ProcessKind, Support);
word!(requirement_kind, RequirementKind, Guideline);
word!(crosswalk_relation, CrosswalkRelation, Intersects);
word!(finding_regime, FindingRegime, Iso);

pub(super) fn maps(data: &ReferenceData) -> Vec<reference_map::Model> {
    let row = |row: &crate::exchange::reference::ReferenceMap| reference_map::Model {
        id: key(&row.code),
        code: row.code.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        edition: row.edition.clone(),
        valid_from: row.valid.from(),
        valid_to: row.valid.to(),
        source: row.source.clone(),
        official: row.official,
    };
    data.reference_maps.iter().map(row).collect()
}

pub(super) fn processes(data: &ReferenceData) -> Vec<reference_process::Model> {
    let row = |(position, row): (i32, &ReferenceProcess)| reference_process::Model {
        id: key(&row.key),
        reference_map_id: key(&row.map),
        parent_id: row.parent.as_ref().map(|parent| key(&format!("{}/{parent}", row.map))),
        level: process_level(&row.level),
        kind: row.kind.as_deref().map(process_kind),
        code: row.code.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        position,
        source: row.source.clone(),
        official: row.official,
    };
    let place = |row: &ReferenceProcess| Place::of(&row.map, &row.code, row.parent.as_deref());
    in_tree_order(&data.reference_processes, place).into_iter().map(row).collect()
}

pub(super) fn frameworks(data: &ReferenceData) -> Vec<framework::Model> {
    let row = |row: &crate::exchange::reference::Framework| framework::Model {
        id: key(&row.slug),
        slug: row.slug.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        name_en: row.name_en.clone(),
        source: row.source.clone(),
        official: row.official,
    };
    data.frameworks.iter().map(row).collect()
}

pub(super) fn editions(data: &ReferenceData) -> Vec<framework_edition::Model> {
    let row = |row: &crate::exchange::reference::FrameworkEdition| framework_edition::Model {
        id: key(&row.key),
        framework_id: key(&row.framework),
        code: row.code.clone(),
        label: row.label.clone(),
        valid_from: row.valid.from(),
        valid_to: row.valid.to(),
        source: row.source.clone(),
        official: row.official,
    };
    data.framework_editions.iter().map(row).collect()
}

/// Each holds on the days of its edition.
pub(super) fn requirements(data: &ReferenceData) -> Vec<requirement::Model> {
    let days: HashMap<_, Interval> = data.framework_editions.iter().map(|row| (row.key.as_str(), row.valid)).collect();
    let row = |(position, row): (i32, &Requirement)| {
        let days = days.get(row.edition.as_str())?;
        Some(requirement::Model {
            id: key(&row.key),
            framework_edition_id: key(&row.edition),
            parent_id: row.parent.as_ref().map(|parent| key(&format!("{}/{parent}", row.edition))),
            slug: row.slug.clone(),
            kind: requirement_kind(&row.kind),
            number: row.number.clone(),
            name: row.name.clone(),
            name_key: fold(&row.name),
            name_en: row.name_en.clone(),
            leading_entity: row.leading_entity.clone(),
            furag_code: row.furag_code.clone(),
            position,
            valid_from: days.from(),
            valid_to: days.to(),
            source: row.source.clone(),
            official: row.official,
        })
    };
    let place = |row: &Requirement| Place::of(&row.edition, &row.slug, row.parent.as_deref());
    in_tree_order(&data.requirements, place).into_iter().filter_map(row).collect()
}

pub(super) fn crosswalks(data: &ReferenceData) -> Vec<crosswalk::Model> {
    let row = |row: &crate::exchange::reference::Crosswalk| crosswalk::Model {
        id: key(&row.key),
        from_requirement_id: key(&row.from),
        to_requirement_id: key(&row.to),
        relation: crosswalk_relation(&row.relation),
        strength: row.strength,
        source: row.source.clone(),
        official: row.official,
    };
    data.crosswalks.iter().map(row).collect()
}

pub(super) fn norms(data: &ReferenceData) -> Vec<norm::Model> {
    let row = |row: &crate::exchange::reference::Norm| norm::Model {
        id: key(&row.code),
        code: row.code.clone(),
        name: row.name.clone(),
        name_key: fold(&row.name),
        articles: row.articles.clone(),
        subject: row.subject.clone(),
        source: row.source.clone(),
        official: row.official,
    };
    data.norms.iter().map(row).collect()
}

pub(super) fn defence_lines(data: &ReferenceData) -> Vec<defence_line::Model> {
    let row = |(position, row): (i32, &crate::exchange::reference::DefenceLine)| defence_line::Model {
        id: key(&row.code),
        code: row.code.clone(),
        position,
        name: row.name.clone(),
        name_key: fold(&row.name),
        name_en: row.name_en.clone(),
        who: row.who.clone(),
        source: row.source.clone(),
        official: row.official,
    };
    (0..).zip(&data.defence_lines).map(row).collect()
}

pub(super) fn finding_types(data: &ReferenceData) -> Vec<finding_type::Model> {
    let row = |(position, row): (i32, &crate::exchange::reference::FindingType)| finding_type::Model {
        id: key(&row.key),
        regime: finding_regime(&row.regime),
        code: row.code.clone(),
        position,
        name: row.name.clone(),
        name_key: fold(&row.name),
        name_en: row.name_en.clone(),
        kinds: TextList::new(&row.kinds).unwrap_or_default(),
        requires_action: row.requires_action,
        source: row.source.clone(),
        official: row.official,
    };
    (0..).zip(&data.finding_types).map(row).collect()
}

/// Where a row stands: in which tree, as what, under what.
struct Place {
    tree: String,
    code: String,
    parent: Option<String>,
}

impl Place {
    fn of(tree: &str, code: &str, parent: Option<&str>) -> Self {
        Self { tree: tree.to_owned(), code: code.to_owned(), parent: parent.map(str::to_owned) }
    }
}

/// The rows tree by tree, each before those under it, siblings in the order of the file, numbered within their tree from 0.
fn in_tree_order<T>(rows: &[T], place: impl Fn(&T) -> Place) -> Vec<(i32, &T)> {
    let mut under: HashMap<(String, Option<String>), Vec<&T>> = HashMap::new();
    let mut trees = Vec::new();
    for row in rows {
        let Place { tree, parent, .. } = place(row);
        if !trees.contains(&tree) {
            trees.push(tree.clone());
        }
        under.entry((tree, parent)).or_default().push(row);
    }
    let mut ordered = Vec::with_capacity(rows.len());
    for tree in trees {
        let mut open: Vec<&T> = under.remove(&(tree.clone(), None)).unwrap_or_default();
        open.reverse();
        let mut position = 0;
        while let Some(row) = open.pop() {
            ordered.push((position, row));
            position += 1;
            let below = under.remove(&(tree.clone(), Some(place(row).code)));
            open.extend(below.unwrap_or_default().into_iter().rev());
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_told_from_the_top_and_siblings_as_the_file_has_them() {
        let rows = [
            ("a", "2.1", Some("2")),
            ("a", "2", None),
            ("b", "2", None),
            ("a", "1", None),
            ("a", "2.0.1", Some("2.0")),
            ("a", "2.0", Some("2")),
            ("b", "1", Some("2")),
        ];
        let ordered = in_tree_order(&rows, |(tree, code, parent)| Place::of(tree, code, *parent));
        let told: Vec<_> = ordered.into_iter().map(|(position, (tree, code, _))| (*tree, position, *code)).collect();
        let a = [("a", 0, "2"), ("a", 1, "2.1"), ("a", 2, "2.0"), ("a", 3, "2.0.1"), ("a", 4, "1")];
        assert_eq!(told, [&a[..], &[("b", 0, "2"), ("b", 1, "1")]].concat());
    }
}
