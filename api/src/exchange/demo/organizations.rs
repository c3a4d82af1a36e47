//! The organizations: the Ministry, a partner, and the secretariat of every certified territorial entity.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use entity::{
    Id, fold,
    organization::{
        ClassificationScheme, LegalActKind, OrganizationKind, legal_act, organization, organization_classification,
        temporary_takeover,
    },
    territory::territorial_entity,
};
use sha2::{Digest as _, Sha256};

use super::{DemoData, blueprint::Size, day, random::Chance};
use crate::{
    exchange::{
        load::key,
        reference::{ReferenceData, TerritorialEntity},
    },
    organization::rules::validate::nit_check_digit,
};

/// The code of the Ministry in keys and addresses.
pub const MINISTRY: &str = "men";
/// The code of the partner.
pub const PARTNER: &str = "esap";
/// The secretariat that was administered by the Nation for a time (Uribia).
pub const TAKEN_OVER: &str = "44847";
const SOURCE: &str = "Datos de demostración";

/// A secretariat while its data is being made.
pub struct Secretariat<'a> {
    /// Its territorial entity.
    pub entity: &'a TerritorialEntity,
    /// Its key.
    pub id: Id<organization::Entity>,
    /// Its name in addresses and accounts, such as `funza`.
    pub slug: String,
    /// How large it is.
    pub size: Size,
    /// Its own chance: what one secretariat draws changes nothing in another.
    pub chance: Chance,
    /// The last number given in each year.
    acts: BTreeMap<i32, u32>,
}

impl<'a> Secretariat<'a> {
    /// The secretariat of an entity.
    pub fn new(entity: &'a TerritorialEntity, data: &ReferenceData) -> Self {
        let slug = fold(entity.name.split(',').next().unwrap_or(&entity.name)).replace(' ', "-");
        let chance = Chance::of(&entity.divipola);
        Self { entity, id: key(&entity.divipola), slug, size: size(entity, data), chance, acts: BTreeMap::new() }
    }

    /// The code of its territorial entity.
    pub fn code(&self) -> &'a str {
        &self.entity.divipola
    }

    /// Who signs its decrees.
    pub fn authority(&self) -> String {
        match (self.entity.kind.as_str(), self.code()) {
            ("DEPARTMENT", _) => format!("Gobernador de {}", self.entity.name),
            (_, "11001") => "Alcalde Mayor de Bogotá, D.C.".to_owned(),
            ("DISTRICT", _) => format!("Alcalde Distrital de {}", self.entity.name),
            _ => format!("Alcalde Municipal de {}", self.entity.name),
        }
    }

    /// A new act of its own, with a document that lies elsewhere.
    pub fn act(
        &mut self,
        demo: &mut DemoData,
        kind: LegalActKind,
        issuer: String,
        date: NaiveDate,
        subject: String,
    ) -> Id<legal_act::Entity> {
        let last = self.acts.entry(date.year()).or_insert(10);
        *last += 1 + self.chance.below(9);
        let number = format!("{last:04}");
        let word = if kind == LegalActKind::Decree { "decreto" } else { "resolucion" };
        let year = date.format("%Y");
        let uri = format!("https://www.example.org/actos/{}/{word}-{number}-{year}.pdf", self.code());
        let sha256: String = Sha256::digest(uri.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let id = key(&format!("{}/{year}/{number}", self.code()));
        demo.legal_acts.push(legal_act::Model {
            id,
            organization_id: self.id,
            kind,
            number_key: fold(&number),
            document_title: Some(format!("{}{} {number} de {year}", word[..1].to_uppercase(), &word[1..])),
            filing_number: Some(format!("{}-{year}-{number}", self.code())),
            number,
            issuer,
            date,
            subject_key: fold(&subject),
            subject,
            document_uri: Some(uri),
            document_media_type: Some("application/pdf".to_owned()),
            document_sha256: Some(sha256),
            row_version: 1,
        });
        id
    }

    /// Its own row, its classifications and, of one of them, the takeover.
    pub fn register(&mut self, demo: &mut DemoData) {
        let name = format!("Secretaría de Educación de {}", self.entity.name);
        // NIT of bodies under public law begin with 8 or 9; none was ever given out in the range 999…
        let tax_number = format!("9990{:0<5}", self.code());
        let entity: Id<territorial_entity::Entity> = key(self.code());
        demo.organizations.push(organization::Model {
            territorial_entity_id: Some(entity),
            ..plain(OrganizationKind::EducationSecretariat, self.code(), &name, &tax_number)
        });
        let start = self.entity.valid.from().max(day(2019, 1, 1));
        let (first, later) = self.categories();
        let change = day(2023, 1, 1);
        let ends = (first != later).then_some(change);
        self.classify(demo, ClassificationScheme::Category, first, start, ends);
        if first != later {
            self.classify(demo, ClassificationScheme::Category, later, change, None);
        }
        self.classify(demo, ClassificationScheme::Region, region(&self.entity.department_code), start, None);
        self.classify(demo, ClassificationScheme::Size, self.size.label(), start, None);
        if self.code() == TAKEN_OVER {
            self.take_over(demo);
        }
    }

    /// The category before 2023 and since then.
    fn categories(&mut self) -> (&'static str, &'static str) {
        let classes: &[&str] = match self.size {
            Size::Large => &["Especial", "Primera"],
            Size::Medium => &["Primera", "Segunda", "Tercera"],
            Size::Small => &["Segunda", "Tercera", "Cuarta", "Sexta"],
        };
        let first = self.chance.pick(classes);
        let later = if self.chance.percent(25) { self.chance.pick(classes) } else { first };
        (first, later)
    }

    fn classify(
        &self,
        demo: &mut DemoData,
        scheme: ClassificationScheme,
        value: &str,
        valid_from: NaiveDate,
        valid_to: Option<NaiveDate>,
    ) {
        demo.classifications.push(organization_classification::Model {
            id: key(&format!("{}/{}/{valid_from}", self.code(), scheme.number())),
            organization_id: self.id,
            scheme,
            value: value.to_owned(),
            valid_from,
            valid_to,
            source: SOURCE.to_owned(),
            row_version: 1,
        });
    }

    fn take_over(&mut self, demo: &mut DemoData) {
        let subject = "Por la cual se asume temporalmente la administración del servicio educativo y se designa un \
                       administrador temporal"
            .to_owned();
        let issuer = "Ministerio de Educación Nacional".to_owned();
        let act = self.act(demo, LegalActKind::Resolution, issuer, day(2022, 1, 24), subject);
        demo.takeovers.push(temporary_takeover::Model {
            id: key(self.code()),
            organization_id: self.id,
            legal_act_id: Some(act),
            administrator: "Hernán Darío Ospina Cárdenas".to_owned(),
            valid_from: day(2022, 2, 1),
            valid_to: Some(day(2025, 1, 1)),
            row_version: 1,
        });
    }
}

/// The organizations that are no secretariats.
pub fn national(demo: &mut DemoData) {
    let ministry = "Ministerio de Educación Nacional";
    demo.organizations.push(plain(OrganizationKind::Ministry, MINISTRY, ministry, "999000001"));
    let partner = "Escuela Superior de Administración Pública (ESAP)";
    demo.organizations.push(plain(OrganizationKind::Partner, PARTNER, partner, "999000002"));
}

fn plain(kind: OrganizationKind, code: &str, name: &str, tax_number: &str) -> organization::Model {
    organization::Model {
        id: key(code),
        kind,
        name: name.to_owned(),
        name_key: fold(name),
        tax_id: Some(format!("{tax_number}-{}", nit_check_digit(tax_number))),
        territorial_entity_id: None,
        row_version: 1,
    }
}

/// The great cities and the departments with many municipalities are large; capitals and other departments medium.
fn size(entity: &TerritorialEntity, data: &ReferenceData) -> Size {
    const GREAT_CITIES: &[&str] = &["05001", "08001", "11001", "13001", "54001", "68001", "76001"];
    let covered = data.coverage.iter().filter(|row| row.territorial_entity_divipola == entity.divipola).count();
    match entity.kind.as_str() {
        "DEPARTMENT" if covered >= 60 => Size::Large,
        "DEPARTMENT" => Size::Medium,
        _ if GREAT_CITIES.contains(&entity.divipola.as_str()) => Size::Large,
        _ if entity.divipola.ends_with("001") => Size::Medium,
        _ => Size::Small,
    }
}

/// The natural region of a department.
fn region(department: &str) -> &'static str {
    match department {
        "08" | "13" | "20" | "23" | "44" | "47" | "70" => "Caribe",
        "19" | "27" | "52" | "76" => "Pacífica",
        "50" | "81" | "85" | "99" => "Orinoquía",
        "18" | "86" | "91" | "94" | "95" | "97" => "Amazonía",
        "88" => "Insular",
        _ => "Andina",
    }
}
