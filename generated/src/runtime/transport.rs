// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Transports send requests: a small trait, and the default implementation on reqwest.
//!
//! In: nothing. Out: public names. Not here: code.

#[cfg(feature = "reqwest")]
pub use super::reqwest_transport::ReqwestTransport;
pub use super::sending::{Body, Sending, Transport, TransportError, TransportErrorKind};
/// The types of requests and responses, in the version that this crate uses.
pub use http;
/// The HTTP library of the default transport, in the version that it uses.
#[cfg(feature = "reqwest")]
pub use reqwest;
