//! Levels that the user sets for codes: some stop the generator, others are ignored.
//!
//! In: ids of codes, and levels. Out: [`Lints`], which settle a [`Report`](super::Report). Not here: arguments.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::{Code, Level, nearest};

/// A code, or all codes of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lint {
    /// One code.
    Code(Code),
    /// All warnings.
    Warnings,
    /// All notes.
    Notes,
}

/// The name on the command line.
impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code(code) => code.id(),
            Self::Warnings => "warnings",
            Self::Notes => "notes",
        })
    }
}

/// The lint does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLint {
    /// The name that was given.
    pub name: String,
    /// The name that was probably meant.
    pub near: Option<&'static str>,
}

impl fmt::Display for UnknownLint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the diagnostic `{}` does not exist", self.name)?;
        match self.near {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownLint {}

/// The id of a code, `warnings` or `notes`.
impl FromStr for Lint {
    type Err = UnknownLint;

    fn from_str(name: &str) -> Result<Self, UnknownLint> {
        match name {
            "warnings" => return Ok(Self::Warnings),
            "notes" => return Ok(Self::Notes),
            _ => {}
        }
        let code = Code::ALL.iter().find(|code| code.id() == name);
        code.map(|code| Self::Code(*code)).ok_or_else(|| {
            let ids = Code::ALL.iter().map(|code| code.id());
            UnknownLint {
                name: name.to_owned(),
                near: nearest(name, ids.chain(["warnings", "notes"])),
            }
        })
    }
}

/// This code is an error, and errors cannot be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAllowed(pub Code);

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.0.id();
        write!(
            f,
            "`{id}` is an error and cannot be allowed: the crate would be wrong or would not compile"
        )
    }
}

impl std::error::Error for NotAllowed {}

/// Which diagnostics are errors, and which are left out. A rule for a code takes precedence over a rule for its level; of two
/// rules for the same, the last one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lints(BTreeMap<Lint, Ruling>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ruling {
    Deny,
    Allow,
}

impl Lints {
    /// Makes diagnostics errors.
    pub fn deny(&mut self, lint: Lint) -> &mut Self {
        self.0.insert(lint, Ruling::Deny);
        self
    }

    /// Leaves diagnostics out of the report.
    ///
    /// # Errors
    ///
    /// [`NotAllowed`] for a code that is an error.
    pub fn allow(&mut self, lint: Lint) -> Result<&mut Self, NotAllowed> {
        match lint {
            Lint::Code(code) if code.level() == Level::Error => Err(NotAllowed(code)),
            Lint::Code(_) | Lint::Warnings | Lint::Notes => {
                self.0.insert(lint, Ruling::Allow);
                Ok(self)
            }
        }
    }

    /// Returns the level of a code, or `None` if it is left out.
    pub fn level(&self, code: Code) -> Option<Level> {
        match self.ruling(code) {
            Some((_, Ruling::Deny)) => Some(Level::Error),
            Some((_, Ruling::Allow)) => None,
            None => Some(code.level()),
        }
    }

    /// Returns the lint that turns a warning or a note into an error.
    pub(super) fn denied_by(&self, code: Code) -> Option<Lint> {
        match self.ruling(code) {
            Some((lint, Ruling::Deny)) if code.level() != Level::Error => Some(lint),
            Some(_) | None => None,
        }
    }

    fn ruling(&self, code: Code) -> Option<(Lint, Ruling)> {
        let of_level = match code.level() {
            Level::Error => None,
            Level::Warning => Some(Lint::Warnings),
            Level::Note => Some(Lint::Notes),
        };
        let lints = [Some(Lint::Code(code)), of_level].into_iter().flatten();
        let mut rulings = lints.filter_map(|lint| Some((lint, *self.0.get(&lint)?)));
        rulings.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_count_more_than_levels_and_the_last_word_counts() {
        let mut lints = Lints::default();
        lints.deny(Lint::Warnings);
        lints.allow(Lint::Code(Code::DanglingRef)).unwrap();
        assert_eq!(lints.level(Code::DanglingRef), None);
        assert_eq!(lints.level(Code::RemoteRef), Some(Level::Error));
        assert_eq!(lints.level(Code::Not), Some(Level::Note));
        lints.deny(Lint::Code(Code::DanglingRef));
        assert_eq!(lints.level(Code::DanglingRef), Some(Level::Error));
        lints.allow(Lint::Warnings).unwrap();
        assert_eq!(lints.level(Code::RemoteRef), None);
        assert_eq!(lints.level(Code::DanglingRef), Some(Level::Error));
    }

    #[test]
    fn errors_cannot_be_allowed() {
        let mut lints = Lints::default();
        assert!(lints.allow(Lint::Code(Code::Syntax)).is_err());
        lints.allow(Lint::Warnings).unwrap();
        assert_eq!(lints.level(Code::Syntax), Some(Level::Error));
    }

    #[test]
    fn unknown_names_are_corrected() {
        assert_eq!("dangling-ref".parse(), Ok(Lint::Code(Code::DanglingRef)));
        assert_eq!("notes".parse(), Ok(Lint::Notes));
        let near = |name: &str| name.parse::<Lint>().map_err(|unknown| unknown.near);
        assert_eq!(near("dangling-refs"), Err(Some("dangling-ref")));
        assert_eq!(near("warning"), Err(Some("warnings")));
        assert_eq!(near("everything"), Err(None));
    }
}
