//! Words of the value chain.

vocabulary! {
    /// Nivel del proceso. How far down a process stands; each level stands under one before it.
    pub enum ProcessLevel {
        /// Macroproceso. A group of processes with one purpose.
        Macroprocess = 1, "MACROPROCESS", "Macroproceso", "Macroprocess";
        /// Proceso. Activities that turn inputs into outputs.
        Process = 2, "PROCESS", "Proceso", "Process";
        /// Subproceso. A part of a process.
        Subprocess = 3, "SUBPROCESS", "Subproceso", "Subprocess";
        /// Procedimiento. The way in which a part of it is carried out.
        Procedure = 4, "PROCEDURE", "Procedimiento", "Procedure";
    }
}

vocabulary! {
    /// Tipo de proceso. The band of the process map in which it is drawn.
    pub enum ProcessKind {
        /// Estratégico. Sets policies, plans and objectives.
        Strategic = 1, "STRATEGIC", "Estratégico", "Strategic";
        /// Misional. Brings about what the organization exists for.
        Core = 2, "CORE", "Misional", "Core";
        /// De apoyo. Provides the resources that the others need.
        Support = 3, "SUPPORT", "De apoyo", "Support";
        /// De evaluación. Measures, follows up and improves the others.
        Evaluation = 4, "EVALUATION", "De evaluación", "Evaluation";
    }
}
