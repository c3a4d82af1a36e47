//! Every kind of object that has an id, numbered. A number is part of each id that was ever handed out:
//! it is never changed and never given again.

/// The kind of an object, as it stands in the first byte of an opaque id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Departamento.
    Department = 1,
    /// Municipio.
    Municipality = 2,
    /// Entidad territorial certificada.
    TerritorialEntity = 3,
    /// Cobertura.
    Coverage = 4,
    /// Tipo de dependencia.
    UnitKind = 5,
    /// Denominación de empleo.
    JobDenomination = 6,
    /// Organización.
    Organization = 10,
    /// Clasificación de una organización.
    OrganizationClassification = 11,
    /// Administración temporal.
    TemporaryTakeover = 12,
    /// Acto administrativo.
    LegalAct = 13,
    /// Versión de la estructura.
    StructureVersion = 14,
    /// Dependencia.
    OrgUnit = 15,
    /// Dependencia en una versión.
    UnitVersion = 16,
    /// Sucesión de dependencias.
    Succession = 17,
    /// Traslado de responsabilidades.
    ResponsibilityTransfer = 18,
    /// Empleo.
    Job = 19,
    /// Cargo.
    Post = 20,
    /// Persona.
    Person = 21,
    /// Vinculación.
    PostHolding = 22,
    /// Grupo interno de trabajo.
    WorkGroup = 23,
    /// Paso del ciclo de vida de una estructura.
    StructureTransition = 24,
    /// Proceso.
    Process = 25,
    /// Caracterización.
    ProcessVersion = 26,
    /// Paso del ciclo de vida de una caracterización.
    ProcessTransition = 27,
    /// Actividad.
    Activity = 28,
    /// Entrada o salida.
    Flow = 29,
    /// Parte externa.
    ExternalParty = 30,
    /// Responsabilidad.
    ProcessResponsibility = 31,
    /// Documento controlado.
    ControlledDocument = 32,
    /// Versión de un documento controlado.
    DocumentVersion = 33,
    /// Paso del ciclo de vida de un documento.
    DocumentTransition = 34,
    /// Capacidad.
    Capability = 35,
    /// Realización de una capacidad.
    CapabilityProcess = 36,
    /// Patrón de codificación.
    CodePattern = 37,
    /// Adopción de un proceso de referencia.
    ReferenceAdoption = 38,
    /// Entrada del normograma.
    ProcessNorm = 39,
    /// Cuenta.
    Account = 40,
    /// Asignación de un rol.
    AccessGrant = 41,
    /// Asiento del historial.
    HistoryEntry = 42,
    /// Miembro.
    Member = 43,
    /// Clave de API.
    ApiKey = 44,
    /// Alineación.
    Alignment = 45,
    /// Consulta de datos personales.
    PersonalDataRead = 49,
    /// Mapa de referencia.
    ReferenceMap = 60,
    /// Proceso de referencia.
    ReferenceProcess = 61,
    /// Marco de referencia.
    Framework = 62,
    /// Edición de un marco.
    FrameworkEdition = 63,
    /// Requisito.
    Requirement = 64,
    /// Correspondencia.
    Crosswalk = 65,
    /// Norma.
    Norm = 66,
    /// Línea de defensa.
    DefenceLine = 67,
    /// Programa anual de auditorías.
    AuditProgram = 70,
    /// Paso de un programa de auditorías.
    AuditProgramTransition = 71,
    /// Auditoría.
    Audit = 72,
    /// Paso de una auditoría.
    AuditTransition = 73,
    /// Alcance de una auditoría.
    AuditScope = 74,
    /// Criterio de auditoría.
    AuditCriterion = 75,
    /// Miembro del equipo auditor.
    AuditTeamMember = 76,
    /// Pregunta de la lista de verificación.
    ChecklistItem = 77,
    /// Hallazgo.
    Finding = 78,
    /// Paso de un hallazgo.
    FindingTransition = 79,
    /// Incidencia de un hallazgo.
    FindingIncidence = 80,
    /// Respuesta a un hallazgo.
    FindingResponse = 81,
    /// Informe de auditoría.
    AuditReport = 82,
    /// Certificado.
    Certificate = 83,
    /// Tipo de hallazgo.
    FindingType = 84,
    /// Análisis de causas.
    CauseAnalysis = 90,
    /// Plan de mejoramiento.
    ImprovementPlan = 91,
    /// Paso de un plan de mejoramiento.
    PlanTransition = 92,
    /// Acción de mejora.
    ImprovementAction = 93,
    /// Paso de una acción de mejora.
    ActionTransition = 94,
    /// Actividad de una acción.
    ActionActivity = 95,
    /// Periodo de reporte.
    ReportingWindow = 96,
    /// Reporte de avance.
    ProgressReport = 97,
    /// Calificación de un avance.
    ProgressRating = 98,
    /// Reformulación.
    Reformulation = 99,
    /// Decisión sobre una reformulación.
    ReformulationDecision = 100,
    /// Evaluación de eficacia.
    EffectivenessReview = 101,
    /// Evidencia.
    Evidence = 102,
    /// Revisión por la dirección.
    ManagementReview = 110,
    /// Decisión de la dirección.
    Decision = 111,
    /// Socialización.
    Dissemination = 112,
    /// Acuse de recibo.
    Acknowledgement = 113,
}
