//! What is shown of the work: its selection, the levels of the objects, and the answer.

use std::collections::HashMap;

use async_graphql::parser::types::SelectionSet;

use super::find::{Asked, Item, Work};
use crate::{
    insight::trace::{
        Key,
        answer::{rows, show},
        plan::{Fields, Shown, fields, levels},
    },
    reader::{
        collect::{Merged, below},
        planner::{Context, Planner},
        snapshot::{ReadFault, Snapshot, StatementCount},
        write::Writer,
    },
};

/// The work that is to be found.
pub struct Plan<'a> {
    asked: Asked,
    fields: Fields<WorkField>,
    objects: Vec<Objects<'a>>,
}

/// A selection of objects: what waits, or whose it is.
struct Objects<'a> {
    organizations: bool,
    sets: Vec<&'a SelectionSet>,
}

enum WorkField {
    TypeName,
    Items(Fields<ItemField>),
    Kinds(Fields<KindField>),
    Count,
    Truncated,
}

enum ItemField {
    TypeName,
    Object(usize),
    Kind,
    Acts,
    DueOn,
    DaysOverdue,
}

enum KindField {
    TypeName,
    Kind,
    Count,
    Overdue,
}

impl<'a> Plan<'a> {
    /// Plans what a selection shows.
    pub fn new(asked: Asked, context: Context<'a>, merged: &Merged<'a>) -> Self {
        let mut plan = Self { asked, fields: Vec::new(), objects: Vec::new() };
        plan.fields = fields(context, merged, "Work", |name, merged| match name {
            "items" => WorkField::Items(fields(context, merged, "WorkItem", |name, merged| plan.item(name, merged))),
            "kinds" => WorkField::Kinds(fields(context, merged, "WorkCount", |name, _| match name {
                "kind" => KindField::Kind,
                "count" => KindField::Count,
                "overdue" => KindField::Overdue,
                _ => KindField::TypeName,
            })),
            "count" => WorkField::Count,
            "truncated" => WorkField::Truncated,
            _ => WorkField::TypeName,
        });
        plan
    }

    fn item(&mut self, name: &str, merged: &Merged<'a>) -> ItemField {
        match name {
            "node" | "organization" => {
                self.objects.push(Objects { organizations: name == "organization", sets: below(merged) });
                ItemField::Object(self.objects.len() - 1)
            }
            "kind" => ItemField::Kind,
            "acts" => ItemField::Acts,
            "dueOn" => ItemField::DueOn,
            "daysOverdue" => ItemField::DaysOverdue,
            _ => ItemField::TypeName,
        }
    }

    /// Finds what waits, in the state of a snapshot.
    pub async fn find(
        &self,
        context: Context<'_>,
        snapshot: &mut Snapshot<'_>,
        count: &StatementCount,
    ) -> Result<Work, ReadFault> {
        self.asked.find(context, snapshot, count).await
    }

    /// Adds the levels that read the objects shown.
    pub fn show(&self, planner: &mut Planner<'a>, work: Work) -> Found {
        let first = &work.items[..work.items.len().min(self.asked.first)];
        let objects = self.objects.iter().map(|objects| {
            let keys = first.iter().map(|item| of(item, objects.organizations)).collect();
            levels(planner, keys, self.asked.day, &objects.sets)
        });
        Found { objects: objects.collect(), shown: first.len(), work }
    }
}

fn of(item: &Item, organization: bool) -> Key {
    if organization { item.organization } else { item.key }
}

/// The work that was found.
pub struct Found {
    work: Work,
    /// How many items are shown.
    shown: usize,
    /// For each selection of objects, their levels by kind.
    objects: Vec<HashMap<u8, Shown>>,
}

/// Writes what was found as its plan shows it.
pub fn write<'a>(writer: &mut Writer<'a>, plan: &'a Plan<'a>, found: &'a Found) {
    let rows = rows(writer, &found.objects);
    let items = &found.work.items;
    let kinds: Vec<_> = plan.asked.kinds().map(|waiting| crate::insight::trace::kind_word(waiting.on)).collect();
    let kinds: Vec<_> = kinds.into_iter().filter(|kind| items.iter().any(|item| item.kind == *kind)).collect();
    writer.object(&plan.fields, |writer, field| match field {
        WorkField::TypeName => writer.string("Work"),
        WorkField::Items(fields) => writer.list(0..found.shown, |writer, number| {
            let item = &items[number];
            writer.object(fields, |writer, field| match field {
                ItemField::TypeName => writer.string("WorkItem"),
                ItemField::Object(selection) => {
                    let key = of(item, plan.objects[*selection].organizations);
                    show(writer, &found.objects[*selection], &rows[*selection], key);
                }
                ItemField::Kind => writer.string(&item.kind),
                ItemField::Acts => writer.list(0..item.acts.len(), |writer, act| writer.string(item.acts[act])),
                ItemField::DueOn => match item.due {
                    Some(due) => writer.string(&due.to_string()),
                    None => writer.raw("null"),
                },
                ItemField::DaysOverdue => writer.raw(&item.days_overdue.to_string()),
            });
        }),
        WorkField::Kinds(fields) => writer.list(0..kinds.len(), |writer, number| {
            let kind = &kinds[number];
            let of_kind = || items.iter().filter(|item| item.kind == *kind);
            writer.object(fields, |writer, field| match field {
                KindField::TypeName => writer.string("WorkCount"),
                KindField::Kind => writer.string(kind),
                KindField::Count => writer.raw(&of_kind().count().to_string()),
                KindField::Overdue => {
                    writer.raw(&of_kind().filter(|item| item.days_overdue > 0).count().to_string());
                }
            });
        }),
        WorkField::Count if found.work.cut => writer.raw("null"),
        WorkField::Count => writer.raw(&items.len().to_string()),
        WorkField::Truncated => writer.raw(if found.work.cut { "true" } else { "false" }),
    });
}
