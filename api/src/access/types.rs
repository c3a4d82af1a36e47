//! The declared graph of accounts and roles, and of the viewer's own.

use entity::{Kind, access::Role};

use super::rules::Subject;
use crate::{
    graph::{
        Declaration,
        declaration::{Member, Owner, Visibility, owned},
        words::*,
    },
    organization::types::{ORG_UNIT, ORGANIZATION, PERSON},
};

const OWN: Visibility = Visibility { subject: Subject::Own, owner: Owner::Nation, published: None, about: None };
const PERSONS_OF_ACCOUNT: &str = "{t}.id IN (SELECT a.person_id FROM account_person a WHERE a.account_id = {k0})";

const fn role() -> Member {
    column("role", Enum(&Role::VOCABULARY), "role", "Rol. What the account may read and do in the organization.")
        .filtered()
        .ordered()
        .grouped()
}

const fn scope() -> Member {
    one(
        "scopeUnit",
        &ORG_UNIT,
        &["scope_unit_id"],
        "Alcance. The unit to which, with all that hangs under it, the role is limited; null: the whole organization.",
    )
    .nullable()
}

const fn suspended() -> Member {
    column("suspended", Boolean, "suspended", "Suspendida. Whether it is kept from signing in.")
}

/// Cuenta.
pub static ACCOUNT: Declaration = Declaration {
    name: "Account",
    // No root fields: the table has no owner, so a list would show the accounts of other organizations.
    singular: "",
    plural: "",
    kind: Some(Kind::Account),
    table: "account",
    description: "Cuenta. Somebody, or a program, that signs in.",
    visibility: Visibility {
        subject: Subject::Access,
        owner: Owner::Through { table: "access_grant", key: "account_id" },
        published: None,
        about: None,
    },
    dated: false,
    clamps: false,
    members: &[
        id(),
        row_version(),
        column("name", Text, "name", "Nombre. What to show for it.").filtered().ordered(),
        suspended().filtered().grouped(),
        many(
            "grants",
            &ACCESS_GRANT,
            &["id"],
            "{t}.account_id = {k0}",
            "Asignaciones de roles. Over all time, in the organizations whose members the viewer reads.",
        ),
        many(
            "grantsGiven",
            &ACCESS_GRANT,
            &["id"],
            "{t}.granted_by_id = {k0}",
            "Roles asignados a otros. Over all time, in the organizations whose members the viewer reads.",
        ),
        few(
            "persons",
            &PERSON,
            &["id"],
            PERSONS_OF_ACCOUNT,
            "{t}.name_key, {t}.id",
            "Personas. Who it is, at most one in each organization, where the viewer reads the staff.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["name"],
};

/// Asignación de un rol.
pub static ACCESS_GRANT: Declaration = Declaration {
    name: "AccessGrant",
    singular: "accessGrant",
    plural: "accessGrants",
    kind: Some(Kind::AccessGrant),
    table: "access_grant",
    description: "Asignación de un rol. An account has a role in an organization from a day until a day; nobody grants to \
                  himself.",
    visibility: owned(Subject::Access),
    dated: true,
    clamps: false,
    members: &[
        id(),
        row_version(),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. Where the role holds."),
        role(),
        one("account", &ACCOUNT, &["account_id"], "Cuenta. Who has the role."),
        scope(),
        valid_from(),
        valid_to(),
        // Who gave it may have no role here that the viewer could see it by.
        one(
            "grantedBy",
            &ACCOUNT,
            &["granted_by_id"],
            "Asignado por. The account that gave the role; null when the viewer may not see it.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};

/// Quien consulta.
pub static VIEWER: Declaration = Declaration {
    name: "Viewer",
    singular: "",
    plural: "",
    kind: None,
    table: "account",
    description: "Quien consulta. The account with which this request was made, and what it may do.",
    visibility: OWN,
    dated: false,
    clamps: false,
    members: &[
        column("issuer", Text, "issuer", "Emisor. Who vouches for the sign-in: the issuer of the token."),
        column("subject", Text, "subject", "Sujeto. What the issuer calls the account."),
        column("name", Text, "name", "Nombre. What to show for the account."),
        suspended(),
        one(
            "account",
            &ACCOUNT,
            &["id"],
            "Cuenta. The account as others see it; refused to those who do not read the members of any organization.",
        )
        .nullable(),
        few(
            "grants",
            &VIEWER_GRANT,
            &["id"],
            "{t}.account_id = {k0}",
            "{t}.valid_from, {t}.id",
            "Roles. Those that the account has on the day asked for; mostly fewer than 10.",
        )
        .dated(),
        few(
            "persons",
            &PERSON,
            &["id"],
            PERSONS_OF_ACCOUNT,
            "{t}.name_key, {t}.id",
            "Personas. Who the viewer is, at most one in each organization.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &[],
};

/// Rol propio. The rows of [`ACCESS_GRANT`] again, as whoever holds them reads them without keeping any members.
pub static VIEWER_GRANT: Declaration = Declaration {
    name: "ViewerGrant",
    singular: "",
    plural: "",
    kind: None,
    table: "access_grant",
    description: "Rol propio. A role that the viewer has in an organization, from a day until a day.",
    visibility: OWN,
    dated: true,
    clamps: false,
    members: &[
        role(),
        one(
            "organization",
            &ORGANIZATION,
            &["organization_id"],
            "Organización. Where the role holds; refused to roles that \
            read no organizations.",
        )
        .nullable(),
        scope(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};
