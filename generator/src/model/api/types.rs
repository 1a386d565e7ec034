//! Definitions, and the uses of types.
//!
//! In: nothing. Out: types only. Not here: walks over them (see `uses`), questions to them (see `ty`).

use serde_json::Value;

use super::status::{Outcome, Status};
use crate::model::note::{Note, Remark};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer};

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
    /// Returns whether requests contain the type.
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Sent | Self::Both)
    }
}

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

/// Index of a definition in [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// Index of an operation in [`Api::ops`](super::Api::ops).
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
    /// The request form of this definition, if requests and responses differ.
    View(TypeId),
    /// Inline schemas that say the same in the same role, and what they stand in: at least two owners.
    Shared(Vec<Owner>, Role),
    /// The errors of operations, which have these statuses.
    Errors(Vec<Status>),
}

/// The definition, operation or webhook that an inline schema stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    Type(TypeId),
    Op(OpId),
    /// The payload of a webhook, by its index in [`Webhooks::requests`](super::Webhooks::requests).
    Webhook(usize),
}

/// The part that an inline schema plays in its owner. Names are made of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Property(String),
    Parameter(String),
    Item,
    MapValue,
    /// A variant of a union, with a hint for its name (a `title`, a tag's value, the JSON type).
    Variant(String),
    Body,
    /// Another body of the same operation, in words: `form request`.
    OtherBody(String),
    Reply,
    /// A value of a stream, or the payload of a webhook.
    Event,
    /// The payload of a callback, in words: `on event callback`.
    Callback(String),
    /// The reply of one of several successes: `response 202`.
    Success(String),
    /// The headers of successes or of errors, in words for operations that share them: `link headers`.
    Headers(String, Outcome),
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
            | Self::Success(name)
            | Self::Callback(name)
            | Self::OtherBody(name)
            | Self::Headers(name, _)
            | Self::Error(name) => name,
            Self::Item => "item",
            Self::MapValue => "value",
            Self::Body => "request",
            Self::Reply => "response",
            Self::Event => "event",
        }
    }
}

/// Text for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Doc {
    pub summary: Option<String>,
    pub description: Option<String>,
    /// The content of other keywords. A type with notes only has no description.
    pub notes: Vec<Note>,
    pub deprecated: bool,
}

/// The structure of a definition.
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
    /// Not declared, or any value: unknown properties are kept.
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

/// The reading of an enum: as a complete list, or as the values known today.
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

/// The way to tell the variants of a union apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// By the value of this property (a discriminator, or a constant property).
    Property(String),
    /// By the value of this property, a boolean or an integer; the tags are its JSON.
    Constant(String),
    /// By what fits, in order.
    ByShape,
    /// By the status of the reply, for each variant in order. Only errors of operations have it.
    Status(Vec<Status>),
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// A hint for its name.
    pub name: String,
    pub ty: Ty,
    /// Its documentation, if its type has no definition to carry it.
    pub remark: Option<Remark>,
    /// The values of the tag that select it.
    pub tags: Vec<String>,
    /// Values without a tag or with an unknown one are decoded as this variant. At most one has it (`defaultMapping`, 3.2).
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
    /// It stands where a type is used: what an alias stands for is not nullable, and nothing is nullable twice.
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
    /// Bytes with a name and a media type, which stand in a multipart body or are one. While the model is made, any string
    /// of the format `binary`.
    File,
}

/// The reason why a value has no type of its own.
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
    /// The value that tells its struct from the other variants of a union. The constructor sets it.
    pub tag: Option<Literal>,
    /// Whether numbers in it may also be strings of digits.
    pub reads_digits: bool,
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

/// The presence of a field, a parameter or a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    Required,
    Optional,
    /// Optional, with the value that the server assumes.
    Default(Literal),
}

impl Presence {
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

impl Literal {
    /// Returns the value as JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Integer(value) => Value::from(*value),
            Self::Unsigned(value) => Value::from(*value),
            Self::Float(value) => Value::from(*value),
            Self::String(value) => Value::from(value.as_str()),
            Self::Json(value) => value.clone(),
        }
    }
}
