//! The closed lists of the organizational structure.

entity::vocabulary! {
    /// Estado de la estructura. Where a structure version stands; in force and repealed follow from its interval.
    pub enum StructureState {
        /// Borrador. Still being written.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// En aprobación. Handed in; waits for a decision.
        UnderApproval = 2, "UNDER_APPROVAL", "En aprobación", "Under approval";
        /// Aprobada. Decided; its first day is not fixed or not reached.
        Approved = 3, "APPROVED", "Aprobada", "Approved";
        /// Vigente. It rules today.
        InForce = 4, "IN_FORCE", "Vigente", "In force";
        /// Derogada. It ruled until another took its place or an act ended it.
        Repealed = 5, "REPEALED", "Derogada", "Repealed";
        /// Anulada. A court took its act away.
        Annulled = 6, "ANNULLED", "Anulada", "Annulled";
    }
}

entity::vocabulary! {
    /// Etapa de la estructura. How far the writing of a version has come; the part of its state that is stored.
    pub enum StructureStage {
        /// Borrador. Still being written.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// En aprobación. Handed in; waits for a decision.
        UnderApproval = 2, "UNDER_APPROVAL", "En aprobación", "Under approval";
        /// Aprobada. Decided.
        Approved = 3, "APPROVED", "Aprobada", "Approved";
    }
}

entity::vocabulary! {
    /// Clase de sucesión. What became of units from one version to the next.
    pub enum SuccessionKind {
        /// Creación. A unit without a predecessor.
        Create = 1, "CREATE", "Creación", "Creation";
        /// Cambio de nombre. The same unit under another name.
        Rename = 2, "RENAME", "Cambio de nombre", "Renaming";
        /// Traslado. The same unit under another unit.
        Move = 3, "MOVE", "Traslado", "Move";
        /// Fusión. Several units become one.
        Merge = 4, "MERGE", "Fusión", "Merger";
        /// Escisión. One unit becomes several.
        Split = 5, "SPLIT", "Escisión", "Split";
        /// Supresión. The unit ceases.
        Suppress = 6, "SUPPRESS", "Supresión", "Suppression";
    }
}

entity::vocabulary! {
    /// Tipo de dependencia. The rank or nature of a unit.
    pub enum OrgUnitKind {
        /// Despacho. The office of the secretary.
        Despacho = 1, "DESPACHO", "Despacho", "Secretary's office";
        /// Subsecretaría. The level right below the secretary.
        Undersecretariat = 2, "UNDERSECRETARIAT", "Subsecretaría", "Undersecretariat";
        /// Dirección. Leads a field.
        Directorate = 3, "DIRECTORATE", "Dirección", "Directorate";
        /// Oficina. A specialized unit.
        Office = 4, "OFFICE", "Oficina", "Office";
        /// Oficina asesora. Advises, does not lead.
        AdvisoryOffice = 5, "ADVISORY_OFFICE", "Oficina asesora", "Advisory office";
        /// Área. Part of a directorate or office.
        Area = 6, "AREA", "Área", "Area";
        /// Grupo de trabajo. A standing team.
        WorkGroup = 7, "WORK_GROUP", "Grupo de trabajo", "Work group";
    }
}

entity::vocabulary! {
    /// Clase de vinculación. On what title a person holds a post.
    pub enum AppointmentKind {
        /// Carrera administrativa. Won by merit, with tenure.
        Career = 1, "CAREER", "Carrera administrativa", "Career";
        /// Periodo de prueba. On trial before tenure.
        Probation = 2, "PROBATION", "Periodo de prueba", "Probation";
        /// Libre nombramiento y remoción. At the pleasure of the appointing authority.
        FreeAppointment = 3, "FREE_APPOINTMENT", "Libre nombramiento y remoción", "Free appointment";
        /// Provisionalidad. Fills a career post until the contest.
        Provisional = 4, "PROVISIONAL", "Provisionalidad", "Provisional";
        /// Encargo. Does the duties of a post besides or instead of the own.
        Acting = 5, "ACTING", "Encargo", "Acting";
        /// Periodo fijo. For a term set by law.
        Term = 6, "TERM", "Periodo fijo", "Fixed term";
    }
}
