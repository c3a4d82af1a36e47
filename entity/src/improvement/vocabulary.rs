//! Words of improvement.

vocabulary! {
    /// Método de análisis de causas. How the cause was sought.
    pub enum CauseMethod {
        /// Cinco porqués. Why, asked until the root is reached.
        FiveWhys = 1, "FIVE_WHYS", "Cinco porqués", "Five whys";
        /// Ishikawa. Causes by families, as the bones of a fish.
        Ishikawa = 2, "ISHIKAWA", "Ishikawa", "Ishikawa";
        /// Pareto. The few causes that make the most of it.
        Pareto = 3, "PARETO", "Pareto", "Pareto";
        /// Otro. Another way.
        Other = 4, "OTHER", "Otro", "Other";
    }
}

vocabulary! {
    /// Categoría de causa. The family of a root cause (the six M and direction).
    pub enum CauseCategory {
        /// Talento humano. Who does it: skill, number, training.
        People = 1, "PEOPLE", "Talento humano", "People";
        /// Método. How it is done: procedures, instructions.
        Method = 2, "METHOD", "Método", "Method";
        /// Tecnología. With what it is done: machines, systems.
        Technology = 3, "TECHNOLOGY", "Tecnología", "Technology";
        /// Insumos. What goes in: data, supplies, money.
        Material = 4, "MATERIAL", "Insumos", "Material";
        /// Medición. How it is watched: indicators, controls.
        Measurement = 5, "MEASUREMENT", "Medición", "Measurement";
        /// Entorno. Where it is done: context, law, other bodies.
        Environment = 6, "ENVIRONMENT", "Entorno", "Environment";
        /// Dirección. How it is led: priorities, resources, structure.
        Direction = 7, "DIRECTION", "Dirección", "Direction";
    }
}

vocabulary! {
    /// Clase de plan de mejoramiento. To whom it is owed.
    pub enum PlanKind {
        /// Interno. To the organization itself.
        Internal = 1, "INTERNAL", "Interno", "Internal";
        /// Contraloría General. To the Contraloría General de la República (SIRECI).
        ControlBody = 2, "CONTROL_BODY", "Contraloría General", "Control body";
        /// Contraloría territorial. To a territorial contraloría.
        TerritorialControl = 3, "TERRITORIAL_CONTROL", "Contraloría territorial", "Territorial control";
        /// De certificación. To a certification body.
        Certification = 4, "CERTIFICATION", "De certificación", "Certification";
        /// De autodiagnóstico. From the gaps of a self-assessment.
        SelfAssessment = 5, "SELF_ASSESSMENT", "De autodiagnóstico", "Self-assessment";
        /// De seguimiento. From a follow-up by the Ministry.
        FollowUp = 6, "FOLLOW_UP", "De seguimiento", "Follow-up";
    }
}

vocabulary! {
    /// Estado de un plan de mejoramiento. Where a plan stands.
    pub enum PlanState {
        /// Borrador. Being formulated.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// Enviado. Waiting for a decision on each action.
        Submitted = 2, "SUBMITTED", "Enviado", "Submitted";
        /// Aprobado. Every action is approved.
        Approved = 3, "APPROVED", "Aprobado", "Approved";
        /// En ejecución. Work has begun.
        InExecution = 4, "IN_EXECUTION", "En ejecución", "In execution";
        /// Cerrado. All its findings and live actions are closed.
        Closed = 5, "CLOSED", "Cerrado", "Closed";
    }
}

vocabulary! {
    /// Clase de acción. What an action does about a finding.
    pub enum ActionKind {
        /// Corrección. Mends what was found.
        Correction = 1, "CORRECTION", "Corrección", "Correction";
        /// Correctiva. Takes the cause away.
        Corrective = 2, "CORRECTIVE", "Correctiva", "Corrective";
        /// Preventiva. Keeps it from happening.
        Preventive = 3, "PREVENTIVE", "Preventiva", "Preventive";
        /// De mejora. Makes it better than asked.
        Improvement = 4, "IMPROVEMENT", "De mejora", "Improvement";
    }
}

vocabulary! {
    /// Estado de una acción. Where an action stands.
    pub enum ActionState {
        /// Borrador. Being formulated.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// Por aprobar. Submitted with its plan.
        PendingApproval = 2, "PENDING_APPROVAL", "Por aprobar", "Pending approval";
        /// Aprobada. It may begin.
        Approved = 3, "APPROVED", "Aprobada", "Approved";
        /// En ejecución. Work has begun.
        InProgress = 4, "IN_PROGRESS", "En ejecución", "In progress";
        /// Ejecutada. Done, as whoever did it says.
        Executed = 5, "EXECUTED", "Ejecutada", "Executed";
        /// Verificada. Done, as somebody else saw.
        Verified = 6, "VERIFIED", "Verificada", "Verified";
        /// Cerrada. Its effect was evaluated.
        Closed = 7, "CLOSED", "Cerrada", "Closed";
        /// Cancelada. Given up, with a reason.
        Cancelled = 8, "CANCELLED", "Cancelada", "Cancelled";
    }
}

vocabulary! {
    /// Eficacia de una acción. Whether the cause is gone.
    pub enum ActionResult {
        /// Eficaz. It is.
        Effective = 1, "EFFECTIVE", "Eficaz", "Effective";
        /// No eficaz. It is not.
        NotEffective = 2, "NOT_EFFECTIVE", "No eficaz", "Not effective";
    }
}

vocabulary! {
    /// Estado ante el ente de control. What a body of control says of an action.
    pub enum ControlStatus {
        /// Abierta. Not judged yet.
        Open = 1, "OPEN", "Abierta", "Open";
        /// Cumplida. Done and effective.
        Fulfilled = 2, "FULFILLED", "Cumplida", "Fulfilled";
        /// Cumplida inefectiva. Done, without effect.
        FulfilledIneffective = 3, "FULFILLED_INEFFECTIVE", "Cumplida inefectiva", "Fulfilled, ineffective";
        /// Incumplida. Not done.
        Unfulfilled = 4, "UNFULFILLED", "Incumplida", "Unfulfilled";
    }
}

vocabulary! {
    /// Estado de una reformulación. Where a request stands.
    pub enum ReformulationState {
        /// Solicitada. Waiting for both decisions.
        Requested = 1, "REQUESTED", "Solicitada", "Requested";
        /// Aprobada. Both said yes: it counts from that day.
        Approved = 2, "APPROVED", "Aprobada", "Approved";
        /// Rechazada. One said no.
        Rejected = 3, "REJECTED", "Rechazada", "Rejected";
    }
}

vocabulary! {
    /// Calidad en la que se decide. As who somebody decides on a reformulation.
    pub enum DecisionCapacity {
        /// Alta dirección. As senior management.
        SeniorManagement = 1, "SENIOR_MANAGEMENT", "Alta dirección", "Senior management";
        /// Control interno. As control interno.
        InternalControl = 2, "INTERNAL_CONTROL", "Control interno", "Internal control";
    }
}

vocabulary! {
    /// Semáforo. How an action stands against its dates.
    pub enum Semaphore {
        /// Verde. On time.
        Green = 1, "GREEN", "Verde", "Green";
        /// Amarillo. Behind, or finished late.
        Amber = 2, "AMBER", "Amarillo", "Amber";
        /// Rojo. Overdue.
        Red = 3, "RED", "Rojo", "Red";
    }
}
