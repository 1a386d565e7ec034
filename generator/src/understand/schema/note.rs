//! The docs of a use of a schema, and the meaning of an absent value.
//!
//! In: uses of schemas. Out: [`Text`], [`Presence`]. Not here: types.

use serde_json::Value;

use super::annotations::{annotated, of_chain};
use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::scalar::{brief, literal};
use super::uses::Use;
use super::{fit, limits};
use crate::document::{Entry, Pos};
use crate::model::api::{Direction, Doc as Text, NameOrigin, Presence, Ty, TypeId};
use crate::model::note::Note;
use crate::report::Code;
use crate::understand::location_names;

/// The maximum number of steps to check whether a default matches. For nested unions, the check can take exponential time.
const MAX_STEPS: usize = 10_000;

/// The maximum depth of nested schemas that are searched for a description.
const MAX_INNER: usize = 10;

/// Returns the meaning of an absent value: the default, if there is one and it matches its schema.
pub fn absent(cx: &mut Cx, used: &Use) -> Presence {
    let (Some(key), Some((pos, value))) = (used.key.clone(), default(cx, used)) else {
        return Presence::Optional;
    };
    if (value.is_null() && used.nullable) || fits(cx, &key, value) {
        return Presence::Default(literal(value));
    }
    let at = cx.pointer(pos).child("default");
    let text = format!(
        "the default {} does not match this schema; it is ignored",
        brief(value)
    );
    cx.report.once(Code::DefaultDoesNotFit, &at, text);
    Presence::Optional
}

/// Returns whether the default is null.
pub fn is_null_by_default(cx: &mut Cx, used: &Use) -> bool {
    default(cx, used).is_some_and(|(_, value)| value.is_null())
}

/// Returns the default of a use, or else that of its target, and the position of its schema.
fn default<'a>(cx: &mut Cx<'a>, used: &Use) -> Option<(Pos, &'a Value)> {
    let own = used.chain.iter().find_map(|&pos| match cx.entry(pos) {
        Entry::Schema(view) => view.data.default.as_deref().map(|value| (pos, value)),
        Entry::Reference(_) => None,
    });
    let key = used.key.as_ref()?;
    own.or_else(|| Some((key.at(), merged(cx, key).default?)))
}

/// Returns whether all schemas of a key accept a value.
fn fits(cx: &mut Cx, key: &Key, value: &Value) -> bool {
    let parts = key.parts();
    parts
        .iter()
        .all(|part| fit::check(cx, part.pos, value, Direction::Sent, MAX_STEPS).is_ok())
}

/// Returns the docs of a use: its own annotations, and those of its schema unless a definition has them. `described`, a
/// description outside of the schema, takes precedence.
pub fn of_use(cx: &mut Cx, used: &Use, ty: &Ty, described: Option<&str>) -> Text {
    let mut own = of_chain(cx, &used.chain);
    own.description = described.map(String::from).or(own.description);
    let own_schema = match ty {
        Ty::Named(id) => inline(cx, *id),
        Ty::Nullable(inner) => !matches!(**inner, Ty::Named(id) if !inline(cx, id)),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => true,
    };
    let Some(key) = used.key.clone().filter(|_| own_schema) else {
        return own;
    };
    let under = of_key(cx, key);
    Text {
        summary: own.summary.or(under.summary),
        description: own.description.or(under.description),
        notes: own.notes.into_iter().chain(under.notes).collect(),
        deprecated: own.deprecated || under.deprecated,
    }
}

/// Returns the docs of a schema, or of its only alternative beside `null`.
fn of_key(cx: &mut Cx, mut key: Key) -> Text {
    let mut text = of_schema(cx, &key);
    for _ in 0..MAX_INNER {
        let is_silent = text.summary.is_none() && text.description.is_none();
        let Some(inner) = cx.same.get(&key).filter(|_| is_silent) else {
            break;
        };
        key = inner.clone();
        text = of_schema(cx, &key);
    }
    text
}

/// Returns whether a definition is inline, so its docs also apply to the use.
fn inline(cx: &Cx, id: TypeId) -> bool {
    let def = &cx.types[id.0];
    let is_elsewhere = || {
        location_names::defs_key(&def.at).is_some()
            || location_names::definition_name(&def.at).is_some()
    };
    matches!(def.name_origin, NameOrigin::Under(..)) && !is_elsewhere()
}

/// Returns the annotations and the constraints of a key.
pub fn of_schema(cx: &mut Cx, key: &Key) -> Text {
    let all = merged(cx, key);
    let mut text = annotated(cx, &all);
    let limits = limits::limits(cx, &all);
    text.notes
        .extend((!limits.is_empty()).then_some(Note::Limits(limits)));
    text
}
