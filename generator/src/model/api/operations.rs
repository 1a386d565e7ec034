//! Operations: what a call sends, and what it receives.
//!
//! In: nothing. Out: types only. Not here: decisions about arguments and methods in Rust (see `plan`).

use serde_json::Value;

use super::answer::Answer;
use super::incoming::IncomingRequest;
use super::method::HttpMethod;
use super::paging::Listing;
use super::reply::{Alternative, Reply};
use super::service::SchemeIndex;
use super::types::{Doc, Literal, Presence, Ty};
use crate::report::{Code, Pointer};

/// A method of the client. One operation of the document can be several.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub at: Pointer,
    /// The `operationId`, or method and path if there is none.
    pub id: String,
    /// What its inline types are named after: the id, without what a framework appends to it.
    pub label: String,
    pub tags: Vec<String>,
    pub method: HttpMethod,
    pub path: Vec<Piece>,
    /// The base URL of its own server, if it has one.
    pub server: Option<String>,
    /// The path of its resource, in words of the document: `["fine_tuning", "checkpoints", "permissions"]`.
    pub resource: Vec<String>,
    /// The name of the method: `list`.
    pub name: String,
    pub doc: Doc,
    /// In the order of the document.
    pub params: Vec<Param>,
    /// Optional parameters that are not generated.
    pub omitted: Vec<Omitted>,
    pub body: Option<Body>,
    pub reply: Reply,
    /// The media types of that reply, the preferred one first. Empty: it has none.
    pub accept: Vec<String>,
    /// Other representations of it, which a call can ask for.
    pub alternatives: Vec<Alternative>,
    /// The replies that the document describes, by status.
    pub answers: Vec<Answer>,
    /// The type of the JSON of its errors: that of all of them, or a union by status ([`Tag::Status`](super::Tag::Status)).
    pub errors: Option<Ty>,
    pub headers: ReplyHeaders,
    /// Requests that the service sends after a call.
    pub callbacks: Vec<IncomingRequest>,
    /// Alternatives; in each, all schemes must be satisfied. Empty: no security. An empty alternative: security is optional.
    pub auth: Vec<Vec<SchemeIndex>>,
    pub listing: Listing,
    pub idempotency: Idempotency,
}

/// The structs of the headers that replies are described to have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplyHeaders {
    pub success: Option<Ty>,
    pub error: Option<Ty>,
}

/// Whether a request can be sent again after it may have arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Idempotency {
    /// If its method is idempotent (RFC 9110, 9.2.2).
    #[default]
    ByMethod,
    /// `x-client` declares that repeating it has no further effect.
    Declared,
}

/// An optional parameter that the client does not send, or any that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omitted {
    pub at: Pointer,
    /// `None` if it cannot be read.
    pub named: Option<(ParamLocation, String)>,
    /// The diagnostic, and its reason: the rest of a sentence about a named parameter ("is an object, which .."), else a
    /// sentence.
    pub code: Code,
    pub reason: String,
}

/// An operation that is not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub at: Pointer,
    /// Like the fields of an [`Op`]. Empty if the operation could not be read.
    pub id: String,
    pub tags: Vec<String>,
    /// The diagnostic that says why, and its text.
    pub code: Code,
    pub text: String,
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
    pub location: ParamLocation,
    pub style: ParamStyle,
    /// A scalar, an enum, or a list of these: what can be written as text.
    pub ty: Ty,
    pub presence: Presence,
    pub doc: Doc,
    pub example: Option<Literal>,
}

/// `in` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParamLocation {
    Path,
    Query,
    Header,
    Cookie,
}

impl ParamLocation {
    /// `path`, `query`, `header` or `cookie`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is written (OpenAPI 3.2, "Style Values"). What makes no difference for the type of the parameter
/// is as the specification has it by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParamStyle {
    pub syntax: Syntax,
    pub explode: Explode,
    pub reserved: Reserved,
    pub empty: Empty,
    pub naming: Naming,
}

impl ParamStyle {
    /// Returns the style that the specification has for a location by default.
    pub const fn of(location: ParamLocation) -> Self {
        let (syntax, explode) = match location {
            ParamLocation::Path | ParamLocation::Header => (Syntax::Simple, Explode::Joined),
            ParamLocation::Query | ParamLocation::Cookie => (Syntax::Form, Explode::Exploded),
        };
        Self {
            syntax,
            explode,
            reserved: Reserved::Escaped,
            empty: Empty::NotSent,
            naming: Naming::Named,
        }
    }
}

/// `style` of a parameter, or the media type of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a;name=b`
    Matrix,
    /// `name=a&name=b`
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// `name[key]=a`
    DeepObject(NestedList),
    /// `name=a; name=b`
    Cookie,
    /// One JSON text.
    Json,
}

/// How a list within a `deepObject` is written. The specification does not define it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NestedList {
    /// `name[key][]=a`
    #[default]
    Brackets,
    /// `name[key][0]=a`
    Indices,
    /// `name[key]=a&name[key]=b`
    Repeated,
}

/// `explode` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Explode {
    /// Items and members are one value.
    Joined,
    /// Each item or member is a separate value.
    Exploded,
}

/// `allowReserved` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reserved {
    Escaped,
    Kept,
}

/// Whether the name of a parameter precedes its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Naming {
    Named,
    /// The value is the whole query (`in: querystring`).
    Bare,
}

/// What is sent for an empty list or object, or where a single value is absent, according to `allowEmptyValue`. A text may be
/// empty in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Empty {
    NotSent,
    /// `name=`
    Sent,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    pub at: Pointer,
    /// The one that is sent, as the document spells it. Never a range.
    pub media_type: String,
    /// The range of media types that the document has instead, if a file can have a type of its own: `image/*`.
    pub range: Option<String>,
    pub content: BodyContent,
    pub ty: Ty,
    /// Whether the properties of the body are arguments and setters of the call, instead of one `body` argument. Only if `ty` is a
    /// [`Ty::Named`] struct.
    pub spread: bool,
    pub presence: Presence,
    pub doc: Doc,
    /// The document's example, as JSON.
    pub example: Option<Value>,
}

impl Body {
    /// Returns whether it is the usual type of multipart bodies (RFC 7578), whose files come last.
    pub fn is_form_data(&self) -> bool {
        self.media_type == "multipart/form-data"
    }
}

/// How the value of a request body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyContent {
    /// As JSON.
    Json,
    /// A list, with an item as JSON on each line.
    JsonLines,
    /// A list, with an item as a JSON text of a sequence (RFC 7464).
    JsonSequence,
    /// `application/x-www-form-urlencoded`: a pair for each property.
    Form(Vec<Encoding>),
    /// `multipart/form-data`, or another multipart type: a part for each property.
    MultipartObject(Vec<Encoding>),
    /// A multipart type: a part for each item of a list. The encodings are by position, and the last one applies to all further items.
    MultipartArray(Vec<Encoding>),
    /// A text of any media type.
    Text,
    /// A file of any media type.
    File,
}

impl BodyContent {
    /// How properties are encoded.
    pub fn encodings(&self) -> &[Encoding] {
        match self {
            Self::Form(encodings)
            | Self::MultipartObject(encodings)
            | Self::MultipartArray(encodings) => encodings,
            Self::Json | Self::JsonLines | Self::JsonSequence | Self::Text | Self::File => &[],
        }
    }
}

/// How a property of a form, or a part of a multipart body, is written. Without an encoding, text is unchanged, an object is JSON,
/// and a list has a pair or a part for each item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Empty for a part of [`BodyContent::MultipartArray`].
    pub property: String,
    pub style: EncodingStyle,
    pub allow_reserved: bool,
    /// The headers of the part whose values the document gives.
    pub headers: Vec<(String, String)>,
}

/// The style of an encoding (OpenAPI 3.1.1, 4.8.15).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodingStyle {
    /// The content in this media type. If it is empty, the value determines it.
    Content(String),
    /// A pair for each item of a list, or for each property of an object.
    Exploded,
    /// All items in one text.
    Joined(char),
    /// A pair for each scalar: `a[b]`, `a[0][b]`.
    Deep,
}
