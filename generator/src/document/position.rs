//! Positions in the table of schemas.
//!
//! In: nothing. Out: types. Not here: the schemas.

/// Index of a schema in [`Document::schemas`](super::Document::schemas).
pub type Pos = usize;

/// A schema that another one names. `None` dangles, or could not be read, which has been reported: such a value is of unknown
/// type.
pub type Child = Option<Pos>;
