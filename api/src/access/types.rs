//! The declared graph of accounts and roles, and of the viewer's own.

use entity::{
    Kind,
    access::{MemberState, Role},
};

use super::{acts::MEMBER_TRANSITIONS, rules::Subject};
use crate::{
    graph::{
        Declaration,
        declaration::{Member, Owner, Visibility, owned},
        words::*,
    },
    organization::types::{ORG_UNIT, ORGANIZATION, PERSON},
    value_chain::types::PROCESS,
};

const OWN: Visibility = Visibility {
    subject: Subject::Own,
    owner: Owner::Nation,
    published: None,
    unit: None,
    involved: None,
    about: None,
};
const PERSONS_OF_ACCOUNT: &str = "{t}.id IN (SELECT a.person_id FROM member a WHERE a.account_id = {k0})";

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
        "Alcance. The unit to which, with all that hangs under it and all that these lead, the role is limited; null: to none.",
    )
    .nullable()
}

const fn scope_processes() -> Member {
    few(
        "scopeProcesses",
        &PROCESS,
        &["id"],
        "{t}.id IN (SELECT ap.process_id FROM access_grant_process ap WHERE ap.access_grant_id = {k0})",
        "{t}.code, {t}.id",
        "Alcance por procesos. The processes to which, with all that stands under them, the role is limited, at most 50; \
         without them and without a unit it holds in the whole organization.",
    )
    .nullable()
}

const ACCOUNT_DESCRIPTION: &str = "Cuenta. Somebody, or a program, that signs in.";

static ACCOUNT_MEMBERS: [Member; 7] = [
    id(),
    // What an account is elsewhere nobody learns by inviting it: what is shown of it is what the inviter said.
    column("issuer", Text, "issuer", "Emisor. Who vouches for the sign-in: the issuer of its tokens.")
        .filtered()
        .ordered(),
    column("subject", Text, "subject", "Sujeto. What the issuer calls it.").filtered().ordered(),
    many(
        "memberships",
        &MEMBER,
        &["id"],
        "{t}.account_id = {k0}",
        "Membresías. In the organizations whose members the viewer reads.",
    ),
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
];

/// Cuenta.
pub static ACCOUNT: Declaration = Declaration {
    name: "Account",
    // No root fields: the table has no owner, so a list would show the accounts of other organizations.
    singular: "",
    plural: "",
    kind: Some(Kind::Account),
    table: "account",
    description: ACCOUNT_DESCRIPTION,
    visibility: Visibility {
        subject: Subject::Access,
        owner: Owner::Through { table: "member", key: "account_id" },
        published: None,
        unit: None,
        involved: None,
        about: None,
    },
    dated: false,
    moment: Within::Asked,
    members: &ACCOUNT_MEMBERS,
    lookups: &[],
    default_order: &["subject"],
};

/// The viewer's own account, which it reads without reading the members of any organization.
static OWN_ACCOUNT: Declaration = Declaration {
    name: "Account",
    singular: "",
    plural: "",
    kind: Some(Kind::Account),
    table: "account",
    description: ACCOUNT_DESCRIPTION,
    visibility: OWN,
    dated: false,
    moment: Within::Asked,
    members: &ACCOUNT_MEMBERS,
    lookups: &[],
    default_order: &["subject"],
};

/// Miembro.
pub static MEMBER: Declaration = Declaration {
    name: "Member",
    singular: "member",
    plural: "members",
    kind: Some(Kind::Member),
    table: "member",
    description: "Miembro. An account in an organization: who it is there, and whether its roles count. It is invited, \
                  becomes active with its first sign-in, and may be suspended and reinstated.",
    visibility: owned(Subject::Access),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. Where it is a member."),
        name("Nombre. What the organization calls it."),
        column("state", Enum(&MemberState::VOCABULARY), "state", "Estado. Whether its roles count.")
            .filtered()
            .ordered()
            .grouped(),
        one("account", &ACCOUNT, &["account_id"], "Cuenta. With which it signs in."),
        one(
            "person",
            &PERSON,
            &["person_id"],
            "Persona. Who it is; null for a program, or when nobody said. Rules about different people compare persons.",
        )
        .nullable(),
        many(
            "grants",
            &ACCESS_GRANT,
            &["organization_id", "account_id"],
            "{t}.organization_id = {k0} AND {t}.account_id = {k1}",
            "Asignaciones de roles. Those in this organization, over all time.",
        ),
        figure(
            "availableTransitions",
            MEMBER_TRANSITIONS,
            "Pasos posibles. The acts that its state has, each with what stands against it for the viewer; at most 1. The \
             acts themselves judge by the same facts.",
        ),
    ],
    lookups: &[],
    default_order: &["name"],
};

/// Clave de API.
pub static API_KEY: Declaration = Declaration {
    name: "ApiKey",
    singular: "apiKey",
    plural: "apiKeys",
    kind: Some(Kind::ApiKey),
    table: "api_key",
    description: "Clave de API. With it a program signs in: `Authorization: Bearer art_…`. It does what the roles of its account \
                  give, as far as its scopes open it. The secret is shown once, when it is made.",
    visibility: owned(Subject::Access),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        one(
            "organization",
            &ORGANIZATION,
            &["organization_id"],
            "Organización. The one that made it and may revoke it.",
        ),
        name("Nombre. What it is for."),
        column(
            "prefix",
            Text,
            "prefix",
            "Prefijo. The 8 characters after `art_`; also the subject of its account, whose issuer is `articula:keys`.",
        )
        .filtered()
        .ordered(),
        column("scopes", TextList, "scopes", "Alcances. What of its roles it may use, such as `structure:write`."),
        column("validTo", Date, "valid_to", "Vigente hasta. First day on which it is no longer good.")
            .filtered()
            .ordered(),
        column("createdAt", DateTime, "created_at", "Creada. The instant at which it was made (UTC).")
            .filtered()
            .ordered(),
        column(
            "lastUsedAt",
            DateTime,
            "last_used_at",
            "Último uso. The instant at which it was last shown, to about a minute; null before the first.",
        )
        .nullable()
        .filtered()
        .ordered(),
        column(
            "previousUntil",
            DateTime,
            "previous_until",
            "Traslape. Until when the secret before the last rotation is good; null when it is not.",
        )
        .nullable(),
        column(
            "revokedAt",
            DateTime,
            "revoked_at",
            "Revocada. The instant from which it is no longer good; null: it was not.",
        )
        .nullable()
        .filtered()
        .ordered(),
        one(
            "account",
            &ACCOUNT,
            &["account_id"],
            "Cuenta. The one that signs in with it; other organizations may invite it.",
        ),
        one_where(
            "member",
            &MEMBER,
            &["organization_id", "account_id"],
            "{t}.organization_id = {k0} AND {t}.account_id = {k1}",
            "Miembro. The account in the organization that made it: to it roles are given.",
        ),
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
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. Where the role holds."),
        role(),
        one("account", &ACCOUNT, &["account_id"], "Cuenta. Who has the role."),
        one_where(
            "member",
            &MEMBER,
            &["organization_id", "account_id"],
            "{t}.organization_id = {k0} AND {t}.account_id = {k1}",
            "Miembro. Who has the role, as the organization knows it.",
        ),
        scope(),
        scope_processes(),
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
    moment: Within::Asked,
    members: &[
        column("issuer", Text, "issuer", "Emisor. Who vouches for the sign-in: the issuer of the token."),
        column("subject", Text, "subject", "Sujeto. What the issuer calls the account."),
        computed(
            "name",
            Text,
            "COALESCE((SELECT m.name FROM member m WHERE m.account_id = {t}.id ORDER BY m.id LIMIT 1), {t}.name)",
            "Nombre. What to show for the account: how the organization calls it that invited it first.",
        ),
        one(
            "account",
            &OWN_ACCOUNT,
            &["id"],
            "Cuenta. The account itself; whoever signs in reads his own.",
        ),
        few(
            "grants",
            &VIEWER_GRANT,
            &["id"],
            "{t}.account_id = {k0} AND EXISTS (SELECT 1 FROM member m WHERE m.organization_id = {t}.organization_id \
             AND m.account_id = {t}.account_id AND m.state = 2)",
            "{t}.valid_from, {t}.id",
            "Roles. Those that count on the day asked for: where the account is an active member; mostly fewer than 10.",
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
    moment: Within::Asked,
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
        scope_processes(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};
