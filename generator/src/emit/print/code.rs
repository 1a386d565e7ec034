//! Pieces of Rust.
//!
//! In: our own words, names, literals. Out: [`RustCode`], a text on one line that knows where the line may break. Nothing else
//! becomes code: text that is read at run time is not a [`Fragment`]. Not here: line breaks (`layout`), items and their docs
//! (`item`).

use std::fmt;

use proc_macro2::{Literal, TokenStream};
use quote::ToTokens;

use crate::emit::print::layout::{Break, Breaks, INDENT, Mark, Place};
use crate::plan::names::Name;

/// An expression, a type, a signature: a part of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustCode {
    text: String,
    places: Vec<Place>,
}

/// A piece of code.
pub trait Fragment {
    /// Appends it.
    fn append_to(self, code: &mut RustCode);
}

/// Code in the source of this program.
impl Fragment for &'static str {
    fn append_to(self, code: &mut RustCode) {
        code.push(self);
    }
}

impl Fragment for &Name {
    fn append_to(self, code: &mut RustCode) {
        code.push(self.as_str());
    }
}

impl Fragment for Literal {
    fn append_to(self, code: &mut RustCode) {
        code.push(&self.to_string());
    }
}

impl Fragment for &RustCode {
    fn append_to(self, code: &mut RustCode) {
        let offset = code.text.len();
        code.push(&self.text);
        let places = self.places.iter().map(|(at, mark)| (at + offset, *mark));
        code.places.extend(places);
    }
}

impl Fragment for RustCode {
    fn append_to(self, code: &mut RustCode) {
        // An empty code takes over the other one without a copy.
        match code.text.is_empty() && code.places.is_empty() {
            true => *code = self,
            false => (&self).append_to(code),
        }
    }
}

/// For items that are emitted as tokens.
impl ToTokens for RustCode {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.text.parse::<TokenStream>());
    }
}

impl<F: Fragment> Fragment for Option<F> {
    fn append_to(self, code: &mut RustCode) {
        if let Some(fragment) = self {
            fragment.append_to(code);
        }
    }
}

/// Concatenates fragments.
macro_rules! code {
    ($($fragment:expr),+ $(,)?) => {{
        let mut code = $crate::emit::print::code::RustCode::default();
        $($crate::emit::print::code::Fragment::append_to($fragment, &mut code);)+
        code
    }};
}
pub(crate) use code;

/// On one line.
impl fmt::Display for RustCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The capacity that suffices for most code.
const USUAL: usize = 128;

impl RustCode {
    /// Returns the text on one line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the places where the text may break.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.text.capacity() == 0 {
            self.text.reserve(text.len().max(USUAL));
        }
        self.text.push_str(text);
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        self.places.push((self.text.len(), mark));
    }

    pub(super) fn open(&mut self, deeper: usize, breaks: Breaks) {
        self.mark(Mark::Open { deeper, breaks });
    }

    /// A possible line break, with the text that replaces it if the line is not broken.
    pub(super) fn line_break(&mut self, place: Break) {
        self.mark(Mark::Break(place));
        self.text.push_str(&" "[..place.blank]);
    }
}

/// A break that is a blank if the line goes on.
pub(super) const BLANK: Break = Break {
    blank: 1,
    before: "",
    after: "",
    out: 0,
};

/// Returns a string literal.
pub fn string(text: &str) -> RustCode {
    let is_plain = |c: u8| matches!(c, b' '..=b'~') && c != b'"' && c != b'\\';
    match text.bytes().all(is_plain) {
        true => RustCode {
            text: ["\"", text, "\""].concat(),
            places: Vec::new(),
        },
        false => code!(Literal::string(text)),
    }
}

/// The delimiters of a list: brackets, with blanks and the trailing comma.
struct Brackets {
    open: &'static str,
    blank: usize,
    comma: &'static str,
    close: &'static str,
}

const fn brackets(open: &'static str, comma: &'static str, close: &'static str) -> Brackets {
    Brackets {
        open,
        blank: 0,
        comma,
        close,
    }
}

const ANGLE: Brackets = brackets("<", ",", ">");
const ROUND: Brackets = brackets("(", ",", ")");
const ROUND_WITHOUT_COMMA: Brackets = brackets("(", "", ")");
const SQUARE: Brackets = brackets("[", ",", "]");
const CURLY: Brackets = brackets("{", ",", "}");
const CURLY_WITH_BLANKS: Brackets = Brackets { blank: 1, ..CURLY };

/// Items on one line if they fit, else each on a separate line.
fn list(head: impl Fragment, brackets: Brackets, items: &[RustCode]) -> RustCode {
    let mut code = code!(head, brackets.open);
    if !items.is_empty() {
        code.open(INDENT, Breaks::All);
        code.line_break(Break {
            blank: brackets.blank,
            ..Break::default()
        });
        separated(&mut code, items);
        code.line_break(Break {
            blank: brackets.blank,
            before: brackets.comma,
            out: INDENT,
            ..Break::default()
        });
        code.mark(Mark::Close);
    }
    code!(code, brackets.close)
}

/// Items that fill lines.
fn filled(items: &[RustCode]) -> RustCode {
    let mut code = RustCode::default();
    code.open(0, Breaks::Full);
    separated(&mut code, items);
    code.mark(Mark::Close);
    code
}

fn separated(code: &mut RustCode, items: &[RustCode]) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            code.text.push(',');
            code.line_break(BLANK);
        }
        item.append_to(code);
    }
}

/// `Option<T>`
pub fn generic(name: &'static str, arguments: &[RustCode]) -> RustCode {
    list(name, ANGLE, arguments)
}

/// `(A, B)`, of types.
pub fn tuple(items: &[RustCode]) -> RustCode {
    match items {
        [one] => list("", ROUND_WITHOUT_COMMA, &[code!(one, ",")]),
        items => list("", ROUND, items),
    }
}

/// `name(a, b)` in an attribute.
pub fn meta(name: &'static str, items: &[RustCode]) -> RustCode {
    list(name, ROUND_WITHOUT_COMMA, items)
}

/// `path::{A, B}`, or `path::A`.
pub fn import(path: impl Fragment, names: &[RustCode]) -> RustCode {
    match names {
        [one] => code!(path, "::", one),
        names => list(code!(path, "::"), CURLY, &[filled(names)]),
    }
}

/// `Name(T)` in the definition of a struct or a variant.
pub fn holder(name: impl Fragment, ty: RustCode) -> RustCode {
    list(name, ROUND, &[ty])
}

/// `pub fn name(a: A, b: B) -> C`
pub fn signature(
    name: impl Fragment,
    parameters: &[RustCode],
    returned: impl Fragment,
) -> RustCode {
    let head = list(code!("pub fn ", name), ROUND, parameters);
    code!(head, " -> ", returned)
}

/// `function(a, b)`, called. An array as the only argument breaks without an indentation of its own.
pub fn call(function: impl Fragment, arguments: &[RustCode]) -> RustCode {
    match arguments {
        [array] if array.text.starts_with('[') => code!(function, "(", array, ")"),
        arguments => list(function, ROUND, arguments),
    }
}

/// `true` or `false`.
pub fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// `[a, b]`. Numbers and booleans fill lines.
pub fn array(items: &[RustCode]) -> RustCode {
    let is_short = |item: &RustCode| {
        let text = item.text.as_str();
        matches!(text, "true" | "false") || text.bytes().all(|c| c.is_ascii_digit())
    };
    if items.is_empty() || !items.iter().all(is_short) {
        return list("", SQUARE, items);
    }
    list("", SQUARE, &[filled(items)])
}

/// `{"a": b}`, as the macro `json!` takes it.
pub fn object(members: &[RustCode]) -> RustCode {
    list("", CURLY, members)
}

/// `Name { a, b: c }`, on one line if it is short.
pub fn record(name: impl Fragment, fields: &[RustCode]) -> RustCode {
    misfit_beyond(
        SHORT_RECORD,
        list(code!(name, " "), CURLY_WITH_BLANKS, fields),
    )
}

/// `Name { a, ..rest }`
pub fn record_from(name: impl Fragment, fields: &[RustCode], rest: &'static str) -> RustCode {
    let mut code = code!(name, " {");
    code.open(INDENT, Breaks::All);
    code.line_break(BLANK);
    for field in fields {
        field.append_to(&mut code);
        code.text.push(',');
        code.line_break(BLANK);
    }
    let mut code = code!(code, "..", rest);
    code.line_break(Break {
        out: INDENT,
        ..BLANK
    });
    code.mark(Mark::Close);
    misfit_beyond(SHORT_RECORD, code!(code, "}"))
}

/// With its closing brace.
const SHORT_RECORD: usize = 35;

fn misfit_beyond(width: usize, mut code: RustCode) -> RustCode {
    if code.text.len() > width
        && let Some((at, Mark::Close)) = code.places.last().copied()
    {
        let last = code.places.len() - 1;
        code.places.insert(last, (at, Mark::Misfit));
    }
    code
}

/// `impl Trait for Name`
pub fn implementation(name: &'static str, ty: &Name) -> RustCode {
    let mut code = RustCode::default();
    code.open(0, Breaks::Full);
    "impl ".append_to(&mut code);
    name.append_to(&mut code);
    code.line_break(BLANK);
    "for ".append_to(&mut code);
    ty.append_to(&mut code);
    code.mark(Mark::Close);
    code
}

/// `place = value;`
pub fn assignment(place: impl Fragment, value: impl Fragment) -> RustCode {
    let mut code = code!(place, " = ");
    code.mark(Mark::Stop);
    code!(code, value, ";")
}

/// `receiver.field.method(a)`, on one line, or else each link on a separate line.
pub struct Chain {
    code: RustCode,
    /// True if the next link stays on the line of what is before it.
    stays: bool,
}

impl Chain {
    /// Starts a chain.
    pub fn of(receiver: impl Fragment) -> Self {
        let mut code = RustCode::default();
        code.open(INDENT, Breaks::All);
        receiver.append_to(&mut code);
        Self { code, stays: false }
    }

    /// Starts with `self`, which is too short for a separate line.
    pub fn of_self() -> Self {
        Self {
            stays: true,
            ..Self::of("self")
        }
    }

    /// Starts a statement. A short name does not get a separate line.
    pub fn statement(receiver: &Name) -> Self {
        Self {
            stays: receiver.as_str().len() <= INDENT,
            ..Self::of(receiver)
        }
    }

    /// `.name`
    pub fn field(self, name: impl Fragment) -> Self {
        let Self { mut code, stays } = self;
        if !stays {
            code.line_break(Break::default());
        }
        Self {
            code: code!(code, ".", name),
            stays: false,
        }
    }

    /// `.name(a, b)`
    pub fn method(self, name: impl Fragment, arguments: &[RustCode]) -> Self {
        let Self { mut code, .. } = self.field(name);
        code.open(0, Breaks::All);
        call("", arguments).append_to(&mut code);
        code.mark(Mark::Close);
        Self { code, stays: false }
    }

    /// Returns the whole chain.
    pub fn end(self) -> RustCode {
        let Self { mut code, .. } = self;
        code.mark(Mark::Close);
        code
    }
}
