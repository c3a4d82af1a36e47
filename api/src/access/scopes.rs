//! What an API key may use of its account's roles: a closed list of words.

use super::rules::{Duty, Subject};

/// A scope.
#[derive(Debug)]
pub struct Scope {
    /// The word, `heading:read` or `heading:write`.
    pub name: &'static str,
    /// What it opens, for people.
    pub about: &'static str,
    /// Headings of the rules table that it lets read. Whoever may write reads what it writes.
    pub reads: &'static [Subject],
    /// Duties that it lets do.
    pub duties: &'static [Duty],
}

use Subject::{Direction, Improvement, Organization, Processes, Staff, Structure};

/// Every scope: what SERVICE reads and does, and no more, since a key does nothing else.
pub static SCOPES: &[Scope] = &[
    Scope {
        name: "organization:read",
        about: "the record of organizations, their classifications and takeovers",
        reads: &[Organization],
        duties: &[],
    },
    // Structure and staff lead into each other by edges that are never null, so they are opened together.
    Scope {
        name: "structure:read",
        about: "legal acts, structures, units, successions; jobs, posts, who holds them; the record of organizations",
        reads: &[Organization, Structure, Staff],
        duties: &[],
    },
    Scope {
        name: "structure:write",
        about: "drafts of structures, legal acts, jobs, posts and the names of persons; reads these and organizations",
        reads: &[Organization, Structure, Staff],
        duties: &[Duty::FormulateStructure],
    },
    Scope {
        name: "staff:write",
        about: "appointments of persons to posts; reads structures, staff and organizations",
        reads: &[Organization, Structure, Staff],
        duties: &[Duty::AppointStaff],
    },
    // Processes lead into units and posts.
    Scope {
        name: "processes:read",
        about: "processes, characterizations, responsibilities, documents, capabilities, alignment; structures, staff and organizations",
        reads: &[Organization, Structure, Staff, Processes],
        duties: &[],
    },
    Scope {
        name: "processes:write",
        about: "drafts of characterizations and documents, responsibilities, capabilities, alignment; reads what `processes:read` does",
        reads: &[Organization, Structure, Staff, Processes],
        duties: &[Duty::FormulateProcesses],
    },
    // Audits and plans lead into processes and units.
    Scope {
        name: "improvement:read",
        about: "audits, findings, causes, improvement plans, actions, progress; processes, structures, staff and organizations",
        reads: &[Organization, Structure, Staff, Processes, Improvement],
        duties: &[],
    },
    Scope {
        name: "improvement:write",
        about: "cause analyses, drafts of plans and actions; reads what `improvement:read` does",
        reads: &[Organization, Structure, Staff, Processes, Improvement],
        duties: &[Duty::FormulatePlans],
    },
    Scope {
        name: "direction:read",
        about: "management reviews, decisions, socialization; structures, staff and organizations",
        reads: &[Organization, Structure, Staff, Direction],
        duties: &[],
    },
    Scope {
        name: "past:write",
        about: "acts that took effect in the past, together with the scope that writes them",
        reads: &[],
        duties: &[Duty::Backdate],
    },
];

/// The scope with this name.
pub fn scope(name: &str) -> Option<&'static Scope> {
    SCOPES.iter().find(|scope| scope.name == name)
}

/// The words that open a duty.
pub fn names_for(duty: Duty) -> Vec<&'static str> {
    SCOPES.iter().filter(|scope| scope.duties.contains(&duty)).map(|scope| scope.name).collect()
}

/// The words that open a heading.
pub fn names_to_read(subject: Subject) -> Vec<&'static str> {
    SCOPES.iter().filter(|scope| scope.reads.contains(&subject)).map(|scope| scope.name).collect()
}

/// What a key's scopes leave of what its account may; `None` for those who show no key: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit(Option<Vec<&'static str>>);

impl Limit {
    /// Limited to these scopes. A word that this version does not know opens nothing.
    pub fn to<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Self {
        Self(Some(names.into_iter().filter_map(|name| Some(scope(name.as_ref())?.name)).collect()))
    }

    /// Is a heading open? The catalogues and what is one's own always are.
    pub fn reads(&self, subject: Subject) -> bool {
        matches!(subject, Subject::Catalogue | Subject::Own) || self.any(|scope| scope.reads.contains(&subject))
    }

    /// Is a duty open?
    pub fn does(&self, duty: Duty) -> bool {
        self.any(|scope| scope.duties.contains(&duty))
    }

    fn any(&self, opens: impl Fn(&Scope) -> bool) -> bool {
        self.0.as_ref().is_none_or(|names| names.iter().filter_map(|name| scope(name)).any(opens))
    }
}

/// The part of `docs/permissions.md` about scopes.
pub fn scopes_markdown() -> String {
    let mut page = String::from(
        "\n## Scopes of API keys\n\nA key does what the grants of its account give, as far as one of its scopes opens it. \
         The catalogues and the key's own account are always open.\n\n| scope | opens |\n| --- | --- |\n",
    );
    for scope in SCOPES {
        page.push_str(&format!("| `{}` | {} |\n", scope.name, scope.about));
    }
    page
}

#[cfg(test)]
mod tests {
    use entity::access::Role;

    use super::*;
    use crate::access::rules::{self, Extent};

    #[test]
    fn the_scopes_are_what_a_service_reads_and_does() {
        let service = rules::rule(Role::Service).expect("a rule");
        let always = |subject: &Subject| matches!(subject, Subject::Catalogue | Subject::Own);
        for subject in Subject::ALL.iter().filter(|subject| !always(subject)) {
            let open = SCOPES.iter().any(|scope| scope.reads.contains(subject));
            assert_eq!(open, service.extent(*subject) > Extent::Nothing, "{subject:?}");
        }
        for duty in Duty::ALL {
            let open = SCOPES.iter().any(|scope| scope.duties.contains(&duty));
            assert_eq!(open, service.duties.contains(&duty), "{duty:?}");
        }
        let distinct: std::collections::HashSet<_> = SCOPES.iter().map(|scope| scope.name).collect();
        assert_eq!(distinct.len(), SCOPES.len());
    }

    #[test]
    fn a_limit_opens_what_its_scopes_open_and_no_word_opens_nothing() {
        let read = Limit::to(["organization:read", "everything:write"]);
        assert!(read.reads(Subject::Organization) && read.reads(Subject::Catalogue) && !read.reads(Subject::Staff));
        assert!(!Duty::ALL.iter().any(|duty| read.does(*duty)));
        let nothing = Limit::to::<&str>([]);
        assert!(!nothing.reads(Subject::Organization) && nothing.reads(Subject::Own));
        let open = Limit::default();
        assert!(Subject::ALL.iter().all(|subject| open.reads(*subject)));
        assert!(Duty::ALL.iter().all(|duty| open.does(*duty)));
    }
}
