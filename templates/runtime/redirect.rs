// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Redirects that the document describes as the success of an operation.
//!
//! In: a raw response. Out: [`Redirect`]. Not here: following it, which is up to the caller: the target may be on another
//! server, which must not get the credential.

use http::header::LOCATION;
use serde::{Serialize, Serializer};

use super::call::{Call, Operation};
use super::client::Client;
use super::draft::Reading;
use super::error::Result;
use super::response::{Raw, Response};

/// A redirect that the document describes as the success of the operation. The client does not
/// follow it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Redirect {
    /// The `Location` header: an absolute URL, or a URL relative to the URL of the request (RFC
    /// 9110, section 10.2.2).
    pub location: String,
}

impl Serialize for Redirect {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.location)
    }
}

impl Call<Redirect> {
    /// Creates a call whose success is a redirect.
    pub(crate) fn redirect(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, decode).reading(Reading::Redirect)
    }
}

/// Decodes a redirect.
fn decode(raw: Raw) -> Result<Response<Redirect>> {
    let location = raw.meta.headers.get(LOCATION);
    match location.and_then(|location| location.to_str().ok()) {
        Some(location) => {
            let location = location.to_owned();
            Ok(raw.with(Redirect { location }))
        }
        None => Err(raw.unlike("there is no `Location` header")),
    }
}
