//! What was decided since a version was scheduled, and would be left without ground if its first day were taken back. It is read
//! as one cell, so that `availableTransitions` foresees what the act answers.

use crate::{
    graph::declaration::{Scalar, Sql},
    life_cycle::{used_by, uses},
};

/// The end of a row (or, where there is none, of time) once what the entry of the version noted of it is given back.
macro_rules! end_given_back {
    ($noted:literal, $row:literal, $of:literal) => {
        concat!(
            "COALESCE(CASE WHEN ",
            $noted,
            ".object_id IS NOT NULL AND ",
            $row,
            ".valid_to = {t}.valid_from THEN ",
            $noted,
            ".valid_to ELSE ",
            $of,
            ".valid_to END, '9999-12-31')"
        )
    };
}

/// A version that was put in force over this one.
macro_rules! later {
    () => {
        concat!(
            used_by!("14", "w", "1", "CAST(w.number AS TEXT)"),
            " FROM structure_version w WHERE w.organization_id = {t}.organization_id AND w.id <> {t}.id AND w.stage = 3 \
             AND w.valid_from > {t}.valid_from AND (w.annulled_from IS NULL OR w.annulled_from > w.valid_from)"
        )
    };
}

/// Holdings of posts that the version makes: neither do they continue one that goes on elsewhere, nor did the entry bring them
/// from a post to which they can return.
macro_rules! held {
    () => {
        concat!(
            used_by!("22", "h", "1", "n.name || ', ' || u.name"),
            " FROM post w JOIN post_holding h ON h.post_id = w.id JOIN job j ON j.id = w.job_id \
             JOIN job_denomination n ON n.id = j.job_denomination_id JOIN org_unit u ON u.id = w.org_unit_id \
             WHERE w.structure_version_id = {t}.id \
             AND NOT EXISTS (SELECT 1 FROM entry_effect e JOIN post_holding b ON b.id = e.object_id \
             WHERE e.structure_version_id = {t}.id AND e.next_id = h.id AND b.valid_to = {t}.valid_from) \
             AND NOT EXISTS (SELECT 1 FROM entry_effect e JOIN post o ON o.id = w.replaces_id \
             LEFT JOIN entry_effect oe ON oe.structure_version_id = {t}.id AND oe.object_id = o.id \
             WHERE e.structure_version_id = {t}.id AND e.object_id = h.id AND ",
            end_given_back!("oe", "o", "o"),
            " > h.valid_from)"
        )
    };
}

/// Responsibilities that cannot stand beside one that would go on again (see `rules/responsibility.rs`).
macro_rules! crossed {
    () => {
        concat!(
            used_by!("31", "o", "CASE WHEN c.published THEN 1 ELSE 0 END", "c.name || ', ' || u.name"),
            " FROM entry_effect e JOIN process_responsibility r ON r.id = e.object_id AND r.valid_to = {t}.valid_from \
             LEFT JOIN process_responsibility n ON n.id = e.next_id \
             JOIN process_responsibility o ON o.process_id = r.process_id AND o.id <> r.id \
             AND (o.role = 1 AND r.role = 1 OR o.org_unit_id = r.org_unit_id \
             AND (o.role = r.role OR o.role IN (1, 2) AND r.role IN (1, 2))) \
             JOIN process c ON c.id = o.process_id JOIN org_unit u ON u.id = o.org_unit_id \
             WHERE e.structure_version_id = {t}.id AND (e.next_id IS NULL OR n.id IS NOT NULL) AND ",
            not_of_version!("o"),
            " AND (o.valid_to IS NULL OR o.valid_to > {t}.valid_from) \
             AND o.valid_from < COALESCE(CASE WHEN n.row_version > 1 THEN n.valid_to ELSE e.valid_to END, '9999-12-31')"
        )
    };
}

/// A responsibility that no succession of the version brought.
macro_rules! not_of_version {
    ($row:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM succession s WHERE s.id = ",
            $row,
            ".succession_id AND s.structure_version_id = {t}.id)"
        )
    };
}

/// What begins, from the version's first day on, in a unit that would not be in force then.
macro_rules! adrift {
    ($row:literal) => {
        concat!(
            $row, ".organization_id = {t}.organization_id AND ", $row, ".valid_from >= {t}.valid_from \
             AND NOT EXISTS (SELECT 1 FROM unit_version v JOIN structure_version sv ON sv.id = v.structure_version_id \
             LEFT JOIN entry_effect ve ON ve.structure_version_id = {t}.id AND ve.object_id = sv.id AND sv.annulled_from IS NULL \
             WHERE v.org_unit_id = ", $row, ".org_unit_id AND sv.id <> {t}.id AND v.valid_from <= ", $row, ".valid_from AND ",
            end_given_back!("ve", "sv", "v"),
            " > ", $row, ".valid_from)"
        )
    };
}

/// What rests on a version that is to be unscheduled.
pub const RESTS: (Sql, Scalar) = (
    Sql::Template(concat!(
        "(CASE WHEN {t}.stage = 3 AND {t}.valid_from IS NOT NULL THEN ",
        uses!(
            later!(),
            held!(),
            crossed!(),
            concat!(
                used_by!("20", "p", "1", "n.name || ', ' || u.name"),
                " FROM post p JOIN job j ON j.id = p.job_id JOIN job_denomination n ON n.id = j.job_denomination_id \
                 JOIN org_unit u ON u.id = p.org_unit_id \
                 WHERE (p.structure_version_id IS NULL OR p.structure_version_id <> {t}.id) AND ",
                adrift!("p")
            ),
            concat!(used_by!("23", "g", "1", "g.name"), " FROM work_group g WHERE ", adrift!("g")),
            concat!(
                used_by!("31", "r", "CASE WHEN c.published THEN 1 ELSE 0 END", "c.name || ', ' || u.name"),
                " FROM process_responsibility r JOIN process c ON c.id = r.process_id \
                 JOIN org_unit u ON u.id = r.org_unit_id WHERE ",
                not_of_version!("r"),
                " AND ",
                adrift!("r")
            ),
            concat!(
                used_by!("45", "a", "1", "q.name || ', ' || u.name"),
                " FROM alignment a JOIN requirement q ON q.id = a.requirement_id \
                 JOIN org_unit u ON u.id = a.org_unit_id WHERE ",
                adrift!("a")
            )
        ),
        " END)"
    )),
    Scalar::Text,
);
