//! The structure of an OpenAPI document, as data.
//!
//! In: a shape and a key. Out: the shape of the child. Not here: values.

use crate::report::Pointer;

/// The objects of the specification, and the texts that may be in separate files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Encoding,
    Header,
    Example,
    Link,
    Callback,
    SecurityScheme,
    OauthFlows,
    OauthFlow,
    Schema,
    Discriminator,
    Text,
}

/// The expected value: an object, or a list or a map of such objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Expected {
    One(Kind),
    List(Kind),
    Map(Kind),
}

use Expected::*;
use Kind::*;

/// Returns the fixed fields of an object that hold objects or texts.
///
/// Long: a table.
fn fields(kind: Kind) -> &'static [(&'static str, Expected)] {
    match kind {
        Document => &[
            ("info", One(Info)),
            ("servers", List(Server)),
            ("paths", One(Paths)),
            ("webhooks", Map(PathItem)),
            ("components", One(Components)),
            ("tags", List(Tag)),
            ("externalDocs", One(ExternalDocs)),
        ],
        Info => &[
            ("title", One(Text)),
            ("summary", One(Text)),
            ("description", One(Text)),
            ("contact", One(Contact)),
            ("license", One(License)),
        ],
        Server => &[
            ("description", One(Text)),
            ("variables", Map(ServerVariable)),
        ],
        Tag => &[
            ("summary", One(Text)),
            ("description", One(Text)),
            ("externalDocs", One(ExternalDocs)),
        ],
        ServerVariable | ExternalDocs => &[("description", One(Text))],
        Components => &[
            ("schemas", Map(Schema)),
            ("responses", Map(Response)),
            ("parameters", Map(Parameter)),
            ("examples", Map(Example)),
            ("requestBodies", Map(RequestBody)),
            ("headers", Map(Header)),
            ("securitySchemes", Map(SecurityScheme)),
            ("links", Map(Link)),
            ("callbacks", Map(Callback)),
            ("pathItems", Map(PathItem)),
            ("mediaTypes", Map(MediaType)),
        ],
        PathItem => &[
            ("summary", One(Text)),
            ("description", One(Text)),
            ("servers", List(Server)),
            ("parameters", List(Parameter)),
            ("get", One(Operation)),
            ("put", One(Operation)),
            ("post", One(Operation)),
            ("delete", One(Operation)),
            ("options", One(Operation)),
            ("head", One(Operation)),
            ("patch", One(Operation)),
            ("trace", One(Operation)),
            ("query", One(Operation)),
            ("additionalOperations", Map(Operation)),
        ],
        Operation => &[
            ("summary", One(Text)),
            ("description", One(Text)),
            ("externalDocs", One(ExternalDocs)),
            ("servers", List(Server)),
            ("parameters", List(Parameter)),
            ("requestBody", One(RequestBody)),
            ("responses", One(Responses)),
            ("callbacks", Map(Callback)),
        ],
        Parameter | Header => &[
            ("description", One(Text)),
            ("schema", One(Schema)),
            ("content", Map(MediaType)),
            ("examples", Map(Example)),
        ],
        RequestBody => &[("description", One(Text)), ("content", Map(MediaType))],
        Response => &[
            ("summary", One(Text)),
            ("description", One(Text)),
            ("headers", Map(Header)),
            ("content", Map(MediaType)),
            ("links", Map(Link)),
        ],
        MediaType => &[
            ("schema", One(Schema)),
            ("itemSchema", One(Schema)),
            ("examples", Map(Example)),
            ("encoding", Map(Encoding)),
            ("prefixEncoding", List(Encoding)),
            ("itemEncoding", One(Encoding)),
        ],
        Encoding => &[("headers", Map(Header)), ("encoding", Map(Encoding))],
        Example => &[("summary", One(Text)), ("description", One(Text))],
        Link => &[("description", One(Text)), ("server", One(Server))],
        SecurityScheme => &[("description", One(Text)), ("flows", One(OauthFlows))],
        OauthFlows => &[
            ("implicit", One(OauthFlow)),
            ("password", One(OauthFlow)),
            ("clientCredentials", One(OauthFlow)),
            ("authorizationCode", One(OauthFlow)),
            ("deviceAuthorization", One(OauthFlow)),
        ],
        OauthFlow => &[("scopes", Map(Text))],
        // A schema becomes an entry of the table, whose keywords are listed elsewhere (see `schema`).
        Schema | Discriminator => &[],
        Contact | License | Paths | Responses | Callback | Text => &[],
    }
}

/// Returns the children of an object whose keys are data.
fn entries(kind: Kind) -> Option<Kind> {
    match kind {
        Paths | Callback => Some(PathItem),
        Responses => Some(Response),
        Document | Info | Contact | License | Server | ServerVariable | Tag | ExternalDocs
        | Components | PathItem | Operation | Parameter | RequestBody | Response | MediaType
        | Encoding | Header | Example | Link | SecurityScheme | OauthFlows | OauthFlow | Schema
        | Discriminator | Text => None,
    }
}

/// Returns a fixed field of an object.
pub(super) fn field(kind: Kind, key: &str) -> Option<Expected> {
    let found = fields(kind).iter().find(|(name, _)| *name == key);
    found.map(|(_, shape)| *shape)
}

/// Returns the shape of a child. `None`: it is data, an extension, or not known.
pub(super) fn child(shape: Expected, key: &str) -> Option<Expected> {
    match shape {
        One(kind) => field(kind, key).or_else(|| {
            let is_name = !key.starts_with("x-") && key != "$ref";
            entries(kind).filter(|_| is_name).map(One)
        }),
        List(kind) | Map(kind) => Some(One(kind)),
    }
}

/// Returns the shape of a value inside of another one.
pub(super) fn below(shape: Expected, keys: impl IntoIterator<Item = String>) -> Option<Expected> {
    keys.into_iter()
        .try_fold(shape, |shape, key| child(shape, &key))
}

/// Returns whether the keys of a value are names that the document chooses, so one may be
/// called `$ref`.
pub(super) fn has_free_keys(shape: Expected) -> bool {
    match shape {
        Map(_) => true,
        One(_) | List(_) => false,
    }
}

/// The siblings that a `$ref` may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Siblings {
    /// The specification has a Reference Object here: a summary and a description (and extensions).
    Described,
    /// Any siblings, which take precedence: the specification has no reference here, or does not define its siblings.
    Merged,
}

pub(super) fn siblings(shape: Expected) -> Siblings {
    match shape {
        One(
            Parameter | RequestBody | Response | MediaType | Header | Example | Link | Callback
            | SecurityScheme,
        ) => Siblings::Described,
        One(_) | List(_) | Map(_) => Siblings::Merged,
    }
}

/// Returns whether a value of the wrong type is left to the decoder, which may be able to read it:
/// objects without schemas.
pub(super) fn is_lenient(kind: Kind) -> bool {
    match kind {
        Info | Contact | License | Server | ServerVariable | Tag | ExternalDocs | Example
        | OauthFlows | OauthFlow | Discriminator | Text => true,
        Document | Components | Paths | PathItem | Operation | Parameter | RequestBody
        | Responses | Response | MediaType | Encoding | Header | Link | Callback
        | SecurityScheme | Schema => false,
    }
}

/// Returns true for sections of the components that are of no use once references are replaced.
pub(super) fn is_spliced_section(key: &str) -> bool {
    !matches!(key, "schemas" | "securitySchemes") && field(Components, key).is_some()
}

/// Returns whether a value of the document is decoded: it is not in an extension, nor in a section
/// of the components that only references use.
pub(super) fn is_decoded(at: &Pointer) -> bool {
    let mut keys = at.segments();
    let (Some(field), section) = (keys.next(), keys.next()) else {
        return false;
    };
    let is_spliced = field == "components" && section.is_some_and(|key| is_spliced_section(&key));
    at.file().is_empty() && self::field(Document, &field).is_some() && !is_spliced
}
