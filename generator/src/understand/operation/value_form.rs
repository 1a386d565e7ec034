//! Forms of values: the structure of a parameter's values.
//!
//! In: schemas of parameters. Out: [`ValueForm`]. Not here: types, styles.

use serde_json::Value;

use crate::document::{JsonType, Pos};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::merged::{Additional, Merged};
use crate::understand::schema::scalar::{effective_type, listed_type};
use crate::understand::schema::uses::used;

/// The maximum depth of unions, lists and objects that are examined.
const MAX_NESTING: usize = 3;

/// The structure of a parameter's values, as far as styles depend on it.
pub(super) enum ValueForm {
    Scalar,
    List,
    /// Any text, without further structure.
    LooseScalar,
    LooseList,
    /// An object, or a union with an object among its variants.
    Object(Members),
    /// A list of objects or lists.
    ListOfParts,
    None(&'static str),
}

/// The members of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Members {
    Scalars,
    Lists,
    /// Some members contain lists or objects that contain lists or objects.
    Nested,
}

pub(super) fn value_form(cx: &mut Cx, all: &Merged, nesting: usize) -> ValueForm {
    if nesting > MAX_NESTING {
        return ValueForm::Object(Members::Nested);
    }
    let kind = match (&all.values, all.unions.first()) {
        (Some((_, values)), _) => match effective_type(all).or_else(|| listed_type(values)) {
            None if values.iter().any(|value| is_nested(value)) => {
                return ValueForm::None("an enum of lists or objects");
            }
            kind => kind,
        },
        (None, Some(union)) if all.properties.is_empty() => {
            return union_form(cx, &union.variants, nesting);
        }
        (None, _) => effective_type(all),
    };
    match kind {
        Some(JsonType::String | JsonType::Integer | JsonType::Number | JsonType::Boolean) => {
            ValueForm::Scalar
        }
        Some(JsonType::Object) => ValueForm::Object(members(cx, all, nesting)),
        Some(JsonType::Null) => ValueForm::None("null"),
        None => ValueForm::LooseScalar,
        Some(JsonType::Array) => {
            let is_tuple = all.tuple.is_some();
            let Some(key) = all.items.as_ref().and_then(|items| used(cx, items).key) else {
                return ValueForm::LooseList;
            };
            let item = merged(cx, &key);
            match value_form(cx, &item, nesting + 1) {
                ValueForm::Scalar if !is_tuple => ValueForm::List,
                ValueForm::Scalar => ValueForm::LooseList,
                ValueForm::LooseScalar => ValueForm::LooseList,
                ValueForm::List
                | ValueForm::LooseList
                | ValueForm::Object(_)
                | ValueForm::ListOfParts => ValueForm::ListOfParts,
                ValueForm::None(_) => ValueForm::None("a list of values that cannot be written"),
            }
        }
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn members(cx: &mut Cx, all: &Merged, nesting: usize) -> Members {
    let additional = match &all.additional {
        Additional::Typed(positions) => Some(positions),
        Additional::Undeclared | Additional::Any | Additional::Closed => None,
    };
    let mut most = Members::Scalars;
    for positions in all.properties.values().chain(additional) {
        let Some(key) = used(cx, positions).key else {
            continue;
        };
        let member = merged(cx, &key);
        most = most.max(match value_form(cx, &member, nesting + 1) {
            ValueForm::Scalar | ValueForm::LooseScalar | ValueForm::None(_) => Members::Scalars,
            ValueForm::List | ValueForm::LooseList => Members::Lists,
            ValueForm::Object(_) | ValueForm::ListOfParts => Members::Nested,
        });
    }
    most
}

/// Returns the form of a union: text, or a list of texts if one of the variants is a list. (A list with one item is written like
/// the item alone.) A union of null and one variant has the form of that variant.
fn union_form(cx: &mut Cx, variants: &[Pos], nesting: usize) -> ValueForm {
    let (mut list, mut strings, mut count, mut object) = (false, true, 0, None);
    let mut only = None;
    for &variant in variants {
        let Some(key) = used(cx, &[variant]).key else {
            continue;
        };
        let all = merged(cx, &key);
        if all.kind == Some(JsonType::Null) {
            continue;
        }
        count += 1;
        strings &= effective_type(&all) == Some(JsonType::String);
        let form = value_form(cx, &all, nesting + 1);
        match &form {
            ValueForm::Scalar => strings &= all.unions.is_empty(),
            ValueForm::LooseScalar => strings = false,
            ValueForm::List | ValueForm::LooseList => list = true,
            ValueForm::Object(members) => object = object.max(Some(*members)),
            ValueForm::ListOfParts => object = Some(Members::Nested),
            ValueForm::None(what) => return ValueForm::None(what),
        }
        only = Some(form);
    }
    if let (1, Some(form)) = (count, only) {
        return form;
    }
    match (object, list, strings) {
        (Some(members), false, _) => ValueForm::Object(members),
        (Some(members), true, _) => ValueForm::Object(members.max(Members::Lists)),
        (None, true, _) => ValueForm::LooseList,
        // Strings and string enums together become a single enum.
        (None, false, true) => ValueForm::Scalar,
        (None, false, false) => ValueForm::LooseScalar,
    }
}
