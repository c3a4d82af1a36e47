//! What the schema shows of a step.

/// The members of a step: the vocabulary of the states, and the edge to what took the step.
macro_rules! step_members {
    ($state:ty, $of:expr) => {
        &[
            id(),
            owner(),
            $of,
            column(
                "fromState",
                Enum(&<$state>::VOCABULARY),
                "from_state",
                "Estado anterior. The state before; null for the step that created it.",
            )
            .nullable()
            .filtered()
            .ordered(),
            column("toState", Enum(&<$state>::VOCABULARY), "to_state", "Estado nuevo. The state after.")
                .filtered()
                .ordered(),
            column(
                "date",
                Date,
                "civil_date",
                "Fecha. The civil day from which the new state counts (America/Bogota).",
            )
            .filtered()
            .ordered(),
            column("recordedAt", DateTime, "recorded_at", "Registrado. The instant at which it was recorded (UTC).")
                .filtered()
                .ordered(),
            column("act", Text, "act", "Acción. The mutation by which it was done, by its name.").filtered(),
            column("reason", Text, "reason", "Motivo. Why, where the step asks for a reason.").nullable(),
            one(
                "account",
                &$crate::access::types::ACCOUNT,
                &["account_id"],
                "Cuenta. Who did it; for those who keep or review the members of the organization.",
            )
            .nullable()
            .unfiltered(),
            one(
                "person",
                &$crate::organization::types::PERSON,
                &["person_id"],
                "Persona. Who the account was in the organization at that instant; null when it was nobody.",
            )
            .nullable()
            .unfiltered(),
        ]
    };
}
pub(crate) use step_members;
