//! Definitions, and the uses of types.
//!
//! In: nothing. Out: types only. Not here: walks over them (see `uses`), questions to them (see `ty`).

use serde_json::Value;

use super::status::{Outcome, Status};
use crate::model::note::{Note, Remark};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer};

/// The direction of a value, from the point of view of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// In a request, which has no read-only properties.
    Sent,
    /// In a reply, which has no write-only properties.
    Received,
}

/// The directions of the values of a definition.
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

/// A definition: a type that gets a name.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    pub at: Pointer,
    /// The part of the document that contains it.
    pub origin: Origin,
    pub name_origin: NameOrigin,
    pub doc: Doc,
    pub shape: Shape,
}

/// Index of a definition in [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// Index of an operation in [`Api::ops`](super::Api::ops).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpId(pub usize);

/// The part of the document from which the name of a definition is derived.
#[derive(Clone, Debug, PartialEq)]
pub enum NameOrigin {
    /// `x-client: { name: .. }`.
    Given(String),
    /// A key of `components.schemas`, or of the shared parameter, header, response or body whose schema this is.
    Component(String),
    /// An inline schema, named after its owner and its role.
    Under(Owner, Role),
    /// The view of this definition in requests, if requests and replies differ.
    View(TypeId),
    /// The errors of operations, of which this is the first.
    Errors(OpId),
}

/// The definition, operation or webhook that contains an inline schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    Type(TypeId),
    Op(OpId),
    /// The payload of a webhook, by its index in [`Webhooks::requests`](super::Webhooks::requests).
    Webhook(usize),
}

/// The role of an inline schema in its owner. Names are derived from it.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Property(String),
    Parameter(String),
    Item,
    MapValue,
    /// A variant of a union, with a hint for its name (a `title`, a tag's value, the JSON type).
    Variant(String),
    /// What a schema says itself, where its definition is the union of its subtypes.
    Base,
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
    /// Returns the words of the document for the role if it has some, else a standard word.
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
            Self::Base => "base",
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

impl Doc {
    /// Puts the text of a reference to a schema over that of the schema.
    pub fn take_over(&mut self, outer: Self) {
        self.summary = outer.summary.or(self.summary.take());
        self.description = outer.description.or(self.description.take());
        self.notes.splice(0..0, outer.notes);
        self.deprecated |= outer.deprecated;
    }
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
        /// Whether null is a value of the definition itself. Uses that may be null are nullable all the same.
        null: bool,
    },
    Union {
        tag: Tag,
        variants: Vec<Variant>,
    },
    Alias(Ty),
}

/// `additionalProperties` of a struct.
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
    /// Only the listed values.
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

/// How the variants of a union are distinguished.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// By the value of this property (a discriminator, or a constant property).
    Property(String),
    /// By the value of this property, a boolean or an integer; the tags are its JSON.
    Constant(String),
    /// By the first variant that matches.
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
    /// The values of the tag that select the variant.
    pub tags: Vec<String>,
    /// Whether values without a tag or with an unknown one are decoded as this variant (`defaultMapping`, 3.2). True for at most one
    /// variant.
    pub is_default: bool,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    Scalar(Scalar),
    Named(TypeId),
    List(Box<Ty>),
    Map(Box<Ty>),
    /// A list with a type for each position. None of its items may be missing.
    Tuple(Vec<Ty>),
    /// Only uses are nullable: the target of an alias is not, and nothing is nullable twice.
    Nullable(Box<Ty>),
    /// Any JSON value. The reason distinguishes a free-form value from one that could not be typed.
    Any(UntypedReason),
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
    /// Bytes with a name and a media type: a part of a multipart body, or a whole body. While the model is built, any string of the
    /// format `binary`.
    File,
}

/// The reason why a value has no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UntypedReason {
    /// The document allows any value.
    FreeForm,
    /// The document describes a value that has no type. A diagnostic with this code says why.
    Unsupported(Code),
    /// The schema could not be read. A diagnostic says why.
    Broken,
}

impl UntypedReason {
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
    /// The value that distinguishes its struct from the other variants of a union. The constructor sets it.
    pub tag: Option<Literal>,
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
