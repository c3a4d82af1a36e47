//! Mermaid text: ids of our own, and labels of which every character that Mermaid might read is written as its number.

use std::fmt::Write as _;

use super::text::{clean, wrap};

/// A label in quotation marks, broken into lines. Letters, digits and blanks stand as they are; everything else is `#number;`,
/// which Mermaid shows as the character and reads as nothing.
pub fn label(parts: &[&str]) -> String {
    let mut out = String::from("\"");
    for (number, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
        if number > 0 {
            out.push_str("<br/>");
        }
        for (number, line) in wrap(&clean(part), 260, 13, false, 12).iter().enumerate() {
            if number > 0 {
                out.push_str("<br/>");
            }
            out.push_str(&coded(line));
        }
    }
    out.push('"');
    out
}

/// A text with every character coded that is no letter, digit, blank or comma.
pub fn coded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' || c == ',' {
            out.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

/// A title for Mermaid's own `accTitle` and `accDescr`, which know no codes: what is no letter, digit or blank becomes a blank.
pub fn titled(title: &str, told: &str) -> String {
    let plain = |text: &str| {
        let text: String =
            text.chars().map(|c| if c.is_alphanumeric() || ",.-".contains(c) { c } else { ' ' }).collect();
        clean(&text)
    };
    format!("accTitle: {}\naccDescr: {}\n", plain(title), plain(told))
}
