//! What processes give each other, and whom outside they deal with.

/// Somebody outside: name, description.
pub const PARTIES: &[(&str, &str)] = &[
    ("Ciudadanía", "Personas y organizaciones que presentan solicitudes o reciben información."),
    ("Estudiantes y familias", "Quienes reciben el servicio educativo."),
    ("Establecimientos educativos", "Instituciones y centros educativos, oficiales y privados."),
    ("Docentes y directivos docentes", "Personal de los establecimientos educativos oficiales."),
    ("Ministerio de Educación Nacional", "Fija la política y asiste técnicamente."),
    ("Entidad territorial", "Alcaldía o gobernación, con sus demás secretarías."),
    ("Entes de control", "Contralorías, Procuraduría, personerías."),
    ("Comisión Nacional del Servicio Civil", "Administra la carrera."),
    ("ICFES", "Aplica las evaluaciones externas."),
    ("Proveedores y contratistas", "Quienes entregan bienes y servicios."),
];

/// What a process gives to others: from, name, to.
#[rustfmt::skip]
pub const OUTPUTS: &[(&str, &str, &[&str])] = &[
    ("A01", "Diagnóstico del sector educativo", &["A02", "B01", "C02"]),
    ("A02", "Plan de desarrollo educativo aprobado", &["A04", "B01", "J01", "L01"]),
    ("A03", "Informe de asistencia a establecimientos educativos", &["D02"]),
    ("A04", "Informe de avance del plan de desarrollo educativo", &["A05", "N01"]),
    ("B01", "Proyectos inscritos en el banco de programas", &["B02", "J01"]),
    ("B02", "Informe de ejecución de proyectos", &["A04"]),
    ("C01", "Lineamientos de la matrícula de la vigencia", &["C02", "C03"]),
    ("C02", "Proyección de cupos consolidada", &["C03", "H01"]),
    ("C03", "Cupos asignados", &["C04"]),
    ("C04", "Matrícula registrada", &["C05", "A01", "H01"]),
    ("C05", "Informe de auditoría de matrícula", &["A01", "N01"]),
    ("C06", "Informe de operación de alimentación y transporte escolar", &["A04"]),
    ("D01", "Análisis de resultados de las evaluaciones", &["D02", "A01"]),
    ("D02", "Plan de apoyo al mejoramiento", &["H03", "A04"]),
    ("D03", "Informe de trayectorias educativas", &["D02"]),
    ("E01", "Consolidado de solicitudes por dependencia", &["E02", "N01"]),
    ("E02", "Medición de la satisfacción", &["N01"]),
    ("F01", "Informe de inspección y vigilancia", &["D02", "N01"]),
    ("F02", "Registro de establecimientos educativos legalizados", &["G01", "C02"]),
    ("G01", "Información depurada del sector", &["A01", "C02"]),
    ("G09", "Boletín estadístico impreso", &["A05"]),
    ("H01", "Planta de cargos viabilizada", &["H02", "J01"]),
    ("H02", "Actos de nombramiento y posesión", &["H06", "H07"]),
    ("H03", "Plan institucional de capacitación ejecutado", &["A04"]),
    ("H04", "Actos de ascenso en el escalafón", &["H06", "H07"]),
    ("H05", "Prestaciones reconocidas", &["H07"]),
    ("H06", "Nómina liquidada", &["J02", "J03"]),
    ("I01", "Contratos perfeccionados", &["I02", "J01"]),
    ("I02", "Inventario actualizado", &["J03"]),
    ("J01", "Registros presupuestales", &["J02", "I01"]),
    ("J02", "Comprobantes de pago", &["J03"]),
    ("K01", "Informe de evaluación independiente", &["N01"]),
    ("L01", "Plan de tecnología informática", &["L02", "I01"]),
    ("L02", "Servicios de tecnología disponibles", &["G01"]),
    ("M01", "Conceptos jurídicos", &["I01", "H02"]),
    ("M02", "Contenidos publicados", &["A05"]),
    ("N01", "Planes de mejoramiento de los procesos", &["A04", "K01"]),
    ("N02", "Listado maestro de documentos vigentes", &["N03", "N01"]),
    ("N03", "Registros controlados", &["K01"]),
];

/// What only the taker says: taker, name, from.
#[rustfmt::skip]
pub const INPUTS: &[(&str, &str, &str)] = &[
    ("A02", "Lineamientos presupuestales de la vigencia", "J01"),
    ("C03", "Solicitudes de cupo recibidas por ventanilla", "E01"),
    ("D01", "Listados de estudiantes matriculados", "C04"),
    ("E01", "Formatos vigentes de atención", "N02"),
    ("F01", "Quejas sobre establecimientos educativos", "E01"),
    ("H03", "Necesidades de formación docente", "D01"),
    ("I01", "Plan anual de adquisiciones aprobado", "A02"),
    ("K01", "Caracterizaciones vigentes", "N02"),
    ("N01", "Estados financieros de la vigencia", "J03"),
];

/// Something, and who outside gives or takes it.
type Beyond = (&'static str, &'static str);

/// What every process takes from outside and gives to it, by its macroprocess: letter, (what, from whom), (what, to whom).
#[rustfmt::skip]
pub const OUTSIDE: &[(&str, Beyond, Beyond)] = &[
    ("A", ("Política educativa nacional", "Ministerio de Educación Nacional"), ("Informe de gestión", "Entidad territorial")),
    ("B", ("Convocatorias de cofinanciación", "Ministerio de Educación Nacional"), ("Proyectos ejecutados", "Establecimientos educativos")),
    ("C", ("Solicitudes de cupo", "Estudiantes y familias"), ("Respuesta sobre el cupo", "Estudiantes y familias")),
    ("D", ("Resultados de las pruebas Saber", "ICFES"), ("Acompañamiento pedagógico", "Establecimientos educativos")),
    ("E", ("Peticiones, quejas y reclamos", "Ciudadanía"), ("Respuesta a la solicitud", "Ciudadanía")),
    ("F", ("Solicitudes de licencia", "Establecimientos educativos"), ("Acto que decide", "Establecimientos educativos")),
    ("G", ("Reportes de los establecimientos educativos", "Establecimientos educativos"), ("Información publicada", "Ciudadanía")),
    ("H", ("Listas de elegibles", "Comisión Nacional del Servicio Civil"), ("Respuesta al servidor", "Docentes y directivos docentes")),
    ("I", ("Propuestas y cotizaciones", "Proveedores y contratistas"), ("Bienes y servicios entregados", "Establecimientos educativos")),
    ("J", ("Giros del Sistema General de Participaciones", "Ministerio de Educación Nacional"), ("Informes financieros", "Entes de control")),
    ("K", ("Requerimientos de los entes de control", "Entes de control"), ("Informes de ley", "Entes de control")),
    ("L", ("Lineamientos de gobierno digital", "Entidad territorial"), ("Conectividad escolar", "Establecimientos educativos")),
    ("M", ("Demandas y tutelas", "Ciudadanía"), ("Actuaciones judiciales", "Entes de control")),
    ("N", ("Normas técnicas", "Entidad territorial"), ("Sistema de gestión documentado", "Entidad territorial")),
];
