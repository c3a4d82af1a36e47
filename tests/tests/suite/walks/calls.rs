//! A valid call of every mutation of the schema.
//!
//! A call is done in Funza's secretariat by a role that has the duty of its act. The first thing that its arguments name is what
//! it acts on. `$draft` is the id of what the call named `draft` brought about (which is done before), `$draft.version` its
//! version; `$funza`, `$inForce`, `$root`, `$leaf` and `$sibling` are there from the start. `####` is a number that no
//! other call has, `GG` and `DD` are digits of it that make a grade and a day, `FIRST` and `LAST` days far ahead, later than
//! those of all calls before.

/// A call of one mutation that succeeds.
pub struct Call {
    /// What it is called among the calls.
    pub name: &'static str,
    /// The mutation.
    pub act: &'static str,
    /// What it says.
    pub arguments: &'static str,
}

const fn call(name: &'static str, act: &'static str, arguments: &'static str) -> Call {
    Call { name, act, arguments }
}

#[rustfmt::skip]
pub const CALLS: &[Call] = &[
    call("draft", "structureVersionCreate",
        r#"organization: $funza, input: { baseVersion: $inForce, note: "Recorrido ####" }"#),
    call("noted", "structureVersionUpdate",
        r#"id: $draft, expectedVersion: $draft.version, input: { note: "Otra nota ####" }"#),
    call("dropped", "structureVersionDelete", "id: $draft, expectedVersion: $draft.version"),
    call("grown", "structureVersionAddUnit",
        r#"id: $draft, expectedVersion: $draft.version, unit: { code: "W####", name: "Oficina ####", kind: OFFICE, parent: $root }"#),
    call("edited", "structureVersionEditUnit",
        r#"id: $draft, expectedVersion: $draft.version, unit: $leaf, input: { functions: ["Función ####"] }"#),
    call("renamed", "structureVersionRenameUnit",
        r#"id: $draft, expectedVersion: $draft.version, unit: $leaf, name: "Dependencia ####""#),
    call("moved", "structureVersionMoveUnit",
        "id: $draft, expectedVersion: $draft.version, unit: $leaf, parent: $root"),
    call("merged", "structureVersionMergeUnits",
        r#"id: $draft, expectedVersion: $draft.version, predecessors: [$leaf, $sibling],
           successor: { create: { code: "M####", name: "Fusionada ####", kind: OFFICE, parent: $root } }"#),
    call("split", "structureVersionSplitUnit",
        r#"id: $draft, expectedVersion: $draft.version, unit: $leaf, successors: [
           { create: { code: "S####", name: "Una ####", kind: OFFICE, parent: $root } }
           { create: { code: "T####", name: "Otra ####", kind: OFFICE, parent: $root } }],
           transfers: [{ from: $leaf, toCode: "S####", description: "Una" } { from: $leaf, toCode: "T####", description: "Otra" }]"#),
    call("suppressed", "structureVersionSuppressUnit",
        r#"id: $draft, expectedVersion: $draft.version, unit: $leaf, transfers: [{ from: $leaf, to: $sibling, description: "Todo ####" }]"#),
    call("submitted", "structureVersionSubmit", "id: $draft, expectedVersion: $draft.version"),
    call("returned", "structureVersionReturn",
        r#"id: $submitted, expectedVersion: $submitted.version, reason: "Falta algo ####""#),
    call("approved", "structureVersionApprove",
        "id: $submitted, expectedVersion: $submitted.version"),
    call("put", "structureVersionPutInForce",
        r#"id: $approved, expectedVersion: $approved.version, validFrom: "FIRST", legalAct: $decree"#),
    call("repealed", "structureVersionRepeal",
        r#"id: $inForce, expectedVersion: $inForce.version, validTo: "2030-01-DD", reason: "Por ley ####""#),
    call("unscheduled", "structureVersionUnschedule",
        r#"id: $put, expectedVersion: $put.version, reason: "Se aplaza ####""#),
    call("annulled", "structureVersionAnnul",
        r#"id: $put, expectedVersion: $put.version, from: "2026-08-DD", reason: "Por sentencia ####""#),
    call("decree", "legalActCreate",
        r#"organization: $funza, input: { kind: DECREE, number: "W####", issuer: "Alcaldía", date: "2026-01-15", subject: "Recorrido" }"#),
    call("corrected", "legalActUpdate",
        r#"id: $decree, expectedVersion: $decree.version, input: { subject: "Corregido ####", document: { title: "Acto ####" } }"#),
    call("removed", "legalActDelete", "id: $decree, expectedVersion: $decree.version"),
    call("later", "legalActCreate",
        r#"organization: $funza, input: { kind: DECREE, number: "W####", issuer: "Alcaldía", date: "2026-01-16", subject: "Recorrido" }"#),
    call("founded", "organizationCreate", r#"input: { kind: PARTNER, name: "Aliado ####" }"#),
    call("registered", "organizationUpdate",
        r#"id: $funza, expectedVersion: $funza.version, input: { taxId: "99900####" }"#),
    call("classified", "organizationClassify",
        r#"organization: $funza, input: { scheme: SIZE, value: "Mediana ####", from: "FIRST", source: "Recorrido" }"#),
    call("takeover", "temporaryTakeoverCreate",
        r#"organization: $funza, input: { administrator: "Nadie ####", validFrom: "FIRST", validTo: "LAST" }"#),
    call("released", "temporaryTakeoverEnd",
        r#"id: $takeover, expectedVersion: $takeover.version, validTo: "FIRST""#),
    call("job", "jobCreate",
        r#"organization: $funza, input: { denomination: { code: "440" }, grade: "GG", functions: ["Escribir ####"] }"#),
    call("described", "jobUpdate",
        r#"id: $job, expectedVersion: $job.version, input: { functions: ["Leer ####"] }"#),
    call("abolished", "jobDelete", "id: $job, expectedVersion: $job.version"),
    call("post", "postCreate",
        r#"organization: $funza, input: { job: $job, unit: $leaf, legalAct: $decree, validFrom: "2026-09-DD" }"#),
    call("rewritten", "postUpdate",
        r#"id: $post, expectedVersion: $post.version, input: { legalAct: $later }"#),
    call("deleted", "postDelete", "id: $post, expectedVersion: $post.version"),
    call("closed", "postEnd",
        r#"id: $post, expectedVersion: $post.version, validTo: "2028-01-DD""#),
    call("person", "personCreate",
        r#"organization: $funza, input: { name: "Persona ####", documentKind: PASSPORT, documentNumber: "XW####", email: "w####@example.org", phone: "601####" }"#),
    call("mended", "personUpdate",
        r#"id: $person, expectedVersion: $person.version, input: { name: "Otra ####", email: "otra####@example.org" }"#),
    call("erased", "personErase", r#"id: $person, expectedVersion: $person.version, reason: "Lo pidió ####""#),
    call("holding", "postHoldingCreate",
        r#"input: { post: $post, person: $person, appointment: PROVISIONAL, validFrom: "2026-10-DD" }"#),
    call("left", "postHoldingEnd",
        r#"id: $holding, expectedVersion: $holding.version, validTo: "2027-10-DD""#),
    call("group", "workGroupCreate",
        r#"organization: $funza, input: { unit: $leaf, legalAct: $decree, name: "Grupo ####", validFrom: "2026-10-DD" }"#),
    call("regrouped", "workGroupUpdate",
        r#"id: $group, expectedVersion: $group.version, input: { purpose: "Otro objeto ####" }"#),
    call("dissolved", "workGroupEnd",
        r#"id: $group, expectedVersion: $group.version, validTo: "2027-10-DD""#),
    call("invited", "memberInvite",
        r#"organization: $funza, input: { issuer: "https://sso.example.org", subject: "persona-####", name: "Invitada ####" }"#),
    call("suspended", "memberSuspend",
        r#"id: $invited, expectedVersion: $invited.version, reason: "Se fue ####""#),
    call("reinstated", "memberReinstate",
        r#"id: $suspended, expectedVersion: $suspended.version, reason: "Volvió ####""#),
    call("tied", "memberTie", "id: $invited, expectedVersion: $invited.version, person: $person"),
    call("untied", "memberUntie", "id: $tied, expectedVersion: $tied.version"),
    call("grant", "accessGrantCreate",
        r#"member: $invited, input: { role: AUDITOR, validFrom: "2026-09-DD" }"#),
    call("ended", "accessGrantEnd",
        r#"id: $grant, expectedVersion: $grant.version, validTo: "2026-11-DD""#),
    call("appointed", "organizationAppoint",
        r#"organization: $founded, input: { role: ORGANIZATION_ADMIN, issuer: "https://sso.example.org", subject: "primera-####", name: "Primera ####" }"#),
    call("key", "apiKeyCreate",
        r#"organization: $funza, input: { name: "Cargue ####", scopes: ["structure:write"], validTo: "2027-03-DD" }"#),
    call("rotated", "apiKeyRotate", "id: $key, expectedVersion: $key.version"),
    call("revoked", "apiKeyRevoke",
        r#"id: $key, expectedVersion: $key.version, reason: "Ya no se usa ####""#),
];
