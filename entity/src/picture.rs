//! Words of pictures.

vocabulary! {
    /// Clase de imagen. What a picture shows.
    pub enum PictureKind {
        /// Organigrama. The units of an organization's structure, or of one version of it, as a tree.
        OrgChart = 1, "ORG_CHART", "Organigrama", "Organization chart";
        /// Mapa de procesos. The processes of an organization in the bands in which secretariats draw them.
        ProcessMap = 2, "PROCESS_MAP", "Mapa de procesos", "Process map";
        /// SIPOC. Suppliers, inputs, activities, outputs and customers of a process, or of one version of it.
        Sipoc = 3, "SIPOC", "SIPOC", "SIPOC";
        /// Mapa de calor de la alineación. Which process of an organization leads or contributes to which policy of MIPG.
        HeatMap = 4, "HEAT_MAP", "Mapa de calor de la alineación", "Alignment heat map";
        /// Cambios de la estructura. What became of the units of an organization between two days.
        StructureDiff = 5, "STRUCTURE_DIFF", "Cambios de la estructura", "Changes of the structure";
        /// Comparación con la referencia. What the map of a secretariat does with each process of the national reference.
        Comparison = 6, "COMPARISON", "Comparación con la referencia", "Comparison with the reference";
        /// Trazabilidad. What an object reaches by links, as a graph from it.
        Trace = 7, "TRACE", "Trazabilidad", "Trace";
        /// Cadena del hallazgo. Whence a finding comes, what it touches, its causes, plans and actions, and whether these worked.
        FindingChain = 8, "FINDING_CHAIN", "Cadena del hallazgo", "Chain of a finding";
        /// Plan de mejoramiento en el tiempo. The actions of an improvement plan as bars, as far as they are at a cut-off (Gantt).
        PlanGantt = 9, "PLAN_GANTT", "Plan de mejoramiento en el tiempo", "Improvement plan over time";
        /// Calendario del programa de auditorías. The audits of a program by month, as they were planned and as they went.
        ProgramCalendar = 10, "PROGRAM_CALENDAR", "Calendario del programa de auditorías", "Calendar of an audit program";
    }
}

vocabulary! {
    /// Formato de imagen. The form in which a picture is given.
    pub enum PictureFormat {
        /// SVG. An image for the screen and the wall.
        Svg = 1, "SVG", "SVG", "SVG";
        /// Mermaid. A text from which Mermaid draws.
        Mermaid = 2, "MERMAID", "Mermaid", "Mermaid";
        /// Texto. What the picture shows, in words.
        Text = 3, "TEXT", "Texto", "Text";
    }
}
