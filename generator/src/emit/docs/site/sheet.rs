//! A page of the site while it is written.
//!
//! In: HTML, text, Markdown. Out: the content of the page. Not here: what surrounds it (see `frame`), what it says.

use super::escape::escape;
use super::markdown;
use crate::emit::EmitCx;
use crate::emit::docs::page::Page;
use crate::emit::docs::places::Places;

/// A page of the site while it is written.
pub struct Sheet<'a> {
    pub cx: &'a EmitCx<'a>,
    pub places: &'a Places<'a>,
    /// Below the folder of the site, without an extension.
    pub path: &'a str,
    html: String,
}

impl<'a> Sheet<'a> {
    pub fn new(cx: &'a EmitCx<'a>, places: &'a Places<'a>, path: &'a str) -> Self {
        let html = String::new();
        Self {
            cx,
            places,
            path,
            html,
        }
    }

    /// Adds HTML of ours.
    pub fn html(&mut self, parts: &[&str]) {
        self.html.extend(parts.iter().copied());
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.html.push_str(&escape(text));
    }

    /// Adds Markdown of a line.
    pub fn inline(&mut self, text: &str) {
        let html = markdown::render(text);
        let html = html
            .trim_end()
            .trim_start_matches("<p>")
            .trim_end_matches("</p>");
        self.html.push_str(html);
    }

    /// Adds what is written as Markdown.
    pub fn blocks(&mut self, write: impl FnOnce(&mut Page)) {
        let mut page = self.words();
        write(&mut page);
        self.html.push_str(&markdown::render(page.text()));
    }

    /// Returns an empty part of this page, which knows what its links lead to.
    pub fn words(&self) -> Page<'a> {
        Page::part(self.cx, self.path, self.places)
    }

    /// Returns a link to another page.
    pub fn target(&self, path: &str, anchor: &str) -> String {
        let mut target = match path == self.path {
            true => String::new(),
            false => format!("{}{path}.html", up(self.path)),
        };
        if !anchor.is_empty() {
            target.extend(["#", anchor]);
        }
        target
    }

    /// Returns the content.
    pub fn finish(self) -> String {
        self.html
    }
}

/// Returns the way from a page to the folder of the site.
pub fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
