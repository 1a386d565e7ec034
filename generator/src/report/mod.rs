//! What the generator has to say about a document.
//!
//! In: findings of the stages, each with a [`Code`] and a [`Pointer`]. Out: a [`Report`] beside the value.
//! Not here: printing (see `render`), files, decisions about what to do.

mod lints;

use std::borrow::{Borrow, Cow};
use std::fmt;

pub use lints::{Lint, Lints, NotAllowed, UnknownLint};

/// A JSON pointer (RFC 6901) into the document, in the form of a URI fragment: `#/paths/~1models/get`.
///
/// A place in another file of the document's folder has the file before the `#`: `schemas/pet.yaml#/Pet`.
/// Characters are not percent-encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document, `#`.
    pub fn root() -> Self {
        Self("#".into())
    }

    /// The whole of another file.
    pub fn of_file(path: &str) -> Self {
        Self(format!("{path}#"))
    }

    /// A pointer that is known to be in canonical form, as every `$ref` is after `normalize`.
    pub fn canonical(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The child with this key or index.
    pub fn child(&self, key: &str) -> Self {
        let mut child = Self(String::with_capacity(self.0.len() + key.len() + 1));
        child.0.push_str(&self.0);
        child.push(key);
        child
    }

    /// Goes down to a child. [`truncate`](Self::truncate) to the length given back goes up again.
    pub fn push(&mut self, key: &str) -> usize {
        let length = self.0.len();
        self.0.push('/');
        if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            self.0.push_str(key);
            return length;
        }
        for c in key.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                c => self.0.push(c),
            }
        }
        length
    }

    /// Goes up, to where the text had this length.
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The pointer that this one extends, and its own last key. `None` for a whole document.
    pub fn split(&self) -> Option<(Self, String)> {
        let (parent, key) = self
            .0
            .rsplit_once('/')
            .filter(|(parent, _)| parent.contains('#'))?;
        Some((Self(parent.into()), unescape(key).into_owned()))
    }

    /// Keys and indices on the way down.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.segments().map(Cow::into_owned)
    }

    /// The same, to look at.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let path = self.0.split_once('#').map_or("", |(_, path)| path);
        path.split('/').skip(1).map(unescape)
    }

    /// The file that it points into; empty for the document itself.
    pub fn file(&self) -> &str {
        self.0.split_once('#').map_or("", |(file, _)| file)
    }

    /// The operation that a place is in: `#/paths/~1models/get`, or `#/paths/~1models/additionalOperations/COPY`.
    pub fn operation(&self) -> Option<&str> {
        let text = self.as_str();
        let path = text.strip_prefix("#/paths/")?;
        let mut ends = path.match_indices('/').map(|(at, _)| at + "#/paths/".len());
        let (method, end) = (ends.next()?, ends.next());
        let is_additional = &text[method..end.unwrap_or(text.len())] == "/additionalOperations";
        let end = if is_additional {
            end?;
            ends.next()
        } else {
            end
        };
        Some(&text[..end.unwrap_or(text.len())])
    }

    /// The text, `#/...`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(key: &str) -> Cow<'_, str> {
    match key.contains('~') {
        true => key.replace("~1", "/").replace("~0", "~").into(),
        false => key.into(),
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Generated looser than stated, or after a repair.
    Note,
    /// Something in the document is not generated.
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
        /// What kind of finding it is. Ids are stable: scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// All of them, in the order of the stages.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable id, `dangling-ref`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// How bad it is.
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)* }
            }

            /// What it means, in one line.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    // select
    UnmatchedSelector => Error, "unmatched-selector", "a selector matches no operation";
    // load
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
    // overlay
    OverlayInvalid => Error, "overlay-invalid", "the overlay is not a valid OpenAPI Overlay";
    OverlayTarget => Error, "overlay-target", "the target of an action is not a JSONPath query (RFC 9535)";
    OverlayNoMatch => Error, "overlay-no-match", "the target of an action selects nothing";
    OverlayMismatch => Error, "overlay-mismatch", "a value of the overlay cannot be merged with its target";
    OverlayExtends => Warning, "overlay-extends", "the overlay extends another document";
    OverlayUnknownKey => Note, "overlay-unknown-key", "the overlay has a key that the specification does not define";
    // normalize: references
    DanglingRef => Warning, "dangling-ref", "the target of a $ref does not exist";
    CyclicRef => Warning, "cyclic-ref", "a $ref leads back to itself";
    RefSyntax => Warning, "ref-syntax", "a $ref is not a valid URI reference";
    RefRepaired => Note, "ref-repaired", "a $ref is not a URI reference to a schema, but is read as one";
    RefSiblings => Note, "ref-siblings", "keys beside a $ref are ignored, as the specification requires";
    DynamicRef => Note, "dynamic-ref", "a dynamic reference is resolved at its own location, not where it is used";
    // normalize: repairs
    MissingInfo => Note, "missing-info", "the title or version is missing or not a string";
    MissingPaths => Note, "missing-paths", "the document has no paths";
    MissingResponses => Note, "missing-responses", "an operation has no responses";
    MissingDescription => Note, "missing-description", "a response has no description";
    MissingSchema => Note, "missing-schema", "a parameter or header has no schema and accepts any string";
    RepairedType => Note, "repaired-type", "a value has another type than the specification requires and is converted";
    RepairedKeyword => Note, "repaired-keyword", "a misplaced or misspelled keyword is read as the intended one";
    IgnoredKeyword => Warning, "ignored-keyword", "the value of a keyword cannot be read, and the keyword is ignored";
    PathSyntax => Warning, "path-syntax", "a key of paths is not a path and is not generated";
    // normalize: lowering
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
    // build: schemas
    AliasCycle => Warning, "alias-cycle", "a schema refers only to itself and accepts any value";
    Contradiction => Warning, "contradiction", "constraints of a schema exclude each other";
    UnknownType => Warning, "unknown-type", "a type that JSON Schema does not define is ignored";
    TooDeep => Warning, "too-deep", "a schema is nested too deep and accepts any value";
    UnsupportedSchema => Warning, "unsupported-schema", "no Rust type fits the schema, so it accepts any value";
    LooserEnum => Note, "looser-enum", "the generated type accepts more values than the enum";
    MixedEnum => Note, "mixed-enum", "a value of an enum does not have the enum's type";
    DuplicateEnumValue => Note, "duplicate-enum-value", "an enum lists a value twice";
    LooserUnion => Note, "looser-union", "the generated type accepts more values than the union";
    Discriminator => Note, "discriminator", "a discriminator does not distinguish all variants as declared";
    RequiredWithoutProperty => Note, "required-without-property", "a required property is not declared and is not generated";
    DefaultDoesNotFit => Note, "default-does-not-fit", "a default does not match its schema and is ignored";
    ExampleDoesNotFit => Note, "example-does-not-fit", "an example does not match its schema and is not tested";
    // build: operations
    NoOperationId => Note, "no-operation-id", "an operation has no id and is named after its method and path";
    DuplicateOperationId => Note, "duplicate-operation-id", "two operations have the same id";
    UndeclaredPathParameter => Note, "undeclared-path-parameter", "a path parameter is not declared and is generated as a string";
    UnusedPathParameter => Warning, "unused-path-parameter", "a path parameter does not occur in the path and is left out";
    DuplicateParameter => Warning, "duplicate-parameter", "a parameter is declared twice; the last one counts";
    ReservedHeader => Note, "reserved-header", "a header parameter of this name is ignored, as the specification requires";
    LooserParameter => Note, "looser-parameter", "a parameter accepts more values, or is encoded differently, than declared";
    UnsupportedParameter => Warning, "unsupported-parameter", "a parameter is not supported; it or its operation is left out";
    PathFragment => Note, "path-fragment", "a path has a fragment, which is not sent";
    UnsupportedPath => Warning, "unsupported-path", "a path template cannot be read, and its operations are left out";
    UnsupportedBody => Warning, "unsupported-body", "a request body is not JSON; it or its operation is left out";
    UnsupportedReply => Warning, "unsupported-reply", "a response is not JSON, and its operation is left out";
    IgnoredMedia => Note, "ignored-media", "one of several media types is generated";
    SeveralReplies => Note, "several-replies", "one of several successful responses is generated";
    NoContent => Note, "no-content", "a response whose status has no content declares some, which is ignored";
    NoSuccess => Note, "no-success", "an operation declares no successful response, so the response body is ignored";
    OtherServers => Warning, "other-servers", "servers of a single path or operation are ignored";
    ServerChoice => Note, "server-choice", "the first of several servers, with the defaults of its variables, is generated";
    BadServer => Warning, "bad-server", "the URL of the server is incomplete and must be set on the client";
    Webhooks => Note, "webhooks", "webhooks and callbacks are not generated";
    Links => Note, "links", "links between operations are not generated";
    UntypedErrors => Note, "untyped-errors", "an error body is not JSON or has no schema, and is not typed";
    UntypedHeaders => Note, "untyped-headers", "response headers are not typed";
    UnreadExample => Note, "unread-example", "an example refers to an external value and is ignored";
    UnknownSecurity => Warning, "unknown-security", "a security scheme does not exist";
    UnsupportedSecurity => Warning, "unsupported-security", "a security scheme is not supported; the caller must add the credential";
    // build: x-client
    UnknownClientKey => Error, "unknown-client-key", "a key of x-client does not exist here";
    BadClientValue => Error, "bad-client-value", "a value of x-client is invalid";
    UnusedClientName => Warning, "unused-client-name", "a name has no effect, because nothing is generated for it";
    DuplicateMethod => Error, "duplicate-method", "two methods of a resource have the same name";
    // paging
    BadPagination => Error, "bad-pagination", "the operation cannot be paginated as declared";
}

/// The file that a finding is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The document, or the file of its folder that the pointer names.
    #[default]
    Document,
    /// The overlay with this index.
    Overlay(usize),
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// How bad it is: as bad as its code, unless [`Lints`] make it an error.
    pub level: Level,
    /// Where.
    pub at: Pointer,
    /// In which file.
    pub input: Input,
    /// Line and column, both from 1, where they are known because there is no value to point at.
    pub position: Option<(usize, usize)>,
    /// What is the matter here.
    pub text: String,
    /// What can be done.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Says what can be done, if anything.
    pub fn help(&mut self, help: impl Into<Option<String>>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Says that it is about this input.
    pub fn input(&mut self, input: Input) -> &mut Self {
        self.input = input;
        self
    }

    /// Says where in the text it is.
    pub fn position(&mut self, position: Option<(usize, usize)>) -> &mut Self {
        self.position = position;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            code,
            level,
            at,
            text,
            ..
        } = self;
        write!(f, "{level}[{}]: {text} ({at})", code.id())
    }
}

/// All findings, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds a finding about the document.
    pub fn add(&mut self, code: Code, at: &Pointer, text: impl Into<String>) -> &mut Diagnostic {
        let (at, text) = (at.clone(), text.into());
        self.diagnostics.push(Diagnostic {
            code,
            level: code.level(),
            at,
            input: Input::Document,
            position: None,
            text,
            help: None,
        });
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Adds the findings of another report.
    pub fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Makes errors of what is denied, and leaves out what is allowed.
    pub fn settle(&mut self, lints: &Lints) {
        self.diagnostics
            .retain_mut(|diagnostic| match lints.level(diagnostic.code) {
                Some(level) => {
                    diagnostic.level = level;
                    true
                }
                None => false,
            });
    }

    /// Forgets all but the first so many findings.
    pub fn truncate(&mut self, length: usize) {
        self.diagnostics.truncate(length);
    }

    /// Keeps these findings only.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.diagnostics.retain(keep);
    }

    /// Whether there is any error.
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    /// How many findings are of this level.
    pub fn count(&self, level: Level) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.level == level)
            .count()
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The candidate that was probably meant, if one is close: for `did you mean`.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).clamp(1, 6);
    let near = candidates
        .into_iter()
        .map(|candidate| (edit_distance(wanted, candidate, limit), candidate));
    near.filter_map(|(distance, candidate)| Some((distance?, candidate)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance without regard to case; `None` above the limit.
fn edit_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > 4 * limit {
        return None;
    }
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
        if row.iter().min() > Some(&limit) {
            return None;
        }
    }
    row.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_and_split() {
        let at = Pointer::root().child("paths").child("/a~b").child("get");
        assert_eq!(at.as_str(), "#/paths/~1a~0b/get");
        assert_eq!(at.keys().collect::<Vec<_>>(), ["paths", "/a~b", "get"]);
        assert_eq!(
            at.split(),
            Some((Pointer::canonical("#/paths/~1a~0b"), "get".into()))
        );
        assert_eq!(Pointer::root().split(), None);
        assert_eq!(Pointer::of_file("a/b.yaml").split(), None);
        assert_eq!(Pointer::of_file("a/b.yaml").child("x").file(), "a/b.yaml");
    }

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

    #[test]
    fn nearest_is_near() {
        assert_eq!(
            nearest("Persmission", ["Permission", "Project"]),
            Some("Permission")
        );
        assert_eq!(nearest("Pet", ["Store", "Order"]), None);
    }
}
