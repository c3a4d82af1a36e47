//! Words of audits.

vocabulary! {
    /// Estado de un programa de auditorías. Where an annual program stands.
    pub enum ProgramState {
        /// Borrador. Still being written.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// Aprobado. Approved; from now on a change takes a reason.
        Approved = 2, "APPROVED", "Aprobado", "Approved";
        /// En ejecución. Its first audit has begun.
        InExecution = 3, "IN_EXECUTION", "En ejecución", "In execution";
        /// Cerrado. Every audit of it is closed or cancelled.
        Closed = 4, "CLOSED", "Cerrado", "Closed";
    }
}

vocabulary! {
    /// Clase de auditoría. Who audits, to what end.
    pub enum AuditKind {
        /// Interna de calidad. By own auditors, against the quality management system.
        InternalQuality = 1, "INTERNAL_QUALITY", "Interna de calidad", "Internal quality";
        /// De control interno. By the office of control interno.
        InternalControl = 2, "INTERNAL_CONTROL", "De control interno", "Internal control";
        /// De certificación. By a certification body.
        Certification = 3, "CERTIFICATION", "De certificación", "Certification";
        /// De ente de control. By the Contraloría or another body of control.
        ControlBody = 4, "CONTROL_BODY", "De ente de control", "Control body";
        /// De seguimiento. To see what became of earlier findings.
        FollowUp = 5, "FOLLOW_UP", "De seguimiento", "Follow-up";
        /// De segunda parte. By whoever has an interest in the organization, such as the Ministry.
        SecondParty = 6, "SECOND_PARTY", "De segunda parte", "Second party";
    }
}

vocabulary! {
    /// Estado de una auditoría. Where an audit stands.
    pub enum AuditState {
        /// Planeada. It stands in the program.
        Planned = 1, "PLANNED", "Planeada", "Planned";
        /// Preparada. Scope, criteria and team are settled.
        Prepared = 2, "PREPARED", "Preparada", "Prepared";
        /// En ejecución. The auditors are at work.
        InExecution = 3, "IN_EXECUTION", "En ejecución", "In execution";
        /// Informe preliminar. A draft of the report was handed over, its findings communicated.
        DraftReport = 4, "DRAFT_REPORT", "Informe preliminar", "Draft report";
        /// Respuesta del auditado. The audited answers.
        AuditeeResponse = 5, "AUDITEE_RESPONSE", "Respuesta del auditado", "Auditee response";
        /// Informe final. The final word is said, and frozen.
        FinalReport = 6, "FINAL_REPORT", "Informe final", "Final report";
        /// En seguimiento. Its findings are followed up.
        FollowUp = 7, "FOLLOW_UP", "En seguimiento", "Follow-up";
        /// Cerrada. Nothing is left to do.
        Closed = 8, "CLOSED", "Cerrada", "Closed";
        /// Cancelada. It was given up before its final report.
        Cancelled = 9, "CANCELLED", "Cancelada", "Cancelled";
    }
}

vocabulary! {
    /// Papel en el equipo auditor. What somebody does in an audit.
    pub enum TeamRole {
        /// Auditor líder. Answers for the audit; there is exactly one.
        Lead = 1, "LEAD", "Auditor líder", "Lead auditor";
        /// Auditor. Audits.
        Auditor = 2, "AUDITOR", "Auditor", "Auditor";
        /// Experto técnico. Advises the auditors.
        TechnicalExpert = 3, "TECHNICAL_EXPERT", "Experto técnico", "Technical expert";
        /// Observador. Looks on.
        Observer = 4, "OBSERVER", "Observador", "Observer";
    }
}

vocabulary! {
    /// Resultado de una pregunta. What an auditor found.
    pub enum ChecklistResult {
        /// Conforme. It is as it should be.
        Conforms = 1, "CONFORMS", "Conforme", "Conforms";
        /// No conforme. It is not as it should be.
        DoesNotConform = 2, "DOES_NOT_CONFORM", "No conforme", "Does not conform";
        /// No aplica. It cannot be asked here.
        NotApplicable = 3, "NOT_APPLICABLE", "No aplica", "Not applicable";
        /// No visitado. Nobody looked.
        NotVisited = 4, "NOT_VISITED", "No visitado", "Not visited";
    }
}

vocabulary! {
    /// Origen de un hallazgo. Whence a finding comes.
    pub enum FindingOrigin {
        /// Auditoría. An audit that is recorded here.
        Audit = 1, "AUDIT", "Auditoría", "Audit";
        /// Autodiagnóstico. A self-assessment.
        Assessment = 2, "ASSESSMENT", "Autodiagnóstico", "Assessment";
        /// Revisión por la dirección. A management review.
        Review = 3, "REVIEW", "Revisión por la dirección", "Review";
        /// PQRSD. A petition, complaint, claim, suggestion or report (PQRSD).
        Complaint = 4, "COMPLAINT", "PQRSD", "Complaint";
        /// Riesgo. A risk that came true or was seen.
        Risk = 5, "RISK", "Riesgo", "Risk";
        /// Indicador. An indicator that missed its target.
        Indicator = 6, "INDICATOR", "Indicador", "Indicator";
    }
}

vocabulary! {
    /// Clase de hallazgo. How grave it is, by the regime of the audit.
    pub enum FindingKind {
        /// No conformidad mayor. A requirement is not met at all, or the system is in danger.
        MajorNonconformity = 1, "MAJOR_NONCONFORMITY", "No conformidad mayor", "Major nonconformity";
        /// No conformidad menor. A requirement is missed in a single point.
        MinorNonconformity = 2, "MINOR_NONCONFORMITY", "No conformidad menor", "Minor nonconformity";
        /// Observación. Not a breach, but one may come of it.
        Observation = 3, "OBSERVATION", "Observación", "Observation";
        /// Oportunidad de mejora. It could be done better.
        Opportunity = 4, "OPPORTUNITY", "Oportunidad de mejora", "Opportunity for improvement";
        /// Fortaleza. It is done well.
        Strength = 5, "STRENGTH", "Fortaleza", "Strength";
        /// Hallazgo administrativo. Of a body of control; incidences may come on top.
        Administrative = 6, "ADMINISTRATIVE", "Hallazgo administrativo", "Administrative finding";
    }
}

vocabulary! {
    /// Régimen de los hallazgos. Who gives findings their names.
    pub enum FindingRegime {
        /// ISO. Audits of management systems (ISO 9001, ISO 19011).
        Iso = 1, "ISO", "ISO", "ISO";
        /// Control fiscal. The Contralorías.
        FiscalControl = 2, "FISCAL_CONTROL", "Control fiscal", "Fiscal control";
        /// Control interno. The organization's own office of control interno.
        InternalControl = 3, "INTERNAL_CONTROL", "Control interno", "Internal control";
    }
}

vocabulary! {
    /// Estado de un hallazgo. Where a finding stands.
    pub enum FindingState {
        /// Borrador. Known to the auditors only.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// Comunicado. Sent to the audited.
        Communicated = 2, "COMMUNICATED", "Comunicado", "Communicated";
        /// Respondido. The audited has answered.
        Answered = 3, "ANSWERED", "Respondido", "Answered";
        /// Confirmado. It stands.
        Confirmed = 4, "CONFIRMED", "Confirmado", "Confirmed";
        /// Desvirtuado. It does not stand.
        Dismissed = 5, "DISMISSED", "Desvirtuado", "Dismissed";
        /// Cerrado sin acción. It asked for no action.
        ClosedNoAction = 6, "CLOSED_NO_ACTION", "Cerrado sin acción", "Closed without action";
        /// En plan. An approved plan takes it up.
        InPlan = 7, "IN_PLAN", "En plan", "In plan";
        /// En verificación. All its live actions are executed.
        InVerification = 8, "IN_VERIFICATION", "En verificación", "In verification";
        /// Cerrado eficaz. All its live actions are effective.
        ClosedEffective = 9, "CLOSED_EFFECTIVE", "Cerrado eficaz", "Closed, effective";
    }
}

vocabulary! {
    /// Severidad de un hallazgo. How much it weighs.
    pub enum FindingSeverity {
        /// Baja. It weighs little.
        Low = 1, "LOW", "Baja", "Low";
        /// Media. It weighs.
        Medium = 2, "MEDIUM", "Media", "Medium";
        /// Alta. It weighs much.
        High = 3, "HIGH", "Alta", "High";
        /// Crítica. It brooks no delay.
        Critical = 4, "CRITICAL", "Crítica", "Critical";
    }
}

vocabulary! {
    /// Incidencia de un hallazgo. What a finding of a control body may lead to besides.
    pub enum IncidenceKind {
        /// Fiscal. Damage to public money.
        Fiscal = 1, "FISCAL", "Fiscal", "Fiscal";
        /// Disciplinaria. A breach of duty.
        Disciplinary = 2, "DISCIPLINARY", "Disciplinaria", "Disciplinary";
        /// Penal. A possible crime.
        Criminal = 3, "CRIMINAL", "Penal", "Criminal";
    }
}

vocabulary! {
    /// Etapa de un informe. Draft or final.
    pub enum ReportStage {
        /// Preliminar. To be answered.
        Draft = 1, "DRAFT", "Preliminar", "Draft";
        /// Final. The last word; frozen.
        Final = 2, "FINAL", "Final", "Final";
    }
}
