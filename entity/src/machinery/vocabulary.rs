//! Words of the history.

vocabulary! {
    /// Operación del historial. What happened to the object.
    pub enum HistoryOperation {
        /// Creación. The object came to be.
        Create = 1, "CREATE", "Creación", "Creation";
        /// Modificación. Fields of the object changed.
        Update = 2, "UPDATE", "Modificación", "Update";
        /// Eliminación. The object was removed.
        Delete = 3, "DELETE", "Eliminación", "Deletion";
    }
}
