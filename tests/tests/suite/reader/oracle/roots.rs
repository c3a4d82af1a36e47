//! Root fields.

use articula::graph::names;

use super::*;

impl Resolver<'_> {
    pub(super) fn query(&mut self) -> Json {
        let operation = self.document.operation();
        self.object(&[&operation.selection_set.node], &["Query"], |resolver, name, merged| {
            let arguments = resolver.document.arguments(merged[0]);
            match resolver.root(name, &arguments, merged) {
                Ok(json) => json,
                Err(code) => resolver.fail(code),
            }
        })
    }

    fn root(&mut self, name: &str, arguments: &Map<String, Value>, merged: &[&Field]) -> Result<Json, Refused> {
        let asked = table::date(arguments, "asOf");
        if name == "enumLabels" {
            return self.labels(arguments, merged);
        }
        let account = self.actor.account.ok_or("UNAUTHENTICATED")?;
        match name {
            "node" => {
                let id = arguments["id"].as_str().unwrap_or_default();
                self.by_id(id, asked).map(|place| self.entity(place, &document::below(merged))).ok_or("NOT_FOUND")
            }
            "nodes" => {
                let ids = arguments["ids"].as_array().cloned().unwrap_or_else(|| vec![arguments["ids"].clone()]);
                let items = ids.iter().enumerate().map(|(number, id)| {
                    let place = self.by_id(id.as_str().unwrap_or_default(), asked);
                    self.under(number, |resolver| match place {
                        Some(place) => resolver.entity(place, &document::below(merged)),
                        None => resolver.fail("NOT_FOUND"),
                    })
                });
                Ok(Json::List(items.collect()))
            }
            "viewer" => {
                let viewer = ENTITIES.iter().find(|declaration| declaration.name == "Viewer").expect("declared");
                Ok(self.entity(place_today(viewer, account, asked), &document::below(merged)))
            }
            name => self.of_entity(name, arguments, asked, merged),
        }
    }

    fn of_entity(
        &mut self,
        name: &str,
        arguments: &Map<String, Value>,
        asked: Option<NaiveDate>,
        merged: &[&Field],
    ) -> Result<Json, Refused> {
        let read = |declaration: &&&'static Declaration| declaration.singular == name || declaration.plural == name;
        let counts = |declaration: &&&'static Declaration| names::groups(declaration) == name;
        let counted = ENTITIES.iter().find(counts).filter(|_| ENTITIES.iter().find(read).is_none());
        let declaration: &'static Declaration = counted.or_else(|| ENTITIES.iter().find(read)).expect("a root field");
        if !self.may_read(declaration) {
            return Err("FORBIDDEN");
        }
        if counted.is_some() {
            let mut rows = self.all(declaration, asked);
            if let Some(condition) = arguments.get("where").filter(|condition| !condition.is_null()) {
                list::well_formed(declaration, condition)?;
                rows.retain(|row| self.holds(*row, condition));
            }
            return Ok(self.groups(rows, arguments, merged));
        }
        if name == declaration.plural {
            self.check(declaration, arguments)?;
            let rows = self.all(declaration, asked);
            return Ok(self.connection(declaration, rows, arguments, merged));
        }
        let given = |name: &str| arguments.get(name).filter(|value| !value.is_null());
        let id = match (given("id"), given("by")) {
            (Some(id), None) => {
                let found = declaration_of(id.as_str().unwrap_or_default());
                found.filter(|(found, _)| found.name == declaration.name).map(|(_, id)| id)
            }
            (None, Some(by)) => self.natural(declaration, by),
            _ => return Err("INVALID_ARGUMENT"),
        };
        let place = id.map(|id| place_today(declaration, id, asked)).filter(|place| self.exists(*place));
        place.map(|place| self.entity(place, &document::below(merged))).ok_or("NOT_FOUND")
    }

    /// Every row of the type that the actor sees, in force on the day if the type is dated.
    fn all(&self, declaration: &'static Declaration, asked: Option<NaiveDate>) -> Vec<Place> {
        let places = self.oracle.places(declaration, "1 = 1", asked.unwrap_or_else(today)).into_iter();
        let places = places.filter(|place| !declaration.dated || self.oracle.in_force(*place, place.asked));
        places.filter(|place| self.sees(*place)).collect()
    }

    fn exists(&self, place: Place) -> bool {
        self.oracle.data.table(place.declaration.table).row(place.id).is_some() && self.sees(place)
    }

    fn by_id(&self, id: &str, asked: Option<NaiveDate>) -> Option<Place> {
        let (declaration, id) = declaration_of(id)?;
        let place = place_today(declaration, id, asked);
        (self.may_read(declaration) && self.exists(place)).then_some(place)
    }

    /// The row with a natural key, whether the actor sees it or not.
    fn natural(&self, declaration: &'static Declaration, by: &Value) -> Option<Uuid> {
        let (name, value) = by.as_object()?.iter().next()?;
        let lookup = declaration.lookups.iter().find(|lookup| lookup.name == name)?;
        let key = match lookup.through {
            None => Val::from(value.as_str()?),
            Some(through) => Val::Uuid(self.natural(through, value)?),
        };
        let moments = (today(), today());
        let condition = fill(lookup.condition, "t", moments, &[("k0".to_owned(), key.literal(Dialect::Sqlite))]);
        let found = self.oracle.select(format!("SELECT t.id FROM {} t WHERE {condition}", declaration.table));
        found.first().and_then(Val::uuid)
    }

    fn labels(&mut self, arguments: &Map<String, Value>, merged: &[&Field]) -> Result<Json, Refused> {
        let list = entity::VOCABULARIES.iter().find(|list| arguments["type"] == list.name);
        let english = self.locale == Locale::En;
        let items = list.ok_or("INVALID_ARGUMENT")?.terms.iter().enumerate().map(|(number, term)| {
            self.under(number, |resolver| {
                resolver.object(&document::below(merged), &["EnumLabel"], |_, name, _| {
                    let text = match name {
                        "value" => term.name,
                        "label" if english => term.en,
                        "label" | "es" => term.es,
                        "en" => term.en,
                        _ => term.description,
                    };
                    Json::Leaf(text.into())
                })
            })
        });
        Ok(Json::List(items.collect()))
    }
}
