//! Who holds a post: appointments, changes of administration, vacancies, acting appointments.

use chrono::{Datelike, Days, NaiveDate};
use entity::{
    Id,
    organization::{AppointmentKind, LegalActKind, legal_act, person, post, post_holding},
};

use super::{
    ANCHOR, DemoData, day,
    jobs::{self, Place},
    organizations::Secretariat,
    people,
};
use crate::exchange::load::key;

/// Who holds a post, and on what title.
pub type Holder = (Id<person::Entity>, AppointmentKind);

/// A post from its first day to its end.
pub struct Span {
    /// The post.
    pub post: Id<post::Entity>,
    /// What place it is.
    pub place: Place,
    /// Does it head its unit? Then it is never vacant.
    pub head: bool,
    /// Its first day.
    pub from: NaiveDate,
    /// The day after its last.
    pub to: Option<NaiveDate>,
}

/// Fills a post from its first day to its end, beginning with `first` if somebody comes with it; answers who holds it
/// at the end. `persons` counts those of the secretariat.
pub fn fill(
    secretariat: &mut Secretariat,
    demo: &mut DemoData,
    persons: &mut usize,
    span: Span,
    first: Option<Holder>,
) -> Option<Holder> {
    if first.is_none() && !span.head && secretariat.chance.percent(10) {
        return None;
    }
    let (mut person, mut appointment) = match first {
        Some(holder) => holder,
        None => (invent(secretariat, demo, persons), appointment(secretariat, span.place)),
    };
    let mut from = span.from;
    // Nothing is told of what comes after the anchor but what acts have fixed already.
    let known = span.to.map_or(ANCHOR, |to| to.min(ANCHOR));
    if first.is_none() && appointment == AppointmentKind::Career && secretariat.chance.percent(12) {
        let passed = from + Days::new(180);
        if passed < known {
            hold(demo, secretariat, &span, (person, AppointmentKind::Probation), from, Some(passed), None);
            from = passed;
        }
    }
    if let Some(leaves) = leaves(secretariat, &span, from, known) {
        hold(demo, secretariat, &span, (person, appointment), from, Some(leaves), None);
        let returns = leaves + Days::new(if span.head { 0 } else { 20 + u64::from(secretariat.chance.below(90)) });
        if returns >= known || !span.head && secretariat.chance.percent(35) {
            return None;
        }
        person = invent(secretariat, demo, persons);
        appointment = if span.head && jobs::is_free(span.place) { appointment } else { AppointmentKind::Provisional };
        from = returns;
    }
    let act = (appointment == AppointmentKind::FreeAppointment && span.head).then(|| {
        let subject = "Por la cual se hace un nombramiento ordinario en un empleo de libre nombramiento y remoción";
        let authority = secretariat.authority();
        secretariat.act(demo, LegalActKind::Resolution, authority, from, subject.to_owned())
    });
    hold(demo, secretariat, &span, (person, appointment), from, span.to, act);
    Some((person, appointment))
}

/// The day on which a holder leaves: many who are appointed freely with the administration, few others ever.
fn leaves(secretariat: &mut Secretariat, span: &Span, from: NaiveDate, known: NaiveDate) -> Option<NaiveDate> {
    let administration = day(2024, 1, 2);
    let within = |date: NaiveDate| from + Days::new(90) < date && date + Days::new(30) < known;
    if jobs::is_free(span.place) {
        let leaves = secretariat.chance.percent(60) && within(administration);
        return leaves.then(|| administration + Days::new(u64::from(secretariat.chance.below(20))));
    }
    let length = u32::try_from((known - from).num_days()).unwrap_or(0);
    if length < 400 || !secretariat.chance.percent(15) {
        return None;
    }
    let date = from + Days::new(u64::from(180 + secretariat.chance.below(length - 300)));
    within(date).then_some(date)
}

fn invent(secretariat: &mut Secretariat, demo: &mut DemoData, persons: &mut usize) -> Id<person::Entity> {
    *persons += 1;
    let code = secretariat.code();
    let person = people::invent(secretariat.id, code, &secretariat.slug, *persons, &mut secretariat.chance);
    let id = person.id;
    demo.persons.push(person);
    id
}

fn appointment(secretariat: &mut Secretariat, place: Place) -> AppointmentKind {
    if jobs::is_free(place) {
        return AppointmentKind::FreeAppointment;
    }
    if secretariat.chance.percent(65) { AppointmentKind::Career } else { AppointmentKind::Provisional }
}

fn hold(
    demo: &mut DemoData,
    secretariat: &Secretariat,
    span: &Span,
    (person_id, appointment): Holder,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    legal_act_id: Option<Id<legal_act::Entity>>,
) {
    demo.holdings.push(post_holding::Model {
        id: key(&format!("{}/{}/{valid_from}/{}", span.post.uuid(), person_id.uuid(), appointment.number())),
        organization_id: secretariat.id,
        post_id: span.post,
        person_id,
        appointment,
        legal_act_id,
        valid_from,
        valid_to,
        row_version: 1,
    });
}

/// Is it a holding that fills its post on a day?
pub fn is_full_on(holding: &post_holding::Model, on: NaiveDate) -> bool {
    holding.appointment != AppointmentKind::Acting
        && holding.valid_from <= on
        && holding.valid_to.is_none_or(|to| on < to)
}

/// Acting appointments (encargos): the holder of a post is away for some months, and somebody of the career takes it
/// besides his own. Looks at the secretariat's holdings, which are those from `first` on.
pub fn acting(secretariat: &mut Secretariat, demo: &mut DemoData, first: usize) {
    let length = demo.holdings.len() - first;
    for turn in 0..(1 + length / 25) {
        // The first is under way on the anchor's day; the others are over.
        let begins = match turn {
            0 => ANCHOR - Days::new(40),
            _ => day(2022, 1, 11) + Days::new(u64::from(secretariat.chance.below(1_400))),
        };
        let ends = if turn == 0 { ANCHOR + Days::new(50) } else { begins + Days::new(90) };
        let there = |holding: &&post_holding::Model| {
            is_full_on(holding, begins) && holding.valid_to.is_none_or(|to| ends <= to)
        };
        let own = &demo.holdings[first..];
        let away: Vec<&post_holding::Model> = own.iter().filter(there).collect();
        let career: Vec<&post_holding::Model> =
            own.iter().filter(there).filter(|holding| holding.appointment == AppointmentKind::Career).collect();
        if away.is_empty() || career.is_empty() {
            continue;
        }
        let (of, by) = (secretariat.chance.pick(&away), secretariat.chance.pick(&career));
        let taken = own.iter().any(|holding| {
            holding.appointment == AppointmentKind::Acting
                && (holding.post_id == of.post_id || holding.person_id == by.person_id)
        });
        if of.person_id == by.person_id || taken {
            continue;
        }
        let (post, person) = (of.post_id, by.person_id);
        let subject =
            format!("Por la cual se hace un encargo por la vacancia temporal de un empleo en {}", begins.year());
        let authority = secretariat.authority();
        let act = secretariat.act(demo, LegalActKind::Resolution, authority, begins, subject);
        let span = Span { post, place: ("", 0), head: false, from: begins, to: Some(ends) };
        hold(demo, secretariat, &span, (person, AppointmentKind::Acting), begins, Some(ends), Some(act));
    }
}
