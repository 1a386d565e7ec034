//! Names of constants, after their values.
//!
//! In: the definitions that stand for one string. Out: a name for each string, in a module of its own. Not here: names of types,
//! which some of these constants have, too.

use std::collections::BTreeSet;

use super::reserved::VARIANTS;
use super::scope::{Case, Name, Scope};
use crate::model::api::{Api, Literal, Shape};
use crate::model::ty::constant;

/// The module with the names.
pub const LITERALS: &str = "literals";

/// The names of the strings, sorted by these.
#[derive(Clone, Debug, Default)]
pub struct Literals(Vec<(String, Name)>);

impl Literals {
    /// Returns the name of the string that a definition stands for.
    pub fn of(&self, shape: &Shape) -> Option<&Name> {
        let value = text(shape)?;
        let found = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(value));
        found.ok().map(|index| &self.0[index].1)
    }

    /// Returns each string with its name.
    pub fn iter(&self) -> impl Iterator<Item = &(String, Name)> {
        self.0.iter()
    }
}

/// Names the strings of all constants.
pub(super) fn run(api: &Api) -> Literals {
    let values: BTreeSet<&str> = api
        .types
        .iter()
        .filter_map(|def| text(&def.shape))
        .collect();
    let values: Vec<&str> = values.into_iter().collect();
    let names = Scope::new(Case::Pascal("Value"), VARIANTS).claim_all(&values);
    let values = values.into_iter().map(str::to_owned);
    Literals(values.zip(names).collect())
}

fn text(shape: &Shape) -> Option<&str> {
    match &constant(shape)?.wire {
        Literal::String(text) => Some(text),
        Literal::Null
        | Literal::Bool(_)
        | Literal::Integer(_)
        | Literal::Unsigned(_)
        | Literal::Float(_)
        | Literal::Json(_) => None,
    }
}
