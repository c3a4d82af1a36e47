//! Words of the value chain.

vocabulary! {
    /// Nivel de un proceso. How far down the value chain it stands; levels nest strictly.
    pub enum ProcessLevel {
        /// Macroproceso. The top of the map.
        Macroprocess = 1, "MACROPROCESS", "Macroproceso", "Macroprocess";
        /// Proceso. Stands under a macroprocess.
        Process = 2, "PROCESS", "Proceso", "Process";
        /// Subproceso. Stands under a process.
        Subprocess = 3, "SUBPROCESS", "Subproceso", "Subprocess";
        /// Procedimiento. Stands under a subprocess or a process.
        Procedure = 4, "PROCEDURE", "Procedimiento", "Procedure";
    }
}

vocabulary! {
    /// Tipo de proceso. The band of the process map in which it is drawn.
    pub enum ProcessKind {
        /// Estratégico. Sets direction.
        Strategic = 1, "STRATEGIC", "Estratégico", "Strategic";
        /// Misional. Brings about what the organization is there for.
        Core = 2, "CORE", "Misional", "Core";
        /// De apoyo. Supplies what the others need.
        Support = 3, "SUPPORT", "De apoyo", "Support";
        /// De evaluación. Looks at what was done, so that it is done better.
        Evaluation = 4, "EVALUATION", "De evaluación", "Evaluation";
    }
}

vocabulary! {
    /// Etapa de un documento controlado. How far the review of a version has come; this is stored, everything later follows
    /// from dates.
    pub enum ControlledStage {
        /// Borrador. Still being written.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// En revisión. Submitted, waiting for a decision.
        InReview = 2, "IN_REVIEW", "En revisión", "In review";
        /// Aprobado. Approved; no longer changed.
        Approved = 3, "APPROVED", "Aprobado", "Approved";
    }
}

vocabulary! {
    /// Estado de un documento controlado. Where a version of a characterization or of a document stands on a day.
    pub enum ControlledState {
        /// Borrador. Still being written.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// En revisión. Submitted, waiting for a decision.
        InReview = 2, "IN_REVIEW", "En revisión", "In review";
        /// Programado. Approved, and its first day has not come.
        Scheduled = 3, "SCHEDULED", "Programado", "Scheduled";
        /// Vigente. It holds.
        InForce = 4, "IN_FORCE", "Vigente", "In force";
        /// Obsoleto. It held until another version took its place, or until it was retired.
        Obsolete = 5, "OBSOLETE", "Obsoleto", "Obsolete";
    }
}

vocabulary! {
    /// Fase del ciclo PHVA. The part of the improvement cycle (planear, hacer, verificar, actuar) that an activity belongs to.
    pub enum PhvaPhase {
        /// Planear. What is decided before.
        Plan = 1, "PLAN", "Planear", "Plan";
        /// Hacer. What is done.
        Do = 2, "DO", "Hacer", "Do";
        /// Verificar. What is held against the plan.
        Check = 3, "CHECK", "Verificar", "Check";
        /// Actuar. What follows from it.
        Act = 4, "ACT", "Actuar", "Act";
    }
}

vocabulary! {
    /// Sentido de un flujo. Whether a process takes something or gives it.
    pub enum FlowDirection {
        /// Entrada. What the process takes; the other ends are its suppliers.
        Input = 1, "INPUT", "Entrada", "Input";
        /// Salida. What the process gives; the other ends are its consumers.
        Output = 2, "OUTPUT", "Salida", "Output";
    }
}

vocabulary! {
    /// Papel de una dependencia en un proceso. What a unit has to do with a process.
    pub enum ResponsibilityRole {
        /// Lidera. Answers for the process; one unit at a time.
        Leads = 1, "LEADS", "Lidera", "Leads";
        /// Apoya. Takes part in doing it.
        Supports = 2, "SUPPORTS", "Apoya", "Supports";
        /// Es consultada. Is asked before decisions.
        Consulted = 3, "CONSULTED", "Es consultada", "Is consulted";
        /// Es informada. Is told of decisions.
        Informed = 4, "INFORMED", "Es informada", "Is informed";
    }
}

vocabulary! {
    /// Clase de documento controlado. What kind of document it is.
    pub enum ControlledDocumentKind {
        /// Manual. Describes a system or a whole theme.
        Manual = 1, "MANUAL", "Manual", "Manual";
        /// Procedimiento. Tells who does what, step by step.
        Procedure = 2, "PROCEDURE", "Procedimiento", "Procedure";
        /// Instructivo. Tells how one step is done.
        Instruction = 3, "INSTRUCTION", "Instructivo", "Instruction";
        /// Guía. Advises.
        Guide = 4, "GUIDE", "Guía", "Guide";
        /// Formato. Is filled in.
        Format = 5, "FORMAT", "Formato", "Form";
        /// Registro. Proves what was done.
        Record = 6, "RECORD", "Registro", "Record";
        /// Plan o programa. Says what is to be done by when.
        Plan = 7, "PLAN", "Plan o programa", "Plan or programme";
        /// Política o lineamiento. Says what is held to.
        Policy = 8, "POLICY", "Política o lineamiento", "Policy or guideline";
        /// Otro. None of these.
        Other = 9, "OTHER", "Otro", "Other";
    }
}

vocabulary! {
    /// Codificación. What a pattern of codes is for.
    pub enum CodeSubject {
        /// Macroproceso. Codes of macroprocesses.
        Macroprocess = 1, "MACROPROCESS", "Macroproceso", "Macroprocess";
        /// Proceso. Codes of processes.
        Process = 2, "PROCESS", "Proceso", "Process";
        /// Subproceso. Codes of subprocesses.
        Subprocess = 3, "SUBPROCESS", "Subproceso", "Subprocess";
        /// Procedimiento. Codes of procedures in the process map.
        Procedure = 4, "PROCEDURE", "Procedimiento", "Procedure";
        /// Documento. Codes of controlled documents.
        Document = 5, "DOCUMENT", "Documento", "Document";
    }
}

vocabulary! {
    /// Adopción de un proceso de referencia. How the map of an organization stands to the national reference.
    pub enum AdoptionStatus {
        /// Adoptado. Taken over as it is.
        Adopted = 1, "ADOPTED", "Adoptado", "Adopted";
        /// Adaptado. Taken over with changes.
        Adapted = 2, "ADAPTED", "Adaptado", "Adapted";
        /// Fusionado. Done together with others in one process.
        Merged = 3, "MERGED", "Fusionado", "Merged";
        /// Ausente. Not done here.
        Absent = 4, "ABSENT", "Ausente", "Absent";
        /// Propio. A process that the reference does not have.
        Own = 5, "OWN", "Propio", "Own";
    }
}

vocabulary! {
    /// Papel frente a un requisito. What a subject does for a requirement.
    pub enum AlignmentRole {
        /// Lidera. Answers for it.
        Leads = 1, "LEADS", "Lidera", "Leads";
        /// Contribuye. Helps to fulfil it.
        Contributes = 2, "CONTRIBUTES", "Contribuye", "Contributes";
    }
}
