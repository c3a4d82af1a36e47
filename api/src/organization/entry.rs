//! What the acts of this area do with their arguments: ids into granted rows, texts into checked columns, dates into
//! intervals that may be entered today.

use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{
    Id, Interval, Kinded, TextList,
    organization::{org_unit, organization},
};
use sea_orm::{
    ActiveValue::{self, NotSet, Set},
    EntityTrait, Value,
};
use unicode_normalization::UnicodeNormalization as _;

use super::rules::{
    Violation, code, timeline,
    timeline::Entry,
    validate::{self, NOTE_LIMIT},
};
use crate::{
    access::{guards::over, rules::Duty},
    graph::{
        error::{ErrorCode, Refusal},
        scalars::Url,
    },
    store::{ActFault, ChangeSet, Granted, Recorded, Verb},
};

/// Where an argument stands, from the outermost inwards.
pub type Path<'a> = &'a [&'a str];

/// The key in an id. NOT_FOUND for whatever is no id of this kind.
pub fn key<E: Kinded>(id: &ID, path: Path<'_>) -> Result<Id<E>, Refusal> {
    Id::parse(id).ok_or_else(|| ErrorCode::NotFound.at(path.iter().copied()))
}

/// The row that an argument names, for an act that takes `V`. Errors as [`ChangeSet::obtain`], at the argument.
pub async fn obtain<E: Recorded, V: Verb>(
    changes: &mut ChangeSet,
    id: &ID,
    path: Path<'_>,
    expected_version: Option<i32>,
) -> Result<Granted<E, V>, ActFault> {
    let id = key(id, path)?;
    changes.obtain(id, expected_version).await.map_err(|fault| fault.within(path.iter().copied()))
}

/// The organization at `organization`, for an act that makes something in the unit at `input.unit`. Errors as
/// [`ChangeSet::obtain`]; whether the organization has such a unit is still to be seen.
pub async fn obtain_in<V: Verb>(
    changes: &mut ChangeSet,
    organization: &ID,
    unit: &ID,
) -> Result<Granted<organization::Entity, V>, ActFault> {
    const AT: Path<'_> = &["organization"];
    let id = key(organization, AT)?;
    // What is no unit lies in no scope.
    let unit = Id::<org_unit::Entity>::parse(unit).map(|unit| unit.uuid()).unwrap_or_default();
    changes.organization_in(id, unit).await.map_err(|fault| match &fault {
        ActFault::Refused(found) if found.iter().any(|it| it.code == ErrorCode::OutOfScope) => {
            fault.within(["input", "unit"])
        }
        _ => fault.within(AT.iter().copied()),
    })
}

/// Another row of the cause's organization. NOT_FOUND at the argument.
pub async fn follow<E: Recorded, V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    id: &ID,
    path: Path<'_>,
) -> Result<Granted<E, V>, ActFault> {
    let id = key(id, path)?;
    changes.follow(cause, id).await.map_err(|fault| fault.within(path.iter().copied()))
}

/// The same for an argument that may be missing; its key is all that is wanted.
pub async fn link<E: Recorded, V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    id: Option<&ID>,
    path: Path<'_>,
) -> Result<Option<Id<E>>, ActFault> {
    match id {
        Some(id) => Ok(Some(follow(changes, cause, id, path).await?.id())),
        None => Ok(None),
    }
}

/// The same for an edit: absent leaves the link, null clears it.
pub async fn relink<E: Recorded, V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    id: &MaybeUndefined<ID>,
    path: Path<'_>,
) -> Result<ActiveValue<Option<Id<E>>>, ActFault> {
    Ok(match id {
        MaybeUndefined::Undefined => NotSet,
        id => Set(link(changes, cause, id.value(), path).await?),
    })
}

/// The texts of an input, checked one by one; what is wrong with any of them is told together. Texts lose the white
/// space at their ends, and one that is blank counts as missing.
#[derive(Default)]
pub struct Texts(Vec<Refusal>);

/// What is wrong with a text, if anything.
pub type Check = fn(&str) -> Option<Violation>;

impl Texts {
    /// A text that must be there: what is empty, or nothing but spaces, is REQUIRED.
    pub fn required(&mut self, field: &str, given: &str, check: Check) -> String {
        let text = clean(given);
        let empty = || text.is_empty().then(|| Violation::new(code::REQUIRED));
        self.note(field, check(&text).or_else(empty));
        text
    }

    /// A text that may be missing.
    pub fn optional(&mut self, field: &str, given: Option<&str>, check: Check) -> Option<String> {
        let text = Some(clean(given?)).filter(|text| !text.is_empty())?;
        self.note(field, check(&text));
        Some(text)
    }

    /// An edit of a text that must be there: null is REQUIRED.
    pub fn edit(&mut self, field: &str, given: &MaybeUndefined<String>, check: Check) -> ActiveValue<String> {
        match self.present(field, given) {
            Set(text) => Set(self.required(field, &text, check)),
            _ => NotSet,
        }
    }

    /// An edit of a text that may be missing: null clears it.
    pub fn edit_optional(
        &mut self,
        field: &str,
        given: &MaybeUndefined<String>,
        check: Check,
    ) -> ActiveValue<Option<String>> {
        match given {
            MaybeUndefined::Undefined => NotSet,
            given => Set(self.optional(field, given.value().map(String::as_str), check)),
        }
    }

    /// An edit of whatever must be there: null is REQUIRED.
    pub fn present<T: Clone + Into<Value>>(&mut self, field: &str, given: &MaybeUndefined<T>) -> ActiveValue<T> {
        match given {
            MaybeUndefined::Undefined => NotSet,
            MaybeUndefined::Value(value) => Set(value.clone()),
            MaybeUndefined::Null => {
                self.refuse(ErrorCode::Required.at([field]));
                NotSet
            }
        }
    }

    /// Functions of a job, in their order.
    pub fn functions(&mut self, field: &str, given: &[String]) -> TextList {
        for violation in validate::functions(given) {
            self.note(field, Some(violation));
        }
        TextList::new(given).unwrap_or_default()
    }

    /// Notes what a check found wrong with a field.
    pub fn note(&mut self, field: &str, found: Option<Violation>) {
        if let Some(violation) = found {
            self.refuse(violation.under([field]).into());
        }
    }

    /// Notes a refusal; its path begins below `input`.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.0.push(refusal.within(["input"]));
    }

    /// Adds what was noted of an input inside this one.
    pub fn nest(&mut self, field: &str, inner: Self) {
        self.nest_at(&[field], inner);
    }

    /// Adds what was noted of an input further inside.
    pub fn nest_at(&mut self, path: Path<'_>, inner: Self) {
        for mut refusal in inner.0 {
            refusal.path.splice(1..1, path.iter().map(|field| (*field).to_owned()));
            self.0.push(refusal);
        }
    }

    /// Everything that was noted, as the act's refusal.
    pub fn done(self) -> Result<(), ActFault> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0.into()) }
    }
}

/// Referencia a un documento. Where the file of an act or of a controlled document is kept and how to know it again; at
/// least one of the fields.
#[derive(InputObject, Default)]
pub struct DocumentReferenceInput {
    /// Título. What to show for it, up to 200 characters.
    title: Option<String>,
    /// Ubicación. Where the file is kept: `https`, `http` or `urn`.
    uri: Option<Url>,
    /// Tipo de contenido. The media type, such as `application/pdf`.
    media_type: Option<String>,
    /// Huella SHA-256. Of the file's bytes, 64 hexadecimal digits.
    sha256: Option<String>,
    /// Radicado. The number under which it was filed, up to 200 characters.
    filing_number: Option<String>,
}

/// A reference to a document, as it is kept.
pub struct Reference {
    /// What to show for it.
    pub title: Option<String>,
    /// Where it is kept.
    pub uri: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// Of its bytes, in small letters.
    pub sha256: Option<String>,
    /// The number under which it was filed.
    pub filing_number: Option<String>,
}

impl DocumentReferenceInput {
    /// The reference as a whole: what is not given is cleared.
    pub fn read(&self, texts: &mut Texts) -> Reference {
        let mut field = |name: &str, given: Option<&str>, check| texts.optional(name, given, check);
        Reference {
            title: field("title", self.title.as_deref(), validate::name),
            uri: field("uri", self.uri.as_ref().map(|uri| uri.0.as_str()), validate::uri),
            media_type: field("mediaType", self.media_type.as_deref(), validate::media_type),
            sha256: field("sha256", self.sha256.as_deref(), validate::sha256).map(|digits| digits.to_ascii_lowercase()),
            filing_number: field("filingNumber", self.filing_number.as_deref(), validate::name),
        }
    }
}

/// A text as it is kept.
pub fn clean(text: &str) -> String {
    text.trim().nfc().collect()
}

/// A checked reason of an act, if one is given; whether one is needed is for the guards.
pub fn reason(given: Option<&str>) -> Result<Option<String>, Refusal> {
    let reason = given.map(clean).filter(|text| !text.is_empty());
    match reason.as_deref().and_then(validate::note) {
        Some(long) => Err(long.under(["reason"]).into()),
        None => Ok(reason),
    }
}

/// The days from a date until another. DATE_RANGE_EMPTY at `input.validTo`.
pub fn interval(from: NaiveDate, to: Option<NaiveDate>) -> Result<Interval, Refusal> {
    Interval::new(from, to).ok_or_else(|| ErrorCode::DateRangeEmpty.at(["input", "validTo"]))
}

/// Lets an act take effect on a date: a past one takes the right to backdate and a reason, else BACKDATED, and the
/// history shows it.
pub fn take_effect<V: Verb>(
    changes: &mut ChangeSet,
    under: &Granted<impl EntityTrait, V>,
    date: NaiveDate,
    path: Path<'_>,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let may_backdate = changes.intent().actor.has(Duty::Backdate, under.organization().uuid());
    effective(changes, may_backdate, date, path, reason)
}

/// The same for what somebody outside decided and is only transcribed: a past date takes a reason and no right, else BACKDATED.
pub fn take_note(
    changes: &mut ChangeSet,
    date: NaiveDate,
    path: Path<'_>,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    effective(changes, true, date, path, reason)
}

fn effective(
    changes: &mut ChangeSet,
    may_backdate: bool,
    date: NaiveDate,
    path: Path<'_>,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    if reason.is_some_and(|reason| reason.chars().nth(NOTE_LIMIT).is_some()) {
        return Err(ErrorCode::TooLong.at(["reason"]).with("maximum", NOTE_LIMIT));
    }
    let today = changes.today();
    let has_reason = reason.is_some_and(|reason| !reason.trim().is_empty());
    if let Some(violation) = timeline::backdated(date, Entry { today, may_backdate, has_reason }) {
        // The text says before which day it lies.
        return Err(Refusal::from(violation).at(path.iter().copied()).with("date", today.to_string()));
    }
    if date < today {
        changes.mark_backdated();
    }
    Ok(())
}

/// FROZEN for what ended before today: the past is read only.
pub fn not_over(changes: &ChangeSet, valid_to: Option<NaiveDate>) -> Result<(), Refusal> {
    over(valid_to, changes.today()).map_or(Ok(()), |refusal| Err(refusal.at(["id"])))
}

/// The codes of [`end`].
pub const ENDING: &[ErrorCode] = &[ErrorCode::Frozen, ErrorCode::DateRangeEmpty, ErrorCode::Backdated];

/// The days that are left to a row when it ends on `to`, the argument `validTo`. A later end than the present one is
/// an extension. FROZEN, DATE_RANGE_EMPTY, BACKDATED.
pub fn end<V: Verb>(
    changes: &mut ChangeSet,
    row: &Granted<impl EntityTrait, V>,
    (from, present): (NaiveDate, Option<NaiveDate>),
    to: NaiveDate,
    reason: Option<&str>,
) -> Result<Interval, Refusal> {
    let left = left(changes, (from, present), to)?;
    take_effect(changes, row, to, &["validTo"], reason)?;
    Ok(left)
}

/// The days that are left to a row that is not over when it ends on `to`. FROZEN, DATE_RANGE_EMPTY.
pub fn left(
    changes: &ChangeSet,
    (from, present): (NaiveDate, Option<NaiveDate>),
    to: NaiveDate,
) -> Result<Interval, Refusal> {
    not_over(changes, present)?;
    Interval::new(from, Some(to)).ok_or_else(|| ErrorCode::DateRangeEmpty.at(["validTo"]))
}
