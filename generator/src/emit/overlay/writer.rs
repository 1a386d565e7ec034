//! The lines of the overlay.
//!
//! In: headings, sentences, and actions as JSON. Out: comments. Not here: what they say.

use serde_json::{Value, json};

use super::{target, yaml};
use crate::emit::text::markdown::visible;
use crate::report::Pointer;

/// The columns of a line, if its words allow it.
const WIDTH: usize = 110;
/// The most characters of a text of the document.
const MOST: usize = 160;

/// Writes comments below the list of actions.
pub struct Writer<'a> {
    text: String,
    takes_key: &'a TakesKey<'a>,
}

/// Returns whether an action with this target can set a key of `x-client` to a value.
pub type TakesKey<'a> = dyn Fn(&str, &str, &Value) -> bool + 'a;

impl<'a> Writer<'a> {
    pub fn new(takes_key: &'a TakesKey<'a>) -> Self {
        Self {
            text: String::new(),
            takes_key,
        }
    }

    /// Adds a text that is YAML.
    pub fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a comment at the beginning of the file.
    pub fn top(&mut self, text: &str) {
        self.comment("# ", text);
    }

    /// Begins a section.
    pub fn heading(&mut self, title: &str) {
        self.text.push_str(&format!("\n  # --- {title} ---\n"));
    }

    /// Begins a block of a section with a sentence.
    pub fn say(&mut self, text: &str) {
        self.text.push('\n');
        self.comment("  # ", text);
    }

    /// Adds a line to a list below a sentence.
    pub fn item(&mut self, text: &str) {
        self.text.push_str(&format!("  # * {}\n", line(text)));
    }

    /// Adds an action that sets a key of `x-client`, unless [`Writer::can_set`] is false.
    pub fn set(&mut self, at: &Pointer, key: &str, value: Value) {
        if self.can_set(at, key, &value) {
            let update = yaml::flow(&json!({ "x-client": { key: value } }));
            self.action(at, &format!("update: {update}"));
        }
    }

    /// Returns whether an action can set a key of `x-client` there.
    pub fn can_set(&self, at: &Pointer, key: &str, value: &Value) -> bool {
        target::query(at).is_some_and(|target| (self.takes_key)(&target, key, value))
    }

    /// Adds an action that removes a part of the document.
    pub fn remove(&mut self, at: &Pointer) {
        if self.can_set(at, "", &Value::Null) {
            self.action(at, "remove: true");
        }
    }

    fn action(&mut self, at: &Pointer, change: &str) {
        let target = target::query(at).unwrap_or_default();
        let target = yaml::query(&target);
        self.text
            .push_str(&format!("  # - target: {target}\n  #   {change}\n"));
    }

    /// Adds a text in lines of limited width.
    fn comment(&mut self, prefix: &str, text: &str) {
        let clean = visible(text);
        let mut column = 0;
        for word in clean.split_whitespace() {
            let length = word.chars().count();
            if column == 0 || column + 1 + length > WIDTH {
                if column > 0 {
                    self.text.push('\n');
                }
                self.text.push_str(prefix);
                column = prefix.len();
            } else {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(word);
            column += length;
        }
        self.text.push('\n');
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// Returns the beginning of a text on one line.
pub fn line(text: &str) -> String {
    let clean = visible(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    let words = words.join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}..", &words[..end]),
        None => words,
    }
}
