//! Words of organizations, of their acts and of their structure.

vocabulary! {
    /// Clase de organización. What part an organization plays in the quality management of education.
    pub enum OrganizationKind {
        /// Ministerio. The Ministerio de Educación Nacional, which steers and follows up.
        Ministry = 1, "MINISTRY", "Ministerio", "Ministry";
        /// Secretaría de Educación (SE). Runs the education of one certified territorial entity.
        EducationSecretariat = 2, "EDUCATION_SECRETARIAT", "Secretaría de Educación", "Education secretariat";
        /// Aliado. Works together with secretariats, without authority over them.
        Partner = 3, "PARTNER", "Aliado", "Partner";
        /// Organismo de control. Audits from outside, such as a Contraloría.
        ControlBody = 4, "CONTROL_BODY", "Organismo de control", "Control body";
        /// Organismo de certificación. Certifies management systems against a standard.
        CertificationBody = 5, "CERTIFICATION_BODY", "Organismo de certificación", "Certification body";
    }
}

vocabulary! {
    /// Esquema de clasificación. By what an organization is classified.
    pub enum ClassificationScheme {
        /// Categoría. The category of its territory by population and income.
        Category = 1, "CATEGORY", "Categoría", "Category";
        /// Región. The region of the country in which it lies.
        Region = 2, "REGION", "Región", "Region";
        /// Tamaño. How large it is among its peers.
        Size = 3, "SIZE", "Tamaño", "Size";
    }
}

vocabulary! {
    /// Clase de acto administrativo. The form of the norm or decision.
    pub enum LegalActKind {
        /// Ley. Passed by the Congress.
        Law = 1, "LAW", "Ley", "Law";
        /// Decreto. Issued by the head of the administration: president, governor or mayor.
        Decree = 2, "DECREE", "Decreto", "Decree";
        /// Ordenanza. Passed by the assembly of a department.
        Ordinance = 3, "ORDINANCE", "Ordenanza", "Ordinance";
        /// Acuerdo. Passed by the council of a municipality or district, or by a collegiate body.
        Agreement = 4, "AGREEMENT", "Acuerdo", "Agreement";
        /// Resolución. Issued by an authority on a matter of its own.
        Resolution = 5, "RESOLUTION", "Resolución", "Resolution";
        /// Circular. Instructs those under an authority.
        Circular = 6, "CIRCULAR", "Circular", "Circular";
    }
}

vocabulary! {
    /// Etapa de aprobación de una estructura. How far the approval of a version has come; this is stored,
    /// everything later follows from dates.
    pub enum StructureStage {
        /// Borrador. Still being formulated.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// En aprobación. Submitted, waiting for a decision.
        UnderApproval = 2, "UNDER_APPROVAL", "En aprobación", "Under approval";
        /// Aprobada. Approved; no longer changed.
        Approved = 3, "APPROVED", "Aprobada", "Approved";
    }
}

vocabulary! {
    /// Estado de una estructura. The state of a version on a day, derived from its stage and its dates.
    pub enum StructureState {
        /// Borrador. Still being formulated.
        Draft = 1, "DRAFT", "Borrador", "Draft";
        /// En aprobación. Submitted, waiting for a decision.
        UnderApproval = 2, "UNDER_APPROVAL", "En aprobación", "Under approval";
        /// Aprobada. Approved, and its first day has not come or is not set.
        Approved = 3, "APPROVED", "Aprobada", "Approved";
        /// Vigente. The structure that holds on that day.
        InForce = 4, "IN_FORCE", "Vigente", "In force";
        /// Derogada. Its interval is over, with or without a successor.
        Repealed = 5, "REPEALED", "Derogada", "Repealed";
        /// Anulada. A court annulled its act, from the day of the ruling.
        Annulled = 6, "ANNULLED", "Anulada", "Annulled";
    }
}

vocabulary! {
    /// Tipo de dependencia. What sort of unit it is in the structure of a secretariat.
    pub enum OrgUnitKind {
        /// Despacho. The office of the secretary, at the top.
        Despacho = 1, "DESPACHO", "Despacho", "Office of the secretary";
        /// Subsecretaría. Leads several directorates under the secretary.
        Undersecretariat = 2, "UNDERSECRETARIAT", "Subsecretaría", "Undersecretariat";
        /// Dirección. Directs a field of work.
        Directorate = 3, "DIRECTORATE", "Dirección", "Directorate";
        /// Subdirección. Directs a part of a directorate's field.
        Subdirectorate = 4, "SUBDIRECTORATE", "Subdirección", "Subdirectorate";
        /// Oficina. Answers for a matter of its own, mostly under the secretary.
        Office = 5, "OFFICE", "Oficina", "Office";
        /// Oficina asesora. Advises in law, planning, inspection or the like.
        AdvisoryOffice = 6, "ADVISORY_OFFICE", "Oficina asesora", "Advisory office";
        /// Área. Gathers the work on one subject, such as quality or coverage.
        Area = 7, "AREA", "Área", "Area";
        /// Unidad. A unit that the act names so, at any level.
        Unit = 8, "UNIT", "Unidad", "Unit";
        /// Grupo interno de trabajo. Made by resolution to attend to a task.
        WorkGroup = 9, "WORK_GROUP", "Grupo interno de trabajo", "Work group";
        /// Núcleo educativo. Attends to the schools of one zone.
        SchoolCluster = 10, "SCHOOL_CLUSTER", "Núcleo educativo", "School cluster";
    }
}

vocabulary! {
    /// Clase de sucesión. What a new version of the structure does with units.
    pub enum SuccessionKind {
        /// Creación. A unit begins that had no predecessor.
        Create = 1, "CREATE", "Creación", "Creation";
        /// Cambio de denominación. The same unit under another name.
        Rename = 2, "RENAME", "Cambio de denominación", "Renaming";
        /// Traslado. The same unit under another parent.
        Move = 3, "MOVE", "Traslado", "Move";
        /// Fusión. Several units become one.
        Merge = 4, "MERGE", "Fusión", "Merger";
        /// División. One unit becomes several.
        Split = 5, "SPLIT", "División", "Split";
        /// Supresión. A unit ends; its responsibilities go elsewhere or end too.
        Suppress = 6, "SUPPRESS", "Supresión", "Suppression";
    }
}

vocabulary! {
    /// Destino de las responsabilidades. What becomes of what a suppressed unit answered for.
    pub enum ResponsibilityFate {
        /// Trasladadas. Other units take them over.
        Transferred = 1, "TRANSFERRED", "Trasladadas", "Transferred";
        /// Terminadas. Nobody takes them over: they are no longer needed.
        Ended = 2, "ENDED", "Terminadas", "Ended";
    }
}

vocabulary! {
    /// Tipo de vinculación. By which kind of appointment a person fills a post.
    pub enum AppointmentKind {
        /// Carrera administrativa. Inscribed in the civil service career after a contest and a trial.
        Career = 1, "CAREER", "Carrera administrativa", "Career";
        /// Período de prueba. On trial after winning a contest.
        Probation = 2, "PROBATION", "Período de prueba", "Probation";
        /// Libre nombramiento y remoción. Named and removed freely by the authority.
        FreeAppointment = 3, "FREE_APPOINTMENT", "Libre nombramiento y remoción", "Free appointment";
        /// Nombramiento provisional. Fills a vacant career post without a contest.
        Provisional = 4, "PROVISIONAL", "Provisional", "Provisional";
        /// Encargo. Takes a post besides or instead of the own one; may overlap its holder.
        Acting = 5, "ACTING", "Encargo", "Acting";
        /// Período fijo. For a term that the law sets, such as the head of control interno.
        Term = 6, "TERM", "Período fijo", "Fixed term";
        /// Empleo temporal. In a post of a temporary staff.
        Temporary = 7, "TEMPORARY", "Empleo temporal", "Temporary";
        /// Trabajador oficial. Employed by a labour contract, for works and upkeep.
        OfficialWorker = 8, "OFFICIAL_WORKER", "Trabajador oficial", "Official worker";
    }
}

vocabulary! {
    /// Tipo de documento de identidad. By what a person is identified.
    pub enum DocumentKind {
        /// Cédula de ciudadanía (CC). Of adult Colombians.
        CitizenshipCard = 1, "CITIZENSHIP_CARD", "Cédula de ciudadanía", "Citizenship card";
        /// Cédula de extranjería (CE). Of foreigners who reside in Colombia.
        ForeignerCard = 2, "FOREIGNER_CARD", "Cédula de extranjería", "Foreigner's card";
        /// Permiso por protección temporal (PPT). Of Venezuelan migrants under temporary protection.
        TemporaryProtectionPermit = 3, "TEMPORARY_PROTECTION_PERMIT", "Permiso por protección temporal", "Temporary protection permit";
        /// Pasaporte. Of any country.
        Passport = 4, "PASSPORT", "Pasaporte", "Passport";
        /// Permiso especial de permanencia (PEP). The permit before the PPT; found in old records.
        SpecialStayPermit = 5, "SPECIAL_STAY_PERMIT", "Permiso especial de permanencia", "Special stay permit";
    }
}
