//! What units have to do with processes.

use entity::{Kind, value_chain::ResponsibilityRole};

use super::*;
use crate::{
    access::rules::Subject,
    graph::{Declaration, declaration::drafted, words::*},
    organization::types::{ORG_UNIT, SUCCESSION},
};

/// Responsabilidad.
pub static PROCESS_RESPONSIBILITY: Declaration = Declaration {
    name: "ProcessResponsibility",
    singular: "processResponsibility",
    plural: "processResponsibilities",
    kind: Some(Kind::ProcessResponsibility),
    table: "process_responsibility",
    description: "Responsabilidad. What a unit has to do with a process, from a day until a day; at most one unit leads a \
                  process on a day.",
    visibility: drafted(
        Subject::Processes,
        "EXISTS (SELECT 1 FROM process pp WHERE pp.id = {t}.process_id AND pp.published)",
    )
    .of_unit("{t}.process_id"),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("process", &PROCESS, &["process_id"], "Proceso. The process."),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit."),
        column(
            "role",
            Enum(&ResponsibilityRole::VOCABULARY),
            "role",
            "Papel. Leads, supports, is consulted, is informed.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column("note", Text, "note", "Nota. What exactly; null mostly.").nullable(),
        one(
            "succession",
            &SUCCESSION,
            &["succession_id"],
            "Sucesión. The reorganization that brought it to this unit; null where an act of its own did.",
        )
        .nullable(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["role", "validFrom"],
};
