//! Changes of a surface.
//!
//! In: nothing. Out: types only. Not here: what is compared.

use std::fmt;

/// What a change asks of those who use the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Code that compiles with the old crate may no longer compile, or no longer do the same.
    Breaking,
    /// Code can do something that it could not do before, or is told to stop doing something.
    Additive,
    /// No code is affected: texts, and what requests contain that code does not name.
    Documentation,
}

impl Kind {
    /// All kinds, the most important one first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Documentation];

    /// `breaking`, `additive` or `documentation`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }
}

/// The step from one version to the next (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// There are no changes.
    None,
    /// Only documentation has changed.
    Patch,
    /// Something is added, and nothing breaks.
    Minor,
    /// Something breaks.
    Major,
}

impl Step {
    /// Returns the step that a change asks for.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Breaking => Self::Major,
            Kind::Additive => Self::Minor,
            Kind::Documentation => Self::Patch,
        }
    }

    /// `none`, `patch`, `minor` or `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns the version after this step. Before 1.0.0, Cargo takes the second number for the first one, and before 0.1.0 the third. A
    /// pre-release ends. `None` if it is no version.
    pub fn after(self, version: &str) -> Option<String> {
        let core = version.split(['-', '+']).next()?;
        let numbers = core.split('.').map(|part| part.parse().ok());
        let numbers: Vec<u64> = numbers.collect::<Option<_>>()?;
        let [major, minor, patch] = numbers[..] else {
            return None;
        };
        let next = match (self, major, minor) {
            (Self::None, ..) => return Some(version.to_owned()),
            (Self::Major, 1.., _) => (major + 1, 0, 0),
            (Self::Major, 0, 1..) | (Self::Minor, 1.., _) => (major, minor + 1, 0),
            (Self::Major, 0, 0) | (Self::Minor, 0, _) | (Self::Patch, ..) => {
                (major, minor, patch + 1)
            }
        };
        Some(format!("{}.{}.{}", next.0, next.1, next.2))
    }
}

/// The part of an item that a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The new crate does not have it.
    Removed,
    /// The old crate does not have it.
    Added,
    /// It has another path.
    Renamed,
    /// It is another kind of item.
    Kind,
    /// The type of a field, a variant or an alias.
    Type,
    /// What a method takes.
    Arguments,
    /// What a method returns.
    Returns,
    /// What awaiting a call returns.
    Reply,
    /// The traits that it implements.
    Traits,
    /// Whether code can list all of its members.
    Exhaustive,
    /// The name or the value in JSON.
    Json,
    /// The credentials that a call needs.
    Credentials,
    /// The HTTP method and the path.
    Request,
    /// Whether it is deprecated.
    Deprecated,
    /// What is written about it.
    Documentation,
}

impl Aspect {
    /// The name in JSON, and in brackets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::Kind => "kind",
            Self::Type => "type",
            Self::Arguments => "arguments",
            Self::Returns => "returns",
            Self::Reply => "reply",
            Self::Traits => "traits",
            Self::Exhaustive => "exhaustive",
            Self::Json => "json",
            Self::Credentials => "credentials",
            Self::Request => "request",
            Self::Deprecated => "deprecated",
            Self::Documentation => "documentation",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What it asks of users.
    pub kind: Kind,
    /// The path in Rust: `pets::Pets::list`, `types::Pet.name`. The old one if the item is gone, else the new one.
    pub path: String,
    /// The part of the item.
    pub aspect: Aspect,
    /// A sentence without its subject, which is the path.
    pub text: String,
    /// The path in the old crate, for what it has.
    pub old: Option<String>,
    /// The path in the new crate, for what it has.
    pub new: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_cargo() {
        for (version, major, minor, patch) in [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("1.0.0-beta.1", "2.0.0", "1.1.0", "1.0.1"),
        ] {
            let after = |step: Step| step.after(version).unwrap();
            assert_eq!(after(Step::Major), major);
            assert_eq!(after(Step::Minor), minor);
            assert_eq!(after(Step::Patch), patch);
            assert_eq!(after(Step::None), version);
        }
        assert_eq!(Step::Major.after("2024-01"), None);
    }
}
