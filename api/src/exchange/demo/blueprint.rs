//! The units that a Secretaría de Educación commonly has, as the demonstration draws on them.

use entity::organization::OrgUnitKind::{
    self, AdvisoryOffice, Area, Despacho, Directorate, Office, SchoolCluster, Subdirectorate, Undersecretariat,
    WorkGroup,
};

/// Tamaño. How large a secretariat is; it decides which units it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Pequeña: a certified municipality.
    Small,
    /// Mediana: a smaller department, or a departmental capital.
    Medium,
    /// Grande: a large department or one of the great cities.
    Large,
}

impl Size {
    /// The class as the classification writes it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Small => "Pequeña",
            Self::Medium => "Mediana",
            Self::Large => "Grande",
        }
    }
}

/// A unit as it is drawn.
pub struct Blueprint {
    /// Its code; units that stand above it are named by theirs.
    pub code: &'static str,
    /// Its kind.
    pub kind: OrgUnitKind,
    /// Its name.
    pub name: &'static str,
    /// Codes of the units above it, the first of which that exists is the one; none for the top.
    pub above: &'static [&'static str],
    /// The smallest secretariat that has it.
    pub from: Size,
    /// Its functions.
    pub functions: &'static [&'static str],
}

const fn unit(
    code: &'static str,
    kind: OrgUnitKind,
    name: &'static str,
    above: &'static [&'static str],
    from: Size,
    functions: &'static [&'static str],
) -> Blueprint {
    Blueprint { code, kind, name, above, from, functions }
}

use Size::{Large, Medium, Small};

/// In an order in which every unit comes after the one above it.
#[rustfmt::skip]
pub const BLUEPRINTS: &[Blueprint] = &[
    unit("100", Despacho, "Despacho del Secretario de Educación", &[], Small, &[
        "Dirigir la formulación y ejecución de la política educativa del territorio, en armonía con el plan de desarrollo.",
        "Ejercer la administración del servicio educativo y de las plantas de personal docente, directivo docente y administrativo.",
        "Representar a la entidad territorial ante el Ministerio de Educación Nacional en los asuntos del sector."]),
    unit("110", AdvisoryOffice, "Oficina Asesora de Planeación Educativa", &["100"], Small, &[
        "Coordinar el plan indicativo y los planes de acción de la Secretaría y hacer seguimiento a sus metas.",
        "Consolidar la información estadística del sector para la toma de decisiones.",
        "Administrar el sistema integrado de gestión y el banco de proyectos del sector educativo."]),
    unit("120", AdvisoryOffice, "Oficina Asesora Jurídica", &["100"], Small, &[
        "Emitir conceptos y proyectar los actos administrativos que expide la Secretaría.",
        "Ejercer la defensa judicial y atender las tutelas y derechos de petición de contenido jurídico."]),
    unit("130", Office, "Oficina de Inspección y Vigilancia", &["100"], Small, &[
        "Ejecutar el plan operativo anual de inspección y vigilancia de los establecimientos educativos.",
        "Tramitar licencias de funcionamiento, novedades y costos educativos de los establecimientos no oficiales."]),
    unit("140", AdvisoryOffice, "Oficina Asesora de Tecnologías de la Información", &["100"], Medium, &[
        "Administrar los sistemas de información del sector y apoyar el reporte oportuno al Ministerio.",
        "Promover el uso pedagógico de las tecnologías y la conectividad escolar."]),
    unit("150", Office, "Oficina de Comunicaciones", &["100"], Medium, &[
        "Divulgar los planes, programas y resultados de la Secretaría a la comunidad educativa.",
        "Coordinar la comunicación interna y los contenidos del portal institucional."]),
    unit("180", Undersecretariat, "Subsecretaría Académica", &["100"], Large, &[
        "Coordinar las políticas de acceso, permanencia y calidad de la educación inicial, preescolar, básica y media.",
        "Articular el acompañamiento pedagógico a los establecimientos educativos oficiales."]),
    unit("190", Undersecretariat, "Subsecretaría Administrativa y Financiera", &["100"], Large, &[
        "Coordinar la gestión del talento humano, los recursos financieros y los bienes del sector.",
        "Velar por la ejecución de los recursos del Sistema General de Participaciones."]),
    unit("200", Directorate, "Dirección de Calidad Educativa", &["180", "100"], Small, &[
        "Orientar los planes de mejoramiento institucional y el plan de apoyo al mejoramiento.",
        "Dirigir las estrategias de formación de docentes y directivos docentes.",
        "Analizar los resultados de las evaluaciones y difundir su uso pedagógico."]),
    unit("210", Area, "Área de Evaluación Educativa", &["200"], Small, &[
        "Coordinar la aplicación de las pruebas externas y la autoevaluación institucional.",
        "Gestionar la evaluación de desempeño de docentes y directivos docentes."]),
    unit("220", Area, "Área de Mejoramiento Institucional", &["200"], Small, &[
        "Acompañar la formulación y el seguimiento de los planes de mejoramiento y de los proyectos educativos institucionales.",
        "Promover los proyectos pedagógicos transversales y el uso de medios educativos."]),
    unit("230", Area, "Área de Inclusión y Equidad", &["200"], Medium, &[
        "Implementar la atención educativa a población con discapacidad, étnica, víctima y migrante.",
        "Asesorar los planes individuales de ajustes razonables."]),
    unit("240", Area, "Área de Educación Inicial", &["200"], Medium, &[
        "Coordinar la transición armónica de los niños y niñas al grado de transición.",
        "Hacer seguimiento a los prestadores de educación inicial del territorio."]),
    unit("250", Subdirectorate, "Subdirección de Formación Docente", &["200"], Large, &[
        "Ejecutar el plan territorial de formación docente y coordinar el comité territorial.",
        "Gestionar convenios de formación con instituciones de educación superior."]),
    unit("251", WorkGroup, "Grupo de Bilingüismo", &["250", "200"], Large, &[
        "Ejecutar el programa territorial de bilingüismo en los establecimientos oficiales."]),
    unit("252", WorkGroup, "Grupo de Media Técnica", &["250", "200"], Large, &[
        "Articular la educación media con la educación superior y la formación para el trabajo."]),
    unit("261", SchoolCluster, "Núcleo Educativo 01", &["220"], Large, &[
        "Acompañar la gestión de los establecimientos educativos de su jurisdicción."]),
    unit("262", SchoolCluster, "Núcleo Educativo 02", &["220"], Large, &[
        "Acompañar la gestión de los establecimientos educativos de su jurisdicción."]),
    unit("263", SchoolCluster, "Núcleo Educativo 03", &["220"], Large, &[
        "Acompañar la gestión de los establecimientos educativos de su jurisdicción."]),
    unit("300", Directorate, "Dirección de Cobertura Educativa", &["180", "100"], Small, &[
        "Dirigir el proceso de gestión de la cobertura: proyección de cupos, matrícula y auditoría.",
        "Administrar las estrategias de permanencia escolar en el territorio."]),
    unit("310", Area, "Área de Acceso", &["300"], Small, &[
        "Proyectar la oferta de cupos y coordinar la inscripción, asignación y registro de la matrícula en el SIMAT.",
        "Realizar la auditoría a la matrícula de los establecimientos educativos."]),
    unit("320", Area, "Área de Permanencia", &["300"], Small, &[
        "Ejecutar las estrategias de permanencia y prevenir la deserción escolar.",
        "Hacer seguimiento a los estudiantes en riesgo de abandono."]),
    unit("330", Area, "Área de Alimentación y Transporte Escolar", &["300"], Medium, &[
        "Coordinar la operación del Programa de Alimentación Escolar en las sedes priorizadas.",
        "Supervisar la prestación del transporte escolar."]),
    unit("340", Area, "Área de Infraestructura Educativa", &["300"], Medium, &[
        "Formular y supervisar los proyectos de construcción, ampliación y mantenimiento de sedes.",
        "Mantener actualizado el censo de infraestructura educativa."]),
    unit("351", WorkGroup, "Grupo de Educación de Adultos", &["310", "300"], Large, &[
        "Organizar la oferta de educación por ciclos para jóvenes, adultos y mayores."]),
    unit("352", WorkGroup, "Grupo de Convivencia Escolar", &["320", "300"], Large, &[
        "Apoyar el comité territorial de convivencia escolar y la ruta de atención integral."]),
    unit("400", Directorate, "Dirección Administrativa y Financiera", &["190", "100"], Small, &[
        "Dirigir la administración del talento humano, los recursos financieros y los servicios de apoyo.",
        "Preparar el anteproyecto de presupuesto del sector y controlar su ejecución."]),
    unit("410", Area, "Área de Talento Humano", &["400"], Small, &[
        "Administrar la planta de personal, la carrera docente y las situaciones administrativas.",
        "Liquidar la nómina y tramitar las prestaciones sociales.",
        "Ejecutar los planes de bienestar, capacitación y seguridad y salud en el trabajo."]),
    unit("411", WorkGroup, "Grupo de Nómina", &["410"], Medium, &[
        "Liquidar y reportar la nómina de docentes, directivos docentes y administrativos."]),
    unit("412", WorkGroup, "Grupo de Prestaciones Sociales del Magisterio", &["410"], Medium, &[
        "Tramitar las prestaciones económicas ante el Fondo de Prestaciones Sociales del Magisterio."]),
    unit("413", WorkGroup, "Grupo de Escalafón Docente", &["410"], Large, &[
        "Tramitar inscripciones, ascensos y reubicaciones en el escalafón docente."]),
    unit("420", Area, "Área Financiera", &["400"], Small, &[
        "Administrar el presupuesto, la contabilidad y la tesorería del sector.",
        "Asesorar y hacer seguimiento a los fondos de servicios educativos."]),
    unit("421", WorkGroup, "Grupo de Presupuesto", &["420"], Medium, &[
        "Expedir disponibilidades y registros presupuestales y elaborar los informes de ejecución."]),
    unit("422", WorkGroup, "Grupo de Contabilidad y Tesorería", &["420"], Large, &[
        "Registrar las operaciones contables y programar el plan anual de caja."]),
    unit("430", Area, "Área de Atención al Ciudadano", &["400"], Small, &[
        "Administrar el sistema de atención al ciudadano y el trámite oportuno de las solicitudes.",
        "Medir la satisfacción de los usuarios y proponer mejoras en los servicios."]),
    unit("440", Area, "Área de Servicios Administrativos", &["400"], Medium, &[
        "Administrar los bienes, la gestión documental y la contratación de servicios de apoyo."]),
    unit("441", WorkGroup, "Grupo de Gestión Documental", &["440"], Large, &[
        "Organizar los archivos de gestión y aplicar las tablas de retención documental."]),
    unit("442", WorkGroup, "Grupo de Almacén e Inventarios", &["440"], Large, &[
        "Recibir, custodiar y entregar los bienes con destino a los establecimientos educativos."]),
];

/// What the units that only a larger scale has are named after: (kind, name, function).
pub const MORE: &[(OrgUnitKind, &str, &str)] = &[
    (SchoolCluster, "Núcleo Educativo", "Acompañar la gestión de los establecimientos educativos de su jurisdicción."),
    (WorkGroup, "Grupo de Apoyo Zonal", "Atender en la zona los trámites y solicitudes de la comunidad educativa."),
    (WorkGroup, "Grupo de Seguimiento", "Consolidar y verificar los reportes de los establecimientos de su zona."),
];
