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
            "SELECT r.org_unit_id FROM process_responsibility r WHERE r.process_id = p.id AND r.role = 1 AND ",
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

/// The processes that have a characterization in force.
macro_rules! processes {
    () => {
        "process_version v JOIN process p ON p.id = v.process_id"
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
            checked: concat!(
                "(SELECT CAST(count(*) AS INTEGER) FROM ",
                $from,
                " WHERE ",
                $owner,
                " = {t}.id AND ",
                $checked,
                ")"
            ),
            found: concat!(
                "(SELECT CAST(count(*) AS INTEGER) FROM ",
                $from,
                " WHERE ",
                $owner,
                " = {t}.id AND ",
                $checked,
                " AND ",
                $found,
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
    broken_links, flows, leads, names_a_process, names_nothing, nobody, process_in_force, processes, rows_of, rule_of,
    unit_in_force, version_in_force,
};
