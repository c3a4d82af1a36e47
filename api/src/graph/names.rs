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

/// `OrgUnit` → `OrgUnitConnection`.
pub fn connection(declaration: &Declaration) -> String {
    format!("{}Connection", declaration.name)
}

/// `OrgUnit` → `OrgUnitEdge`.
pub fn edge(declaration: &Declaration) -> String {
    format!("{}Edge", declaration.name)
}
