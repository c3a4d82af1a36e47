//! Words of the frameworks.

vocabulary! {
    /// Clase de requisito. What sort of thing a framework asks for.
    pub enum RequirementKind {
        /// Dimensión. One of the parts into which MIPG divides management.
        Dimension = 1, "DIMENSION", "Dimensión", "Dimension";
        /// Política. A policy of management and performance, inside a dimension.
        Policy = 2, "POLICY", "Política", "Policy";
        /// Lineamiento. What a policy asks for in particular.
        Guideline = 3, "GUIDELINE", "Lineamiento", "Guideline";
        /// Componente. One of the parts of the internal control model.
        Component = 4, "COMPONENT", "Componente", "Component";
        /// Principio. A principle on which a framework rests.
        Principle = 5, "PRINCIPLE", "Principio", "Principle";
        /// Numeral. A clause of a standard, at any depth.
        Clause = 6, "CLAUSE", "Numeral", "Clause";
    }
}

vocabulary! {
    /// Relación de correspondencia. How the first requirement stands to the second.
    pub enum CrosswalkRelation {
        /// Equivalente. Both ask for the same.
        Equal = 1, "EQUAL", "Equivalente", "Equal";
        /// Contenido. The first asks for a part of what the second asks for.
        Subset = 2, "SUBSET", "Contenido", "Subset";
        /// Contiene. The first asks for all that the second asks for, and more.
        Superset = 3, "SUPERSET", "Contiene", "Superset";
        /// Se cruza. They have something in common, and each something of its own.
        Intersects = 4, "INTERSECTS", "Se cruza", "Intersects";
    }
}
