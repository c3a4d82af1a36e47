//! Words of accounts and grants.

vocabulary! {
    /// Rol. What an account may read and do in an organization, as the table of rules spells it out.
    pub enum Role {
        /// Administrador de la organización. Keeps members, keys and grants.
        OrganizationAdmin = 1, "ORGANIZATION_ADMIN", "Administrador de la organización", "Organization administrator";
        /// Líder de calidad. Formulates structures, processes, assessments and plans, and submits them.
        QualityLeader = 2, "QUALITY_LEADER", "Líder de calidad", "Quality leader";
        /// Alta dirección. Approves what was formulated; reviews and decides.
        SeniorManagement = 3, "SENIOR_MANAGEMENT", "Alta dirección", "Senior management";
        /// Dueño de proceso. Answers for the processes of its scope.
        ProcessOwner = 4, "PROCESS_OWNER", "Dueño de proceso", "Process owner";
        /// Jefe de dependencia. Answers for the units of its scope and signs their progress.
        UnitHead = 5, "UNIT_HEAD", "Jefe de dependencia", "Unit head";
        /// Ejecutor. Carries out actions and reports progress with evidence.
        Executor = 6, "EXECUTOR", "Ejecutor", "Executor";
        /// Auditor. Audits, records findings, verifies and evaluates.
        Auditor = 7, "AUDITOR", "Auditor", "Auditor";
        /// Control interno. Programs audits, opens windows, rates, and decides on exceptions.
        InternalControl = 8, "INTERNAL_CONTROL", "Control interno", "Internal control";
        /// Monitor de la SFI. Follows all secretariats for the Ministry; observes, changes nothing of theirs.
        SfiMonitor = 9, "SFI_MONITOR", "Monitor de la SFI", "SFI monitor";
        /// Administrador nacional. Keeps catalogues and organizations, and names each one's first administrator.
        NationalAdmin = 10, "NATIONAL_ADMIN", "Administrador nacional", "National administrator";
        /// Analista aliado. Reads published figures and catalogues.
        PartnerAnalyst = 11, "PARTNER_ANALYST", "Analista aliado", "Partner analyst";
        /// Servicio. A program with a key; does what its scopes and grants say.
        Service = 12, "SERVICE", "Servicio", "Service";
        /// Público. Anyone: published figures marked open, and catalogues.
        Public = 13, "PUBLIC", "Público", "Public";
    }
}

vocabulary! {
    /// Estado de un miembro. Whether an account's roles in an organization count.
    pub enum MemberState {
        /// Invitado. Has not signed in yet; the first sign-in makes it active.
        Invited = 1, "INVITED", "Invitado", "Invited";
        /// Activo. Its roles count.
        Active = 2, "ACTIVE", "Activo", "Active";
        /// Suspendido. Its roles do not count until it is reinstated.
        Suspended = 3, "SUSPENDED", "Suspendido", "Suspended";
    }
}
