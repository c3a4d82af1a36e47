//! Words of the territory and of the national catalogues.

vocabulary! {
    /// Clase de entidad territorial certificada. Which kind of territory runs its own schools.
    pub enum TerritorialEntityKind {
        /// Departamento. Runs the schools of its municipalities that are not certified themselves.
        Department = 1, "DEPARTMENT", "Departamento", "Department";
        /// Distrito. A district with a regime of its own, such as Bogotá or Cartagena.
        District = 2, "DISTRICT", "Distrito", "District";
        /// Municipio certificado. A municipality that runs its schools itself.
        Municipality = 3, "MUNICIPALITY", "Municipio certificado", "Certified municipality";
    }
}

vocabulary! {
    /// Nivel jerárquico del empleo. The level that the first digit of a job's code tells (Decreto Ley 785 de
    /// 2005); the stored number is that digit plus one.
    pub enum JobLevel {
        /// Nivel directivo. Directs, sets policies and plans.
        Executive = 1, "EXECUTIVE", "Directivo", "Executive";
        /// Nivel asesor. Assists and advises those who direct.
        Advisory = 2, "ADVISORY", "Asesor", "Advisory";
        /// Nivel profesional. Applies the knowledge of a university degree.
        Professional = 3, "PROFESSIONAL", "Profesional", "Professional";
        /// Nivel técnico. Carries out technical procedures and supports them.
        Technical = 4, "TECHNICAL", "Técnico", "Technical";
        /// Nivel asistencial. Supports the other levels, by hand or in simple tasks.
        Assistance = 5, "ASSISTANCE", "Asistencial", "Assistance";
    }
}
