//! Markdown of the document as text for a terminal.
//!
//! In: untrusted CommonMark. Out: paragraphs, with a blank line between them and none of the marks. Not here: how wide a line
//! is.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use crate::emit::text::markdown::visible;

/// Returns the paragraphs of a text.
pub fn text(markdown: &str) -> String {
    let mut writer = Writer::default();
    let clean = visible(markdown);
    for event in TextMergeStream::new(Parser::new_ext(&clean, Options::ENABLE_TABLES)) {
        writer.event(event);
    }
    writer.end_block();
    writer.blocks.join("\n\n")
}

/// Returns the first paragraph of a plain text, on one line, and the others.
pub fn first(text: &str) -> (String, &str) {
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    (first.replace('\n', " "), rest)
}

#[derive(Default)]
struct Writer {
    blocks: Vec<String>,
    /// The block that is being written.
    block: String,
    /// The numbers of lists that are open; `None` for bullets.
    lists: Vec<Option<u64>>,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Text(text) | Event::Code(text) => self.block.push_str(&text),
            Event::SoftBreak => self.block.push(' '),
            Event::HardBreak => self.block.push('\n'),
            Event::Start(Tag::List(start)) => {
                self.lists.push(start);
                self.end_line();
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end_block();
                }
            }
            Event::Start(Tag::Item) => self.begin_item(),
            Event::End(TagEnd::TableCell) => self.block.push_str("  "),
            Event::End(TagEnd::TableHead | TagEnd::TableRow | TagEnd::Item) => self.end_line(),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Table
                | TagEnd::BlockQuote(_),
            ) if self.lists.is_empty() => self.end_block(),
            // Markup, images and HTML are of no use on a terminal.
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.end_line();
        let depth = self.lists.len().saturating_sub(1);
        self.block.push_str(&"  ".repeat(depth));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.block.push_str(&format!("{number}. "));
                *number += 1;
            }
            Some(None) | None => self.block.push_str("- "),
        }
    }

    fn end_line(&mut self) {
        self.block.truncate(self.block.trim_end().len());
        if !self.block.is_empty() {
            self.block.push('\n');
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = block.trim_end();
        if !block.trim().is_empty() {
            self.blocks.push(block.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_gone_and_structure_stays() {
        let markdown = "**NOTE:** see [the `docs`](../x).\nMore.\n\n# Head\n\n- one\n- two\n  1. deep\n\n<b>x</b>\n\n    code\n";
        let plain = "NOTE: see the docs. More.\n\nHead\n\n- one\n- two\n  1. deep\n\nx\n\ncode";
        assert_eq!(text(markdown), plain);
        assert_eq!(first("a\nb\n\nc\n\nd"), ("a b".to_owned(), "c\n\nd"));
    }

    #[test]
    fn control_characters_are_spelled_out() {
        assert_eq!(text("a\u{1b}[31mb\u{202e}"), "aU+001B[31mbU+202E");
    }
}
