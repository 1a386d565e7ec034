//! The files of multipart bodies.
//!
//! In: the [`Api`], and a [`Body`]. Out: which of its parts are files. Not here: which types are files (see `understand`), how they
//! are sent.

use super::api::{Access, Api, Body, BodyContent, Scalar, Ty};
use super::ty::{fields, non_null, resolve};

/// The parts of a multipart body that are files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files<'a> {
    None,
    /// All items of a list, or all entries of a map.
    All,
    /// Whether each item of a tuple is a file. At least one is.
    Items(Vec<bool>),
    /// These properties of a struct, by their names on the wire. There is at least one.
    Properties(Vec<&'a str>),
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
                let sent = fields(&api.types[id.0].shape).iter();
                let sent = sent.filter(|field| field.access != Access::ReadOnly);
                let files = sent.filter(|field| has_files(api, &field.ty));
                let names: Vec<&str> = files.map(|field| field.wire.as_str()).collect();
                match names.is_empty() {
                    true => Files::None,
                    false => Files::Properties(names),
                }
            }
            Ty::List(_) | Ty::Map(_) | Ty::Scalar(_) | Ty::Nullable(_) | Ty::Any(_) => Files::None,
        }
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
