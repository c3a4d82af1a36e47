//! A row that is more than its columns: what a figure says of it, and that it changed although only its parts did.

use entity::machinery::HistoryOperation;
use sea_orm::{ActiveModelTrait, ColumnTrait as _, DbErr, ModelTrait as _, QueryFilter as _, Value};
use serde_json::Map;
use uuid::Uuid;

use super::{
    ActFault, ChangeSet, Granted,
    columns::{VERSION, put},
    granted::{column, key},
    history::Event,
    recorded::Recorded,
};
use crate::{
    graph::declaration::{Declaration, Scalar, Sql},
    reader::{
        plan::Decode,
        snapshot::{Snapshot, StatementCount},
        sql::{Bind, Statement, fill, text_of_key},
        write::value,
    },
};

impl ChangeSet {
    /// What a figure or a guard needs of a granted row, read in the act's transaction, in the order of the declaration. An act
    /// that judges by these judges by the very numbers that the figure shows. Needs that depend on a moment cannot be
    /// read so.
    ///
    /// # Errors
    /// A database fault.
    pub async fn needs<E: Recorded, V>(
        &self,
        granted: &Granted<E, V>,
        declaration: &'static Declaration,
        needs: &[(Sql, Scalar)],
    ) -> Result<Vec<serde_json::Value>, ActFault> {
        let kind = declaration.kind.map_or(0, |kind| kind as u8);
        self.read(declaration.table, key::<E>(&granted.model), kind, needs).await
    }

    /// Values of the row with this key, in their order.
    pub(super) async fn read(
        &self,
        table: &str,
        key: Uuid,
        kind: u8,
        needs: &[(Sql, Scalar)],
    ) -> Result<Vec<serde_json::Value>, ActFault> {
        let mut statement = Statement::new(self.dialect);
        for (at, (sql, _)) in needs.iter().enumerate() {
            let sql = match sql {
                Sql::Column(column) => format!("t0.{column}"),
                Sql::Template(template) => fill(template, |name| match name {
                    "t" => Some("t0".to_owned()),
                    "text" => Some(text_of_key(self.dialect).to_owned()),
                    _ => None,
                }),
            };
            statement.push(if at == 0 { "SELECT " } else { ", " }).push(&sql);
        }
        statement.push(" FROM ").push(table).push(" t0 WHERE t0.id = ");
        statement.push_bind(Bind::Uuid(key));
        let decodes: Vec<_> = needs.iter().map(|(_, scalar)| Decode::of(*scalar)).collect();
        let mut snapshot = Snapshot::Transaction(&self.transaction);
        let rows = snapshot.fetch(statement, &decodes, &StatementCount::default()).await?;
        if rows.len() != 1 {
            return Err(DbErr::RecordNotFound(table.to_owned()).into());
        }
        let scalars = needs.iter().enumerate();
        Ok(scalars.map(|(at, (_, scalar))| value(&rows, 0, at, *scalar, kind)).collect())
    }

    /// Counts a row as written although only its parts changed, so that `expectedVersion` guards these too.
    ///
    /// # Errors
    /// A database fault when the row was written since it was granted.
    pub async fn touch<E: Recorded, V>(&mut self, granted: Granted<E, V>) -> Result<Granted<E, V>, ActFault> {
        let (Some(id), Some(counter)) = (column::<E>("id"), column::<E>(VERSION)) else { return Ok(granted) };
        let Value::Int(Some(version)) = granted.model.get(counter) else { return Ok(granted) };
        let mut only = <E::ActiveModel as ActiveModelTrait>::default();
        put(&mut only, VERSION, (version + 1).into());
        let own = E::update_many().filter(id.eq(key::<E>(&granted.model))).filter(counter.eq(version));
        let updated = own.set(only).exec_with_returning(&self.transaction).await?.pop();
        let row = updated.ok_or(DbErr::RecordNotUpdated)?;
        self.events.push(Event {
            organization: granted.organization,
            kind: E::KIND as i16,
            object: key::<E>(&row),
            operation: HistoryOperation::Update,
            changes: Map::new(),
            personal: Map::new(),
        });
        Ok(Granted::new(row, granted.organization))
    }
}
