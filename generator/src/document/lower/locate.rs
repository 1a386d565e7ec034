//! From a pointer to a value.
//!
//! In: the document, its files, and the table. Out: the value at a pointer, even if the way leads through references and
//! schemas.
//! Not here: its use.

use serde_json::Value;

use super::resolve::resolve;
use super::table::{self, Table};
use crate::read::{Base, Files};
use crate::report::Pointer;

/// References are not followed further than this.
pub(super) const MAX_DEPTH: usize = 32;

/// The document and the files that it refers to.
pub(super) struct Documents {
    pub(super) root: Value,
    pub(super) others: Files,
}

impl Documents {
    /// Returns the whole of a file.
    pub(super) fn file(&self, file: &str) -> Option<&Value> {
        if file.is_empty() {
            Some(&self.root)
        } else {
            self.others.get(file)?.as_ref().ok()
        }
    }

    /// Returns the value at a pointer, without following references.
    pub(super) fn get(&self, pointer: &Pointer) -> Option<&Value> {
        let file = self.file(pointer.file())?;
        if is_name(pointer) {
            return None;
        }
        (pointer.segments()).try_fold(file, |value, key| child(value, &key))
    }

    pub(super) fn get_mut(&mut self, pointer: &Pointer) -> Option<&mut Value> {
        let file = match pointer.file() {
            "" => &mut self.root,
            file => self.others.get_mut(file)?.as_mut().ok()?,
        };
        if is_name(pointer) {
            return None;
        }
        (pointer.segments()).try_fold(file, |value, key| match value {
            Value::Object(map) => map.get_mut(&*key),
            Value::Array(list) => list.get_mut(index(&key)?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }
}

fn child<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(key),
        Value::Array(list) => list.get(index(key)?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Returns whether the fragment is the name of an anchor and not a path.
fn is_name(pointer: &Pointer) -> bool {
    let path = pointer.as_str().split_once('#');
    path.is_some_and(|(_, path)| !path.is_empty() && !path.starts_with('/'))
}

/// Returns an index of a list: digits without leading zeros (RFC 6901, section 4).
fn index(key: &str) -> Option<usize> {
    let is_plain = !key.starts_with('+') && (key == "0" || !key.starts_with('0'));
    key.parse().ok().filter(|_| is_plain)
}

/// The value at a pointer.
pub(super) enum Found<'a> {
    /// A schema of the table.
    Schema(Pointer),
    /// A value that is not in the table, with its location once references are followed.
    Raw(Pointer, &'a Value),
    Nothing,
}

/// Follows a pointer, also through references and into schemas. A reference at its end is not followed.
pub(super) fn locate<'a>(
    schemas: &'a Table,
    documents: &'a Documents,
    base: &Base,
    target: &Pointer,
) -> Found<'a> {
    let mut target = target.clone();
    'again: for _ in 0..MAX_DEPTH {
        let Some(mut value) = documents.file(target.file()).filter(|_| !is_name(&target)) else {
            return Found::Nothing;
        };
        let mut at = match target.file() {
            "" => Pointer::root(),
            file => Pointer::of_file(file),
        };
        let keys: Vec<String> = target.keys().collect();
        for (index, key) in keys.iter().enumerate() {
            let redirect = |next: Pointer| keys[index..].iter().fold(next, |at, key| at.child(key));
            if let Some(next) = reference_of(value, key, &at, base, schemas) {
                target = redirect(next);
                if schemas.contains_key(&target) {
                    return Found::Schema(target);
                }
                continue 'again;
            }
            if let Some((marker, entry)) = entry_of(value, schemas) {
                (at, value) = (marker.clone(), entry);
                if let Some(next) = reference_of(value, key, &at, base, schemas) {
                    target = redirect(next);
                    continue 'again;
                }
            }
            let Some(child) = child(value, key) else {
                return Found::Nothing;
            };
            value = child;
            at.push(key);
        }
        return match entry_of(value, schemas) {
            Some((marker, _)) => Found::Schema(marker.clone()),
            None => Found::Raw(at, value),
        };
    }
    Found::Nothing
}

/// Returns the entry that a value stands for.
fn entry_of<'a>(value: &Value, schemas: &'a Table) -> Option<(&'a Pointer, &'a Value)> {
    schemas.get_key_value(value.as_str()?)
}

/// Returns the location of a child of an object that is a reference, unless it is a sibling of the
/// `$ref`.
fn reference_of(
    value: &Value,
    key: &str,
    at: &Pointer,
    base: &Base,
    schemas: &Table,
) -> Option<Pointer> {
    let map = value.as_object()?;
    let reference = map.get("$ref")?.as_str()?;
    if map.contains_key(key) {
        return None;
    }
    // References in the table are canonical already.
    match schemas.contains_key(at) {
        true => table::target_of(value).map(Pointer::canonical),
        false => resolve(reference, at, base).ok(),
    }
}
