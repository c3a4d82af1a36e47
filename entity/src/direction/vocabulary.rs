//! Words of senior management.

vocabulary! {
    /// Clase de revisión. What a dossier is for.
    pub enum ReviewKind {
        /// Revisión por la dirección. The review of the management system.
        ManagementReview = 1, "MANAGEMENT_REVIEW", "Revisión por la dirección", "Management review";
        /// Empalme. The end of an administration.
        Handover = 2, "HANDOVER", "Empalme", "Handover";
    }
}

vocabulary! {
    /// Estado de una revisión. Where a dossier stands.
    pub enum ReviewState {
        /// Borrador. Its inputs are not frozen yet.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// Congelada. What was gathered and concluded no longer changes.
        Frozen = 2, "FROZEN", "Congelada", "Frozen";
    }
}

vocabulary! {
    /// Canal de socialización. How material was made known.
    pub enum DisseminationChannel {
        /// Reunión. In a meeting.
        Meeting = 1, "MEETING", "Reunión", "Meeting";
        /// Correo electrónico. By email.
        Email = 2, "EMAIL", "Correo electrónico", "Email";
        /// Intranet. On the intranet.
        Intranet = 3, "INTRANET", "Intranet", "Intranet";
        /// Capacitación. In a training.
        Training = 4, "TRAINING", "Capacitación", "Training";
        /// Circular. By a circular.
        Circular = 5, "CIRCULAR", "Circular", "Circular";
        /// Otro. In another way.
        Other = 6, "OTHER", "Otro", "Other";
    }
}
