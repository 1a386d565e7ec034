//! Decisions about keys that do not have a type yet.
//!
//! In: nothing. Out: [`Sketch`], from which `types` makes types and definitions. Not here: decisions.

use super::keys::Key;
use crate::document::Pos;
use crate::model::api::{EnumValue, Extent, Repr, Scalar, Tag, UntypedReason};

/// The decision about a key. It refers to other keys, which may not have a type yet.
#[derive(Clone, Debug)]
pub enum Sketch {
    Any(UntypedReason),
    Scalar(Scalar),
    List,
    Tuple,
    Map,
    Struct,
    Enum(EnumSketch),
    Union(UnionSketch),
    /// The same type as another key.
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

/// The content of a variant.
#[derive(Clone, Debug)]
pub enum Content {
    Key(Key),
    /// Variants that share a tag: a nested union, in which the best match is chosen.
    Group(Vec<VariantSketch>),
}

/// A variant before it has a type.
#[derive(Clone, Debug)]
pub struct Alternative {
    pub key: Key,
    /// The schema of the variant, without the constraints of the union.
    pub end: Pos,
}
