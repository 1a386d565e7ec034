//! What deciders say of a key, before it has a type.
//!
//! In: nothing. Out: [`Sketch`], which `types` turns into types and definitions. Not here: decisions.

use super::keys::Key;
use crate::document::Pos;
use crate::model::api::{EnumValue, Extent, Repr, Scalar, Tag, Why};

/// What a key becomes.
#[derive(Clone, Debug)]
pub enum Sketch {
    Any(Why),
    Scalar(Scalar),
    List,
    Tuple,
    Map,
    Struct,
    Enum(EnumSketch),
    Union(UnionSketch),
    /// Nothing but this.
    Same(Key),
}

/// An enum before it has a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumSketch {
    pub repr: Repr,
    pub values: Vec<EnumValue>,
    pub extent: Extent,
}

/// A union before it has a definition.
#[derive(Clone, Debug)]
pub struct UnionSketch {
    pub tag: Tag,
    pub variants: Vec<VariantSketch>,
}

#[derive(Clone, Debug)]
pub struct VariantSketch {
    pub content: Content,
    pub name: String,
    pub tags: Vec<String>,
    pub is_default: bool,
}

/// What a variant holds.
#[derive(Clone, Debug)]
pub enum Content {
    Key(Key),
    /// Variants that the tag does not tell apart: a union of its own, in which what fits decides.
    Group(Vec<VariantSketch>),
}

/// A variant on its way to a plan.
#[derive(Clone, Debug)]
pub struct Alternative {
    pub key: Key,
    /// What the schema itself says, without what holds for all variants.
    pub end: Pos,
}
