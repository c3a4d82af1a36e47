//! Audits, what they find, what is done about it, and what senior management makes of it.
//!
//! A secretariat's story is told in the order of its days: two rounds of audits with the plans that followed, what a body of
//! control found, and what is under way on the anchor's day. Those of the examples show every state that there is.

mod audits;
mod catalogue;
mod direction;
mod faults;
mod findings;
mod ground;
mod plans;
mod programs;
mod progress;
mod steps;
mod story;

use chrono::NaiveDate;
use entity::{Id, improvement::reporting_window};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    DemoData,
    accounts::WHOLE,
    organizations::Secretariat,
    random::Chance,
    value_chain::{Faults, Marks, Rule},
    versions::Version as Structure,
};
use crate::exchange::reference::ReferenceData;
use ground::Ground;

/// A secretariat while its audits and plans are being made.
struct Maker<'a, 'b> {
    secretariat: &'a Secretariat<'b>,
    ground: Ground,
    demo: &'a mut DemoData,
    /// Its own chance: what is drawn here changes nothing elsewhere.
    chance: Chance,
    /// Does it show everything?
    whole: bool,
    faults: &'a mut Faults,
    findings: Vec<findings::Finding>,
    plans: Vec<plans::Plan>,
    windows: Vec<Window>,
}

/// A period of reports.
struct Window {
    id: Id<reporting_window::Entity>,
    opens: NaiveDate,
    closes: NaiveDate,
}

/// Writes audits, findings, plans, reviews of a secretariat whose processes are written already.
pub fn write(
    secretariat: &Secretariat,
    structures: &[Structure],
    marks: Marks,
    data: &ReferenceData,
    faults: &mut Faults,
    demo: &mut DemoData,
) {
    let ground = Ground::survey(secretariat, structures, marks, data, demo);
    let code = secretariat.code();
    let mut maker = Maker {
        secretariat,
        ground,
        demo,
        faults,
        chance: Chance::of(&format!("{code}/improvement")),
        whole: WHOLE.contains(&code),
        findings: Vec::new(),
        plans: Vec::new(),
        windows: Vec::new(),
    };
    story::tell(&mut maker);
    findings::flush(&mut maker);
    plans::flush(&mut maker);
}

impl Maker<'_, '_> {
    /// The natural code of something of the secretariat.
    fn code(&self, tail: &str) -> String {
        format!("{}/{tail}", self.secretariat.code())
    }

    /// Is a rule to be broken here? Not where everything is shown.
    fn strikes(&self, rule: Rule) -> bool {
        !self.whole && self.faults.strikes(rule, self.secretariat.code())
    }

    /// Notes that it was.
    fn plant(&mut self, rule: Rule, object: Uuid) {
        self.faults.plant(rule, self.secretariat.code(), object);
    }

    /// A file that lies elsewhere: its address and its hash.
    fn file(&self, tail: &str) -> (String, String) {
        let uri = format!("https://www.example.org/mejora/{}/{tail}.pdf", self.secretariat.code());
        let hash = sha256(uri.as_bytes());
        (uri, hash)
    }
}

/// SHA-256 in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
