// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Decodes bodies whose type depends on the status: enums with a variant per documented success or
//! error.
//!
//! In: a response, or the status and body of an error. Out: the variant of the status. Not here: the enums, which are emitted.

use super::call::{Call, Operation};
use super::client::Client;
use super::draft::Reading;
use super::error::Result;
use super::response::{Raw, Response};

/// An enum with a variant per documented success.
pub(crate) trait ByStatus: Sized {
    /// Returns how a response with this status is read; `None` if it is no success.
    fn reading(status: u16) -> Option<Reading>;

    fn read(raw: Raw) -> Result<Response<Self>>;
}

impl<T> Call<T> {
    /// Creates a call whose type depends on the status.
    pub(crate) fn by_status(client: &Client, operation: &'static Operation) -> Self
    where
        T: ByStatus,
    {
        Self::of(client, operation, T::read).reading(Reading::ByStatus(T::reading))
    }
}

/// Decodes a response as a call of this kind does.
pub(crate) fn read_as<T>(
    raw: Raw,
    kind: fn(&Client, &'static Operation) -> Call<T>,
) -> Result<Response<T>> {
    let call = kind(&raw.draft.client, raw.draft.operation);
    call.decode(raw)
}

/// Implements the decoding of an enum, and its encoding for programs that print responses:
/// `by_status!(Name { 202 => Accepted: json, 302 => Found: redirect, 200..300 => Ok: download })`.
/// The last pattern matches the successes that the document does not list. A variant whose body is
/// still to be read is written like one without content.
macro_rules! by_status {
    ($name:ident { $($status:pat => $variant:ident: $form:ident),+ $(,)? }) => {
        impl $crate::runtime::ByStatus for $name {
            fn reading(status: u16) -> Option<$crate::runtime::macros::Reading> {
                match status {
                    $($status => Some($crate::runtime::by_status!(@reading $form)),)+
                    _ => None,
                }
            }

            fn read(
                raw: $crate::runtime::macros::Raw,
            ) -> $crate::runtime::macros::Result<$crate::runtime::macros::Response<Self>> {
                match raw.meta.status.as_u16() {
                    $($status => $crate::runtime::by_status!(@reply $form $variant raw),)+
                    _ => Err(raw.unlike("the document does not describe this status")),
                }
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            #[allow(irrefutable_let_patterns)]
            fn serialize<S: $crate::runtime::macros::Serializer>(
                &self,
                serializer: S,
            ) -> std::result::Result<S::Ok, S::Error> {
                $($crate::runtime::by_status!(@write $form $variant self serializer);)+
                serializer.serialize_none()
            }
        }
    };
    (@reading json) => { $crate::runtime::macros::Reading::Whole };
    (@reading text) => { $crate::runtime::macros::Reading::Whole };
    (@reading nothing) => { $crate::runtime::macros::Reading::Whole };
    (@reading redirect) => { $crate::runtime::macros::Reading::Redirect };
    (@reading $open:ident) => { $crate::runtime::macros::Reading::Open };
    (@reply json $variant:ident $raw:ident) => {{
        let value = $crate::runtime::by_status!(@read json $variant (&$raw.body));
        $raw.read(value)
    }};
    (@reply nothing $variant:ident $raw:ident) => {
        Ok($raw.with(Self::$variant))
    };
    (@reply $kind:ident $variant:ident $raw:ident) => {
        $crate::runtime::read_as($raw, $crate::runtime::Call::$kind)
            .map(|reply| reply.map(Self::$variant))
    };
    (@read boxed $variant:ident $body:tt) => {
        $crate::runtime::macros::from_json($body).map(Box::new).map(Self::$variant)
    };
    (@read json $variant:ident $body:tt) => {
        $crate::runtime::macros::from_json($body).map(Self::$variant)
    };
    (@read string $variant:ident $body:tt) => {
        Ok(Self::$variant($crate::runtime::macros::string_of($body)))
    };
    (@read nothing $variant:ident $body:tt) => {
        Ok(Self::$variant)
    };
    (@write json $variant:ident $this:ident $serializer:ident) => {
        $crate::runtime::by_status!(@value $variant $this $serializer);
    };
    (@write text $variant:ident $this:ident $serializer:ident) => {
        $crate::runtime::by_status!(@value $variant $this $serializer);
    };
    (@write redirect $variant:ident $this:ident $serializer:ident) => {
        $crate::runtime::by_status!(@value $variant $this $serializer);
    };
    (@write $other:ident $variant:ident $this:ident $serializer:ident) => {};
    (@value $variant:ident $this:ident $serializer:ident) => {
        if let Self::$variant(value) = $this {
            return value.serialize($serializer);
        }
    };
}

/// Implements the decoding of an enum of errors: like `by_status!`, with the forms `boxed` and
/// `string`, which is JSON or text.
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
