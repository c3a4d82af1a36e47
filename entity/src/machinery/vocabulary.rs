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
        /// Programa anual de auditorías. Which audits an organization means to do in a year.
        AuditProgram = 70, "AUDIT_PROGRAM", "Programa anual de auditorías", "Audit program";
        /// Paso de un programa de auditorías. When, by whom and by which act a program changed its state, or was changed after its approval.
        AuditProgramTransition = 71, "AUDIT_PROGRAM_TRANSITION", "Paso de un programa de auditorías", "Audit program transition";
        /// Auditoría. An audit of an organization, by itself or by somebody else.
        Audit = 72, "AUDIT", "Auditoría", "Audit";
        /// Paso de una auditoría. When, by whom and by which act an audit changed its state.
        AuditTransition = 73, "AUDIT_TRANSITION", "Paso de una auditoría", "Audit transition";
        /// Alcance de una auditoría. A process, a unit, or a process in a unit, that an audit looks at.
        AuditScope = 74, "AUDIT_SCOPE", "Alcance de una auditoría", "Audit scope";
        /// Criterio de auditoría. A requirement against which an audit holds what it finds.
        AuditCriterion = 75, "AUDIT_CRITERION", "Criterio de auditoría", "Audit criterion";
        /// Miembro del equipo auditor. Who audits, and in which part.
        AuditTeamMember = 76, "AUDIT_TEAM_MEMBER", "Miembro del equipo auditor", "Audit team member";
        /// Pregunta de la lista de verificación. What is asked in an audit, and what was found.
        ChecklistItem = 77, "CHECKLIST_ITEM", "Pregunta de la lista de verificación", "Checklist item";
        /// Hallazgo. What an audit, an assessment, a review, a complaint, a risk or an indicator brought up.
        Finding = 78, "FINDING", "Hallazgo", "Finding";
        /// Paso de un hallazgo. When, by whom and by which act a finding changed its state.
        FindingTransition = 79, "FINDING_TRANSITION", "Paso de un hallazgo", "Finding transition";
        /// Incidencia de un hallazgo. What else a finding of a control body may lead to, and before whom.
        FindingIncidence = 80, "FINDING_INCIDENCE", "Incidencia de un hallazgo", "Finding incidence";
        /// Respuesta a un hallazgo. What the audited says to it (derecho de contradicción).
        FindingResponse = 81, "FINDING_RESPONSE", "Respuesta a un hallazgo", "Finding response";
        /// Informe de auditoría. What an audit reports: a draft, and the final word.
        AuditReport = 82, "AUDIT_REPORT", "Informe de auditoría", "Audit report";
        /// Certificado. What a certification body says of processes, for a time.
        Certificate = 83, "CERTIFICATE", "Certificado", "Certificate";
        /// Análisis de causas. Why a finding came about.
        CauseAnalysis = 90, "CAUSE_ANALYSIS", "Análisis de causas", "Cause analysis";
        /// Plan de mejoramiento. What an organization undertakes about findings.
        ImprovementPlan = 91, "IMPROVEMENT_PLAN", "Plan de mejoramiento", "Improvement plan";
        /// Paso de un plan de mejoramiento. When, by whom and by which act a plan changed its state.
        PlanTransition = 92, "PLAN_TRANSITION", "Paso de un plan de mejoramiento", "Plan transition";
        /// Acción de mejora. What is done about findings, by whom, by when.
        ImprovementAction = 93, "IMPROVEMENT_ACTION", "Acción de mejora", "Improvement action";
        /// Paso de una acción de mejora. When, by whom and by which act an action changed its state.
        ActionTransition = 94, "ACTION_TRANSITION", "Paso de una acción de mejora", "Action transition";
        /// Actividad de una acción. A part of an action that is measured by itself.
        ActionActivity = 95, "ACTION_ACTIVITY", "Actividad de una acción", "Action activity";
        /// Periodo de reporte. When progress of a period may be reported.
        ReportingWindow = 96, "REPORTING_WINDOW", "Periodo de reporte", "Reporting window";
        /// Reporte de avance. What was done of an action in a period, in its units.
        ProgressReport = 97, "PROGRESS_REPORT", "Reporte de avance", "Progress report";
        /// Calificación de un avance. What control interno thinks of a report; each is kept.
        ProgressRating = 98, "PROGRESS_RATING", "Calificación de un avance", "Progress rating";
        /// Reformulación. Another date or another target for an action, asked for and decided.
        Reformulation = 99, "REFORMULATION", "Reformulación", "Reformulation";
        /// Decisión sobre una reformulación. What one of the two who decide says to a reformulation.
        ReformulationDecision = 100, "REFORMULATION_DECISION", "Decisión sobre una reformulación", "Reformulation decision";
        /// Evaluación de eficacia. Whether what was done took the cause away.
        EffectivenessReview = 101, "EFFECTIVENESS_REVIEW", "Evaluación de eficacia", "Effectiveness review";
        /// Evidencia. A file, kept outside, that shows something.
        Evidence = 102, "EVIDENCE", "Evidencia", "Evidence";
        /// Revisión por la dirección. What senior management looked at as of a day, and what it concluded; a handover at the end of an administration is the same dossier.
        ManagementReview = 110, "MANAGEMENT_REVIEW", "Revisión por la dirección", "Management review";
        /// Decisión de la dirección. What senior management decided, who sees to it, by when.
        Decision = 111, "DECISION", "Decisión de la dirección", "Decision";
        /// Socialización. Material that was made known to units.
        Dissemination = 112, "DISSEMINATION", "Socialización", "Dissemination";
        /// Acuse de recibo. That a unit knows of the material.
        Acknowledgement = 113, "ACKNOWLEDGEMENT", "Acuse de recibo", "Acknowledgement";
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
