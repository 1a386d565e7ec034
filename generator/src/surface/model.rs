//! The parts of a surface.
//!
//! In: nothing. Out: types only. Not here: reading them from files.

use std::collections::{BTreeMap, BTreeSet};

use super::code::Code;
use super::places::Places;

/// What users of a crate can name.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// The name of the package.
    pub package: String,
    pub version: String,
    /// The features of Cargo.
    pub features: BTreeSet<String>,
    /// What the runtime exports at the root of the crate.
    pub exports: BTreeSet<String>,
    /// The environment variables that the client reads.
    pub variables: BTreeSet<String>,
    /// By path: `types::Pet`, `pets::Pets`, `Client`.
    pub items: BTreeMap<String, Item>,
    /// The strings of constants, by the names of their types, which no code names otherwise.
    pub constants: BTreeMap<String, String>,
    /// Where the document has the items, as far as it is known.
    pub places: Places,
}

/// A type of the crate, or one of the runtime to which the crate adds methods.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub kind: ItemKind,
    /// The modules that it is in: `pets`. Empty: the root of the crate.
    pub module: String,
    pub name: String,
    pub facts: Facts,
    /// Whether code outside of the crate can list all of its members.
    pub is_exhaustive: bool,
    /// The traits that it implements, and the conversions: `From<User>`.
    pub traits: BTreeSet<Code>,
    /// What awaiting a call of its own type returns.
    pub reply: Option<Code>,
    /// By name: `.field`, `::Variant`, `::method`.
    pub members: BTreeMap<String, Member>,
}

impl Item {
    /// Returns the types in its definition and its members.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Code> {
        let target = match &mut self.kind {
            ItemKind::Alias(target) => Some(target),
            ItemKind::Foreign | ItemKind::Resource | ItemKind::Struct | ItemKind::Enum => None,
        };
        let signatures = self.members.values_mut().map(|it| &mut it.signature);
        let members = signatures.flat_map(|it| {
            let arguments = it.arguments.iter_mut().map(|(_, ty)| ty);
            arguments.chain(&mut it.ty)
        });
        target.into_iter().chain(members)
    }
}

/// The kind of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// A type of the runtime.
    #[default]
    Foreign,
    /// The struct of a resource.
    Resource,
    Struct,
    Enum,
    Alias(Code),
}

/// What any item and any member has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its documentation without examples.
    pub docs: String,
    pub is_deprecated: bool,
}

/// A field, a variant or a method.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub facts: Facts,
    /// Its name or its value in JSON, or the statuses that select it.
    pub wire: Option<String>,
    pub signature: Signature,
    /// What a method of an operation sends.
    pub request: Option<Request>,
}

/// The types of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The arguments of a method after `self`, in order.
    pub arguments: Vec<(String, Code)>,
    /// The type of a field, of a variant's value, or of what a method returns.
    pub ty: Option<Code>,
}

/// What a method of an operation sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// The path template.
    pub path: String,
    /// Alternatives, of which one must be satisfied: in each, the credentials that are needed at the same time. `a or b`: one of them.
    pub auth: BTreeSet<BTreeSet<String>>,
}

impl Request {
    /// Returns the path without the names of its parameters, and their number.
    pub fn shape(&self) -> (String, usize) {
        let mut pieces = self.path.split('{');
        let first = pieces.next().unwrap_or_default().to_owned();
        let rest: Vec<&str> = pieces
            .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest))
            .collect();
        let count = rest.len();
        (
            rest.into_iter()
                .fold(first, |shape, piece| shape + "{}" + piece),
            count,
        )
    }
}
