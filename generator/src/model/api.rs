//! The service as the document means it: the one intermediate representation (IR).
//!
//! In: nothing; `build` fills it in and `paging` completes it. Out: types only, read by `names`, `facts` and `emit`.
//! Not here: Rust words, tokens, `$ref`s, logic.
//!
//! Definitions ([`TypeDef`]) have an identity and get a name; uses ([`Ty`]) are plain trees.

use std::collections::BTreeSet;

use serde_json::Value;

use super::note::{Note, Remark};
use super::origin::Origin;
use crate::report::{Code, Pointer};

/// The whole service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    pub info: Info,
    pub client: ClientSettings,
    /// Base URL of the default server, without a trailing slash. Empty where the document has none.
    pub base_url: String,
    pub schemes: Vec<Scheme>,
    pub types: Vec<TypeDef>,
    pub ops: Vec<Op>,
    /// Operations of the document that are not among them, in its order.
    pub skipped: Vec<Skipped>,
    /// Descriptions of resources by their path (`["fine_tuning", "checkpoints"]`).
    pub resources: Vec<ResourceDoc>,
    /// The examples that fit the schema that they are of.
    pub examples: Vec<Example>,
}

impl Api {
    /// The number of operations with a method. An operation can have several.
    pub fn operation_count(&self) -> usize {
        let locations: BTreeSet<&Pointer> = self.ops.iter().map(|op| &op.at).collect();
        locations.len()
    }
}

/// A value that the document gives for a type, and that its schema allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The value itself, or what holds it.
    pub at: Pointer,
    pub ty: Ty,
    pub direction: Direction,
    /// As JSON, with the keys of objects in order.
    pub json: String,
}

/// Which way a value goes, as the client sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Read-only properties are not in it.
    Sent,
    /// Write-only properties are not in it.
    Received,
}

/// Which ways the values of a definition go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    Unused,
    Sent,
    Received,
    Both,
}

impl Usage {
    /// Whether requests have it.
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Sent | Self::Both)
    }
}

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
    pub place: Place,
    /// What can be set to satisfy it; the first that is set is sent. Never empty.
    pub credentials: Vec<Credential>,
}

/// Where a credential goes (OpenAPI 3.1, 4.8.27).
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
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

/// A definition: something that gets a name.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    pub at: Pointer,
    /// The part of the document that it stands in.
    pub origin: Origin,
    pub wanted: Wanted,
    pub doc: Doc,
    pub shape: Shape,
}

/// Index of a definition in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// Index of an operation in [`Api::ops`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpId(pub usize);

/// The name that a definition asks for, in words of the document.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// `x-client: { name: .. }`.
    Given(String),
    /// A key of `components.schemas`, or of the shared parameter, header, response or body whose schema this is.
    Component(String),
    /// An inline schema, named from where it stands.
    Under(Owner, Role),
    /// How a definition is sent that differs from how it is received.
    View(TypeId),
    /// Inline schemas that say the same in the same role, and what they stand in: at least two owners.
    Shared(Vec<Owner>, Role),
}

/// What an inline schema stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    Type(TypeId),
    Op(OpId),
}

/// How an inline schema is used there.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Property(String),
    Parameter(String),
    Item,
    MapValue,
    /// A variant of a union, with a hint for its name (a `title`, a tag's value, the JSON type).
    Variant(String),
    Body,
    Reply,
    /// The reply of a status that is not a success: `error 404`, and `error` for all that are not listed.
    Error(String),
}

impl Role {
    /// In words of the document, where it has any.
    pub fn text(&self) -> &str {
        match self {
            Self::Property(name)
            | Self::Parameter(name)
            | Self::Variant(name)
            | Self::Error(name) => name,
            Self::Item => "item",
            Self::MapValue => "value",
            Self::Body => "request",
            Self::Reply => "response",
        }
    }
}

/// Text for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Doc {
    pub summary: Option<String>,
    pub description: Option<String>,
    /// What other keywords say. They stand for no description.
    pub notes: Vec<Note>,
    pub deprecated: bool,
}

/// What a definition looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Struct {
        fields: Vec<Field>,
        rest: Rest,
    },
    Enum {
        repr: Repr,
        values: Vec<EnumValue>,
        extent: Extent,
    },
    Union {
        tag: Tag,
        variants: Vec<Variant>,
    },
    Alias(Ty),
}

/// `additionalProperties` beside the fields.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Rest {
    /// Not stated, or any: unknown properties are kept.
    Open,
    /// `additionalProperties: false`.
    Closed,
    Typed(Ty),
}

/// The JSON type of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repr {
    String,
    Integer,
}

/// Whether an enum lists all that the document allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// No value but those listed.
    Closed,
    /// Any other value of its JSON type, too.
    Open,
}

/// One allowed value.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    pub wire: Literal,
    /// A name that the document gives it (`x-enum-varnames`), else it is named after its value.
    pub name: Option<String>,
    pub doc: Doc,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// By the value of this property (a discriminator, or a constant property).
    Property(String),
    /// By the value of this property, a boolean or an integer; the tags are its JSON.
    Constant(String),
    /// By what fits, in order.
    ByShape,
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// A hint for its name.
    pub name: String,
    pub ty: Ty,
    /// What the document says of it, if its type has no definition that says it.
    pub remark: Option<Remark>,
    /// The values of the tag that select it.
    pub tags: Vec<String>,
    /// Whether it is what a value without a tag, or with a tag of no variant, is expected to be. One at most.
    pub is_default: bool,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    Scalar(Scalar),
    Named(TypeId),
    List(Box<Ty>),
    Map(Box<Ty>),
    /// A list with a type for each place, of which none may be missing.
    Tuple(Vec<Ty>),
    Nullable(Box<Ty>),
    /// Any JSON value. The reason tells a free-form value from one that could not be typed.
    Any(Why),
}

/// A JSON scalar, with what its format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    String,
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    /// An integer that is written as a JSON string.
    QuotedI64,
    QuotedU64,
    F32,
    F64,
    /// Seconds since the Unix epoch as a JSON integer.
    UnixTime,
    /// `null` and nothing else.
    Null,
}

/// Why a value has no type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The document says that anything goes.
    FreeForm,
    /// The document says something that has no type; a diagnostic with this code says what.
    Unsupported(Code),
    /// The schema could not be read; a diagnostic says why.
    Broken,
}

impl Why {
    /// `free-form`, `unsupported` or `broken`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FreeForm => "free-form",
            Self::Unsupported(_) => "unsupported",
            Self::Broken => "broken",
        }
    }
}

/// A property of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// A name given by `x-client`.
    pub name: Option<String>,
    pub ty: Ty,
    pub presence: Presence,
    pub doc: Doc,
    pub access: Access,
}

/// `readOnly` and `writeOnly` of a property. One that is marked as both is neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Access {
    #[default]
    ReadWrite,
    /// Replies have it, requests do not.
    ReadOnly,
    /// Requests have it, replies do not.
    WriteOnly,
}

/// Whether a field, parameter or body may be left out.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    Required,
    Optional,
    /// Optional, and the document says what the server takes its absence for.
    Default(Literal),
}

impl Presence {
    /// Whether a value must be given.
    pub fn is_required(&self) -> bool {
        matches!(self, Self::Required)
    }
}

/// A value that the document spells out.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Bool(bool),
    Integer(i64),
    /// Beyond `i64`.
    Unsigned(u64),
    Float(f64),
    String(String),
    /// An array or an object.
    Json(Value),
}

/// A method of the client. One operation of the document can be several.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub at: Pointer,
    /// `operationId`, or method and path where there is none.
    pub id: String,
    pub tags: Vec<String>,
    pub method: HttpMethod,
    pub path: Vec<Piece>,
    /// The path of its resource, in words of the document: `["fine_tuning", "checkpoints", "permissions"]`.
    pub resource: Vec<String>,
    /// What the method is called: `list`.
    pub name: String,
    pub doc: Doc,
    /// In the order of the document.
    pub params: Vec<Param>,
    pub body: Option<Body>,
    pub reply: Reply,
    /// The replies that the document describes, by status.
    pub answers: Vec<Answer>,
    /// Alternatives; in each, all schemes must be satisfied. Empty: no security. An empty alternative: security is optional.
    pub auth: Vec<Vec<SchemeIndex>>,
    pub paging: Option<Paging>,
}

/// A reply as the document describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// `404`, `5XX`, or `default` for all that are not listed.
    pub status: String,
    pub summary: Option<String>,
    pub description: Option<String>,
    /// What the document says of its content, if the type has no definition that says it.
    pub content: Option<Remark>,
    /// What its JSON is, if it is no success: all of these. No call decodes it, and people can.
    pub body: Vec<Ty>,
}

/// An operation that is not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub at: Pointer,
    /// Like those of an [`Op`]; empty where it could not be read.
    pub id: String,
    pub tags: Vec<String>,
    /// The diagnostic that says why, and its text.
    pub code: Code,
    pub text: String,
}

/// An HTTP method (RFC 9110, section 9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// RFC 10008.
    Query,
    /// Any other token.
    Other(String),
}

impl HttpMethod {
    /// The method that a request spells like this.
    pub fn new(token: &str) -> Self {
        match token {
            "GET" => Self::Get,
            "PUT" => Self::Put,
            "POST" => Self::Post,
            "DELETE" => Self::Delete,
            "OPTIONS" => Self::Options,
            "HEAD" => Self::Head,
            "PATCH" => Self::Patch,
            "TRACE" => Self::Trace,
            "QUERY" => Self::Query,
            other => Self::Other(other.to_owned()),
        }
    }

    /// As a request spells it.
    pub fn as_str(&self) -> &str {
        if let Self::Other(token) = self {
            return token;
        }
        self.constant().unwrap_or_default()
    }

    /// The constant that `http` has for it, which is spelled like the method itself.
    pub fn constant(&self) -> Option<&'static str> {
        match self {
            Self::Get => Some("GET"),
            Self::Put => Some("PUT"),
            Self::Post => Some("POST"),
            Self::Delete => Some("DELETE"),
            Self::Options => Some("OPTIONS"),
            Self::Head => Some("HEAD"),
            Self::Patch => Some("PATCH"),
            Self::Trace => Some("TRACE"),
            Self::Query => Some("QUERY"),
            Self::Other(_) => None,
        }
    }
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// The name of a path parameter, without braces.
    Param(String),
}

/// A path, query, header or cookie parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    pub at: Pointer,
    pub wire: String,
    /// A name given by `x-client`.
    pub name: Option<String>,
    pub place: ParamPlace,
    pub style: ParamStyle,
    /// A scalar, an enum, or a list of these: what can be written as text.
    pub ty: Ty,
    pub presence: Presence,
    pub doc: Doc,
    pub example: Option<Literal>,
}

/// `in` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParamPlace {
    Path,
    Query,
    Header,
    Cookie,
}

/// How the value of a parameter is written (OpenAPI 3.1, 4.8.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParamStyle {
    /// One value, as it is.
    Plain,
    /// A list in a query, one pair per item: `name=a&name=b`.
    Repeated,
    /// A list in one value, joined by this character: `name=a,b`.
    Joined(char),
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    pub at: Pointer,
    pub content: BodyContent,
    pub presence: Presence,
    pub doc: Doc,
    /// The document's example, as JSON.
    pub example: Option<Value>,
}

impl Body {
    /// The media type, as the document spells it.
    pub fn media_type(&self) -> &str {
        match &self.content {
            BodyContent::Json { media_type, .. } => media_type,
        }
    }

    /// The type of a body that is one JSON value.
    pub fn json(&self) -> Option<&Ty> {
        match &self.content {
            BodyContent::Json { ty, .. } => Some(ty),
        }
    }
}

/// What a request body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyContent {
    Json {
        /// The media type as the document spells it.
        media_type: String,
        ty: Ty,
        /// The properties of the body are arguments and setters of the call, instead of one `body` argument.
        /// Only where `ty` is a [`Ty::Named`] struct.
        spread: bool,
    },
}

/// What a success decodes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// No content is expected; what comes is ignored.
    Empty,
    Json {
        ty: Ty,
        /// The document's example.
        example: Option<Value>,
    },
}

/// How the pages of a list follow each other. Operations with the same page agree on it, but for what leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The struct that the reply is.
    pub page: TypeId,
    /// The index of its field with the items, a list.
    pub items: usize,
    /// `None`: there is only ever one page.
    pub next: Option<NextPage>,
}

/// Where the next page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The value of a field goes into a query parameter. Both are written as one text.
    Cursor {
        /// Index of the parameter in [`Op::params`].
        param: usize,
        /// Index of the field.
        from: usize,
        /// Index of a boolean field that is `false` on the last page.
        more: Option<usize>,
    },
}
