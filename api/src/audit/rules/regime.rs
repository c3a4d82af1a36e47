//! Which types of findings an audit knows, and which kinds each type names.

use entity::audit::{AuditKind, FindingKind, FindingRegime, finding_type};

/// Is this the regime of such an audit? A follow-up looks at what any audit found; what no audit found is of no regime, and any
/// may name it.
pub fn is_of(regime: FindingRegime, audit: Option<AuditKind>) -> bool {
    match audit {
        None | Some(AuditKind::FollowUp) => true,
        Some(AuditKind::InternalQuality | AuditKind::Certification | AuditKind::SecondParty) => {
            regime == FindingRegime::Iso
        }
        Some(AuditKind::InternalControl) => regime == FindingRegime::InternalControl,
        Some(AuditKind::ControlBody) => regime == FindingRegime::FiscalControl,
    }
}

/// May a finding of this kind, of such an audit, be of the type?
pub fn fits(of: &finding_type::Model, kind: FindingKind, audit: Option<AuditKind>) -> bool {
    let word = FindingKind::VOCABULARY.by_number(kind.number()).map_or("", |term| term.name);
    is_of(of.regime, audit) && of.kinds.as_slice().iter().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use entity::{Id, TextList};

    use super::*;

    #[test]
    fn an_audit_knows_the_words_of_its_regime() {
        use FindingRegime::{FiscalControl, InternalControl, Iso};
        let of = |audit| [Iso, FiscalControl, InternalControl].map(|regime| is_of(regime, audit));
        for (audit, expected) in [
            (AuditKind::InternalQuality, [true, false, false]),
            (AuditKind::Certification, [true, false, false]),
            (AuditKind::SecondParty, [true, false, false]),
            (AuditKind::InternalControl, [false, false, true]),
            (AuditKind::ControlBody, [false, true, false]),
            (AuditKind::FollowUp, [true; 3]),
        ] {
            assert_eq!(of(Some(audit)), expected, "{audit:?}");
        }
        assert_eq!(of(None), [true; 3]);
    }

    #[test]
    fn a_type_names_its_kinds_only() {
        let of = finding_type::Model {
            id: Id::new(),
            regime: FindingRegime::InternalControl,
            code: "OBSERVACION".to_owned(),
            position: 0,
            name: "Observación".to_owned(),
            name_key: "observacion".to_owned(),
            name_en: "Observation".to_owned(),
            kinds: TextList::new(["OBSERVATION", "OPPORTUNITY"]).expect("two words"),
            requires_action: false,
            source: "a".to_owned(),
            official: false,
        };
        let audit = Some(AuditKind::InternalControl);
        assert!(fits(&of, FindingKind::Observation, audit) && fits(&of, FindingKind::Opportunity, None));
        assert!(!fits(&of, FindingKind::Strength, audit));
        assert!(!fits(&of, FindingKind::Observation, Some(AuditKind::Certification)));
    }
}
