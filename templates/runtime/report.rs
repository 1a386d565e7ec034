// @generated runtime. Do not edit: it is copied from the generator's templates.
//! An error as one line with its causes.
//!
//! In: an error. Out: its text. Not here: what each error says itself, which never repeats its cause.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};

use super::error::Error;

/// Shows an error and its causes, separated by colons.
pub(crate) struct Report<'a>(pub(crate) &'a (dyn StdError + 'static));

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut error = self.0;
        while let Some(cause) = error.source() {
            write!(f, ": {cause}")?;
            error = cause;
        }
        Ok(())
    }
}

impl Error {
    /// Returns the text of the error with all its causes, which `Display` does not show:
    /// `cannot connect: .. : Connection refused (os error 111)`.
    ///
    /// Libraries that print the causes themselves, such as `anyhow`, do not need it.
    pub fn report(&self) -> impl Display + '_ {
        Report(self)
    }
}
