//! Acts on certificates.

use async_graphql::{ID, InputObject};
use entity::{
    audit::{audit, certificate, certificate_process},
    framework::framework_edition,
    organization::organization,
    value_chain::process,
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{inputs::named, types::CERTIFICATE};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{ENDING, Texts, interval, key, left, link, obtain, take_note},
        rules::validate,
    },
    store::{ActFault, ChangeSet, PlanAudit},
};

/// The acts on certificates.
pub static ACTS: &[&dyn AnyAct] = &[act::<CertificateCreate>(), act::<CertificateEnd>()];

/// Certificado nuevo. What it says.
#[derive(InputObject)]
struct CertificateCreateInput {
    /// Ente certificador. Up to 200 characters.
    body: String,
    /// Norma. As the certificate writes it, up to 200 characters.
    standard: String,
    /// Edición. The same, where it is known here.
    edition: Option<ID>,
    /// Número. Up to 200 characters; unique of its body.
    number: String,
    /// Alcance. As the certificate writes it, up to 4,000 characters.
    scope: Option<String>,
    /// Procesos. Those that it covers, at most 200.
    #[graphql(default)]
    processes: Vec<ID>,
    /// Auditoría. The one on which it rests.
    audit: Option<ID>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Registrar un certificado. Keeps what a certification body says; a first day in the past takes the right to backdate and a
/// reason.
#[derive(InputObject)]
struct CertificateCreate {
    /// Organización. The one that is certified.
    organization: ID,
    /// Datos. The certificate.
    input: CertificateCreateInput,
    /// Motivo. Why it is entered only now; required when it began in the past.
    reason: Option<String>,
}

impl Act for CertificateCreate {
    const NAME: &'static str = "certificateCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Backdated];
    const PAYLOAD: &'static Declaration = &CERTIFICATE;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, PlanAudit>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let body = texts.required("body", &input.body, validate::name);
        let standard = texts.required("standard", &input.standard, validate::name);
        let number = texts.required("number", &input.number, validate::name);
        let scope = texts.optional("scope", input.scope.as_deref(), validate::note);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_note(changes, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let edition = match &input.edition {
            Some(id) => {
                let id = key::<framework_edition::Entity>(id, &["input", "edition"])?;
                let same = Condition::all().add(framework_edition::Column::Id.eq(id));
                if changes.catalogue::<framework_edition::Entity>(same).await?.is_empty() {
                    return Err(ErrorCode::NotFound.at(["input", "edition"]).into());
                }
                Some(id)
            }
            None => None,
        };
        let audit = link::<audit::Entity, _>(changes, &organization, input.audit.as_ref(), &["input", "audit"]).await?;
        let processes = named::<process::Entity, _>(changes, &organization, &input.processes, "processes").await?;
        let row = certificate::ActiveModel {
            audit_id: Set(audit),
            body: Set(body),
            framework_edition_id: Set(edition),
            standard: Set(standard),
            number: Set(number),
            scope: Set(scope),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        let certificate = changes.create::<certificate::Entity, _>(&organization, row).await;
        let certificate = certificate.map_err(|fault| fault.duplicate_at(&["input", "number"]))?;
        for process_id in processes {
            let row = certificate_process::ActiveModel {
                certificate_id: Set(certificate.id()),
                process_id: Set(process_id),
                ..Default::default()
            };
            changes.link::<certificate_process::Entity, _, _>(&certificate, row).await?;
        }
        Ok(certificate.id().uuid())
    }
}

/// Terminar un certificado. Sets the day from which it no longer holds; a later day than the known one extends it. What ended
/// before today stays as it is.
#[derive(InputObject)]
struct CertificateEnd {
    /// Certificado. The one to end.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Vigente hasta. First day on which it no longer holds.
    valid_to: Date,
    /// Motivo. Why; required for a day in the past.
    reason: Option<String>,
}

impl Act for CertificateEnd {
    const NAME: &'static str = "certificateEnd";
    const CODES: &'static [ErrorCode] = ENDING;
    const PAYLOAD: &'static Declaration = &CERTIFICATE;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<certificate::Entity, PlanAudit>(changes, &self.id, &["id"], expected).await?;
        let present = (found.model().valid_from, found.model().valid_to);
        let left = left(changes, present, self.valid_to.0)?;
        take_note(changes, self.valid_to.0, &["validTo"], self.reason.as_deref())?;
        let row = certificate::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}
