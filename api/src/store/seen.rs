//! Whether the actor of an act sees a row, and to whom the row belongs: the same as the reader's conditions say.

use entity::{Id, value_chain::controlled_document};
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter as _};
use uuid::Uuid;

use super::{
    ActFault, ChangeSet,
    change_set::named,
    granted::{Granted, Verb, key, uuid},
    recorded::Recorded,
};
use crate::{
    access::visibility::{self, Reach},
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
};

impl ChangeSet {
    /// A row of the cause's organization that the actor sees, under the cause's grant.
    ///
    /// # Errors
    /// `NOT_FOUND` when the organization has no such row, or the actor cannot see it.
    pub async fn follow_seen<E: Recorded, V: Verb>(
        &self,
        cause: &Granted<impl EntityTrait, V>,
        id: Id<E>,
    ) -> Result<Granted<E, V>, ActFault> {
        let row = self.visible::<E>(id).await?;
        let organization = uuid::<E>(&row, E::OWNER);
        if organization != cause.organization {
            return Err(ErrorCode::NotFound.into());
        }
        Ok(Granted::new(row, organization))
    }

    /// The row, if the actor can see it.
    pub(super) async fn visible<E: Recorded>(&self, id: Id<E>) -> Result<E::Model, ActFault> {
        let row = E::find().filter(named::<E>("id")?.eq(id.uuid())).one(&self.transaction).await?;
        let Some(row) = row else { return Err(ErrorCode::NotFound.into()) };
        let reach = self.intent.actor.reach(E::SUBJECT);
        let organization = uuid::<E>(&row, E::OWNER);
        let whole = reach.whole.contains(organization);
        if whole || reach.published.contains(organization) && E::published(&row) {
            return Ok(row);
        }
        let units = self.units::<E>(&row).await?;
        if units.iter().any(|unit| reach.within.binary_search(unit).is_ok()) || self.works_on::<E>(&row, &reach).await?
        {
            return Ok(row);
        }
        Err(ErrorCode::NotFound.into())
    }

    /// The units and processes to which a row belongs.
    pub(super) async fn units<E: Recorded>(&self, row: &E::Model) -> Result<Vec<Uuid>, ActFault> {
        if let Some(involved) = E::INVOLVED {
            let found = self.of_row::<E>(row, involved.units.text).await?;
            return Ok(visibility::keys(found.as_deref()));
        }
        let Some(document) = E::document(row) else { return Ok(E::unit(row).into_iter().collect()) };
        let document = controlled_document::Entity::find_by_id(document).one(&self.transaction).await?;
        Ok(document.map(|document| document.process_id.uuid()).into_iter().collect())
    }

    /// Is the actor one of the persons who work on a row?
    async fn works_on<E: Recorded>(&self, row: &E::Model, reach: &Reach) -> Result<bool, ActFault> {
        let Some(involved) = E::INVOLVED.filter(|_| !reach.persons.is_empty()) else { return Ok(false) };
        let found = self.of_row::<E>(row, involved.persons.text).await?;
        Ok(visibility::keys(found.as_deref()).iter().any(|person| reach.persons.contains(person)))
    }

    /// OUT_OF_SCOPE for what comes into a unit where the actor may not do `V`, wherever it comes from.
    pub(super) fn lands<E: Recorded, V: Verb>(
        &self,
        organization: Uuid,
        before: Option<&E::Model>,
        after: &E::Model,
    ) -> Result<(), Refusal> {
        match E::unit(after).filter(|unit| before.and_then(E::unit) != Some(*unit)) {
            Some(unit) => self.intent.actor.may(V::DUTY, organization, &[unit]),
            None => Ok(()),
        }
    }

    /// A text that a template selects of a row.
    async fn of_row<E: Recorded>(&self, row: &E::Model, template: &'static str) -> Result<Option<String>, ActFault> {
        let need = [(Sql::Template(template), Scalar::Text)];
        let mut cells = self.read(E::default().table_name(), key::<E>(row), 0, &need).await?;
        Ok(cells.pop().and_then(|cell| cell.as_str().map(ToOwned::to_owned)))
    }
}
