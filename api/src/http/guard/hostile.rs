//! Documents that attack: each a small generator of the size asked for. Needs nothing but `std`.

use std::fmt::Write;

/// `n` values inside one another, `[` or `{a:`; 3 KB of them once aborted the process.
pub fn nested_values(opener: &str, closer: &str, n: usize) -> String {
    format!("{{ x(v: {}1{}) }}", opener.repeat(n), closer.repeat(n))
}

/// A variable whose type is `n` lists inside one another.
pub fn nested_type(n: usize) -> String {
    format!("query($v: {}Int{}) {{ x(v: $v) }}", "[".repeat(n), "]".repeat(n))
}

/// A default value of `n` lists inside one another.
pub fn nested_default(n: usize) -> String {
    format!("query($v: Int = {}1{}) {{ x(v: $v) }}", "[".repeat(n), "]".repeat(n))
}

/// An argument of a directive of `n` lists inside one another.
pub fn nested_directive(n: usize) -> String {
    format!("{{ x @skip(if: {}1{}) }}", "[".repeat(n), "]".repeat(n))
}

/// `n` fields inside one another.
pub fn deep_selection(n: usize) -> String {
    format!("{}x{}", "{q".repeat(n - 1) + "{", "}".repeat(n))
}

/// `n` inline fragments inside one another.
pub fn deep_inline(n: usize) -> String {
    format!("{{{}x{}}}", "...{".repeat(n), "}".repeat(n))
}

/// `levels` fragments, each spreading the next `width` times, with `leaf` at the end: `width` to the power of `levels`.
pub fn fragment_bomb(levels: usize, width: usize, leaf: &str) -> String {
    let mut text = String::from("{...F0}");
    for level in 0..levels {
        let _ = write!(text, "fragment F{level} on Q{{{}}}", format!("...F{} ", level + 1).repeat(width));
    }
    let _ = write!(text, "fragment F{levels} on Q{{{leaf}}}");
    text
}

/// A chain of `n` fragments, the first used by the operation or by nothing.
pub fn fragment_chain(n: usize, used: bool, inlines: usize) -> String {
    let mut text = String::from(if used { "{...F0}" } else { "{x}" });
    for i in 0..n {
        let inner = if i + 1 < n { format!("...F{}", i + 1) } else { "x".to_owned() };
        let _ = write!(text, "fragment F{i} on Q{{{}{inner}{}}}", "...{".repeat(inlines), "}".repeat(inlines));
    }
    text
}

/// `n` fragments in a ring, spread by the operation or by nothing.
pub fn fragment_cycle(n: usize, used: bool) -> String {
    let mut text = String::from(if used { "{...F0}" } else { "{x}" });
    for i in 0..n {
        let _ = write!(text, "fragment F{i} on Q{{q{{...F{}}}}}", (i + 1) % n);
    }
    text
}

/// `n` aliases of one field.
pub fn alias_bomb(n: usize) -> String {
    let mut text = String::from("{");
    for i in 0..n {
        let _ = write!(text, "a{i}:x ");
    }
    text + "}"
}

/// `n` directives on one field.
pub fn directive_bomb(n: usize) -> String {
    format!("{{x {}}}", "@a".repeat(n))
}

/// `n` times the same field in one selection set.
pub fn flat(n: usize) -> String {
    format!("{{q{{{}}}}}", "x ".repeat(n))
}

/// `n` named operations.
pub fn operations(n: usize) -> String {
    (0..n).map(|i| format!("query O{i}{{x}}")).collect()
}

/// `n` variables in one operation.
pub fn variables(n: usize) -> String {
    let declared: String = (0..n).map(|i| format!("$v{i}:Int ")).collect();
    format!("query({declared}){{x}}")
}

/// `sets` selection sets that all spread one fragment of `fields` fields: sets × fields comparisons, no field repeated.
pub fn overlap_bomb(sets: usize, fields: usize) -> String {
    let sets: String = (0..sets).map(|_| "q{...F}".to_owned()).collect();
    let fields: String = (0..fields).map(|i| format!("x{i} ")).collect();
    format!("{{x}} fragment U on Q{{{sets}}} fragment F on Q{{{fields}}}")
}

/// Two fields of one name with `arguments` arguments each: compared in pairs.
pub fn argument_bomb(arguments: usize) -> String {
    let list: String = (0..arguments).map(|i| format!("a{i}:1 ")).collect();
    format!("{{x({list}) x({list})}}")
}

/// One variable used `n` times: the library copies its value each time.
pub fn variable_uses(n: usize) -> String {
    format!("query($v:[Int!]){{q{{{}}}}}", "x(v:$v) ".repeat(n))
}

/// A type with a long name, and `uses` uses of a variable of it.
pub fn long_type(name: usize, uses: usize) -> String {
    format!("query($v:{}){{q{{{}}}}}", "T".repeat(name), "x(v:$v) ".repeat(uses))
}

/// Introspection that goes in circles `n` times.
pub fn introspection_circle(n: usize) -> String {
    format!("{{__schema{{types{{{}name{}}}}}}}", "fields{type{".repeat(n), "}}".repeat(n))
}
