//! Times: what a field holds by its type, or by the format of its text.
//!
//! In: a field. Out: a [`Time`]. Not here: conversions (see `emit`).

use crate::model::api::{Api, Doc, Field, Scalar, Shape, Ty};
use crate::model::note::{Limit, Note};
use crate::model::ty::{non_null, resolve};

/// A kind of time, whose text may be anything that the server sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// Seconds since the Unix epoch, an integer.
    Unix,
    /// The format `date-time`: RFC 3339, section 5.6.
    Timestamp,
    /// The format `date`: `full-date` of the same section.
    Date,
    /// The format `duration`: RFC 3339, appendix A.
    Duration,
}

impl Time {
    /// Returns the kind of time that a field holds, also through aliases and if it may be null.
    pub fn of(api: &Api, field: &Field) -> Option<Self> {
        match resolve(api, non_null(&field.ty).0) {
            Ty::Scalar(Scalar::UnixTime) => Some(Self::Unix),
            Ty::Scalar(Scalar::String) => {
                let own = format(&field.doc).or_else(|| format_of_alias(api, &field.ty));
                own.and_then(Self::of_format)
            }
            _ => None,
        }
    }

    fn of_format(format: &str) -> Option<Self> {
        match format {
            "date-time" => Some(Self::Timestamp),
            "date" => Some(Self::Date),
            "duration" => Some(Self::Duration),
            _ => None,
        }
    }
}

/// Returns the format that the first alias with one declares.
fn format_of_alias<'a>(api: &'a Api, ty: &'a Ty) -> Option<&'a str> {
    let mut at = non_null(ty).0;
    for _ in 0..=api.types.len() {
        let Ty::Named(id) = at else { return None };
        let def = &api.types[id.0];
        let Shape::Alias(target) = &def.shape else {
            return None;
        };
        if let Some(format) = format(&def.doc) {
            return Some(format);
        }
        at = non_null(target).0;
    }
    None
}

/// Returns the format of a value, not that of its items.
fn format(doc: &Doc) -> Option<&str> {
    let limits = doc.notes.iter().filter_map(|note| match note {
        Note::Limits(limits) => Some(limits),
        _ => None,
    });
    let mut own = limits.flat_map(|limits| limits.own.iter().flatten());
    own.find_map(Limit::format)
}
