//! What the processes of the national reference are about, as the demonstration draws on it: who commonly leads them,
//! what they are aligned to, and what their secretariats add to them. Names come from the reference itself.

/// What is known of a process beforehand. One that has no outline of its own takes that of the one above it.
pub struct Outline {
    /// Its code in the reference, or the one that secretariats give it.
    pub code: &'static str,
    /// Codes of units, the first of which that exists leads it.
    pub leads: &'static [&'static str],
    /// Codes of units that take part, where they exist.
    pub supports: &'static [&'static str],
    /// Policies of MIPG that it leads.
    pub heads: &'static [&'static str],
    /// Policies of MIPG to which it contributes.
    pub helps: &'static [&'static str],
    /// Norms of the national catalogue that bind it.
    pub norms: &'static [&'static str],
    /// What it is there for.
    pub objective: &'static str,
}

const fn outline(
    code: &'static str,
    leads: &'static [&'static str],
    supports: &'static [&'static str],
    (heads, helps): (&'static [&'static str], &'static [&'static str]),
    norms: &'static [&'static str],
    objective: &'static str,
) -> Outline {
    Outline { code, leads, supports, heads, helps, norms, objective }
}

/// The outline of a process: its own, or that of the nearest one above it.
pub fn of(code: &str) -> &'static Outline {
    let upwards = [code, code.split('.').next().unwrap_or(code), code.get(..1).unwrap_or(code)];
    let known = upwards.iter().find_map(|code| OUTLINES.iter().find(|outline| outline.code == *code));
    known.unwrap_or(&OUTLINES[0])
}

const DUR: &str = "DECRETO_1075_2015";
const COMPETENCES: &str = "LEY_715_2001";
const MIPG: &str = "DECRETO_1499_2017";

#[rustfmt::skip]
const OUTLINES: &[Outline] = &[
    outline("A", &["110"], &["200", "300", "400"], (&[], &["PLANEACION"]), &[COMPETENCES],
        "Orientar la gestión del sector educativo hacia las metas del plan de desarrollo."),
    outline("A01", &["110"], &["210", "310", "315"], (&["ESTADISTICA"], &["PLANEACION", "CONOCIMIENTO"]), &[COMPETENCES],
        "Contar con un diagnóstico confiable del sector para decidir con evidencia."),
    outline("A02", &["110"], &["100", "200", "300"], (&["PLANEACION"], &["PARTICIPACION"]), &[COMPETENCES, "DECRETO_612_2018"],
        "Definir objetivos, metas y recursos del sector para el periodo de gobierno."),
    outline("A03", &["110"], &["200", "300", "263"], (&[], &["PLANEACION", "SERVICIO"]), &[COMPETENCES],
        "Acompañar a quienes prestan el servicio educativo en el ejercicio de sus competencias."),
    outline("A04", &["110"], &["400"], (&["SEGUIMIENTO"], &["PLANEACION"]), &[MIPG],
        "Conocer el avance de las metas y corregir a tiempo las desviaciones."),
    outline("A05", &["150", "110"], &["100"], (&["PARTICIPACION"], &["TRANSPARENCIA"]), &["LEY_1712_2014"],
        "Informar y explicar a la ciudadanía los resultados de la gestión educativa."),
    outline("B", &["110"], &["420"], (&[], &["PLANEACION"]), &[COMPETENCES],
        "Convertir las necesidades del sector en proyectos viables y ejecutarlos."),
    outline("B01", &["110"], &["420", "340"], (&[], &["PLANEACION", "PRESUPUESTO"]), &[COMPETENCES],
        "Formular y registrar los proyectos de inversión del sector."),
    outline("B02", &["110"], &["420"], (&[], &["SEGUIMIENTO", "PRESUPUESTO"]), &[COMPETENCES],
        "Ejecutar los proyectos dentro del tiempo, el costo y el alcance aprobados."),
    outline("C", &["300"], &["110", "330"], (&[], &["SERVICIO"]), &[COMPETENCES, DUR],
        "Garantizar el acceso y la permanencia de los niños, niñas y jóvenes en el sistema educativo."),
    outline("C01", &["300"], &["310", "315"], (&[], &["PLANEACION", "SERVICIO"]), &[DUR],
        "Fijar las reglas y el calendario de la matrícula oficial de la vigencia."),
    outline("C02", &["310", "315", "300"], &["320", "110", "340"], (&[], &["PLANEACION", "ESTADISTICA"]), &[DUR, COMPETENCES],
        "Determinar los cupos que se ofrecerán y las estrategias para que los estudiantes lleguen y permanezcan."),
    outline("C03", &["310", "315", "300"], &["430"], (&[], &["SERVICIO", "TRAMITES"]), &[DUR],
        "Asignar un cupo a cada estudiante que lo solicita."),
    outline("C04", &["310", "315", "300"], &["140"], (&[], &["ESTADISTICA", "GOBIERNO_DIGITAL"]), &[DUR],
        "Formalizar la matrícula de los estudiantes en el sistema nacional."),
    outline("C05", &["320", "315", "300"], &["130"], (&[], &["CONTROL_INTERNO", "SEGUIMIENTO"]), &[DUR],
        "Verificar que la matrícula reportada exista y tomar las medidas que correspondan."),
    outline("C06", &["330", "320", "315", "300"], &["420"], (&[], &["SERVICIO", "COMPRAS"]), &[DUR],
        "Entregar alimentación y transporte escolar a los estudiantes priorizados."),
    outline("D", &["200"], &["110", "240"], (&[], &["CONOCIMIENTO"]), &["LEY_115_1994", DUR],
        "Mejorar los aprendizajes de los estudiantes y la gestión de los establecimientos educativos."),
    outline("D01", &["210", "220", "200"], &["230"], (&[], &["SEGUIMIENTO", "CONOCIMIENTO"]), &["LEY_115_1994"],
        "Usar los resultados de las evaluaciones para orientar el mejoramiento."),
    outline("D02", &["220", "200"], &["210", "250", "270"], (&["CONOCIMIENTO"], &["PARTICIPACION"]), &["LEY_115_1994", DUR],
        "Acompañar a los establecimientos educativos en sus planes de mejoramiento."),
    outline("D03", &["240", "280", "200"], &["230"], (&[], &["SERVICIO"]), &["LEY_115_1994"],
        "Acompañar el paso de los niños y jóvenes de un nivel educativo al siguiente."),
    outline("D05", &["270", "200"], &["220"], (&[], &["CONOCIMIENTO"]), &["LEY_115_1994"],
        "Promover prácticas pedagógicas nuevas y compartir las que dan resultado."),
    outline("E", &["430", "110"], &["120", "150"], (&[], &["SERVICIO"]), &["LEY_1712_2014"],
        "Atender a la ciudadanía de manera oportuna, clara y respetuosa."),
    outline("E01", &["430", "110"], &["120", "441"], (&["SERVICIO", "TRAMITES"], &["TRANSPARENCIA"]), &["LEY_1712_2014", "LEY_1474_2011"],
        "Recibir, tramitar y responder dentro del término cada solicitud."),
    outline("E02", &["430", "110"], &["150"], (&[], &["SERVICIO", "PARTICIPACION"]), &["LEY_1474_2011"],
        "Conocer la percepción de la ciudadanía y mejorar con ella los servicios."),
    outline("F", &["130"], &["120"], (&[], &["CONTROL_INTERNO"]), &["LEY_115_1994", DUR],
        "Velar por que los establecimientos educativos cumplan las normas del servicio."),
    outline("F01", &["130"], &["200", "120"], (&[], &["CONTROL_INTERNO", "SEGUIMIENTO"]), &[DUR],
        "Ejecutar el plan operativo anual de inspección y vigilancia."),
    outline("F02", &["130"], &["120"], (&[], &["TRAMITES", "MEJORA_NORMATIVA"]), &[DUR],
        "Decidir sobre licencias y novedades de los establecimientos educativos."),
    outline("G", &["140", "110"], &["150"], (&[], &["GESTION_DOCUMENTAL"]), &["LEY_1712_2014"],
        "Disponer de información íntegra, oportuna y accesible."),
    outline("G01", &["140", "110"], &["441", "310", "315"], (&["GESTION_DOCUMENTAL", "TRANSPARENCIA"], &["ESTADISTICA"]), &["LEY_1712_2014"],
        "Administrar la información del sector y controlar su calidad."),
    outline("G09", &["140", "110"], &[], (&[], &["ESTADISTICA"]), &["LEY_1712_2014"],
        "Divulgar en papel las cifras del sector."),
    outline("H", &["410", "415", "400"], &["416", "120"], (&[], &["GETH"]), &["LEY_909_2004", COMPETENCES],
        "Contar con el personal docente y administrativo que el servicio necesita."),
    outline("H01", &["410", "415", "400"], &["420"], (&[], &["GETH", "FORTALECIMIENTO"]), &[COMPETENCES, "DECRETO_785_2005"],
        "Definir y controlar la planta de cargos que el servicio requiere."),
    outline("H02", &["410", "415", "400"], &["120"], (&[], &["GETH"]), &["LEY_909_2004"],
        "Proveer los cargos con personal idóneo mediante los procedimientos de ley."),
    outline("H03", &["416", "410", "400"], &["250"], (&["GETH", "INTEGRIDAD"], &["CONOCIMIENTO"]), &["LEY_909_2004", "DECRETO_1083_2015"],
        "Desarrollar las competencias y el bienestar de los servidores."),
    outline("H04", &["413", "410", "415", "400"], &["120"], (&[], &["GETH"]), &["LEY_909_2004"],
        "Reconocer los derechos de carrera de docentes y administrativos."),
    outline("H05", &["412", "410", "415", "400"], &["420"], (&[], &["GETH", "TRAMITES"]), &[DUR],
        "Tramitar las prestaciones del magisterio en los términos de ley."),
    outline("H06", &["411", "410", "415", "400"], &["420", "421"], (&[], &["GETH", "PRESUPUESTO"]), &[COMPETENCES],
        "Liquidar y pagar la nómina de manera correcta y oportuna."),
    outline("H07", &["410", "415", "400"], &["441"], (&[], &["GETH", "GESTION_DOCUMENTAL"]), &["DECRETO_1083_2015"],
        "Mantener completa y segura la historia laboral de los servidores."),
    outline("I", &["440", "400"], &["120", "442"], (&[], &["COMPRAS"]), &["LEY_1474_2011"],
        "Proveer los bienes y servicios que los procesos necesitan."),
    outline("I01", &["440", "400"], &["120", "421"], (&["COMPRAS"], &["TRANSPARENCIA"]), &["LEY_1474_2011"],
        "Adquirir bienes y servicios con transparencia y economía."),
    outline("I02", &["440", "400"], &["442", "340"], (&[], &["COMPRAS", "PRESUPUESTO"]), &["LEY_610_2000"],
        "Conservar y asignar los bienes del sector."),
    outline("J", &["420", "400"], &["421", "422"], (&[], &["PRESUPUESTO"]), &[COMPETENCES],
        "Administrar los recursos financieros del sector con sujeción a la ley."),
    outline("J01", &["421", "420", "400"], &["110"], (&["PRESUPUESTO"], &["PLANEACION"]), &[COMPETENCES, "DECRETO_028_2008"],
        "Programar y ejecutar el presupuesto del sector."),
    outline("J02", &["422", "420", "400"], &[], (&[], &["PRESUPUESTO"]), &[COMPETENCES],
        "Programar y realizar los pagos de las obligaciones."),
    outline("J03", &["422", "420", "400"], &[], (&[], &["PRESUPUESTO", "TRANSPARENCIA"]), &["LEY_610_2000"],
        "Registrar los hechos económicos y presentar los estados contables."),
    outline("K", &["100"], &["110", "170"], (&[], &["CONTROL_INTERNO"]), &["LEY_87_1993"],
        "Evaluar con independencia el sistema de control interno."),
    outline("K01", &["100"], &["110", "170"], (&["CONTROL_INTERNO"], &["SEGUIMIENTO"]), &["LEY_87_1993", "DECRETO_648_2017"],
        "Examinar la gestión y recomendar mejoras a la alta dirección."),
    outline("L", &["140", "110"], &["200"], (&[], &["GOBIERNO_DIGITAL"]), &["DECRETO_1083_2015"],
        "Poner la tecnología al servicio de la gestión educativa."),
    outline("L01", &["140", "110"], &["420"], (&["GOBIERNO_DIGITAL"], &["PLANEACION"]), &["DECRETO_1083_2015"],
        "Planear y desarrollar las soluciones de tecnología del sector."),
    outline("L02", &["140", "110"], &["440"], (&["SEGURIDAD_DIGITAL"], &["GOBIERNO_DIGITAL"]), &["DECRETO_1083_2015"],
        "Mantener disponibles y seguros los equipos y sistemas."),
    outline("M", &["120"], &["100", "150"], (&[], &["DEFENSA_JURIDICA"]), &["LEY_489_1998"],
        "Dar seguridad jurídica a las actuaciones y difundirlas."),
    outline("M01", &["120"], &["400"], (&["DEFENSA_JURIDICA", "MEJORA_NORMATIVA"], &["TRANSPARENCIA"]), &["LEY_489_1998", "LEY_1952_2019"],
        "Asesorar a las dependencias y defender a la entidad."),
    outline("M02", &["150", "120"], &["100"], (&[], &["TRANSPARENCIA", "PARTICIPACION"]), &["LEY_1712_2014"],
        "Comunicar a la comunidad educativa lo que la Secretaría hace."),
    outline("N", &["170", "110"], &["100"], (&[], &["FORTALECIMIENTO"]), &[MIPG],
        "Mantener y mejorar el sistema de gestión de la calidad."),
    outline("N01", &["170", "110"], &["200", "300", "400"], (&["FORTALECIMIENTO"], &["SEGUIMIENTO", "CONTROL_INTERNO"]), &[MIPG, "LEY_87_1993"],
        "Analizar el desempeño de los procesos y emprender acciones de mejora."),
    outline("N02", &["170", "110"], &["441"], (&[], &["GESTION_DOCUMENTAL", "FORTALECIMIENTO"]), &[MIPG],
        "Asegurar que en cada puesto se use la versión vigente de los documentos."),
    outline("N03", &["170", "110"], &["441"], (&[], &["GESTION_DOCUMENTAL"]), &["LEY_1712_2014"],
        "Conservar los registros que prueban lo que se hizo."),
];

/// How secretariats that adapt a macroprocess call it, and why.
pub const ADAPTED: &[(&str, &str, &str)] = &[
    (
        "A",
        "Direccionamiento Estratégico del Sector Educativo",
        "Se integra con el direccionamiento de la entidad territorial.",
    ),
    ("C", "Gestión de la Cobertura Educativa", "Incluye las estrategias de permanencia que el territorio financia."),
    ("D", "Gestión de la Calidad Educativa", "Se amplía a la educación inicial."),
    ("E", "Servicio a la Ciudadanía", "Se ajusta al sistema de atención de la entidad territorial."),
    (
        "G",
        "Gestión de la Información y del Conocimiento",
        "Reúne la información estadística y la gestión del conocimiento.",
    ),
    ("H", "Gestión del Talento Humano Docente y Administrativo", "Distingue las plantas docente y administrativa."),
    ("K", "Evaluación Independiente", "La ejerce la oficina de control interno de la entidad territorial."),
    ("N", "Mejora Continua", "El sistema de gestión es uno solo con el de la entidad territorial."),
];

/// Macroprocesses that some secretariats do without, and why.
pub const DISPENSABLE: &[(&str, &str)] = &[
    ("B", "El banco de proyectos lo administra la Secretaría de Planeación de la entidad territorial."),
    ("F", "La inspección y vigilancia se ejerce dentro de la gestión de la calidad educativa."),
    ("L", "La tecnología la administra la Secretaría de las TIC de la entidad territorial."),
    ("M", "La defensa judicial y la prensa están a cargo de dependencias centrales de la entidad territorial."),
];

/// Macroprocesses that some secretariats do together: the one that stays, the one that goes into it, their name.
pub const MERGED: &[(&str, &str, &str)] =
    &[("I", "J", "Gestión Administrativa y Financiera"), ("G", "L", "Gestión de la Información y la Tecnología")];

/// Processes that the reference does not have: code, the macroprocess above, name.
pub const OWN: &[(&str, &str, &str)] = &[
    ("C06", "C", "Administrar la alimentación y el transporte escolar"),
    ("D03", "D", "Acompañar las trayectorias educativas"),
];

/// The one that every secretariat has given up, and what is still done under it where that was overlooked.
pub const GIVEN_UP: (&str, &str, &str) = ("G09", "G", "Publicar el boletín estadístico impreso");
/// See [`GIVEN_UP`].
pub const LEFT_BEHIND: (&str, &str) = ("G09.01", "Distribuir el boletín estadístico a los establecimientos educativos");
/// The one that some are only writing down.
pub const PROSPECT: (&str, &str, &str) = ("D05", "D", "Gestionar la innovación educativa");

/// Processes of the reference that shorter maps do within others.
pub const IN_OTHERS: &[&str] =
    &["A03", "A05", "B02", "C06", "D03", "F02", "H05", "H06", "I01", "I02", "J02", "L01", "M01", "M02"];

/// Procedures: code, the process or subprocess above, name.
pub const PROCEDURES: &[(&str, &str, &str)] = &[
    ("N01.02.P01", "N01.02", "Programar y ejecutar auditorías internas de calidad"),
    ("N02.04.P01", "N02.04", "Elaborar, aprobar y divulgar documentos"),
    ("E01.01.P01", "E01.01", "Radicar y direccionar solicitudes"),
    ("C02.01.P01", "C02.01", "Proyectar cupos por establecimiento educativo"),
    ("H06.01.P01", "H06.01", "Registrar novedades de nómina"),
    ("D02.02.P01", "D02.02", "Revisar planes de mejoramiento institucional"),
];
