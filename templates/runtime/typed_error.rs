// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Reads error responses as types.
//!
//! In: an [`ApiError`], and a type. Out: its body or its headers as that type. Not here: what all errors have in common (see
//! `error_body`).

use serde::de::DeserializeOwned;

use super::api_error::ApiError;
use super::decode::{Decoded, Unreadable, from_json};
use super::decode_error::DecodeError;
use super::error::{Error, Result};
use super::headers;

impl ApiError {
    /// Reads the headers as a type of your choice.
    ///
    /// The type is a struct with a field for each header, named like the header in lower case. The
    /// documentation of each method names the type that the document describes.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Header`](crate::Error::Header) if a header is missing or does not fit.
    pub fn decode_headers<H: DeserializeOwned>(&self) -> Result<H> {
        headers::decode(&self.meta.headers)
    }

    /// Reads the body as a type of your choice. The documentation of each method names the types of its errors.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Decode`] if the body does not fit.
    pub fn decode<T: ErrorBody>(&self) -> Result<T> {
        T::read(self.meta.status.as_u16(), &self.body).map_err(|error| self.unlike(error))
    }

    fn unlike(&self, error: Unreadable) -> Error {
        let secrets = &mut self.secrets.to_vec();
        let error = DecodeError::of(self.meta.clone(), self.body.clone(), error, secrets);
        Error::Decode(Box::new(error))
    }
}

/// A type that [`ApiError::decode`] can read: any type that implements
/// [`Deserialize`](serde::Deserialize), and the generated enums of errors by status.
pub trait ErrorBody: Sized {
    #[doc(hidden)]
    fn read(status: u16, body: &[u8]) -> Decoded<Self>;
}

impl<T: DeserializeOwned> ErrorBody for T {
    fn read(_: u16, body: &[u8]) -> Decoded<Self> {
        from_json(body)
    }
}
