//! Pieces of SQL that several rules share, as literals, so that templates can be put together while compiling.

/// The characterizations in force.
macro_rules! version_in_force {
    () => {
        concat!("v.stage = 3 AND ", in_force!("v"))
    };
}

/// "The process that this expression names is in force."
macro_rules! process_in_force {
    ($process:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM process_version pf WHERE pf.process_id = ",
            $process,
            " AND pf.stage = 3 AND ",
            in_force!("pf"),
            ")"
        )
    };
}

/// "The unit that this expression names is in force."
macro_rules! unit_in_force {
    ($unit:literal) => {
        concat!("EXISTS (SELECT 1 FROM unit_version uf WHERE uf.org_unit_id = ", $unit, " AND ", in_force!("uf"), ")")
    };
}

/// The responsibilities in force of who leads `p`.
macro_rules! leads {
    () => {
        concat!(
            "SELECT r.id FROM process_responsibility r WHERE r.process_id = p.id AND r.role = 1 AND ",
            in_force!("r")
        )
    };
}

/// The flows of characterizations in force, and their other ends.
macro_rules! flows {
    () => {
        "process_version v JOIN flow f ON f.process_version_id = v.id"
    };
}

/// "The flow names a process at its other end."
macro_rules! names_a_process {
    () => {
        "EXISTS (SELECT 1 FROM flow_process fp WHERE fp.flow_id = f.id)"
    };
}

/// "The flow names nothing at its other end."
macro_rules! names_nothing {
    () => {
        "NOT EXISTS (SELECT 1 FROM flow_process fp WHERE fp.flow_id = f.id) \
         AND NOT EXISTS (SELECT 1 FROM flow_party fe WHERE fe.flow_id = f.id)"
    };
}

/// The processes that have a characterization in force. (The organization is said of both: so both are found by its indexes.)
macro_rules! processes {
    () => {
        "process_version v JOIN process p ON p.id = v.process_id AND p.organization_id = v.organization_id"
    };
}

/// Where something stood on the day, by the steps that it had taken.
macro_rules! stood {
    ($steps:literal, $of:literal, $row:literal) => {
        concat!(
            "(SELECT w.to_state FROM ",
            $steps,
            " w WHERE w.",
            $of,
            " = ",
            $row,
            " AND w.civil_date <= {m} ORDER BY w.civil_date DESC, w.recorded_at DESC, w.id DESC LIMIT 1)"
        )
    };
}

/// The actions of plan `g` that were not finished on the day.
macro_rules! unfinished {
    () => {
        concat!(
            "SELECT a.id FROM improvement_action a WHERE a.improvement_plan_id = g.id AND ",
            stood!("action_transition", "improvement_action_id", "a.id"),
            " < 5 AND "
        )
    };
}

/// The last day of action `a`, as it was on the day: what was put off later was due before.
macro_rules! due {
    () => {
        "COALESCE((SELECT o.before_due_on FROM reformulation o WHERE o.improvement_action_id = a.id AND o.state = 2 \
         AND o.decided_on > {m} ORDER BY o.decided_on, o.id LIMIT 1), a.due_on)"
    };
}

/// The first row of a table that joins finding `f` with a process, or with a unit.
macro_rules! first_of {
    ($table:literal, $alias:literal, $column:literal) => {
        concat!(
            " LEFT JOIN ",
            $table,
            " ",
            $alias,
            " ON ",
            $alias,
            ".finding_id = f.id AND NOT EXISTS (SELECT 1 FROM ",
            $table,
            " x WHERE x.finding_id = f.id AND x.",
            $column,
            " < ",
            $alias,
            ".",
            $column,
            ")"
        )
    };
}

/// Findings, each with its first process and its first unit: joined and not selected, so that an index leads from these to it.
macro_rules! findings {
    () => {
        concat!(
            "finding f",
            first_of!("finding_process", "fp", "process_id"),
            first_of!("finding_unit", "fu", "org_unit_id")
        )
    };
}

/// No process, or no unit, of the type that the other rules give.
macro_rules! nobody {
    () => {
        "CAST(NULL AS UUID)"
    };
}

/// The `SELECT` that gives the rows of a rule.
macro_rules! rows_of {
    ({
        rule: $rule:ident = $number:literal, object: $kind:ident $id:literal, severity: $severity:ident = $rank:literal,
        weight: $weight:literal, of: $owner:literal, process: $process:expr, unit: $unit:expr, from: $from:expr,
        checked: $checked:expr, found: $found:expr, hint_es: $es:literal, hint_en: $en:literal $(,)?
    }) => {
        concat!(
            "SELECT {m} AS moment, ",
            $owner,
            " AS organization_id, ",
            $number,
            " AS part, ",
            $id,
            " AS id, CAST(",
            $number,
            " AS SMALLINT) AS rule, CAST(",
            $rank,
            " AS SMALLINT) AS severity, ",
            $weight,
            " AS weight, ",
            $process,
            " AS process_id, ",
            $unit,
            " AS org_unit_id FROM {days}",
            $from,
            " WHERE (",
            $owner,
            " {of:organization_id}) AND (",
            $process,
            " {of:process_id}) AND (",
            $unit,
            " {of:org_unit_id}) AND ",
            $checked,
            " AND ",
            $found
        )
    };
}

/// The rule as it stands in the table.
macro_rules! rule_of {
    ({
        rule: $rule:ident = $number:literal, object: $kind:ident $id:literal, severity: $severity:ident = $rank:literal,
        weight: $weight:literal, of: $owner:literal, process: $process:expr, unit: $unit:expr, from: $from:expr,
        checked: $checked:expr, found: $found:expr, hint_es: $es:literal, hint_en: $en:literal $(,)?
    }) => {
        Rule {
            code: BrokenLinkRule::$rule,
            object: Kind::$kind,
            severity: Severity::$severity,
            weight: $weight,
            hint_es: $es,
            hint_en: $en,
            counts: concat!(
                "(SELECT count(*) || ' ' || count(CASE WHEN ",
                $found,
                " THEN 1 END) FROM ",
                $from,
                " WHERE ",
                $owner,
                " = {t}.id AND ",
                $checked,
                ")"
            ),
        }
    };
}

/// The table of rules, and the view of their rows.
macro_rules! broken_links {
    ($first:tt $($rest:tt)*) => {
        /// The rules, in the order of their numbers.
        pub const RULES: &[Rule] = &[rule_of!($first), $(rule_of!($rest)),*];
        /// The `SELECT`s that give the rows of all rules.
        pub const VIEW: &str = concat!("(", rows_of!($first), $(" UNION ALL ", rows_of!($rest),)* ")");
    };
}

pub(super) use {
    broken_links, due, findings, first_of, flows, leads, names_a_process, names_nothing, nobody, process_in_force,
    processes, rows_of, rule_of, stood, unfinished, unit_in_force, version_in_force,
};
