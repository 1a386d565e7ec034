//! The files of multipart bodies.
//!
//! In: the [`Api`], and a [`Body`]. Out: which of its parts are files, always or for a value. Not here: which types are files (see `understand`), how they
//! are sent.

use serde_json::Value;

use super::api::{Access, Api, Body, BodyContent, Field, Scalar, Shape, Ty, Variant};
use super::ty::{fields, non_null, resolve};

/// The parts of a multipart body that are files, whatever its value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files<'a> {
    None,
    /// All items of a list, or all entries of a map.
    All,
    /// Whether each item of a tuple is a file. At least one is.
    Items(Vec<bool>),
    /// Properties of a struct, or of the variants of a union. There is at least one.
    Properties(FileProperties<'a>),
}

/// Properties by their names on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileProperties<'a> {
    pub files: Vec<&'a str>,
    /// Those that are a file or a text: by the value, or by the variant of the body.
    pub either: Vec<&'a str>,
}

impl Files<'_> {
    /// Returns whether the property of this name is a file, or a list of files.
    pub fn has_property(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Properties(names) => names.files.contains(&name),
            Self::None | Self::Items(_) => false,
        }
    }

    /// Returns whether the property of this name is a file or a text.
    pub fn may_have_property(&self, name: &str) -> bool {
        match self {
            Self::Properties(names) => names.either.contains(&name),
            Self::None | Self::All | Self::Items(_) => false,
        }
    }

    /// Returns whether the item at this index is a file.
    pub fn has_item(&self, index: usize) -> bool {
        match self {
            Self::All => true,
            Self::Items(items) => items.get(index) == Some(&true),
            Self::None | Self::Properties(_) => false,
        }
    }
}

impl Body {
    /// Returns the parts that are files. A property with a list of files becomes several parts.
    pub fn files<'a>(&'a self, api: &'a Api) -> Files<'a> {
        let ty = match self.content {
            BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => {
                resolve(api, non_null(&self.ty).0)
            }
            BodyContent::Json
            | BodyContent::JsonLines
            | BodyContent::JsonSequence
            | BodyContent::Form(_)
            | BodyContent::Text
            | BodyContent::File => return Files::None,
        };
        match ty {
            Ty::List(item) if is_file(api, item) => Files::All,
            Ty::Map(entry) if has_files(api, entry) => Files::All,
            Ty::Tuple(items) => {
                let items: Vec<bool> = items.iter().map(|item| is_file(api, item)).collect();
                match items.contains(&true) {
                    true => Files::Items(items),
                    false => Files::None,
                }
            }
            Ty::Named(id) => {
                let names = properties(api, &api.types[id.0].shape);
                match names.files.is_empty() && names.either.is_empty() {
                    true => Files::None,
                    false => Files::Properties(names),
                }
            }
            Ty::List(_) | Ty::Map(_) | Ty::Scalar(_) | Ty::Nullable(_) | Ty::Any(_) => Files::None,
        }
    }
}

/// Returns the properties that are files, and those that may be files.
fn properties<'a>(api: &'a Api, shape: &'a Shape) -> FileProperties<'a> {
    let sent: Vec<&Field> = match shape {
        Shape::Union { variants, .. } => {
            let variants = variants.iter().map(|it| resolve(api, non_null(&it.ty).0));
            let variants = variants.flat_map(|ty| match ty {
                Ty::Named(id) => fields(&api.types[id.0].shape),
                _ => &[],
            });
            variants.collect()
        }
        Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => {
            fields(shape).iter().collect()
        }
    };
    let mut found = FileProperties::default();
    for field in sent.iter().filter(|field| field.access != Access::ReadOnly) {
        let name = field.wire.as_str();
        let mut all = sent.iter().filter(|other| other.wire == name);
        let list = match all.all(|it| has_files(api, &it.ty)) {
            true => &mut found.files,
            false if has_files(api, &field.ty) || may_be_file(api, &field.ty) => &mut found.either,
            false => continue,
        };
        if !list.contains(&name) {
            list.push(name);
        }
    }
    found
}

/// Returns whether a value, or an item of a list, is a file or a text.
pub fn may_be_file(api: &Api, ty: &Ty) -> bool {
    match resolve(api, ty) {
        Ty::List(inner) | Ty::Nullable(inner) => may_be_file(api, inner),
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Union { variants, .. } => variants.iter().any(|it| has_files(api, &it.ty)),
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => false,
        },
        Ty::Scalar(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => false,
    }
}

/// Returns whether a part is a file, or a list of files, for its value. `variant` chooses the variant of a union that a value is.
pub fn is_file_for<'a>(
    api: &'a Api,
    ty: &'a Ty,
    value: &Value,
    variant: &impl Fn(&'a Shape, &Value) -> Option<&'a Variant>,
) -> bool {
    match resolve(api, ty) {
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::Nullable(inner) => is_file_for(api, inner, value, variant),
        Ty::List(inner) => match value {
            Value::Array(items) => {
                let mut items = items.iter();
                items.all(|item| is_file_for(api, inner, item, variant))
            }
            item => is_file_for(api, inner, item, variant),
        },
        Ty::Named(id) => variant(&api.types[id.0].shape, value)
            .is_some_and(|chosen| is_file_for(api, &chosen.ty, value, variant)),
        Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => false,
    }
}

fn is_file(api: &Api, ty: &Ty) -> bool {
    match resolve(api, ty) {
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::Nullable(inner) => is_file(api, inner),
        Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => false,
    }
}

/// Returns whether a property is a file or a list of files.
fn has_files(api: &Api, ty: &Ty) -> bool {
    match resolve(api, ty) {
        Ty::List(inner) | Ty::Nullable(inner) => has_files(api, inner),
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => false,
    }
}
