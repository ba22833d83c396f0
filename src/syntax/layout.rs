//! Lines and their nesting.

/// The lines of a file with their nesting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {}
