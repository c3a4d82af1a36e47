//! The rows of the catalogue of findings by regime of audit.

use super::sheet::{Cells, Record};

/// Words of `regime` in `finding_types.csv`.
pub(in crate::exchange) const REGIMES: &[&str] = &["ISO", "FISCAL_CONTROL", "INTERNAL_CONTROL"];
/// Words of `kinds` in `finding_types.csv`.
pub(in crate::exchange) const FINDING_KINDS: &[&str] =
    &["MAJOR_NONCONFORMITY", "MINOR_NONCONFORMITY", "OBSERVATION", "OPPORTUNITY", "STRENGTH", "ADMINISTRATIVE"];

/// Tipo de hallazgo. A row of `finding_types.csv`, in the order of the regimes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingType {
    /// Regime and code: `ISO/NC_MAYOR`.
    pub key: String,
    /// ISO, FISCAL_CONTROL or INTERNAL_CONTROL.
    pub regime: String,
    /// Code, unique in the regime.
    pub code: String,
    /// Name in Spanish.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Words of `FindingKind` that it names; one at least.
    pub kinds: Vec<String>,
    /// Does the regime ask for an action?
    pub requires_action: bool,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified? Its kinds are words of this service.
    pub official: bool,
}

impl Record for FindingType {
    const FILE: &'static str = "finding_types.csv";
    const COLUMNS: &'static [&'static str] =
        &["regime", "code", "name", "name_en", "kinds", "requires_action", "source", "official"];
    const KEY: usize = 2;
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (regime, code) = (cells.word("regime", REGIMES), cells.slug("code"));
        let (name, name_en) = (cells.text("name"), cells.text("name_en"));
        let kinds = cells.text("kinds").and_then(|_| cells.words("kinds", FINDING_KINDS));
        let requires_action = cells.truth("requires_action");
        let (source, official) = (cells.text("source"), cells.truth("official"));
        let (regime, code) = (regime?, code?);
        Some(Self {
            key: format!("{regime}/{code}"),
            regime,
            code,
            name: name?,
            name_en: name_en?,
            kinds: kinds?,
            requires_action: requires_action?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.key
    }
}
