// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decodes bodies whose type depends on the status: enums with a variant per documented success or
//! error.
//!
//! In: a status and a body. Out: the variant of the status. Not here: the enums, which are emitted.

use super::call::{Call, Operation};
use super::client::Client;
use super::decode_error::Decoded;
use super::error::Result;
use super::response::{Raw, Response};

/// An enum with a variant per documented success.
pub(crate) trait ByStatus: Sized {
    fn read(status: u16, body: &[u8]) -> Decoded<Self>;
}

impl<T: ByStatus> Call<T> {
    /// Creates a call whose type depends on the status.
    pub(crate) fn by_status(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, decode)
    }
}

/// Decodes a response by its status.
fn decode<T: ByStatus>(raw: Raw) -> Result<Response<T>> {
    let value = T::read(raw.meta.status.as_u16(), &raw.body);
    raw.read(value)
}

/// Implements the decoding of an enum, and its encoding for programs that print responses:
/// `by_status!(Name { 202 => Accepted: json, 204 => NoContent: nothing, _ => Ok: json })`. The last
/// pattern matches the statuses that the document does not list.
macro_rules! by_status {
    ($name:ident { $($status:pat => $variant:ident: $form:ident),+ $(,)? }) => {
        impl $crate::runtime::ByStatus for $name {
            fn read(status: u16, body: &[u8]) -> $crate::runtime::macros::Decoded<Self> {
                match status {
                    $($status => $crate::runtime::by_status!(@read $form $variant body),)+
                }
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(
                &self,
                serializer: S,
            ) -> std::result::Result<S::Ok, S::Error> {
                $($crate::runtime::by_status!(@write $form $variant self serializer);)+
                serializer.serialize_none()
            }
        }
    };
    (@read boxed $variant:ident $body:ident) => {
        $crate::runtime::macros::from_json($body).map(Box::new).map(Self::$variant)
    };
    (@read json $variant:ident $body:ident) => {
        $crate::runtime::macros::from_json($body).map(Self::$variant)
    };
    (@read text $variant:ident $body:ident) => {
        Ok(Self::$variant($crate::runtime::macros::text_of($body)))
    };
    (@read nothing $variant:ident $body:ident) => {
        Ok(Self::$variant)
    };
    (@write nothing $variant:ident $this:ident $serializer:ident) => {};
    (@write $form:ident $variant:ident $this:ident $serializer:ident) => {
        if let Self::$variant(value) = $this {
            return value.serialize($serializer);
        }
    };
}

/// Implements the decoding of an enum of errors, with the syntax of `by_status!`.
macro_rules! errors {
    ($name:ident { $($status:pat => $variant:ident: $form:ident),+ $(,)? }) => {
        impl $crate::runtime::ErrorBody for $name {
            fn read(status: u16, body: &[u8]) -> $crate::runtime::macros::Decoded<Self> {
                match status {
                    $($status => $crate::runtime::by_status!(@read $form $variant body),)+
                }
            }
        }
    };
}

pub(crate) use {by_status, errors};
