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
    /// Notes about external documentation, terms, contact, license and server.
    pub notes: Vec<Note>,
}

/// The settings of `x-client` at the root of the document: the package, and all requests.
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
    pub misfits: Misfits,
    /// The signature of webhooks, if `x-client` names it.
    pub signature: Option<Signature>,
    /// The name of the command line client. Default: that of the package.
    pub program: Option<String>,
    /// Programs of the document's folder that show the client in use.
    pub examples: Vec<ExampleFile>,
    pub names: NameSettings,
    /// What the document itself does not want.
    pub left_out: LeftOut,
}

/// What the crate is written without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The command line client.
    pub cli: bool,
    /// The reference.
    pub docs: bool,
    /// Calls that block the current thread.
    pub blocking: bool,
}

/// What the names of resources and methods are made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameSettings {
    pub source: NameSource,
    /// The first segments of paths, which are no resources.
    pub prefix: Vec<String>,
}

/// The part of an operation that names its resource and its method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameSource {
    /// The path, with the verb of its id or of the HTTP method.
    #[default]
    Paths,
    /// The id, whose parts before the last `/` or `.` are the resource.
    Ids,
    /// The first tag is the resource, and the id the method.
    Tags,
}

/// What becomes of a value that fits no variant of its union, unless its tag is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Misfits {
    /// It is refused if its tag names a variant, and kept if the union has no tag.
    #[default]
    RefuseTagged,
    Refuse,
    Keep,
}

/// The package that the client is published as. Fields that the document does not set are empty.
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
    /// The name of its setter.
    pub name: String,
    /// The header's name on the wire.
    pub header: String,
    pub env: Option<String>,
    pub description: Option<String>,
}

/// The names of the properties of an error body. The envelope is the property that holds the others.
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

/// The way to check that a webhook comes from the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Standard Webhooks 1.0.0, with a symmetric key.
    StandardWebhooks,
}

/// A program that becomes an example of the crate, unchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleFile {
    /// File name without a folder, `share_model.rs`.
    pub name: String,
    pub text: String,
}

/// A server that requests can go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its URL without a trailing slash: a template with the names of variables in braces. Relative if it begins with a slash.
    pub url: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    pub name: String,
    pub default: String,
    /// The only values; none if any is possible.
    pub values: Vec<String>,
    pub description: Option<String>,
}

impl Server {
    /// Returns whether the document gives only the path of the server, and not its host.
    pub fn is_relative(&self) -> bool {
        self.url.is_empty() || self.url.starts_with('/')
    }

    /// Returns the URL with all variables at their defaults.
    pub fn default_url(&self) -> String {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        url.trim_end_matches('/').to_owned()
    }
}

/// The description of a resource.
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
    /// The values that satisfy it: the first one that is set is sent. Never empty.
    pub credentials: Vec<Credential>,
    /// The endpoints from which the client can get tokens.
    pub endpoints: Option<Endpoints>,
}

/// A security scheme whose credential the client does not send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedScheme {
    /// Its key in `components.securitySchemes`.
    pub key: String,
    /// A sentence without its period.
    pub reason: String,
    /// What the user can do instead.
    pub help: &'static str,
}

/// The token endpoints of a security scheme. At least one URL is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoints {
    /// The token URL of the flow `clientCredentials`.
    pub client_credentials: Option<String>,
    /// The URL that exchanges a refresh token: the refresh URL of a flow, else its token URL.
    pub refresh: Option<String>,
    /// The scopes of the flow `clientCredentials`.
    pub scopes: Vec<String>,
}

/// The location of a credential in a request (OpenAPI 3.1, 4.8.27).
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
    /// The name of its setter.
    pub name: String,
    pub env: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
}

/// Index of a scheme in [`Api::schemes`](super::Api::schemes).
pub type SchemeIndex = usize;
