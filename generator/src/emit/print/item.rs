//! Items of Rust, which take whole lines.
//!
//! In: docs and [`RustCode`]. Out: lines, indented and broken. Not here: files and their imports (`module`), pieces of lines (`code`).

use proc_macro2::TokenStream;

use crate::emit::print::code::{Fragment, RustCode, code};
use crate::emit::print::layout::{self, INDENT};
use crate::emit::rust::doc::Docs;
use crate::model::api::Doc;

/// The lines of an item, or of several adjacent items.
#[derive(Clone, Debug, Default)]
pub struct Item {
    text: String,
    indent: usize,
}

/// The capacity that suffices for most items.
const USUAL: usize = 1024;

impl Item {
    /// Returns an item that begins with its docs.
    pub fn new(docs: &Docs) -> Self {
        let mut item = Self {
            text: String::with_capacity(USUAL),
            ..Self::default()
        };
        item.docs(docs);
        item
    }

    /// Returns an item for the inside of a block.
    pub fn inside() -> Self {
        Self {
            text: String::new(),
            indent: INDENT,
        }
    }

    /// Returns whether the item has no lines.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the lines.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Doc comments.
    pub fn docs(&mut self, docs: &Docs) {
        for line in docs.lines() {
            self.start_line();
            self.text.push_str("/// ");
            self.text.push_str(line);
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\n');
        }
    }

    /// Adds `#[deprecated]` if the document says so.
    pub fn deprecated(&mut self, doc: &Doc) {
        if doc.deprecated {
            self.line("#[deprecated]");
        }
    }

    /// A line, or more if it is too long for one.
    pub fn line(&mut self, code: impl Fragment) {
        self.code(&code!(code));
    }

    /// A line, if there is one.
    pub fn line_if(&mut self, code: Option<impl Fragment>) {
        if let Some(code) = code {
            self.line(code);
        }
    }

    /// Appends lines of the same indentation.
    pub fn append(&mut self, inside: Self) {
        self.text.push_str(&inside.text);
    }

    /// `head { ... }`
    pub fn block(&mut self, head: impl Fragment, inside: impl FnOnce(&mut Self)) {
        self.nest(code!(head, " {"), "}", inside);
    }

    /// A head that opens a bracket, indented lines, and the closing bracket.
    pub fn nest(
        &mut self,
        head: impl Fragment,
        close: &'static str,
        inside: impl FnOnce(&mut Self),
    ) {
        self.code(&code!(head));
        let empty = self.text.len();
        self.indent += INDENT;
        inside(self);
        self.indent -= INDENT;
        if self.text.len() == empty {
            self.text.pop();
        } else {
            self.start_line();
        }
        self.text.extend([close, "\n"]);
    }

    /// A blank line, unless at the beginning of a block.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("{\n") {
            self.text.push('\n');
        }
    }

    fn start_line(&mut self) {
        self.text.extend(std::iter::repeat_n(' ', self.indent));
    }

    fn code(&mut self, code: &RustCode) {
        layout::write(code.text(), code.places(), self.indent, &mut self.text);
        self.text.push('\n');
    }
}

/// Rare items are emitted as tokens, which are parsed and printed by `prettyplease`.
impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        let text = match syn::parse2::<syn::File>(tokens) {
            Ok(file) => spaced(&prettyplease::unparse(&file)),
            // Invalid Rust is a bug of an emitter, which the compiler will report.
            Err(error) => format!("{}\n", error.to_compile_error()),
        };
        Self { text, indent: 0 }
    }
}

/// Adds blank lines between methods, which are found by their indentation, since no literal spans lines.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    let mut in_impl = false;
    while let Some(line) = lines.next() {
        in_impl = match line.chars().next() {
            Some(' ') | None => in_impl,
            Some(_) => line.starts_with("impl"),
        };
        spaced.push_str(line);
        spaced.push('\n');
        let ends_member = line == "    }" || (line.starts_with("    type ") && line.ends_with(';'));
        if in_impl && ends_member && lines.peek() != Some(&"}") {
            spaced.push('\n');
        }
    }
    spaced
}
