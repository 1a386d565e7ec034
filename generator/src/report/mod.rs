//! What the generator has to say about a document.
//!
//! In: findings of the stages, each with a [`Code`] and a [`Pointer`]. Out: a [`Report`] beside the value.
//! Not here: printing (see `render`), files, decisions about what to do.

mod lints;
pub mod render;

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
    UnmatchedSelector => Error, "unmatched-selector", "no operation is what a selector asks for";
    // load
    Syntax => Error, "syntax", "the text is neither valid YAML nor valid JSON";
    EmptyDocument => Error, "empty-document", "there is nothing in the file";
    NotAnObject => Error, "not-an-object", "the document is not an object";
    TooLarge => Error, "too-large", "the document is larger or nests deeper than the limits allow";
    UnsupportedVersion => Error, "unsupported-version", "the document is not OpenAPI 3.0 or later";
    NewerVersion => Note, "newer-version", "the document is of a later version than is known, and is read as the last one known";
    DuplicateKey => Warning, "duplicate-key", "a key occurs twice in an object; the last one counts";
    KeyNotAString => Note, "key-not-a-string", "a status code is a number, and is taken as its text";
    YamlTag => Note, "yaml-tag", "a YAML tag is ignored";
    NumberRange => Note, "number-range", "a number does not fit 64 bits or is not finite, and is rounded or dropped";
    FileUnreadable => Error, "file-unreadable", "a file that the document names cannot be read";
    FileOutside => Error, "file-outside", "a file that the document names is not inside its folder";
    RefOutside => Warning, "ref-outside", "this $ref leads out of the document's folder, and is not followed";
    RemoteRef => Warning, "remote-ref", "a $ref to another host is never fetched";
    // overlay
    OverlayInvalid => Error, "overlay-invalid", "the overlay is not a valid OpenAPI Overlay";
    OverlayTarget => Error, "overlay-target", "the target is not a JSONPath query (RFC 9535)";
    OverlayNoMatch => Error, "overlay-no-match", "the action's target selects nothing";
    OverlayMismatch => Error, "overlay-mismatch", "the overlay's value cannot be merged with what the target selects";
    OverlayExtends => Warning, "overlay-extends", "the overlay is made for another document";
    OverlayUnknownKey => Note, "overlay-unknown-key", "the overlay has a key that the specification does not define";
    // normalize: references
    DanglingRef => Warning, "dangling-ref", "nothing is defined at the target of this $ref";
    CyclicRef => Warning, "cyclic-ref", "this $ref leads back to itself";
    RefSyntax => Warning, "ref-syntax", "this $ref is not a valid URI reference";
    RefRepaired => Note, "ref-repaired", "this $ref is not a URI reference to a schema, but names one";
    RefSiblings => Note, "ref-siblings", "keys beside this $ref are ignored, as the specification says";
    DynamicRef => Note, "dynamic-ref", "a dynamic reference is resolved where it stands, not where it is used";
    // normalize: repairs
    MissingInfo => Note, "missing-info", "a title or version is missing, or is not a string";
    MissingPaths => Note, "missing-paths", "the document has no paths";
    MissingResponses => Note, "missing-responses", "the operation has no responses";
    MissingDescription => Note, "missing-description", "a response has no description";
    MissingSchema => Note, "missing-schema", "a parameter or header has no schema, and takes any string";
    RepairedType => Note, "repaired-type", "a value is of another type than the specification says, and is converted";
    RepairedKeyword => Note, "repaired-keyword", "a keyword is misplaced, and is taken as what it surely means";
    IgnoredKeyword => Warning, "ignored-keyword", "a keyword has a value that cannot be read, and is ignored";
    PathSyntax => Warning, "path-syntax", "this is not a path, and is not generated";
    // normalize: lowering
    PrefixItems => Note, "prefix-items", "a tuple is read as a list of its items' types";
    PatternProperties => Note, "pattern-properties", "properties by pattern are read as a map of all of their types";
    PropertyNames => Note, "property-names", "a constraint on the names of properties is not checked";
    Unevaluated => Note, "unevaluated", "a constraint on unevaluated properties or items is not checked";
    Conditional => Note, "conditional", "if, then, else and dependent schemas are not checked";
    Contains => Note, "contains", "a constraint on some item of a list is not checked";
    Not => Note, "not", "what a value must not be is not checked";
    UnknownDialect => Note, "unknown-dialect", "schemas of this dialect are read as those of JSON Schema 2020-12";
    InapplicableKeyword => Note, "inapplicable-keyword", "a keyword is about another type than the schema's, and says nothing";
    NeverSchema => Note, "never-schema", "a schema that nothing fits is left out";
    ContentSchema => Note, "content-schema", "the schema of a string's content is not generated";
    // decode
    UnreadableItem => Warning, "unreadable-item", "a part of the document cannot be read, and is not generated";
    UnreadableSchema => Warning, "unreadable-schema", "a schema cannot be read, and takes any value";
    UnknownKeyword => Note, "unknown-keyword", "a key that the specification does not define here is ignored";
    UnknownMethod => Warning, "unknown-method", "an operation with this HTTP method is not generated";
    // build: schemas
    AliasCycle => Warning, "alias-cycle", "a schema refers to itself without any structure, and takes any value";
    Contradiction => Warning, "contradiction", "constraints that are to hold together exclude each other";
    UnknownType => Warning, "unknown-type", "there is no such type in JSON Schema, and it is ignored";
    TooDeep => Warning, "too-deep", "a schema is nested too deep, and takes any value";
    UnsupportedSchema => Warning, "unsupported-schema", "no type can say what the schema says, and it takes any value";
    LooserEnum => Note, "looser-enum", "the type takes more values than the enum lists";
    MixedEnum => Note, "mixed-enum", "a value of an enum is not of the enum's type";
    DuplicateEnumValue => Note, "duplicate-enum-value", "an enum lists a value twice";
    LooserUnion => Note, "looser-union", "the type takes more values than the alternatives allow";
    Discriminator => Note, "discriminator", "a discriminator does not tell all variants apart as stated";
    RequiredWithoutProperty => Note, "required-without-property", "a required property is not described, and is not asked for";
    DefaultDoesNotFit => Note, "default-does-not-fit", "a default is not a value of its own schema, and is left out";
    ExampleDoesNotFit => Note, "example-does-not-fit", "an example is not a value of its own schema, and is not tested";
    // build: operations
    NoOperationId => Note, "no-operation-id", "an operation has no id, and goes by its method and path";
    DuplicateOperationId => Note, "duplicate-operation-id", "two operations have the same id";
    UndeclaredPathParameter => Note, "undeclared-path-parameter", "a parameter of the path is not declared, and is a string";
    UnusedPathParameter => Warning, "unused-path-parameter", "a path parameter does not occur in the path, and is left out";
    DuplicateParameter => Warning, "duplicate-parameter", "a parameter is declared twice; the last one counts";
    ReservedHeader => Note, "reserved-header", "the specification says to ignore header parameters of this name";
    LooserParameter => Note, "looser-parameter", "a parameter takes more values, or is written otherwise, than stated";
    UnsupportedParameter => Warning, "unsupported-parameter", "a parameter cannot be written yet, and it or its operation is left out";
    PathFragment => Note, "path-fragment", "a path has a fragment, which is not part of a request";
    UnsupportedPath => Warning, "unsupported-path", "a path template cannot be read, and its operations are left out";
    UnsupportedBody => Warning, "unsupported-body", "the request body is not JSON, and it or its operation is left out";
    UnsupportedReply => Warning, "unsupported-reply", "the reply is not JSON, and the operation is left out";
    IgnoredMedia => Note, "ignored-media", "of several media types, one is generated";
    SeveralReplies => Note, "several-replies", "of several successful replies, one is generated";
    NoContent => Note, "no-content", "a reply with a status that has no content describes some, which is ignored";
    NoSuccess => Note, "no-success", "no successful reply is described; its content is ignored";
    OtherServers => Warning, "other-servers", "servers of a single path or operation are ignored";
    ServerChoice => Note, "server-choice", "of several servers, or values of its variables, the default is generated";
    BadServer => Warning, "bad-server", "the server's URL is not a complete one, and has to be set on the client";
    Webhooks => Note, "webhooks", "webhooks and callbacks are not generated";
    Links => Note, "links", "links between operations are not generated";
    UntypedErrors => Note, "untyped-errors", "the content of an error is not JSON, or has no schema, and has no type";
    UntypedHeaders => Note, "untyped-headers", "the headers of replies have no types";
    UnreadExample => Note, "unread-example", "the value of an example stands elsewhere, and is not used";
    UnknownSecurity => Warning, "unknown-security", "there is no such security scheme";
    UnsupportedSecurity => Warning, "unsupported-security", "a security scheme is not supported, and is up to the user";
    // build: x-client
    UnknownClientKey => Error, "unknown-client-key", "there is no such key of x-client here";
    BadClientValue => Error, "bad-client-value", "a value of x-client is not what its key asks for";
    UnusedClientName => Warning, "unused-client-name", "a name has no effect, since nothing is generated that it could name";
    DuplicateMethod => Error, "duplicate-method", "two methods of a resource are given the same name";
    // paging
    BadPagination => Error, "bad-pagination", "the operation cannot be paginated as stated";
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
