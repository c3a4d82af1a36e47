//! Accounts of a test's own, beside those of the demonstration.

use articula::access::DEVELOPMENT_ISSUER;
use entity::access::{MemberState, Role};
use uuid::Uuid;

use crate::{database::Fresh, seed::Val};

impl Fresh {
    /// An account that may do what one role may in the organization of this name, or nothing at all.
    pub async fn open_account(&self, subject: &str, grant: Option<(Role, &str)>) {
        let [account, id] = [Uuid::now_v7(), Uuid::now_v7()].map(|uuid| Val::Uuid(uuid).literal(self.dialect));
        let no = Val::Bool(false).literal(self.dialect);
        let mut script = format!(
            "INSERT INTO account (id, issuer, subject, name, suspended, row_version) \
             VALUES ({account}, '{DEVELOPMENT_ISSUER}', '{subject}', '{subject}', {no}, 1);"
        );
        if let Some((role, organization)) = grant {
            let organization = format!("(SELECT id FROM organization WHERE name = '{organization}')");
            let role = role.number();
            let (member, active) = (Val::Uuid(Uuid::now_v7()).literal(self.dialect), MemberState::Active.number());
            script.push_str(&format!(
                "INSERT INTO member (id, organization_id, account_id, name, name_key, state, row_version) \
                 VALUES ({member}, {organization}, {account}, '{subject}', '{subject}', {active}, 1);
                 INSERT INTO access_grant (id, organization_id, account_id, role, valid_from, granted_by_id, row_version) \
                 VALUES ({id}, {organization}, {account}, {role}, '2019-01-01', {account}, 1);"
            ));
        }
        self.run(&script).await;
    }
}
