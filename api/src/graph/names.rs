//! Names that follow from other names.

use super::Declaration;

/// `dueDate` → `DUE_DATE`.
pub fn upper_snake(camel: &str) -> String {
    let mut out = String::with_capacity(camel.len() + 4);
    for c in camel.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

/// `due_date` → `dueDate`.
pub fn lower_camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        out.push_str(&first.to_ascii_uppercase());
        out.push_str(rest);
    }
    out
}

/// `OrgUnit` → `orgUnitGroups`, the root field that counts its rows.
pub fn groups(declaration: &Declaration) -> String {
    let Declaration { name, singular, plural, .. } = declaration;
    let (first, rest) = name.split_at_checked(1).unwrap_or_default();
    match (singular.is_empty(), declaration.is_view()) {
        (false, _) => format!("{singular}Groups"),
        // Its rows are looked up by nothing, but each is one.
        (true, true) => format!("{}{rest}Groups", first.to_ascii_lowercase()),
        (true, false) => format!("{plural}Groups"),
    }
}

/// `OrgUnit` → `OrgUnitConnection`.
pub fn connection(declaration: &Declaration) -> String {
    format!("{}Connection", declaration.name)
}

/// `OrgUnit` → `OrgUnitEdge`.
pub fn edge(declaration: &Declaration) -> String {
    format!("{}Edge", declaration.name)
}
