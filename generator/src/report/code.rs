//! The table of codes.
//!
//! In: nothing. Out: a [`Code`] for each kind of diagnostic, with its id, [`Level`] and meaning. Not here: texts of single
//! diagnostics, which are written where they are reported.

use std::fmt;

/// The severity of a diagnostic, which depends on its code alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A part is generated less strictly, read after a repair, or ignored without loss for most callers.
    Note,
    /// A part that the caller may need is not generated.
    Warning,
    /// The output would be wrong or would not compile.
    Error,
}

impl Level {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! codes {
    ($($name:ident => $level:ident, $id:literal, $meaning:literal;)*) => {
        /// The kind of a diagnostic. Ids are stable, so scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// All codes, in the order of the stages that report them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Returns the stable id, such as `dangling-ref`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns the level, unless lints change it.
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)* }
            }

            /// Returns the meaning in one line.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    // understand: selection
    UnmatchedSelector => Error, "unmatched-selector", "a selector matches no operation";
    // read: texts and files
    Syntax => Error, "syntax", "the text is neither valid YAML nor valid JSON";
    EmptyDocument => Error, "empty-document", "the file is empty";
    NotAnObject => Error, "not-an-object", "the document is not an object";
    TooLarge => Error, "too-large", "the document is too large or nested too deep";
    UnsupportedVersion => Error, "unsupported-version", "the document is not OpenAPI 3.0 or later";
    NewerVersion => Note, "newer-version", "the document has a newer version than supported and is read as the newest supported one";
    DuplicateKey => Warning, "duplicate-key", "an object has a key twice; the last one counts";
    KeyNotAString => Note, "key-not-a-string", "a status code is a number and is read as a string";
    YamlTag => Note, "yaml-tag", "a YAML tag is ignored";
    NumberRange => Note, "number-range", "a number does not fit 64 bits or is not finite, and is rounded or dropped";
    FileUnreadable => Error, "file-unreadable", "a file that the document refers to cannot be read";
    FileOutside => Error, "file-outside", "a file that the document refers to is outside its folder";
    RefOutside => Warning, "ref-outside", "a $ref leads out of the document's folder and is not followed";
    RemoteRef => Warning, "remote-ref", "a $ref leads to another host and is not followed";
    // read: overlays
    OverlayInvalid => Error, "overlay-invalid", "the overlay is not a valid OpenAPI Overlay";
    OverlayTarget => Error, "overlay-target", "the target of an action is not a JSONPath query (RFC 9535)";
    OverlayNoMatch => Warning, "overlay-no-match", "the target of an action selects nothing, so the action changes nothing";
    OverlayMismatch => Error, "overlay-mismatch", "a value of the overlay cannot be merged with its target";
    OverlayExtends => Warning, "overlay-extends", "the overlay extends another document";
    OverlayUnknownKey => Note, "overlay-unknown-key", "the overlay has a key that the specification does not define";
    // document: references
    DanglingRef => Warning, "dangling-ref", "the target of a $ref does not exist";
    CyclicRef => Warning, "cyclic-ref", "a $ref leads back to itself";
    RefSyntax => Warning, "ref-syntax", "a $ref is not a valid URI reference";
    RefRepaired => Note, "ref-repaired", "a $ref is not a URI reference to a schema, but is read as one";
    RefSiblings => Note, "ref-siblings", "keys beside a $ref are ignored, or replace those that it leads to";
    DynamicRef => Note, "dynamic-ref", "a dynamic reference has no target unless another schema extends its own, or another target than for JSON Schema";
    // document: repairs
    MissingInfo => Note, "missing-info", "the title or version is missing or not a string";
    MissingPaths => Note, "missing-paths", "the document has no paths";
    MissingResponses => Note, "missing-responses", "an operation has no responses";
    MissingDescription => Note, "missing-description", "a response has no description";
    MissingSchema => Note, "missing-schema", "a parameter or header has no schema and accepts any string";
    RepairedType => Note, "repaired-type", "a value has another type than the specification requires and is converted";
    RepairedKeyword => Note, "repaired-keyword", "a misplaced or misspelled keyword is read as the intended one";
    IgnoredKeyword => Warning, "ignored-keyword", "the value of a keyword cannot be read, and the keyword is ignored";
    PathSyntax => Warning, "path-syntax", "a key of paths is not a path and is not generated";
    // document: lowering
    PrefixItems => Note, "prefix-items", "a tuple is generated as a list";
    PatternProperties => Note, "pattern-properties", "properties by pattern are generated as one map";
    PropertyNames => Note, "property-names", "a constraint on property names is not checked";
    Unevaluated => Note, "unevaluated", "a constraint on unevaluated properties or items is not checked";
    Conditional => Note, "conditional", "if, then, else and dependent schemas are not checked";
    Contains => Note, "contains", "a constraint on some item of a list is not checked";
    Not => Note, "not", "a `not` schema is not checked";
    UnknownDialect => Note, "unknown-dialect", "schemas in an unknown dialect are read as JSON Schema 2020-12";
    InapplicableKeyword => Note, "inapplicable-keyword", "a keyword does not apply to the type of its schema and is ignored";
    NeverSchema => Note, "never-schema", "a schema that no value matches is left out";
    ContentSchema => Note, "content-schema", "the schema of a string's content is not generated";
    // decode
    UnreadableItem => Warning, "unreadable-item", "a part of the document cannot be read and is not generated";
    UnreadableSchema => Warning, "unreadable-schema", "a schema cannot be read and accepts any value";
    UnknownKeyword => Note, "unknown-keyword", "a key that the specification does not define here is ignored";
    UnknownMethod => Warning, "unknown-method", "an operation has an unknown HTTP method and is not generated";
    // understand: schemas
    AliasCycle => Warning, "alias-cycle", "a schema refers only to itself and accepts any value";
    Contradiction => Warning, "contradiction", "constraints of a schema exclude each other";
    UnknownType => Warning, "unknown-type", "a type that JSON Schema does not define is ignored";
    TooDeep => Warning, "too-deep", "a schema is nested too deep and accepts any value";
    UnsupportedSchema => Warning, "unsupported-schema", "no Rust type fits the schema, so it accepts any value";
    LooserEnum => Note, "looser-enum", "the generated type accepts more values than the enum";
    MixedEnum => Note, "mixed-enum", "a value of an enum does not have the enum's type";
    DuplicateEnumValue => Note, "duplicate-enum-value", "an enum lists a value twice";
    LooserUnion => Note, "looser-union", "the generated type accepts more values than the union";
    ShadowedVariant => Note, "shadowed-variant", "no value is read as a variant, because all of its values fit an earlier one";
    InexactNumber => Note, "inexact-number", "a number may have more digits than its Rust type";
    Discriminator => Note, "discriminator", "a discriminator does not distinguish all variants as declared";
    RequiredWithoutProperty => Note, "required-without-property", "a required property is not declared and is not generated";
    DefaultDoesNotFit => Note, "default-does-not-fit", "a default does not match its schema and is ignored";
    ExampleDoesNotFit => Note, "example-does-not-fit", "an example does not match its schema and is not tested";
    // understand: operations
    NoOperationId => Note, "no-operation-id", "an operation has no id and is named after its method and path";
    DuplicateOperationId => Note, "duplicate-operation-id", "two operations have the same id";
    UndeclaredPathParameter => Note, "undeclared-path-parameter", "a path parameter is not declared and is generated as a string";
    UnusedPathParameter => Warning, "unused-path-parameter", "a path parameter does not occur in the path and is left out";
    DuplicateParameter => Warning, "duplicate-parameter", "a parameter is declared twice; the last one counts";
    ReservedHeader => Note, "reserved-header", "a header parameter of this name is ignored, because security, bodies or HTTP itself set the header";
    LooserParameter => Note, "looser-parameter", "a parameter accepts more values, or is encoded differently, than declared";
    UnsupportedParameter => Warning, "unsupported-parameter", "a parameter is not supported; it or its operation is left out";
    PathFragment => Note, "path-fragment", "a path has a fragment, which is not sent";
    PathQuery => Note, "path-query", "a path has a query, which every request sends as it is written";
    UnsupportedPath => Warning, "unsupported-path", "a path template cannot be read, and its operations are left out";
    UnsupportedBody => Warning, "unsupported-body", "a request body has a media type that the client cannot send; it or its operation is left out";
    TextBody => Note, "text-body", "the caller gives the text or the bytes of a request body, or the names of its parts";
    IgnoredMedia => Note, "ignored-media", "a media type of a body or a response is not generated";
    XmlAsText => Note, "xml-as-text", "XML is generated as text";
    WebSocket => Warning, "web-socket", "an operation opens a WebSocket, which a call cannot do";
    NoContent => Note, "no-content", "a response whose status has no content declares some, which is ignored";
    NoSuccess => Note, "no-success", "an operation declares no successful response, so the response body is ignored";
    OtherServers => Note, "other-servers", "one of the servers of a path or operation is generated, or none";
    RelativeServer => Note, "relative-server", "the URL of a server is relative, and the host must be set on the client";
    BadServer => Warning, "bad-server", "the URL of a server is incomplete, and the server is left out";
    Webhooks => Note, "webhooks", "the payload of a webhook or a callback is not JSON, and has no type";
    Links => Note, "links", "a link leads to no operation of the document";
    UntypedErrors => Note, "untyped-errors", "an error body is neither JSON nor text, and is not typed";
    UntypedHeaders => Note, "untyped-headers", "a header of a response is read as text";
    UnreadExample => Note, "unread-example", "an example refers to an external value and is ignored";
    UnknownSecurity => Warning, "unknown-security", "a security scheme does not exist";
    UnsupportedSecurity => Warning, "unsupported-security", "a security scheme is not supported; the caller must add the credential";
    // understand: x-client
    UnknownClientKey => Error, "unknown-client-key", "a key of x-client does not exist here";
    BadClientValue => Error, "bad-client-value", "a value of x-client is invalid";
    UnusedClientName => Warning, "unused-client-name", "a name has no effect, because nothing is generated for it";
    DuplicateMethod => Error, "duplicate-method", "two methods of a resource have the same name";
    // understand: pagination
    BadPagination => Error, "bad-pagination", "the operation cannot be paginated as declared";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let mut ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(
            ids.iter()
                .all(|id| id.chars().all(|c| c == '-' || c.is_ascii_lowercase()))
        );
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Code::ALL.len());
    }
}
