//! What is commonly found in secretariats, why it comes about, and what is done about it.

use entity::improvement::CauseCategory::{self, Direction, Material, Measurement, Method, People, Technology};

/// Something that is found.
pub struct Case {
    /// Code of the process.
    pub process: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What is.
    pub condition: &'static str,
    /// What it leads to.
    pub effect: &'static str,
    /// Clause of ISO 9001, and policy of MIPG, that it falls short of.
    pub requirements: (&'static str, &'static str),
    /// Why it comes about.
    pub cause: (CauseCategory, &'static str),
    /// The whys that lead there.
    pub whys: &'static [&'static str],
    /// What is done about it.
    pub action: &'static str,
    /// In what that is counted, and how many.
    pub measure: (&'static str, i64),
}

#[rustfmt::skip]
pub const CASES: &[Case] = &[
    Case {
        process: "C02", name: "Proyección de cupos sin soporte del estudio de insuficiencia",
        condition: "La proyección de cupos de la vigencia se aprobó sin el estudio de insuficiencia de cuatro establecimientos.",
        effect: "Se ofrecen cupos que los establecimientos no pueden atender.",
        requirements: ("8.5.1", "PLANEACION"),
        cause: (Method, "El procedimiento no fija el momento en que se cruza la proyección con el estudio."),
        whys: &["El estudio llegó después de la aprobación.", "Nadie lo pidió antes.", "El procedimiento no dice cuándo pedirlo."],
        action: "Ajustar el procedimiento de proyección de cupos y aplicarlo en los establecimientos", measure: ("Establecimientos", 12),
    },
    Case {
        process: "E01", name: "Solicitudes respondidas fuera del término",
        condition: "De 60 solicitudes revisadas, 14 se respondieron después del término de ley.",
        effect: "Tutelas y quejas por silencio de la administración.",
        requirements: ("8.2.1", "SERVICIO"),
        cause: (People, "No hay reemplazo para quienes responden cuando están ausentes."),
        whys: &["Las solicitudes esperaron a quien estaba de licencia.", "Nadie las reasignó.", "No hay quien reemplace."],
        action: "Capacitar a un reemplazo por dependencia y alertar los vencimientos", measure: ("Personas capacitadas", 20),
    },
    Case {
        process: "H03", name: "Plan de formación sin evaluación del aprendizaje",
        condition: "Las jornadas del plan de formación no registran evaluación del aprendizaje ni de su aplicación.",
        effect: "No se sabe si la formación mejora el desempeño.",
        requirements: ("7.2", "GETH"),
        cause: (Measurement, "No hay instrumento para evaluar la formación."),
        whys: &["Solo se registra la asistencia.", "No se definió qué medir.", "No hay instrumento."],
        action: "Aplicar un instrumento de evaluación en cada jornada de formación", measure: ("Jornadas evaluadas", 10),
    },
    Case {
        process: "N02", name: "Documentos obsoletos en los puestos de trabajo",
        condition: "En tres dependencias se usan formatos de versiones derogadas.",
        effect: "Registros incompletos y trámites devueltos.",
        requirements: ("7.5.3.1", "GESTION_DOCUMENTAL"),
        cause: (Technology, "El repositorio no avisa de las versiones nuevas."),
        whys: &["Los funcionarios guardan copias propias.", "No se enteran de las versiones nuevas.", "El repositorio no avisa."],
        action: "Configurar avisos del repositorio y retirar las copias derogadas", measure: ("Dependencias revisadas", 8),
    },
    Case {
        process: "D02", name: "Planes de mejoramiento institucional sin seguimiento",
        condition: "Nueve establecimientos no tienen actas de seguimiento a su plan de mejoramiento.",
        effect: "No se corrigen a tiempo las desviaciones de los establecimientos.",
        requirements: ("9.1.3", "CONOCIMIENTO"),
        cause: (Direction, "El acompañamiento no se prioriza según los resultados."),
        whys: &["No se visitó a los establecimientos.", "El cronograma no los incluyó.", "No hay criterio para priorizar."],
        action: "Visitar los establecimientos priorizados y levantar actas de seguimiento", measure: ("Visitas", 18),
    },
    Case {
        process: "C05", name: "Auditoría de matrícula sin cierre de inconsistencias",
        condition: "El 12 % de las inconsistencias de la auditoría de matrícula sigue sin depurar.",
        effect: "Se reportan estudiantes que no asisten.",
        requirements: ("8.6", "CONTROL_INTERNO"),
        cause: (Material, "Los establecimientos entregan tarde los soportes."),
        whys: &["Faltan soportes.", "Los establecimientos los entregan tarde.", "No se fijó plazo."],
        action: "Depurar las inconsistencias con los establecimientos en mesas de trabajo", measure: ("Mesas de trabajo", 12),
    },
    Case {
        process: "A04", name: "Indicadores del plan de acción sin análisis",
        condition: "El tablero publica los indicadores del trimestre sin el análisis de las desviaciones.",
        effect: "La dirección decide sin conocer las causas.",
        requirements: ("9.1.3", "SEGUIMIENTO"),
        cause: (Method, "El formato de reporte no pide el análisis."),
        whys: &["Nadie escribe el análisis.", "El formato no lo pide."],
        action: "Incluir el análisis en el formato de reporte y acompañar su uso", measure: ("Reportes", 8),
    },
    Case {
        process: "J01", name: "Reservas presupuestales sin justificación",
        condition: "Se constituyeron reservas por contratos que no presentaban fuerza mayor.",
        effect: "Se castiga el presupuesto de la vigencia siguiente.",
        requirements: ("8.5.1", "PRESUPUESTO"),
        cause: (Direction, "La contratación se inicia en el último trimestre."),
        whys: &["Los contratos terminan después de la vigencia.", "Se firman tarde.", "La programación empieza tarde."],
        action: "Programar y publicar el plan de adquisiciones antes de iniciar la vigencia", measure: ("Seguimientos", 6),
    },
    Case {
        process: "N01", name: "Acciones de mejora sin medir su eficacia",
        condition: "Cinco acciones se cerraron con la evidencia de la actividad y no de su efecto.",
        effect: "Los hallazgos se repiten.",
        requirements: ("10.2.1", "FORTALECIMIENTO"),
        cause: (Method, "El procedimiento no distingue ejecutar de ser eficaz."),
        whys: &["Se cierra al ejecutar.", "El procedimiento lo permite."],
        action: "Ajustar el procedimiento de mejora y evaluar la eficacia de las acciones cerradas", measure: ("Acciones evaluadas", 10),
    },
    Case {
        process: "C03", name: "Traslados de estudiantes sin trazabilidad",
        condition: "Los traslados aprobados por teléfono no dejan registro de quién los autorizó.",
        effect: "Cupos asignados dos veces.",
        requirements: ("8.5.1", "TRAMITES"),
        cause: (Technology, "El sistema no ofrece un formulario de traslado."),
        whys: &["Se autorizan por teléfono.", "No hay formulario."],
        action: "Poner en servicio el formulario de traslados y retirar el trámite telefónico", measure: ("Entregas", 4),
    },
];
