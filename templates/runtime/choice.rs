// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The choice of a variant.
//!
//! In: the value of a union, and attempts to read its variants. Out: the variant that the tag names, or that fits best; or else the
//! value, which is kept or refused (see [`Misfits`]). Not here: the variants of a union (see `union`).

use std::fmt::{self, Formatter};

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::buffered::{Buffered, WHOLE, passed_on};
use super::client::Misfits;
use super::effort::{self, Effort};
use super::fit;
use super::free::Free;
use super::json;
use super::read::{self, Read};
use super::trace::{self, Trace};
use crate::service::SERVICE;

/// The value of a union while its variants are tried.
pub(crate) struct Choice {
    value: Value,
    /// Why variants do not match, if a value that matches none is refused.
    misfits: Vec<Misfit>,
    /// The weight of what does not fit the best variant so far (see `fit`).
    least: Option<u32>,
}

/// Why a variant does not match.
struct Misfit {
    trace: Trace,
    error: serde_json::Error,
}

impl Choice {
    #[inline(never)]
    fn of_passed_on() -> Box<Self> {
        Self::on_heap(passed_on().unwrap_or_default())
    }

    #[inline(never)]
    fn on_heap(value: Value) -> Box<Self> {
        Box::new(Self {
            value,
            misfits: Vec::new(),
            least: None,
        })
    }

    /// Returns the value of a property.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.value.get(name)
    }

    /// Returns whether a variant was read.
    pub(crate) fn is_chosen(&self) -> bool {
        self.least.is_some()
    }

    /// Returns whether no other attempt is needed: a variant fits exactly, or the effort is nearly spent.
    fn is_settled(&self) -> bool {
        self.least == Some(0) || (self.is_chosen() && effort::is_scarce())
    }

    /// Returns whether a variant fits better than those before.
    #[inline(never)]
    fn is_better(&mut self, attempt: serde_json::Result<()>, weight: u32) -> bool {
        match attempt {
            Ok(()) => {
                let is_better = self.least.is_none_or(|least| weight < least);
                if is_better {
                    self.least = Some(weight);
                }
                is_better
            }
            Err(error) => {
                let trace = trace::take();
                if SERVICE.misfits == Misfits::Refuse {
                    self.misfits.push(Misfit { trace, error });
                }
                false
            }
        }
    }

    /// Fails if a value that matches no variant is refused.
    ///
    /// If only one variant takes lists or objects as this one is, it is meant, and its error is the reason.
    #[inline(never)]
    fn refuse(&mut self) -> serde_json::Result<()> {
        if self.misfits.is_empty() {
            return Ok(());
        }
        let misfits = std::mem::take(&mut self.misfits);
        let reasons = reasons(&misfits);
        let mut meant = misfits.into_iter().filter(|it| it.trace.is_entered);
        match (meant.next(), meant.next()) {
            (Some(Misfit { trace, error }), None) => {
                trace::restore(trace.steps);
                Err(error)
            }
            _ => Err(serde_json::Error::custom(reasons)),
        }
    }
}

/// Says why no variant matches.
fn reasons(misfits: &[Misfit]) -> String {
    let mut reasons: Vec<String> = Vec::new();
    for Misfit { trace, error } in misfits {
        let reason = match trace.steps.is_empty() {
            true => error.to_string(),
            false => format!("{error} at {}", json::path("@", &trace.steps)),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    format!("no variant matches: {}", reasons.join("; "))
}

/// Returns the union with a text: the variant that has it among its values.
pub(crate) fn of_text<U: DeserializeOwned>(text: &str, other: fn(Value) -> U) -> U {
    let value = Value::from(text);
    U::deserialize(&value).unwrap_or_else(|_| other(value))
}

/// Reads a union with `pick`, which reads the variant that the tag names, or else the variant that
/// fits best, and returns whether there is one. `other` makes the variant for any other value.
///
/// Variants are read through pointers, because a debug build reserves stack for each value that a
/// function handles.
pub(crate) fn read_union<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    place: &mut Option<U>,
    other: fn(Value) -> U,
    pick: fn(&mut Choice, &mut Option<U>) -> serde_json::Result<bool>,
) -> Result<(), D::Error> {
    let mut variants = Variants { place, other, pick };
    deserializer.deserialize_newtype_struct(WHOLE, UnionVisitor(&mut variants))
}

/// The variants of any union: a visitor for each union would take long to compile.
trait Choose {
    fn choose(&mut self, choice: &mut Choice) -> serde_json::Result<()>;
}

struct Variants<'a, U> {
    place: &'a mut Option<U>,
    other: fn(Value) -> U,
    pick: fn(&mut Choice, &mut Option<U>) -> serde_json::Result<bool>,
}

impl<U> Choose for Variants<'_, U> {
    fn choose(&mut self, choice: &mut Choice) -> serde_json::Result<()> {
        if (self.pick)(choice, self.place)? {
            fit::miss(choice.least.unwrap_or_default());
            return Ok(());
        }
        choice.refuse()?;
        fit::miss(fit::NOT_ALLOWED);
        self.keep(choice);
        Ok(())
    }
}

impl<U> Variants<'_, U> {
    #[inline(never)]
    fn keep(&mut self, choice: &mut Choice) {
        *self.place = Some((self.other)(choice.value.take()));
    }
}

/// Reads the value of a union, and chooses a variant before the deserializer goes on: it knows the
/// place of an error only until then.
struct UnionVisitor<'a>(&'a mut dyn Choose);

impl UnionVisitor<'_> {
    #[inline(never)]
    fn choose<E: Error>(self, choice: Box<Choice>) -> Result<(), E> {
        choose(self.0, choice).map_err(|error| {
            let message = error.to_string();
            trace::leave(&message);
            E::custom(message)
        })
    }
}

#[inline(never)]
fn choose(variants: &mut dyn Choose, mut choice: Box<Choice>) -> serde_json::Result<()> {
    let Some(effort) = Effort::begin(&choice.value) else {
        return Err(spent());
    };
    let chosen = variants.choose(&mut choice);
    match effort.is_spent() {
        true => Err(spent()),
        false => chosen,
    }
}

#[cold]
fn spent() -> serde_json::Error {
    trace::forget();
    serde_json::Error::custom("its alternatives nest too deep to be told apart")
}

/// Reads values with these methods of [`Free`].
macro_rules! visits {
    ($($method:ident($($value:ident: $ty:ty)?))*) => {
        $(
            fn $method<E: Error>(self, $($value: $ty)?) -> Result<(), E> {
                let mut value = Value::Null;
                Free(&mut value).$method::<E>($($value)?)?;
                self.choose(Choice::on_heap(value))
            }
        )*
    };
}

impl<'de> Visitor<'de> for UnionVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    visits! {
        visit_bool(it: bool) visit_i64(it: i64) visit_u64(it: u64) visit_f64(it: f64) visit_str(it: &str)
        visit_string(it: String) visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.choose(Choice::of_passed_on())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let mut value = Value::Null;
        Free(&mut value).visit_seq(items)?;
        self.choose(Choice::on_heap(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        let mut value = Value::Null;
        Free(&mut value).visit_map(entries)?;
        self.choose(Choice::on_heap(value))
    }
}

/// Returns the text of a tag.
pub(crate) fn tag<'a>(choice: &'a Choice, name: &str) -> Option<&'a str> {
    choice.get(name)?.as_str()
}

/// Reads the variant that a tag names, and may consume the value. If the value does not match, it
/// is refused, unless such values are kept.
pub(crate) fn read_variant<T: for<'a> Read<'a>, U>(
    choice: &mut Choice,
    place: &mut Option<U>,
    variant: fn(T) -> U,
) -> serde_json::Result<bool> {
    let kept = kept(choice);
    let mut inner = read::place();
    if let Err(error) = T::read(Buffered::Taken(&mut choice.value), &mut inner) {
        return restore(choice, kept, error);
    }
    complete(&mut inner, place, variant);
    Ok(true)
}

/// Restores a value that does not match the variant that its tag names, or fails.
#[cold]
#[inline(never)]
fn restore(
    choice: &mut Choice,
    kept: Option<Box<Value>>,
    error: serde_json::Error,
) -> serde_json::Result<bool> {
    let Some(kept) = kept else {
        return Err(error);
    };
    trace::forget();
    choice.value = *kept;
    Ok(false)
}

/// Returns a copy of the value, if it is kept although it does not match.
#[inline(never)]
fn kept(choice: &Choice) -> Option<Box<Value>> {
    (SERVICE.misfits == Misfits::Keep).then(|| Box::new(choice.value.clone()))
}

/// Reads a variant if the value fits it better than those before, and returns whether no other
/// attempt is needed. The value is kept.
pub(crate) fn try_variant<T: for<'a> Read<'a>, U>(
    choice: &mut Choice,
    place: &mut Option<U>,
    variant: fn(T) -> U,
) -> bool {
    let mut inner = read::place();
    let value = &choice.value;
    let (attempt, weight) = fit::during(|| T::read(Buffered::Kept(value), &mut inner));
    // Constants keep any value, but a union has a better place for it.
    let attempt = match inner.as_ref().as_ref().is_none_or(T::is_listed) {
        true => attempt,
        false => Err(serde_json::Error::custom("the value is not the constant")),
    };
    if choice.is_better(attempt, weight) {
        complete(&mut inner, place, variant);
    }
    choice.is_settled()
}

/// Reads the variant of values whose tag is missing or unknown, and returns whether the value matches
/// it. No variant is meant for certain, so errors are those of the union.
pub(crate) fn try_default<T: for<'a> Read<'a>, U>(
    choice: &mut Choice,
    place: &mut Option<U>,
    variant: fn(T) -> U,
) -> bool {
    try_variant(choice, place, variant);
    for misfit in &mut choice.misfits {
        misfit.trace.is_entered = false;
    }
    choice.is_chosen()
}

#[inline(never)]
fn complete<T, U>(inner: &mut Option<T>, place: &mut Option<U>, variant: fn(T) -> U) {
    *place = inner.take().map(variant);
}
