//! Words of what is found out.

vocabulary! {
    /// Severidad. How much a broken link matters.
    pub enum Severity {
        /// Baja. Untidy; to be mended when the place is touched anyway.
        Low = 1, "LOW", "Baja", "Low";
        /// Media. Somebody will look for what is missing and not find it.
        Medium = 2, "MEDIUM", "Media", "Medium";
        /// Alta. Nobody answers for something, or what is in force rests on what is not.
        High = 3, "HIGH", "Alta", "High";
    }
}

vocabulary! {
    /// Regla de enlaces rotos. By which a place of the graph is found where a link is missing or leads nowhere.
    pub enum BrokenLinkRule {
        /// Salida sin consumidor. An output of a characterization in force names neither a process nor an external party that takes it.
        OutputWithoutConsumer = 1, "OUTPUT_WITHOUT_CONSUMER", "Salida sin consumidor", "Output without consumer";
        /// Entrada sin proveedor. An input of a characterization in force names neither a process nor an external party that gives it.
        InputWithoutSource = 2, "INPUT_WITHOUT_SOURCE", "Entrada sin proveedor", "Input without source";
        /// Flujo hacia un proceso no vigente. An input or output names a process at its other end that is not in force.
        FlowEndNotInForce = 3, "FLOW_END_NOT_IN_FORCE", "Flujo con un proceso no vigente", "Flow with a process that is not in force";
        /// Flujo dicho dos veces. An input that the process at its other end says as an output of its own, under the same name.
        FlowSaidTwice = 4, "FLOW_SAID_TWICE", "Flujo dicho dos veces", "Flow said twice";
        /// Proceso sin líder. A process in force that no unit leads; procedures need none.
        ProcessWithoutLead = 5, "PROCESS_WITHOUT_LEAD", "Proceso sin dependencia líder", "Process without lead unit";
        /// Proceso misional sin personal. A core process in force is led by a unit without a post that somebody fills.
        CoreProcessUnstaffed = 6, "CORE_PROCESS_UNSTAFFED", "Proceso misional con líder sin personal", "Core process led by a unit without staff";
        /// Proceso superior no vigente. A process in force stands under one that is not.
        ParentNotInForce = 7, "PARENT_NOT_IN_FORCE", "Proceso superior no vigente", "Parent process not in force";
        /// Proceso sin alineación. A process in force, of the level of processes, does nothing for any requirement.
        ProcessWithoutAlignment = 8, "PROCESS_WITHOUT_ALIGNMENT", "Proceso sin alineación", "Process without alignment";
        /// Dependencia sin proceso. A unit in force has no part in any process.
        UnitWithoutProcess = 9, "UNIT_WITHOUT_PROCESS", "Dependencia sin proceso", "Unit without process";
        /// Responsable suprimido. A unit that is not in force has a part in a process that is.
        ResponsibleUnitEnded = 10, "RESPONSIBLE_UNIT_ENDED", "Dependencia responsable no vigente", "Responsible unit not in force";
        /// Actividad de responsable suprimido. An activity of a characterization in force names a unit or a post that is not.
        ActivityResponsibleEnded = 11, "ACTIVITY_RESPONSIBLE_ENDED", "Actividad con responsable no vigente", "Activity of somebody not in force";
        /// Documento con revisión vencida. The day by which a document in force was to be reviewed has passed.
        DocumentPastReview = 12, "DOCUMENT_PAST_REVIEW", "Documento con revisión vencida", "Document past its review";
        /// Alineación desactualizada. An alignment in force points to a requirement that is not, because its edition ended.
        AlignmentOutdated = 13, "ALIGNMENT_OUTDATED", "Alineación a un requisito no vigente", "Alignment to a requirement not in force";
        /// Brecha sin justificar. Nothing is done of a macroprocess of the national reference, and nobody says why.
        ReferenceGapUnjustified = 14, "REFERENCE_GAP_UNJUSTIFIED", "Macroproceso de referencia ausente sin justificación", "Absence of a reference macroprocess not justified";
        /// No conformidad sin análisis de causas. A nonconformity stands in an approved plan, and nobody has recorded why it came about.
        NonconformityWithoutCause = 15, "NONCONFORMITY_WITHOUT_CAUSE", "No conformidad sin análisis de causas", "Nonconformity without cause analysis";
        /// Acción sin responsable. An action that is approved or under way names nobody who does it.
        ActionWithoutExecutor = 16, "ACTION_WITHOUT_EXECUTOR", "Acción sin persona responsable", "Action without responsible person";
        /// Plan vencido. A plan is in execution, and the last day of each of its unfinished actions has passed.
        PlanPastDue = 17, "PLAN_PAST_DUE", "Plan en ejecución con todas sus fechas vencidas", "Plan in execution past all its dates";
        /// Hallazgo cerrado sin evaluar. A finding was closed as effective, and none of its actions was found to be so.
        FindingClosedUnreviewed = 18, "FINDING_CLOSED_UNREVIEWED", "Hallazgo cerrado sin evaluación de eficacia", "Finding closed without effectiveness review";
        /// Decisión sin acción. The last day of a decision of a frozen review has passed, and no action comes from it.
        DecisionWithoutAction = 19, "DECISION_WITHOUT_ACTION", "Decisión vencida sin acción", "Decision past its date without action";
        /// Tipo distinto del proceso superior. A process in force is of another kind than the one in force above it, which became another later.
        ProcessKindDiffers = 20, "PROCESS_KIND_DIFFERS", "Tipo distinto del proceso superior", "Another kind than the process above";
    }
}

vocabulary! {
    /// Estado de alineación. What is done for a requirement.
    pub enum AlignmentStanding {
        /// Alineado. Something leads it, or each of the requirements right under it.
        Aligned = 1, "ALIGNED", "Alineado", "Aligned";
        /// Con contribuciones. Something contributes to it, or something is done for one right under it; nothing leads it.
        Contributed = 2, "CONTRIBUTED", "Solo con contribuciones", "Only contributed to";
        /// No alineado. Nothing is done for it, nor for what stands right under it.
        NotAligned = 3, "NOT_ALIGNED", "No alineado", "Not aligned";
    }
}

vocabulary! {
    /// Situación de dos mapas. How two maps stand to one process of the reference; of an own one only one of them has it.
    pub enum MapStanding {
        /// Igual en ambos. Both do it, in the same way: adopted, adapted or merged.
        Same = 1, "SAME", "Igual en ambos", "The same in both";
        /// Distinto. Both do it, each in its own way.
        Differing = 2, "DIFFERING", "Distinto en cada uno", "Differing";
        /// Solo en el primero. Only the first does it.
        OnlyOf = 3, "ONLY_OF", "Solo en el primero", "Only in the first";
        /// Solo en el segundo. Only the second does it.
        OnlyWith = 4, "ONLY_WITH", "Solo en el segundo", "Only in the second";
        /// En ninguno. It is absent from both.
        Neither = 5, "NEITHER", "En ninguno", "In neither";
    }
}
