//! The constraints of a schema as one value, and their combination with those of another schema.
//!
//! In: a schema, or two [`Merged`]. Out: [`Merged`]. Not here: which schemas apply together (see `merge`), types.

use serde_json::Value;

use crate::document::{
    AdditionalProperties, Child, Discriminator, JsonType, Keywords, Pos, SchemaView,
};
use crate::maps::{IndexMap, IndexSet};

/// The constraints of a key, one level deep.
#[derive(Clone, Debug, Default)]
pub struct Merged<'a> {
    pub title: Option<&'a str>,
    pub description: Option<&'a str>,
    pub deprecated: bool,
    pub default: Option<&'a Value>,
    pub example: Option<&'a Value>,
    pub nullable: bool,
    pub kind: Option<JsonType>,
    pub format: Option<&'a str>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    /// `enum`, and its position.
    pub values: Option<(Pos, Vec<&'a Value>)>,
    /// The properties, each with all positions that constrain it. The list is empty if the schema could not be read. The same
    /// holds for `items` and [`Additional::Typed`].
    pub properties: IndexMap<&'a str, Vec<Pos>>,
    pub required: IndexSet<&'a str>,
    pub additional: Additional,
    /// Whether `additional` describes only some of the other properties, and the rest accept any value.
    pub has_open_patterns: bool,
    pub items: Option<Vec<Pos>>,
    /// The items of a tuple.
    pub tuple: Option<Vec<Pos>>,
    pub unions: Vec<UnionOf<'a>>,
    pub discriminator: Option<&'a Discriminator>,
    pub pattern: Option<&'a str>,
    /// Whether there is a keyword that applies only to strings.
    pub textual: bool,
    /// Whether there is a keyword that applies only to numbers.
    pub numeric: bool,
    /// The positions whose keywords were merged.
    pub parts: Vec<Pos>,
    /// The position and the text of a contradiction between constraints.
    pub contradiction: Option<(Pos, String)>,
}

impl Merged<'_> {
    /// Returns whether the value is binary, which OpenAPI 3.0 describes as a string of this format.
    pub fn is_binary(&self) -> bool {
        self.format == Some("binary")
    }

    /// Returns whether no constraint determines a type, except this JSON type.
    pub fn adds_nothing_to(&self, kind: Option<JsonType>) -> bool {
        (self.kind.is_none() || self.kind == kind)
            && self.format.is_none()
            && self.values.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && self.unions.is_empty()
            && matches!(self.additional, Additional::Undeclared | Additional::Any)
    }
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Additional {
    #[default]
    Undeclared,
    Any,
    Closed,
    Typed(Vec<Pos>),
}

/// A `oneOf` or `anyOf`. Both result in the same type, which takes the first variant that matches.
#[derive(Clone, Debug)]
pub struct UnionOf<'a> {
    pub variants: Vec<Pos>,
    pub discriminator: Option<&'a Discriminator>,
}

/// Returns the declared type, or the one that structural keywords imply.
pub fn declared_type(own: &Keywords) -> Option<JsonType> {
    let implied = || {
        if !own.properties.is_empty() || own.additional_properties.is_some() {
            Some(JsonType::Object)
        } else {
            own.items.map(|_| JsonType::Array)
        }
    };
    own.json_type.or_else(implied)
}

/// Returns the keywords of a single schema.
pub fn leaf<'a>(pos: Pos, view: &'a SchemaView) -> Merged<'a> {
    let (data, own) = (&view.data, &view.keywords);
    let positions = |list: &[Child]| list.iter().copied().flatten().collect::<Vec<_>>();
    let unions = [&own.one_of, &own.any_of]
        .into_iter()
        .filter(|list| !list.is_empty())
        .map(|list| UnionOf {
            variants: positions(list),
            discriminator: data.discriminator.as_deref(),
        })
        .collect();
    let additional = match &own.additional_properties {
        None => Additional::Undeclared,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Any(false)) => Additional::Closed,
        Some(AdditionalProperties::Schema(schema)) => Additional::Typed(positions(&[*schema])),
    };
    Merged {
        title: data.title.as_deref(),
        description: data.description.as_deref(),
        deprecated: data.deprecated,
        default: data.default.as_deref(),
        example: data
            .example
            .as_deref()
            .or(view.examples.first().map(|(_, value)| value)),
        nullable: data.nullable,
        kind: declared_type(own),
        format: own.format.as_deref(),
        minimum: own.minimum,
        maximum: own.maximum,
        values: (!own.enumeration.is_empty()).then(|| (pos, own.enumeration.iter().collect())),
        properties: own
            .properties
            .iter()
            .map(|(name, schema)| (name.as_str(), positions(&[*schema])))
            .collect(),
        required: own.required.iter().map(String::as_str).collect(),
        additional,
        has_open_patterns: own.has_open_patterns,
        items: own.items.as_ref().map(|items| positions(&[*items])),
        tuple: (!view.tuple.is_empty()).then(|| positions(&view.tuple)),
        unions,
        discriminator: data.discriminator.as_deref(),
        pattern: own.pattern.as_deref(),
        textual: own.pattern.is_some() || own.min_length.is_some() || own.max_length.is_some(),
        numeric: own.minimum.is_some() || own.maximum.is_some() || own.multiple_of.is_some(),
        parts: vec![pos],
        contradiction: None,
    }
}

/// Combines two schemas that apply together. If annotations differ, the second one wins.
pub fn and<'a>(a: Merged<'a>, b: Merged<'a>) -> Merged<'a> {
    if a.parts.is_empty() {
        return b;
    }
    let mut contradiction = a.contradiction.clone().or(b.contradiction.clone());
    let kind = both_types(&a, &b, &mut contradiction);
    let values = both_values(a.values, b.values, &mut contradiction);
    let mut properties = a.properties;
    let items = match (a.items, b.items) {
        (Some(mut one), Some(two)) => {
            append(&mut one, two);
            Some(one)
        }
        (one, two) => one.or(two),
    };
    let additional = both_additional(
        (a.additional, properties.is_empty()),
        (b.additional, b.properties.is_empty()),
    );
    for (name, positions) in b.properties {
        append(properties.entry(name).or_default(), positions);
    }
    let mut parts = a.parts;
    append(&mut parts, b.parts);
    Merged {
        title: b.title,
        description: b.description,
        deprecated: b.deprecated,
        default: b.default.or(a.default),
        example: b.example,
        nullable: a.nullable && b.nullable,
        kind,
        format: b.format.or(a.format),
        minimum: most(a.minimum, b.minimum, f64::max),
        maximum: most(a.maximum, b.maximum, f64::min),
        values,
        properties,
        required: a.required.into_iter().chain(b.required).collect(),
        additional,
        has_open_patterns: a.has_open_patterns || b.has_open_patterns,
        items,
        tuple: b.tuple.or(a.tuple),
        unions: a.unions.into_iter().chain(b.unions).collect(),
        discriminator: b.discriminator.or(a.discriminator),
        pattern: b.pattern.or(a.pattern),
        textual: a.textual || b.textual,
        numeric: a.numeric || b.numeric,
        parts,
        contradiction,
    }
}

fn append(list: &mut Vec<Pos>, more: Vec<Pos>) {
    for pos in more {
        if !list.contains(&pos) {
            list.push(pos);
        }
    }
}

fn most(a: Option<f64>, b: Option<f64>, pick: fn(f64, f64) -> f64) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(pick(a, b)),
        (a, b) => a.or(b),
    }
}

type Contradiction = Option<(Pos, String)>;

fn both_types<'a>(
    a: &Merged<'a>,
    b: &Merged<'a>,
    contradiction: &mut Contradiction,
) -> Option<JsonType> {
    let (Some(one), Some(two)) = (a.kind, b.kind) else {
        return a.kind.or(b.kind);
    };
    let both = one.and(two);
    if both.is_none() {
        contradiction.get_or_insert_with(|| contrary(b, one, two, two));
    }
    both.or(Some(two))
}

/// Resolves a conflict between the type of a reference and one beside it. OpenAPI 3.0 ignores the latter, and in later versions
/// no value matches both. The type of the reference wins, unless there are structural keywords beside it.
pub fn yield_type(members: &mut Merged, own: &mut Merged) {
    let (Some(one), Some(two)) = (members.kind, own.kind) else {
        return;
    };
    if one.and(two).is_none() && own.adds_nothing_to(Some(two)) {
        let found = contrary(own, one, two, one);
        members.contradiction.get_or_insert(found);
        own.kind = None;
    }
}

fn contrary(at: &Merged, one: JsonType, two: JsonType, taken: JsonType) -> (Pos, String) {
    let text = format!(
        "the value cannot be both {} and {}; {} is used",
        one.phrase(),
        two.phrase(),
        taken.phrase()
    );
    (at.parts.last().copied().unwrap_or_default(), text)
}

type Values<'a> = Option<(Pos, Vec<&'a Value>)>;

fn both_values<'a>(a: Values<'a>, b: Values<'a>, contradiction: &mut Contradiction) -> Values<'a> {
    let (Some((_, one)), Some((pos, two))) = (&a, &b) else {
        return a.or(b);
    };
    let common: Vec<&Value> = two
        .iter()
        .copied()
        .filter(|value| one.contains(value))
        .collect();
    if common.is_empty() {
        let text = "this enum and the one of the extended schema have no values in common";
        contradiction.get_or_insert_with(|| (*pos, text.into()));
        return b;
    }
    Some((*pos, common))
}

/// Combines two declarations of additional properties. If only one of them is closed, it would forbid all properties of the other
/// schema, so it is taken to apply to its own schema. The flags are set if a schema has no properties.
fn both_additional((a, a_bare): (Additional, bool), (b, b_bare): (Additional, bool)) -> Additional {
    match (a, b) {
        (Additional::Typed(mut one), Additional::Typed(two)) => {
            append(&mut one, two);
            Additional::Typed(one)
        }
        (Additional::Typed(one), _) | (_, Additional::Typed(one)) => Additional::Typed(one),
        (Additional::Undeclared, other) if a_bare => other,
        (other, Additional::Undeclared) if b_bare => other,
        (one, two) if one == two => one,
        _ => Additional::Any,
    }
}
