//! Accounts of the development issuer, who they are, and what they may.

use chrono::NaiveDate;
use entity::{
    Id,
    access::{
        MemberState,
        Role::{self, *},
        access_grant, account, member,
    },
    organization::{org_unit, organization, person},
};

use super::{
    DemoData, day,
    organizations::{MINISTRY, PARTNER, Secretariat},
    staff::Staffing,
};
use crate::{
    access::{DEVELOPMENT_ISSUER, account::account_key},
    exchange::load::key,
};

/// Secretariats with an account for every role: Funza, Medellín, Antioquia. The others have the first three and control interno.
pub const WHOLE: &[&str] = &["25286", "05001", "05"];

/// Role, first part of the subject, and the unit whose head it is; without a unit it is anyone else of the staff.
const MEMBERS: &[(Role, &str, Option<&str>)] = &[
    (OrganizationAdmin, "admin", Some("400")),
    (QualityLeader, "lider.calidad", Some("110")),
    (SeniorManagement, "alta.direccion", Some("100")),
    (ProcessOwner, "dueno.proceso", Some("300")),
    (UnitHead, "jefe.dependencia", Some("200")),
    (Executor, "ejecutor", None),
    (Auditor, "auditor", None),
    (InternalControl, "control.interno", None),
];

/// The subject of the account to try a role with: that of the first example's secretariat, or the national one.
pub fn subject(role: Role) -> Option<String> {
    let national =
        [(NationalAdmin, "admin.nacional@men"), (SfiMonitor, "monitor.sfi@men"), (PartnerAnalyst, "analista@esap")];
    let member = MEMBERS.iter().find(|(known, ..)| *known == role).map(|(_, who, _)| format!("{who}@funza"));
    let service = (role == Service).then(|| "servicio@funza".to_owned());
    member.or(service).or_else(|| national.iter().find(|(known, _)| *known == role).map(|(_, who)| (*who).to_owned()))
}

/// The key of the account with this subject.
pub fn id(who: &str, at: &str) -> Id<account::Entity> {
    account_key(DEVELOPMENT_ISSUER, &format!("{who}@{at}"))
}

fn since() -> NaiveDate {
    day(2019, 1, 1)
}

/// The accounts of the Ministry and of the partner.
pub fn national(demo: &mut DemoData) {
    // Who gave the first right of all; it signs in no more.
    open(demo, "instalacion", MINISTRY);
    if let Some(installation) = demo.accounts.last_mut() {
        installation.suspended = true;
    }
    let giver = id("instalacion", MINISTRY);
    let ministry = key(MINISTRY);
    for (role, who, name) in [
        (NationalAdmin, "admin.nacional", "Administrador nacional (MEN)"),
        (SfiMonitor, "monitor.sfi", "Subdirección de Fortalecimiento Institucional (MEN)"),
    ] {
        let account = open(demo, who, MINISTRY);
        join(demo, ministry, account, name, None);
        grant(demo, ministry, account, role, None, giver);
    }
    let analyst = open(demo, "analista", PARTNER);
    join(demo, key(PARTNER), analyst, "Analista de la ESAP", None);
    grant(demo, key(PARTNER), analyst, PartnerAnalyst, None, id("admin.nacional", MINISTRY));
}

/// The accounts of a secretariat, each tied to somebody of its staff.
pub fn members(secretariat: &Secretariat, staff: &Staffing, demo: &mut DemoData) {
    let whole = WHOLE.contains(&secretariat.code());
    let mut others = staff.others.iter();
    let everywhere = |role| matches!(role, OrganizationAdmin | QualityLeader | SeniorManagement | InternalControl);
    for (role, who, unit) in MEMBERS.iter().filter(|(role, ..)| whole || everywhere(*role)) {
        let somebody = match unit {
            Some(unit) => staff.heads.get(*unit),
            None => others.next(),
        };
        let Some((person, name)) = somebody else { continue };
        let account = open(demo, who, &secretariat.slug);
        join(demo, secretariat.id, account, name, Some(*person));
        let giver = match role {
            OrganizationAdmin => id("admin.nacional", MINISTRY),
            _ => id("admin", &secretariat.slug),
        };
        let scope =
            if *role == UnitHead { unit.map(|unit| key(&format!("{}/{unit}", secretariat.code()))) } else { None };
        grant(demo, secretariat.id, account, *role, scope, giver);
    }
    if whole {
        let name = format!("Cargue de datos de {}", secretariat.entity.name);
        let service = open(demo, "servicio", &secretariat.slug);
        join(demo, secretariat.id, service, &name, None);
        grant(demo, secretariat.id, service, Service, None, id("admin", &secretariat.slug));
    }
}

fn open(demo: &mut DemoData, who: &str, at: &str) -> Id<account::Entity> {
    let id = id(who, at);
    demo.accounts.push(account::Model {
        id,
        issuer: DEVELOPMENT_ISSUER.to_owned(),
        subject: format!("{who}@{at}"),
        name: format!("{who}@{at}"),
        suspended: false,
        row_version: 1,
    });
    id
}

fn join(
    demo: &mut DemoData,
    organization_id: Id<organization::Entity>,
    account_id: Id<account::Entity>,
    name: &str,
    person_id: Option<Id<person::Entity>>,
) {
    demo.members.push(member::Model {
        id: key(&format!("{}/{}", account_id.uuid(), organization_id.uuid())),
        organization_id,
        account_id,
        person_id,
        name: name.to_owned(),
        name_key: entity::fold(name),
        state: MemberState::Active,
        row_version: 1,
    });
}

fn grant(
    demo: &mut DemoData,
    organization_id: Id<organization::Entity>,
    account_id: Id<account::Entity>,
    role: Role,
    scope_unit_id: Option<Id<org_unit::Entity>>,
    granted_by_id: Id<account::Entity>,
) {
    demo.grants.push(access_grant::Model {
        id: key(&format!("{}/{}", account_id.uuid(), role.number())),
        organization_id,
        account_id,
        role,
        scope_unit_id,
        valid_from: since(),
        valid_to: None,
        granted_by_id,
        row_version: 1,
    });
}
