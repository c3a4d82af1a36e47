//! Evidence: files, kept outside, that show what is said here.

use entity::improvement::evidence;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    graph::error::ErrorCode,
    organization::entry::{DocumentReferenceInput, Reference, Texts},
    store::{ActFault, ChangeSet, Granted, Verb},
};

/// Most files that come with one act.
const FILES_LIMIT: usize = 20;

/// Attaches files under a row; `to` says to what. Refusals point to `input.evidence`. TOO_LONG, REQUIRED, MALFORMED.
pub async fn attach<V: Verb>(
    changes: &mut ChangeSet,
    under: &Granted<impl EntityTrait, V>,
    files: &[DocumentReferenceInput],
    to: impl Fn(&mut evidence::ActiveModel),
) -> Result<(), ActFault> {
    if files.len() > FILES_LIMIT {
        return Err(ErrorCode::TooLong.at(["input", "evidence"]).with("maximum", FILES_LIMIT).into());
    }
    let (mut texts, mut rows) = (Texts::default(), Vec::with_capacity(files.len()));
    for (at, file) in files.iter().enumerate() {
        let mut own = Texts::default();
        let Reference { title, uri, media_type, sha256, filing_number } = file.read(&mut own);
        if uri.is_none() && filing_number.is_none() {
            own.refuse(ErrorCode::Required.at(["uri"]));
        }
        texts.nest_at(&["evidence", &at.to_string()], own);
        let mut row = evidence::ActiveModel {
            recorded_on: Set(changes.today()),
            document_title: Set(title),
            document_uri: Set(uri),
            document_media_type: Set(media_type),
            document_sha256: Set(sha256),
            filing_number: Set(filing_number),
            ..Default::default()
        };
        to(&mut row);
        rows.push(row);
    }
    texts.done()?;
    changes.create_many::<evidence::Entity, V>(under, rows).await.map(drop)
}
