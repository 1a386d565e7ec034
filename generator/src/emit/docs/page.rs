//! A page while it is written.
//!
//! In: headings, paragraphs, lists, links by name. Out: the text of a Markdown file. All strings of the document are made
//! safe by `markdown` before they come here. Not here: what a page says.

use super::places::Places;
use crate::emit::text::markdown;
use crate::emit::{EmitCx, File};

/// A Markdown page while it is written.
pub struct Page<'a> {
    pub cx: &'a EmitCx<'a>,
    /// Below `docs`, without an extension.
    path: &'a str,
    text: String,
    /// The places of types, if this is text for the site.
    pub places: Option<&'a Places<'a>>,
}

/// The indentation of a line: the number of lists around it.
#[derive(Clone, Copy)]
pub struct Depth(pub usize);

impl Depth {
    /// Outside of lists.
    pub const TOP: Self = Self(0);

    /// Inside an item of a list.
    pub fn inner(self) -> Self {
        Self(self.0 + 1)
    }
}

impl<'a> Page<'a> {
    /// Returns a page that has only its title yet.
    pub fn new(cx: &'a EmitCx<'a>, path: &'a str, title: &str) -> Self {
        let marker = cx.marker().replace("--", "-");
        let text = format!("<!-- {marker} -->\n\n# {title}\n");
        Self {
            cx,
            path,
            text,
            places: None,
        }
    }

    /// Returns a part of a page of the site, which has no title.
    pub fn part(cx: &'a EmitCx<'a>, path: &'a str, places: &'a Places<'a>) -> Self {
        Self {
            cx,
            path,
            text: String::new(),
            places: Some(places),
        }
    }

    /// Returns what is written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A heading, with an anchor if it has one.
    pub fn heading(&mut self, level: usize, title: &str, anchor: Option<&str>) {
        self.gap();
        if let Some(anchor) = anchor {
            self.push(&["<a id=\"", anchor, "\"></a>\n\n"]);
        }
        self.push(&[&"######"[..level.min(6)], " ", title, "\n"]);
    }

    /// A paragraph of one line.
    pub fn paragraph(&mut self, depth: Depth, text: &str) {
        self.gap();
        self.line(depth, text);
        self.gap();
    }

    /// Adds lines of Markdown as a separate block.
    pub fn lines(&mut self, depth: Depth, lines: &[impl AsRef<str>]) {
        self.gap();
        for line in lines {
            self.line(depth, line.as_ref());
        }
        self.gap();
    }

    /// The first line of an item of a list.
    pub fn item(&mut self, depth: Depth, text: &str) {
        self.indent(depth);
        self.push(&["- ", text, "\n"]);
    }

    /// A block of code under a heading.
    pub fn example(&mut self, level: usize, title: &str, language: &str, code: &str) {
        self.heading(level, title, None);
        self.gap();
        let fence = markdown::fence(code, 3);
        self.push(&[&fence, language, "\n", code.trim_end(), "\n", &fence, "\n"]);
    }

    /// Returns a link to an anchor on a page.
    pub fn link(&self, text: &str, path: &str, anchor: &str) -> String {
        match path == self.path {
            true => ["[", text, "](#", anchor, ")"].concat(),
            false => ["[", text, "](", &self.relative_path(path), "#", anchor, ")"].concat(),
        }
    }

    /// Returns a link to a page.
    pub fn page_link(&self, text: &str, path: &str) -> String {
        ["[", text, "](", &self.relative_path(path), ")"].concat()
    }

    /// Returns the relative path from this page to another.
    pub fn relative_path(&self, path: &str) -> String {
        let mut to = "../".repeat(self.path.matches('/').count());
        to.extend([path, ".md"]);
        to
    }

    /// Makes sure that what follows begins a block.
    pub fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Returns the file.
    pub fn finish(mut self) -> File {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        File {
            path: format!("docs/{}.md", self.path),
            text: self.text.into(),
        }
    }

    fn line(&mut self, depth: Depth, text: &str) {
        if !text.is_empty() {
            self.indent(depth);
        }
        self.push(&[text, "\n"]);
    }

    fn indent(&mut self, depth: Depth) {
        for _ in 0..depth.0 {
            self.text.push_str("  ");
        }
    }

    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.text.push_str(part);
        }
    }
}
