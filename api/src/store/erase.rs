//! Personal data go, from the row and from all that was told of it; and who changed a row last.

use entity::{
    Moment,
    access::{account, member},
    machinery::{HistoryOperation, history_entry, idempotency, person_key},
    organization::person,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait as _, DbErr, EntityTrait, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use serde_json::{Map, json};

use super::{
    ActFault, ChangeSet, Granted, Store, Verb,
    change_set::{itself, version},
    columns::{Difference, VERSION, prepare, put},
    granted::{key, uuid},
    recorded::Recorded,
};
use crate::{
    access::rules::Subject,
    graph::error::{ErrorCode, Refusal},
    reader::sql::Dialect,
};

/// The word in a history entry that stands for values which are gone.
pub const ERASED: &str = "erased";
/// What stands in the place of the name of a person who was erased.
pub const ERASED_NAME: &str = "(Persona suprimida)";

impl ChangeSet {
    /// Takes name and personal data from a person, and the key that opens them in the history. The chain still stands:
    /// what was sealed stays, and nobody can open it any more.
    ///
    /// # Errors
    /// A database fault when the row was written since it was granted.
    pub async fn erase<V: Verb>(
        &mut self,
        granted: Granted<person::Entity, V>,
    ) -> Result<Granted<person::Entity, V>, ActFault> {
        let mut row = person::ActiveModel {
            name: Set(ERASED_NAME.to_owned()),
            document_kind: Set(None),
            document_number: Set(None),
            email: Set(None),
            phone: Set(None),
            erased_on: Set(Some(self.today())),
            ..Default::default()
        };
        prepare(&mut row);
        if let Some(version) = version::<person::Entity>(granted.model()) {
            put(&mut row, VERSION, (version + 1).into());
        }
        let own = itself::<person::Entity, V>(&granted)?;
        let updated = person::Entity::update_many().set(row).filter(own);
        let row = updated.exec_with_returning(&self.transaction).await?.pop().ok_or(DbErr::RecordNotUpdated)?;
        person_key::Entity::delete_by_id(granted.id().uuid()).exec(&self.transaction).await?;
        self.forget_inputs(&granted).await?;
        let gone = <person::Entity as Recorded>::PERSONAL.iter().chain(<person::Entity as Recorded>::NAMES);
        let mut open: Map<_, _> = gone.map(|column| ((*column).to_owned(), json!({ ERASED: true }))).collect();
        open.insert("erased_on".to_owned(), json!([null, self.today().to_string()]));
        let organization = granted.organization().uuid();
        let changes = Difference { open, personal: Map::new() };
        self.record::<person::Entity>(organization, granted.id().uuid(), HistoryOperation::Update, changes);
        self.erase_members(&granted).await?;
        self.erased = true;
        Ok(Granted::new(row, organization))
    }

    /// Who signs in as the person goes on as nobody by name; the account's own name goes too, where no other organization
    /// knows it.
    async fn erase_members<V: Verb>(&mut self, granted: &Granted<person::Entity, V>) -> Result<(), ActFault> {
        let is = Condition::all().add(member::Column::PersonId.eq(granted.id()));
        for found in self.follow_all::<member::Entity, V>(granted, is).await? {
            let (id, account) = (found.id().uuid(), found.model().account_id);
            let mut row = member::ActiveModel {
                name: Set(ERASED_NAME.to_owned()),
                row_version: Set(found.model().row_version + 1),
                ..Default::default()
            };
            prepare(&mut row);
            let own = itself::<member::Entity, V>(&found)?;
            member::Entity::update_many().set(row).filter(own).exec(&self.transaction).await?;
            person_key::Entity::delete_by_id(id).exec(&self.transaction).await?;
            let open = Map::from_iter([("name".to_owned(), json!({ ERASED: true }))]);
            let changes = Difference { open, personal: Map::new() };
            self.record::<member::Entity>(granted.organization().uuid(), id, HistoryOperation::Update, changes);
            let known = member::Entity::find().filter(member::Column::AccountId.eq(account));
            if known.count(&self.transaction).await? == 1 {
                let row = account::ActiveModel { name: Set(ERASED_NAME.to_owned()), ..Default::default() };
                let own = account::Entity::update_many().set(row).filter(account::Column::Id.eq(account));
                own.exec(&self.transaction).await?;
            }
        }
        Ok(())
    }

    /// A hash of an act's input may be guessed back into the input: those of acts on this person go too. Their keys stay
    /// taken, so that nothing is done twice.
    async fn forget_inputs<V>(&self, granted: &Granted<person::Entity, V>) -> Result<(), DbErr> {
        let told = idempotency::Column::Outcome.contains(granted.id().uuid().to_string());
        let forget = idempotency::Entity::update_many()
            .col_expr(idempotency::Column::InputHash, Expr::value(ERASED))
            .filter(told);
        forget.exec(&self.transaction).await.map(drop)
    }

    /// What whoever came too late is told: the version, when it was written, and by whom, where he may know it.
    pub(super) async fn version_conflict<E: Recorded>(
        &self,
        row: &E::Model,
        current: Option<i32>,
    ) -> Result<Refusal, DbErr> {
        let organization = uuid::<E>(row, E::OWNER);
        let last = history_entry::Entity::find()
            .filter(history_entry::Column::OrganizationId.eq(organization))
            .filter(history_entry::Column::ObjectId.eq(key::<E>(row)))
            .order_by_desc(history_entry::Column::Sequence)
            .one(&self.transaction)
            .await?;
        let conflict = ErrorCode::VersionConflict.with("current", current);
        let Some(last) = last else { return Ok(conflict) };
        let conflict = conflict.with("changedAt", Moment::rfc3339(last.recorded_at));
        let own = last.account_id.uuid() == self.account;
        if !own && !self.intent.actor.reach(Subject::History).published.contains(organization) {
            return Ok(conflict);
        }
        let here = member::Entity::find()
            .filter(member::Column::OrganizationId.eq(organization))
            .filter(member::Column::AccountId.eq(last.account_id));
        let author = match here.one(&self.transaction).await? {
            Some(member) => Some(member.name),
            None => {
                account::Entity::find_by_id(last.account_id).one(&self.transaction).await?.map(|account| account.name)
            }
        };
        Ok(match author {
            Some(author) => conflict.with("changedBy", author),
            None => conflict,
        })
    }
}

impl Store {
    /// Lets SQLite's journal forget what was erased: the file itself is overwritten already (`secure_delete`).
    pub(super) async fn scrub(&self) {
        if self.dialect() == Dialect::Postgres {
            return;
        }
        let scrubbed = self.backend.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await;
        if let Err(fault) = scrubbed {
            tracing::warn!(%fault, "the journal keeps what was erased until the next checkpoint");
        }
    }
}
