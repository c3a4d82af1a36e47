//! Management reviews with their decisions, and how they were made known.

use chrono::{Datelike as _, Days, NaiveDate};
use entity::{
    Id,
    direction::{
        DisseminationChannel, ReviewKind, ReviewState, acknowledgement, decision, dissemination, dissemination_unit,
        management_review,
    },
    fold,
};
use serde_json::json;

use super::{Maker, sha256};
use crate::exchange::load::key;

/// A review as of a day; one that was held was frozen a week later. Gives its key.
pub fn review(
    maker: &mut Maker,
    kind: ReviewKind,
    cutoff: NaiveDate,
    held: Option<NaiveDate>,
) -> Id<management_review::Entity> {
    let word = if kind == ReviewKind::Handover { "Empalme" } else { "Revisión por la dirección" };
    let name = format!("{word} {}", cutoff.year());
    let id = key(&maker.code(&format!("{}/{cutoff}", kind.number())));
    // What stood there as of the day: all counts are of rows that are written by now.
    let found = maker.findings.iter().filter(|finding| finding.row.identified_on <= cutoff).count();
    let content = held.map(|_| {
        let audits = maker.demo.audits.iter().rev().take_while(|row| row.organization_id == maker.secretariat.id);
        let audited = audits.filter(|row| row.ended_on.is_some_and(|on| on <= cutoff)).count();
        json!({ "cutoff": cutoff.to_string(), "audits": { "ended": audited }, "findings": { "total": found } })
            .to_string()
    });
    let (uri, hash) = maker.file(&format!("acta-{}-{cutoff}", kind.number()));
    maker.demo.management_reviews.push(management_review::Model {
        id,
        organization_id: maker.secretariat.id,
        kind,
        state: if held.is_some() { ReviewState::Frozen } else { ReviewState::Draft },
        name_key: fold(&name),
        name: name.clone(),
        cutoff,
        held_on: held,
        conclusions: held.map(|_| "El sistema es conveniente y adecuado; debe mejorar su eficacia.".to_owned()),
        document_title: held.map(|_| format!("Acta de la {}", name.to_lowercase())),
        document_uri: held.map(|_| uri),
        document_media_type: held.map(|_| "application/pdf".to_owned()),
        document_sha256: held.map(|_| hash),
        filing_number: None,
        content_hash: content.as_ref().map(|content| sha256(content.as_bytes())),
        content,
        frozen_on: held.map(|on| on + Days::new(5)),
        row_version: 1,
    });
    id
}

/// A decision of a review, for a unit; nothing where that unit is not there.
pub fn decide(
    maker: &mut Maker,
    review: Id<management_review::Entity>,
    (number, text, unit): (i32, &str, &str),
    (on, due): (NaiveDate, NaiveDate),
) -> Option<Id<decision::Entity>> {
    let unit = maker.ground.unit(unit, on)?;
    let id = key(&format!("{}/{number}", review.uuid()));
    maker.demo.decisions.push(decision::Model {
        id,
        organization_id: maker.secretariat.id,
        management_review_id: review,
        number,
        text: text.to_owned(),
        org_unit_id: unit,
        owner_id: maker.ground.head(unit, on),
        due_on: Some(due),
        row_version: 1,
    });
    Some(id)
}

/// Makes a review known to five units, all but the last of which acknowledge it.
pub fn spread(maker: &mut Maker, review: Id<management_review::Entity>, on: NaiveDate) {
    let name = format!("Resultados de la revisión por la dirección {}", on.year());
    let id: Id<dissemination::Entity> = key(&maker.code(&on.to_string()));
    let (uri, hash) = maker.file(&format!("socializacion-{on}"));
    maker.demo.disseminations.push(dissemination::Model {
        id,
        organization_id: maker.secretariat.id,
        management_review_id: Some(review),
        name_key: fold(&name),
        name,
        channel: DisseminationChannel::Meeting,
        published_on: on,
        note: Some("Se presentó en el comité de gestión y desempeño.".to_owned()),
        document_title: Some("Presentación".to_owned()),
        document_uri: Some(uri),
        document_media_type: Some("application/pdf".to_owned()),
        document_sha256: Some(hash),
        filing_number: None,
        row_version: 1,
    });
    let units = maker.ground.units(on, 5);
    for (at, unit) in units.iter().enumerate() {
        maker.demo.dissemination_units.push(dissemination_unit::Model {
            dissemination_id: id,
            organization_id: maker.secretariat.id,
            org_unit_id: *unit,
        });
        if at + 1 == units.len() {
            continue;
        }
        let day = on + Days::new(1 + at as u64);
        maker.demo.acknowledgements.push(acknowledgement::Model {
            id: key(&format!("{}/{}", id.uuid(), unit.uuid())),
            organization_id: maker.secretariat.id,
            dissemination_id: id,
            org_unit_id: *unit,
            person_id: maker.ground.head(*unit, day),
            acknowledged_on: day,
            note: (at == 0).then(|| "Se replicará al equipo.".to_owned()),
            row_version: 1,
        });
    }
}
