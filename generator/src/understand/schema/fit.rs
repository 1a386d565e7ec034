//! Validates JSON values against the table of schemas.
//!
//! In: a position and a value. Out: success, or the part that does not match and the reason. Not here: types. The type of a
//! schema must accept every value that matches the schema.
//!
//! A value matches a union if one alternative matches, even for `oneOf`. Patterns, and keywords that `document` drops, are not
//! checked.

use serde_json::{Map, Number, Value};

use super::cx::Cx;
use super::keys::Key;
use super::merge::merged;
use super::merged::declared_type;
use super::refs::{nullable_note, past_references};
use super::scalar::{self, effective_type};
use crate::document::{AdditionalProperties, Entry, JsonType, Pos, SchemaView};
use crate::model::api::{Direction, Scalar};
use crate::report::Pointer;

/// The maximum depth of nested schemas. Deeper values do not match.
const MAX_DEPTH: usize = 200;

/// The part of a value that does not match, and the reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Misfit {
    /// The keys and indices of the part, the innermost first.
    path: Vec<String>,
    pub reason: String,
}

impl Misfit {
    fn new<T>(reason: impl Into<String>) -> Result<T, Self> {
        Err(Self {
            path: Vec::new(),
            reason: reason.into(),
        })
    }

    fn inside(mut self, key: &str) -> Self {
        self.path.push(key.into());
        self
    }

    /// Returns the pointer of the part. `value` is the pointer of the whole value.
    pub fn place(&self, value: &Pointer) -> Pointer {
        let mut place = value.clone();
        for key in self.path.iter().rev() {
            place.push(key);
        }
        place
    }
}

/// Checks a value against the schema at a position, in a limited number of steps.
pub fn check(
    cx: &mut Cx,
    pos: Pos,
    value: &Value,
    direction: Direction,
    steps: usize,
) -> Result<(), Misfit> {
    let mut check = Check {
        cx,
        direction,
        steps,
        depth: 0,
    };
    check.schema(pos, value, Role::Whole)
}

/// The relation of a schema to the value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Whole,
    /// One of several schemas that apply together, so others may declare more properties.
    Member,
}

struct Check<'c, 'a> {
    cx: &'c mut Cx<'a>,
    direction: Direction,
    steps: usize,
    depth: usize,
}

impl<'a> Check<'_, 'a> {
    fn schema(&mut self, pos: Pos, value: &Value, role: Role) -> Result<(), Misfit> {
        if self.steps == 0 || self.depth > MAX_DEPTH {
            return Misfit::new("the check takes too many steps");
        }
        let Some(pos) = past_references(self.cx, pos) else {
            return Ok(());
        };
        let Entry::Schema(view) = self.cx.entry(pos) else {
            return Ok(());
        };
        self.steps -= 1;
        self.depth += 1;
        let result = self.view(pos, view, value, role);
        self.depth -= 1;
        result
    }

    fn view(
        &mut self,
        pos: Pos,
        view: &'a SchemaView,
        value: &Value,
        role: Role,
    ) -> Result<(), Misfit> {
        if value.is_null() {
            return self.null(pos, view);
        }
        let own = &view.keywords;
        if !own.enumeration.is_empty() && !own.enumeration.iter().any(|one| same(one, value)) {
            return Misfit::new(format!("{} is not one of the listed values", short(value)));
        }
        let kind = match declared_type(own) {
            Some(kind) => Some(kind),
            None => effective_type(&merged(self.cx, &Key::One(pos))),
        };
        if let Some(kind) = kind.filter(|kind| !is_of(*kind, value)) {
            return Misfit::new(format!("{} is not {}", short(value), kind.phrase()));
        }
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => self.number(pos, view, number, kind)?,
            Value::String(text) => string(view, text)?,
            Value::Array(items) => self.array(view, items)?,
            Value::Object(map) => self.object(pos, view, map, role)?,
        }
        for member in &own.all_of {
            if let Some(member) = *member {
                self.schema(member, value, Role::Member)?;
            }
        }
        if role == Role::Whole
            && let Some(variant) = self.tagged(pos, view, value)
        {
            return self.schema(variant, value, Role::Member);
        }
        self.unions(view, value)
    }

    fn unions(&mut self, view: &'a SchemaView, value: &Value) -> Result<(), Misfit> {
        for union in [&view.keywords.any_of, &view.keywords.one_of] {
            let variants: Vec<Pos> = union.iter().copied().flatten().collect();
            self.any(&variants, value)?;
        }
        Ok(())
    }

    fn null(&mut self, pos: Pos, view: &'a SchemaView) -> Result<(), Misfit> {
        let own = &view.keywords;
        let no = || Misfit::new("null is not allowed");
        if view.data.nullable || own.json_type == Some(JsonType::Null) {
            return Ok(());
        }
        if declared_type(own).is_some() || !own.enumeration.is_empty() {
            return no();
        }
        let members: Vec<Pos> = own.all_of.iter().copied().flatten().collect();
        let notes = members.iter().any(|&member| nullable_note(self.cx, member));
        if notes {
            return Ok(());
        }
        for member in members {
            self.schema(member, &Value::Null, Role::Member)?;
        }
        if own.one_of.is_empty() && own.any_of.is_empty() {
            let kind = effective_type(&merged(self.cx, &Key::One(pos)));
            return if kind.is_none() || !own.all_of.is_empty() {
                Ok(())
            } else {
                no()
            };
        }
        self.unions(view, &Value::Null)
    }

    fn number(
        &mut self,
        pos: Pos,
        view: &SchemaView,
        number: &Number,
        kind: Option<JsonType>,
    ) -> Result<(), Misfit> {
        let own = &view.keywords;
        let float = number.as_f64().unwrap_or_default();
        let least = own.minimum.filter(|least| {
            float < *least || (own.exclusive_minimum == Some(true) && float == *least)
        });
        let most = own.maximum.filter(|most| {
            float > *most || (own.exclusive_maximum == Some(true) && float == *most)
        });
        if let Some(least) = least {
            return Misfit::new(format!("{number} violates the minimum {least}"));
        }
        if let Some(most) = most {
            return Misfit::new(format!("{number} violates the maximum {most}"));
        }
        let scalar = kind.and_then(|kind| scalar::scalar(kind, &merged(self.cx, &Key::One(pos))));
        match scalar {
            Some(scalar) if !scalar.holds(&Value::Number(number.clone())) => {
                Misfit::new(format!("{number} is not {}", scalar_phrase(scalar)))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn array(&mut self, view: &SchemaView, items: &[Value]) -> Result<(), Misfit> {
        let own = &view.keywords;
        length(items.len(), own.min_items, own.max_items, "items")?;
        let rest = own.items.flatten();
        for (index, value) in items.iter().enumerate() {
            let place = view.tuple.get(index).copied().flatten();
            let Some(item) = place.or(rest) else { continue };
            let result = self.schema(item, value, Role::Whole);
            result.map_err(|misfit| misfit.inside(&index.to_string()))?;
        }
        Ok(())
    }

    fn object(
        &mut self,
        pos: Pos,
        view: &'a SchemaView,
        map: &Map<String, Value>,
        role: Role,
    ) -> Result<(), Misfit> {
        let own = &view.keywords;
        length(
            map.len(),
            own.min_properties,
            own.max_properties,
            "properties",
        )?;
        for name in &own.required {
            if !map.contains_key(name) && !self.one_way(pos, name) {
                return Misfit::new(format!("the required property `{name}` is missing"));
            }
        }
        for (name, value) in map {
            let inside = |misfit: Misfit| misfit.inside(name);
            let child = match (own.properties.get(name), &own.additional_properties) {
                (Some(property), _) => *property,
                (None, Some(AdditionalProperties::Schema(_))) if own.has_open_patterns => None,
                (None, Some(AdditionalProperties::Schema(schema))) => *schema,
                (None, Some(AdditionalProperties::Any(false)))
                    if role == Role::Whole && !composed(view) =>
                {
                    return Misfit::new("the property is not declared").map_err(inside);
                }
                (None, Some(AdditionalProperties::Any(_)) | None) => None,
            };
            if let Some(child) = child {
                self.schema(child, value, Role::Whole).map_err(inside)?;
            }
        }
        Ok(())
    }

    /// Returns whether a property is excluded in this direction.
    fn one_way(&mut self, pos: Pos, name: &str) -> bool {
        let all = merged(self.cx, &Key::One(pos));
        let positions = all.properties.get(name).cloned().unwrap_or_default();
        positions.into_iter().any(|pos| match self.cx.entry(pos) {
            Entry::Schema(view) => match self.direction {
                Direction::Sent => view.data.read_only,
                Direction::Received => view.data.write_only,
            },
            Entry::Reference(_) => false,
        })
    }

    /// Returns the variant that the tag of a value selects.
    fn tagged(&mut self, pos: Pos, view: &SchemaView, value: &Value) -> Option<Pos> {
        let discriminator = view.data.discriminator.as_ref()?;
        let tag = value.as_object()?.get(&discriminator.property_name);
        let tag = tag.and_then(|tag| match tag {
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) => Some(tag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        });
        let tag = tag.as_deref();
        let mapped = |tag: &str| match discriminator.mapping.get(tag) {
            Some(target) => self.cx.find(target),
            None => {
                let name = Pointer::root().child("components").child("schemas");
                self.cx.find(name.child(tag).as_str())
            }
        };
        let default = || self.cx.find(discriminator.default_mapping.as_ref()?);
        let target = tag.and_then(mapped).or_else(default)?;
        let own = &view.keywords;
        let variants = own.one_of.iter().chain(&own.any_of);
        let variants: Vec<Pos> = variants.copied().flatten().collect();
        let is_subtype = self
            .cx
            .subtypes
            .get(&pos)
            .is_some_and(|subtypes| subtypes.contains(&target));
        let is_variant = variants
            .into_iter()
            .any(|variant| past_references(self.cx, variant) == Some(target));
        (is_subtype || is_variant).then_some(target)
    }

    /// Checks that one of the variants matches. If none does, the one that matches the most levels gives the reason.
    fn any(&mut self, variants: &[Pos], value: &Value) -> Result<(), Misfit> {
        let mut best: Option<Misfit> = None;
        for &variant in variants {
            // Beside other variants, `{ nullable: true }` means null, although it accepts any value.
            if variants.len() > 1 && !value.is_null() && nullable_note(self.cx, variant) {
                continue;
            }
            match self.schema(variant, value, Role::Whole) {
                Ok(()) => return Ok(()),
                Err(misfit) => {
                    let depth = best.as_ref().map_or(0, |best| best.path.len());
                    if best.is_none() || misfit.path.len() > depth {
                        best = Some(misfit);
                    }
                }
            }
        }
        match best {
            None => Ok(()),
            Some(misfit) if variants.len() == 1 || !misfit.path.is_empty() => Err(misfit),
            Some(_) => Misfit::new(format!(
                "none of the {} alternatives matches",
                variants.len()
            )),
        }
    }
}

/// Returns whether other schemas may declare properties, too.
fn composed(view: &SchemaView) -> bool {
    let own = &view.keywords;
    !own.all_of.is_empty() || !own.any_of.is_empty() || !own.one_of.is_empty()
}

fn is_of(kind: JsonType, value: &Value) -> bool {
    match kind {
        JsonType::String => value.is_string(),
        JsonType::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        JsonType::Number => value.is_number(),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Object => value.is_object(),
        JsonType::Array => value.is_array(),
        JsonType::Null => value.is_null(),
    }
}

fn string(view: &SchemaView, text: &str) -> Result<(), Misfit> {
    let own = &view.keywords;
    let quoted = match own.format.as_deref() {
        Some("int64") => Some(Scalar::QuotedI64),
        Some("uint64") => Some(Scalar::QuotedU64),
        Some(_) | None => None,
    };
    if quoted.is_some_and(|scalar| !scalar.holds(&Value::String(text.into()))) {
        return Misfit::new("the string is not a 64-bit integer");
    }
    length(
        text.chars().count(),
        own.min_length,
        own.max_length,
        "characters",
    )
}

fn length(
    length: usize,
    least: Option<usize>,
    most: Option<usize>,
    what: &str,
) -> Result<(), Misfit> {
    if let Some(least) = least.filter(|least| length < *least) {
        return Misfit::new(format!(
            "the number of {what} is {length}, but the minimum is {least}"
        ));
    }
    match most.filter(|most| length > *most) {
        Some(most) => Misfit::new(format!(
            "the number of {what} is {length}, but the maximum is {most}"
        )),
        None => Ok(()),
    }
}

/// Returns a scalar with its article, for messages.
fn scalar_phrase(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::I8 => "an 8-bit integer",
        Scalar::I16 => "a 16-bit integer",
        Scalar::I32 => "a 32-bit integer",
        Scalar::I64 | Scalar::UnixTime => "a 64-bit integer",
        Scalar::U8 => "an unsigned 8-bit integer",
        Scalar::U16 => "an unsigned 16-bit integer",
        Scalar::U32 => "an unsigned 32-bit integer",
        Scalar::U64 => "an unsigned 64-bit integer",
        Scalar::F32 => "a 32-bit float",
        Scalar::F64 => "a 64-bit float",
        Scalar::QuotedI64
        | Scalar::QuotedU64
        | Scalar::String
        | Scalar::Bool
        | Scalar::Null
        | Scalar::File => "a number",
    }
}

/// Returns whether values are equal, regardless of how numbers are written.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || (a.as_f64() == b.as_f64()),
        (a, b) => a == b,
    }
}

/// Returns a short form of a value, for messages.
fn short(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) if text.chars().count() > 40 => "this string".into(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
