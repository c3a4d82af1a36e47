//! What an act is: arguments, the codes that it can answer, and what it does in a change set.
//!
//! An act is a type: its fields are the arguments (with their descriptions), its doc comment the description of
//! the mutation, `perform` the act itself. The rest — idempotency, dry run, the payload — is said once, here.

use std::{future::Future, marker::PhantomData};

use async_graphql::{
    InputType, Value,
    registry::{MetaType, Registry},
};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use crate::{
    graph::{
        Declaration,
        bridge::{self, Arguments, RootField, field, input},
        error::ErrorCode,
    },
    history::receipt::RECEIPT,
    store::{ActFault, ChangeSet},
};

/// An act of the domain.
pub trait Act: InputType + 'static {
    /// The mutation's name, object first: `structureVersionPutInForce`.
    const NAME: &'static str;
    /// The codes that it can answer beyond [`COMMON`].
    const CODES: &'static [ErrorCode];
    /// What its payload holds.
    const PAYLOAD: &'static Declaration;
    /// Has its payload a place for a secret that is shown once? The same for all acts on one kind of object.
    const SECRET: bool = false;

    /// Does it, and gives the key of the changed object.
    fn perform(self, changes: &mut ChangeSet) -> impl Future<Output = Result<Uuid, ActFault>>;
}

/// Codes that every act can answer.
pub const COMMON: &[ErrorCode] = &[
    ErrorCode::NotFound,
    ErrorCode::InvalidArgument,
    ErrorCode::Required,
    ErrorCode::Malformed,
    ErrorCode::TooLong,
    ErrorCode::Duplicate,
    ErrorCode::VersionConflict,
    ErrorCode::IdempotencyConflict,
    ErrorCode::ConcurrentChange,
    ErrorCode::ReasonRequired,
];

/// An act whose type was forgotten, so that all acts fit in one list.
pub trait AnyAct: Send + Sync {
    /// The mutation's name.
    fn name(&self) -> &'static str;
    /// The codes that it can answer beyond [`COMMON`].
    fn codes(&self) -> &'static [ErrorCode];
    /// What its payload holds.
    fn payload(&self) -> &'static Declaration;
    /// Has its payload a place for a secret?
    fn secret(&self) -> bool;
    /// Its description and arguments; what they name goes into the registry.
    fn describe(&self, registry: &mut Registry) -> (String, Arguments);
    /// Does it.
    fn perform<'a>(
        &self,
        arguments: serde_json::Value,
        changes: &'a mut ChangeSet,
    ) -> LocalBoxFuture<'a, Result<Uuid, ActFault>>;
}

struct Erased<A>(PhantomData<fn() -> A>);

/// An act for the list of acts.
pub const fn act<A: Act>() -> &'static dyn AnyAct {
    &Erased::<A>(PhantomData)
}

impl<A: Act> AnyAct for Erased<A> {
    fn name(&self) -> &'static str {
        A::NAME
    }

    fn codes(&self) -> &'static [ErrorCode] {
        A::CODES
    }

    fn payload(&self) -> &'static Declaration {
        A::PAYLOAD
    }

    fn secret(&self) -> bool {
        A::SECRET
    }

    fn describe(&self, registry: &mut Registry) -> (String, Arguments) {
        A::create_type_info(registry);
        // The arguments were an input object only so that they could be declared as one.
        match registry.types.remove(A::type_name().as_ref()) {
            Some(MetaType::InputObject { description, input_fields, .. }) => {
                (description.unwrap_or_default(), input_fields)
            }
            _ => Default::default(),
        }
    }

    fn perform<'a>(
        &self,
        arguments: serde_json::Value,
        changes: &'a mut ChangeSet,
    ) -> LocalBoxFuture<'a, Result<Uuid, ActFault>> {
        Box::pin(async move {
            let arguments = Value::from_json(arguments).map_err(|_| ErrorCode::InvalidArgument)?;
            let arguments = A::parse(Some(arguments)).map_err(|_| ErrorCode::InvalidArgument)?;
            arguments.perform(changes).await
        })
    }
}

/// The mutation of an act, as the schema shows it.
pub fn mutation(act: &'static dyn AnyAct) -> RootField {
    // Described once in a registry of its own for the arguments, and again in the real one for their types.
    let (description, mut arguments) = act.describe(&mut Registry::default());
    let key = "Clave de idempotencia. The same key with the same input gives the same answer and acts once; kept for at least 24 hours.";
    arguments.insert("idempotencyKey".to_owned(), input("idempotencyKey", "String", key));
    let mut dry_run = input("dryRun", "Boolean!", "Ensayo. Everything is checked and answered, nothing is kept.");
    dry_run.default_value = Some("false".to_owned());
    arguments.insert("dryRun".to_owned(), dry_run);
    let codes: Vec<_> = act.codes().iter().chain(COMMON).map(|code| code.name()).collect();
    RootField {
        name: act.name().to_owned(),
        description: format!("{description}\n\nCodes: {}.", codes.join(", ")),
        ty: payload_name(act.payload()),
        arguments,
        register: Box::new(move |registry| {
            act.describe(registry);
            register_payload(registry, act.payload(), act.secret());
        }),
    }
}

/// The field of a payload that shows a secret.
pub const SECRET: &str = "secret";

/// `OrgUnit` → `OrgUnitPayload`.
pub fn payload_name(declaration: &Declaration) -> String {
    format!("{}Payload", declaration.name)
}

fn register_payload(registry: &mut Registry, declaration: &'static Declaration, secret: bool) {
    let name = declaration.name;
    let mut fields = vec![
        field(
            declaration.singular,
            name.to_owned(),
            "El objeto. As it stands after the act (or as it would, for a dry run); null when refused.",
        ),
        field(
            "errors",
            "[UserError!]!".to_owned(),
            "Rechazos. Why the act was refused; empty when it was done. At most 100.",
        ),
        field(
            "receipt",
            RECEIPT.name.to_owned(),
            "Recibo. Proof that the act stands in the history; null when it was refused, changed nothing, or is a dry run.",
        ),
    ];
    if secret {
        let about = "Secreto. What the act made and nobody keeps: copy it now, it is never shown again; null for an act that makes \
                     none, for one repeated with its `idempotencyKey` (`apiKeyRotate` makes a new one where it is lost), and for a dry run.";
        fields.push(field(SECRET, "String".to_owned(), about));
    }
    bridge::register_object(registry, &RECEIPT);
    bridge::object(
        registry,
        &payload_name(declaration),
        &format!("Resultado. What became of an act on a {name}."),
        fields,
    );
}
