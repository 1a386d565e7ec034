//! The service as a whole: what it is called, how a client is set up, and how it authenticates.
//!
//! In: nothing. Out: types only. Not here: operations, types of values.

use super::types::Doc;
use crate::model::note::Note;
use crate::report::Pointer;

/// `info` of the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    pub title: String,
    pub version: String,
    pub summary: Option<String>,
    pub description: Option<String>,
    /// Who makes the service, on what terms, and where it is.
    pub notes: Vec<Note>,
}

/// What `x-client` at the root of the document says about the crate and all of its requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientSettings {
    pub package: Package,
    /// Environment variable that replaces the base URL.
    pub base_url_env: Option<String>,
    /// Headers with a setter on the client builder.
    pub headers: Vec<HeaderSetting>,
    /// Environment variable with `Name: value` lines, sent with every request.
    pub extra_headers_env: Option<String>,
    /// Response header that identifies a request. Default: `x-request-id`.
    pub request_id_header: String,
    /// Request header that makes a request idempotent. Default: `Idempotency-Key`.
    pub idempotency_header: String,
    pub errors: ErrorShape,
    /// What the command line client is called. Default: as the package.
    pub program: Option<String>,
    /// Rust files of the document's folder that become `examples/*.rs`, read by `load`.
    pub examples: Vec<ExampleFile>,
}

/// The `[package]` of the emitted crate, as far as it is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    pub name: Option<String>,
    pub version: Option<String>,
    pub description: Option<String>,
    pub license: Option<String>,
    pub repository: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    pub authors: Vec<String>,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
}

/// A header that the client sends with every request once it is set.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderSetting {
    /// What the setter is called.
    pub name: String,
    /// The header's name on the wire.
    pub header: String,
    pub env: Option<String>,
    pub description: Option<String>,
}

/// Where an error body has what, as property names. The envelope is the property that holds the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorShape {
    pub envelope: Option<String>,
    pub message: String,
    pub kind: String,
    pub code: String,
    pub param: String,
}

impl Default for ErrorShape {
    fn default() -> Self {
        Self {
            envelope: Some("error".into()),
            message: "message".into(),
            kind: "type".into(),
            code: "code".into(),
            param: "param".into(),
        }
    }
}

/// A file that is copied into `examples/` of the emitted crate.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleFile {
    /// File name without a folder, `share_model.rs`.
    pub name: String,
    pub text: String,
}

/// What is known of a resource besides its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceDoc {
    pub path: Vec<String>,
    pub doc: Doc,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    pub at: Pointer,
    /// Its key in `components.securitySchemes`.
    pub key: String,
    pub doc: Doc,
    pub location: CredentialLocation,
    /// What can be set to satisfy it; the first that is set is sent. Never empty.
    pub credentials: Vec<Credential>,
}

/// Where a credential goes (OpenAPI 3.1, 4.8.27).
#[derive(Clone, Debug, PartialEq)]
pub enum CredentialLocation {
    /// `Authorization: Bearer ...`; `http` `bearer`, `oauth2` and `openIdConnect`.
    Bearer,
    /// `Authorization: Basic ...`, a user name and a password joined by a colon.
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}

/// One value that a user of the client can set.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// What its setter is called.
    pub name: String,
    pub env: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
}

/// Index of a scheme in [`Api::schemes`].
pub type SchemeIndex = usize;
