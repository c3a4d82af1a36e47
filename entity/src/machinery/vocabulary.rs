//! Words of the history.

vocabulary! {
    /// Operación del historial. What happened to the object.
    pub enum HistoryOperation {
        /// Creación. The object came to be.
        Create = 1, "CREATE", "Creación", "Creation";
        /// Modificación. Fields of the object changed.
        Update = 2, "UPDATE", "Modificación", "Update";
        /// Eliminación. The object was removed.
        Delete = 3, "DELETE", "Eliminación", "Deletion";
    }
}

// The numbers are those of `Kind`; a test of the history compares the two.
vocabulary! {
    /// Clase de objeto. The kinds of objects that leave a history.
    pub enum ObjectKind {
        /// Organización. The record of an organization; what is loaded in bulk is told under it.
        Organization = 10, "ORGANIZATION", "Organización", "Organization";
        /// Clasificación. In which group an organization is counted.
        OrganizationClassification = 11, "ORGANIZATION_CLASSIFICATION", "Clasificación", "Classification";
        /// Administración temporal. The State administers in place of the territorial entity.
        TemporaryTakeover = 12, "TEMPORARY_TAKEOVER", "Administración temporal", "Temporary takeover";
        /// Acto administrativo. A law, decree, agreement or resolution.
        LegalAct = 13, "LEGAL_ACT", "Acto administrativo", "Legal act";
        /// Versión de la estructura. The units of an organization as one act orders them.
        StructureVersion = 14, "STRUCTURE_VERSION", "Versión de la estructura", "Structure version";
        /// Dependencia. A unit with its identity across versions.
        OrgUnit = 15, "ORG_UNIT", "Dependencia", "Unit";
        /// Dependencia en una versión. A unit as one version of the structure has it.
        UnitVersion = 16, "UNIT_VERSION", "Dependencia en una versión", "Unit in a version";
        /// Sucesión. How units became others.
        Succession = 17, "SUCCESSION", "Sucesión", "Succession";
        /// Traslado de responsabilidades. Where the responsibilities of a unit went.
        ResponsibilityTransfer = 18, "RESPONSIBILITY_TRANSFER", "Traslado de responsabilidades", "Transfer of responsibilities";
        /// Empleo. A denomination and grade with its functions.
        Job = 19, "JOB", "Empleo", "Job";
        /// Cargo. One place of the planta central.
        Post = 20, "POST", "Cargo", "Post";
        /// Persona. Somebody as one organization knows him or her.
        Person = 21, "PERSON", "Persona", "Person";
        /// Vinculación. A person fills a post.
        PostHolding = 22, "POST_HOLDING", "Vinculación", "Holding";
        /// Grupo interno de trabajo. A team inside a unit, made by resolution.
        WorkGroup = 23, "WORK_GROUP", "Grupo interno de trabajo", "Work group";
        /// Paso de la estructura. A step of the life cycle of a structure version.
        StructureTransition = 24, "STRUCTURE_TRANSITION", "Paso de la estructura", "Step of a structure";
        /// Proceso. A process with its identity across versions.
        Process = 25, "PROCESS", "Proceso", "Process";
        /// Caracterización. A process as one version describes it.
        ProcessVersion = 26, "PROCESS_VERSION", "Caracterización", "Process version";
        /// Paso de una caracterización. A step of the life cycle of a process version.
        ProcessTransition = 27, "PROCESS_TRANSITION", "Paso de una caracterización", "Step of a process version";
        /// Actividad. A step of a process.
        Activity = 28, "ACTIVITY", "Actividad", "Activity";
        /// Entrada o salida. What a process takes or gives.
        Flow = 29, "FLOW", "Entrada o salida", "Input or output";
        /// Parte externa. Somebody outside who gives or takes.
        ExternalParty = 30, "EXTERNAL_PARTY", "Parte externa", "External party";
        /// Responsabilidad. What a unit has to do with a process.
        ProcessResponsibility = 31, "PROCESS_RESPONSIBILITY", "Responsabilidad", "Responsibility";
        /// Documento controlado. A document with its identity across versions.
        ControlledDocument = 32, "CONTROLLED_DOCUMENT", "Documento controlado", "Controlled document";
        /// Versión de un documento. A controlled document as one version has it.
        DocumentVersion = 33, "DOCUMENT_VERSION", "Versión de un documento", "Document version";
        /// Paso de un documento. A step of the life cycle of a document version.
        DocumentTransition = 34, "DOCUMENT_TRANSITION", "Paso de un documento", "Step of a document version";
        /// Capacidad. Something that an organization is able to do.
        Capability = 35, "CAPABILITY", "Capacidad", "Capability";
        /// Realización de una capacidad. A process realizes a capability.
        CapabilityProcess = 36, "CAPABILITY_PROCESS", "Realización de una capacidad", "Realization of a capability";
        /// Patrón de codificación. How codes are written.
        CodePattern = 37, "CODE_PATTERN", "Patrón de codificación", "Code pattern";
        /// Adopción. How the map of an organization stands to a reference process.
        ReferenceAdoption = 38, "REFERENCE_ADOPTION", "Adopción de un proceso de referencia", "Adoption of a reference process";
        /// Entrada del normograma. A norm that a process is held to.
        ProcessNorm = 39, "PROCESS_NORM", "Entrada del normograma", "Entry of the normogram";
        /// Alineación. What a subject does for a requirement.
        Alignment = 45, "ALIGNMENT", "Alineación", "Alignment";
        /// Cuenta. Somebody, or a program, that signs in.
        Account = 40, "ACCOUNT", "Cuenta", "Account";
        /// Miembro. An account in an organization.
        Member = 43, "MEMBER", "Miembro", "Member";
        /// Clave de API. A key for programs.
        ApiKey = 44, "API_KEY", "Clave de API", "API key";
        /// Asignación de un rol. An account has a role in an organization.
        AccessGrant = 41, "ACCESS_GRANT", "Asignación de un rol", "Grant";
    }
}
