//! Rows of what writes leave behind; numbers at the ends of their ranges.

use entity::{
    Id, Kind, Moment, TextList,
    machinery::{
        HistoryOperation, chain_head, history_entry, idempotency, outbox, person_key, personal_data_read, setting,
    },
    organization::org_unit,
};

use crate::{Bench, organization::Owner, structure::People};

/// One row a table.
pub async fn rows(bench: &mut Bench, &Owner { organization_id, .. }: &Owner, people: &People) {
    bench.keeps(setting::Model { name: "reloj".into(), value: "{\"ñ\": 1}".into() }).await;
    bench.keeps(chain_head::Model { organization_id, sequence: i64::MAX, hash: "ab".repeat(32) }).await;
    let (account_id, object_id) = (Id::new(), Id::<org_unit::Entity>::new().uuid());
    let entry = history_entry::Model {
        id: Id::new(),
        organization_id,
        sequence: i64::MAX,
        recorded_at: Moment(i64::MIN),
        account_id,
        request_id: "r-1".into(),
        act: "renameOrgUnit".into(),
        object_kind: Kind::OrgUnit as i16,
        object_id,
        operation: HistoryOperation::Update,
        // Spaces, order and escapes stay: the hash covers these very bytes.
        changes: "{ \"b\":1,  \"a\": \"\\u00f1\" }".into(),
        reason: Some("corrección".into()),
        backdated: true,
        previous_hash: "00".repeat(32),
        hash: "ff".repeat(32),
        change_set_id: Some(Id::new()),
        client: Some("tablero".into()),
    };
    bench.keeps(entry).await;
    let event = outbox::Model {
        id: Id::new(),
        organization_id,
        recorded_at: Moment(0),
        act: "renameOrgUnit".into(),
        object_kind: i16::MAX,
        object_id,
        position: Some(i64::MAX),
    };
    bench.keeps(event).await;
    let outcome = idempotency::Model {
        account_id,
        idempotency_key: "Clave-1".into(),
        act: "renameOrgUnit".into(),
        input_hash: "cd".repeat(32),
        outcome: "{}".into(),
        recorded_at: Moment(i64::MAX),
    };
    bench.keeps(outcome).await;
    let person_id = people.person_id;
    bench.keeps(person_key::Model { object_id, organization_id, secret: "0f".repeat(32) }).await;
    let read = personal_data_read::Model {
        id: Id::new(),
        organization_id,
        person_id,
        account_id,
        request_id: "r-2".into(),
        fields: TextList::new(["email", "teléfono"]).expect("texts"),
        recorded_at: Moment(i64::MAX),
    };
    bench.keeps(read).await;
}
