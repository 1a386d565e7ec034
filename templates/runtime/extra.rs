// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Members of an object that have no field.
//!
//! In: keys that `object` does not find, with their values. Out: [`Extra`], or [`Extras`] of what `additionalProperties` says.
//! Not here: members with a field (see `slot`).

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use serde::Serialize;
use serde::de::{IgnoredAny, MapAccess};
use serde::ser::SerializeMap;
use serde_json::{Map, Value};

use super::buffered::Buffered;
use super::fit;
use super::free::Free;
use super::read::{self, Read};
use super::trace;

/// The properties of an object that the document does not declare. They are kept and written back.
///
/// An empty `Extra` takes the memory of one pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Box<Members>>);

#[derive(Clone, Debug, Default, PartialEq)]
struct Members {
    undeclared: Map<String, Value>,
    /// The declared properties that came as null, sorted. Their fields are `None`.
    nulls: Vec<&'static str>,
}

impl Extra {
    /// Returns the value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.undeclared.get(name)
    }

    /// Sets a property and returns its previous value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0
            .get_or_insert_default()
            .undeclared
            .insert(name.into(), value.into())
    }

    /// Removes a property and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let members = self.0.as_mut()?;
        let value = members.undeclared.remove(name);
        if members.undeclared.is_empty() && members.nulls.is_empty() {
            self.0 = None;
        }
        value
    }

    /// Iterates over names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().flat_map(|members| &members.undeclared)
    }

    /// Returns the number of properties.
    pub fn len(&self) -> usize {
        self.0
            .as_ref()
            .map_or(0, |members| members.undeclared.len())
    }

    /// Returns whether there are no properties.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The destination of undeclared properties.
pub(crate) trait Rest: Default {
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error>;
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// Remembers that an optional member came as null.
    fn remember_null(&mut self, _: &'static str) {}

    /// Returns the optional members that came as null.
    fn nulls(&self) -> &[&'static str] {
        &[]
    }
}

impl Rest for Extra {
    #[cold]
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        fit::miss(fit::UNDECLARED);
        let mut value = Value::Null;
        map.next_value_seed(Free(&mut value))?;
        self.insert(key, value);
        Ok(())
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))
    }

    #[cold]
    fn remember_null(&mut self, name: &'static str) {
        let nulls = &mut self.0.get_or_insert_default().nulls;
        if let Err(at) = nulls.binary_search(&name) {
            nulls.insert(at, name);
        }
    }

    fn nulls(&self) -> &[&'static str] {
        self.0.as_ref().map_or(&[], |members| &members.nulls)
    }
}

/// Records that an object without `additionalProperties` has some.
#[inline]
pub(crate) fn closed(extra: &Extra) {
    if !extra.is_empty() {
        fit::miss(fit::NOT_ALLOWED);
    }
}

/// Skips undeclared properties.
impl Rest for () {
    fn keep<'de, A: MapAccess<'de>>(&mut self, _: String, map: &mut A) -> Result<(), A::Error> {
        fit::miss(fit::UNDECLARED);
        map.next_value::<IgnoredAny>().map(drop)
    }

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

/// The properties of an object that have no field, with the type that the document gives them. It is
/// a map of the values of this type.
///
/// Values of another type are kept and written back, too: see [`other`](Self::other).
#[derive(Clone, Debug, PartialEq)]
pub struct Extras<T> {
    values: BTreeMap<String, T>,
    other: Extra,
}

impl<T> Extras<T> {
    /// Returns the properties whose values have another type than the document says.
    pub fn other(&self) -> &Extra {
        &self.other
    }

    /// Returns the properties whose values have another type than the document says.
    pub fn other_mut(&mut self) -> &mut Extra {
        &mut self.other
    }
}

impl<T> Default for Extras<T> {
    fn default() -> Self {
        Self::from(BTreeMap::new())
    }
}

impl<T> From<BTreeMap<String, T>> for Extras<T> {
    fn from(values: BTreeMap<String, T>) -> Self {
        Self {
            values,
            other: Extra::default(),
        }
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for Extras<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let values: BTreeMap<_, _> = entries.map(|(key, value)| (key.into(), value)).collect();
        Self::from(values)
    }
}

impl<T> Deref for Extras<T> {
    type Target = BTreeMap<String, T>;

    fn deref(&self) -> &BTreeMap<String, T> {
        &self.values
    }
}

impl<T> DerefMut for Extras<T> {
    fn deref_mut(&mut self) -> &mut BTreeMap<String, T> {
        &mut self.values
    }
}

impl<T: for<'a> Read<'a> + Serialize> Rest for Extras<T> {
    #[inline(never)]
    fn keep<'de, A: MapAccess<'de>>(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        let mut value = Value::Null;
        map.next_value_seed(Free(&mut value))?;
        let mut place = read::place();
        let (result, misfits) = fit::during(|| T::read(Buffered::Kept(&value), &mut place));
        match place.take().filter(|_| result.is_ok()) {
            Some(typed) => {
                fit::miss(misfits);
                self.values.insert(key, typed);
            }
            None => {
                trace::forget();
                fit::miss(fit::NOT_ALLOWED);
                self.other.insert(key, value);
            }
        }
        Ok(())
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.values
            .iter()
            .try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        self.other.write(map)
    }

    fn remember_null(&mut self, name: &'static str) {
        self.other.remember_null(name);
    }

    fn nulls(&self) -> &[&'static str] {
        self.other.nulls()
    }
}
