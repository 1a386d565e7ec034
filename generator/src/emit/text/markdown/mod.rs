//! Markdown of the document, rewritten so that it is safe in a doc comment.
//!
//! In: CommonMark that nobody vouches for. Out: lines that rustdoc renders without a warning and runs nothing of: the text
//! is parsed as rustdoc would parse it and written anew, so that code blocks are always ```` ```text ````, links are
//! absolute, HTML is text, and control characters are spelled out. Not here: what is documented where.

mod unmarked;

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use unmarked::{all_ascii, prose};

/// Containers below this depth are flattened.
const DEEPEST: usize = 12;

/// Rewrites a text into lines of safe Markdown. Headings go one down: the top level is for the sections of Rust's own docs.
pub fn lines(text: &str) -> Vec<String> {
    prose(text).unwrap_or_else(|| rewrite(text, 1))
}

/// The same for a page, whose own headings have the three top levels.
pub fn page_lines(text: &str) -> Vec<String> {
    prose(text).unwrap_or_else(|| rewrite(text, 3))
}

fn rewrite(text: &str, deeper: usize) -> Vec<String> {
    let text = visible(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer {
        deeper,
        ..Writer::default()
    };
    for event in TextMergeStream::new(Parser::new_ext(&text, options)) {
        writer.event(event);
    }
    let again = writer.again;
    let lines = writer.finish();
    // Lists that came as HTML are written as Markdown now, but not yet indented as such.
    if again {
        rewrite(&lines.join("\n"), 0)
    } else {
        lines
    }
}

/// Spells out control characters and those that change the direction of text, which could make code read as what it
/// is not.
pub fn visible(text: &str) -> Cow<'_, str> {
    let shows = |c| !is_hidden(c) || matches!(c, '\n' | '\t');
    let mut lines = text.as_bytes().split(|c| matches!(c, b'\n' | b'\t'));
    if lines.all(all_ascii) || text.chars().all(|c| shows(c) && !is_separator(c)) {
        return text.into();
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            c if is_separator(c) => clean.push('\n'),
            c if shows(c) => clean.push(c),
            c => clean.push_str(&format!("U+{:04X}", u32::from(c))),
        }
    }
    clean.into()
}

/// Whether a character ends lines, but not those of Markdown.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character is not seen, or changes the direction of text.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Text on one line with everything escaped that Markdown would read.
pub fn escape(text: &str) -> String {
    let mut writer = Writer::default();
    let text: Vec<String> = visible(text)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    writer.text(&text.join(" "));
    writer.finish().join(" ")
}

/// Text as inline code.
pub fn code(text: &str) -> String {
    let mut text = visible(text);
    if text.contains(['\n', '\t']) {
        text = text.replace(['\n', '\t'], " ").into();
    }
    if text.trim().is_empty() {
        let what = if text.is_empty() {
            "(empty)"
        } else {
            "(blank)"
        };
        return what.into();
    }
    if !text.contains('`') {
        return ["`", &text, "`"].concat();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// What is written while a container is open.
#[derive(Default)]
struct Frame {
    lines: Vec<String>,
    inline: String,
}

impl Frame {
    /// Ends the paragraph that is being written.
    fn flush(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        for line in inline.split('\n').map(str::trim) {
            if line.is_empty() {
                self.gap();
            } else {
                self.lines.push(line.to_owned());
            }
        }
    }

    /// A blank line, but for the first place and after another.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }
}

#[derive(Default)]
struct Writer {
    /// Never empty while writing: the text itself is the first.
    frames: Vec<Frame>,
    top: Frame,
    /// The number of the next item, by list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Where the open links lead; `None` for one that is left out.
    links: Vec<Option<String>>,
    in_code: bool,
    in_table: bool,
    /// A list in HTML was found.
    again: bool,
    /// How many levels headings go down.
    deeper: usize,
    columns: Vec<Alignment>,
    cells: Vec<String>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.frame().inline.push_str(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                let code = code(&text);
                let code = if self.in_table {
                    code.replace('|', "\\|")
                } else {
                    code
                };
                self.frame().inline.push_str(&code);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("\\\n"),
            Event::Rule => self.frame().gap(),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.top)
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => {
                self.frame().flush();
                self.frame().gap();
            }
            Tag::Heading { level, .. } => {
                self.frame().flush();
                self.frame().gap();
                let hashes =
                    "#".repeat((level as usize + self.deeper).min(HeadingLevel::H6 as usize));
                self.frame().inline.push_str(&hashes);
                self.frame().inline.push(' ');
            }
            Tag::CodeBlock(_) => {
                self.frame().flush();
                self.frame().gap();
                self.in_code = true;
                self.frames.push(Frame::default());
            }
            Tag::List(first) => {
                self.frame().flush();
                if self.lists.is_empty() {
                    self.frame().gap();
                }
                self.lists.push(first);
            }
            Tag::BlockQuote(_) => {
                self.frame().flush();
                self.frame().gap();
                self.frames.push(Frame::default());
            }
            Tag::Item => self.frames.push(Frame::default()),
            Tag::Emphasis => self.frame().inline.push('*'),
            Tag::Strong => self.frame().inline.push_str("**"),
            Tag::Strikethrough => self.frame().inline.push_str("~~"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.start_link(LinkType::Inline, &dest_url),
            Tag::Table(columns) => {
                self.frame().flush();
                self.frame().gap();
                self.columns = columns;
                self.in_table = true;
            }
            Tag::TableCell => self.frames.push(Frame::default()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => {
                self.frame().flush();
                self.frame().gap();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) => self.end_container("> ", "> "),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.frame().gap();
                }
            }
            TagEnd::Emphasis => self.frame().inline.push('*'),
            TagEnd::Strong => self.frame().inline.push_str("**"),
            TagEnd::Strikethrough => self.frame().inline.push_str("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableCell => {
                let cell = self
                    .frames
                    .pop()
                    .unwrap_or_default()
                    .inline
                    .replace('\n', " ");
                self.cells.push(cell);
            }
            TagEnd::TableHead => {
                self.end_row();
                let rule = self.columns.iter().map(|column| match column {
                    Alignment::None => "---",
                    Alignment::Left => ":--",
                    Alignment::Center => ":-:",
                    Alignment::Right => "--:",
                });
                self.cells = rule.map(str::to_owned).collect();
                self.end_row();
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                self.in_table = false;
                self.frame().gap();
            }
            _ => {}
        }
    }

    /// Rustdoc compiles what it takes for Rust and `cargo test` runs it, so every block says that it is plain text.
    fn end_code(&mut self) {
        self.in_code = false;
        let code = self
            .frames
            .pop()
            .unwrap_or_default()
            .inline
            .replace('\t', "    ");
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let frame = self.frame();
        frame.lines.push(format!("{fence}text"));
        frame.lines.extend(
            code.trim_end()
                .split('\n')
                .map(|line| line.trim_end().to_owned()),
        );
        frame.lines.push(fence);
        frame.gap();
    }

    fn end_item(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{}. ", number.saturating_sub(1))
            }
            Some(None) | None => "- ".to_owned(),
        };
        let rest = " ".repeat(marker.len());
        self.end_container(&marker, &rest);
    }

    fn end_container(&mut self, first: &str, rest: &str) {
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        frame.flush();
        while frame.lines.last().is_some_and(String::is_empty) {
            frame.lines.pop();
        }
        let flat = self.frames.len() >= DEEPEST;
        let outer = self.frame();
        for (index, line) in frame.lines.into_iter().enumerate() {
            let prefix = if index == 0 { first } else { rest };
            let prefix = if flat { "" } else { prefix };
            outer
                .lines
                .push(format!("{prefix}{line}").trim_end().to_owned());
        }
    }

    fn end_row(&mut self) {
        let row = format!("| {} |", self.cells.join(" | "));
        self.cells.clear();
        self.frame().lines.push(row);
    }

    fn start_link(&mut self, kind: LinkType, target: &str) {
        let is_text = matches!(kind, LinkType::Autolink | LinkType::Email);
        let target = Some(target)
            .filter(|target| !is_text && is_absolute(target))
            .map(str::to_owned);
        if target.is_some() {
            self.frame().inline.push('[');
        }
        self.links.push(target);
    }

    fn end_link(&mut self) {
        if let Some(target) = self.links.pop().flatten() {
            let text = match target.contains(['(', ')']) {
                true => format!("](<{target}>)"),
                false => format!("]({target})"),
            };
            self.frame().inline.push_str(&text);
        }
    }

    fn line_break(&mut self, text: &str) {
        let text = if self.in_table { " " } else { text };
        self.frame().inline.push_str(text);
    }

    /// Tags that only mark text up are left out, and everything else in angle brackets is text.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            self.text(&rest[..open]);
            rest = &rest[open..];
            let Some(close) = rest.find('>') else { break };
            let (tag, after) = rest.split_at(close + 1);
            let name = tag.trim_start_matches(['<', '/']);
            let name = name
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            match name.to_ascii_lowercase().as_str() {
                "br" | "p" | "div" | "tr" => self.line_break("\n"),
                "ul" | "ol" | "table" => self.line_break("\n\n"),
                "li" if !tag.starts_with("</") && !self.in_table => {
                    self.again = true;
                    self.frame().inline.push_str("\n- ");
                }
                "li" | "a" | "b" | "i" | "u" | "em" | "strong" | "code" | "span" | "sub"
                | "sup" | "pre" | "td" | "th" | "tbody" | "thead" | "small" | "h1" | "h2"
                | "h3" | "h4" | "h5" | "h6" | "img" | "details" | "summary" | "font" | "center"
                | "blockquote" | "hr" => {}
                "" if tag.starts_with("<!--") => {}
                _ => self.text(tag),
            }
            rest = after;
        }
        self.text(rest);
    }

    /// Plain text: what Markdown would read is escaped, addresses become links.
    fn text(&mut self, text: &str) {
        let in_link = self.links.iter().any(Option::is_some);
        let in_table = self.in_table;
        let inline = &mut self.frame().inline;
        let mut rest = text;
        while let Some(at) = rest.find(is_notable) {
            inline.push_str(&rest[..at]);
            rest = &rest[at..];
            let address = if in_link { 0 } else { address_length(rest) };
            if address > 0 {
                inline.extend(["<", &rest[..address], ">"]);
                rest = &rest[address..];
                continue;
            }
            let (this, after) = rest.split_at(1);
            let c = this.chars().next().unwrap_or_default();
            if needs_escape(inline, c, after) || (in_table && c == '|') {
                inline.push('\\');
            }
            inline.push_str(if c == '\t' { " " } else { this });
            rest = after;
        }
        inline.push_str(rest);
    }

    fn finish(mut self) -> Vec<String> {
        while !self.frames.is_empty() {
            self.end_container("", "");
        }
        let mut frame = self.top;
        frame.flush();
        while frame.lines.last().is_some_and(String::is_empty) {
            frame.lines.pop();
        }
        frame.lines
    }
}

/// Whether a character of plain text may have to be escaped, or begins an address. It is an ASCII one.
fn is_notable(c: char) -> bool {
    matches!(
        c,
        '*' | '`' | '[' | ']' | '<' | '>' | '~' | '_' | '\\' | '&'
    ) || matches!(
        c,
        '|' | '#' | '-' | '+' | '=' | ':' | '.' | ')' | '\t' | 'h'
    )
}

/// Whether Markdown would read a character of plain text as something else.
fn needs_escape(before: &str, c: char, after: &str) -> bool {
    let next = after.chars().next();
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '*' | '`' | '[' | ']' | '<' | '>' | '~' => true,
        '_' => !(in_word(before.chars().next_back()) && in_word(next)),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n'),
        '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
        '|' => starts_line(before),
        '#' | '-' | '+' | '=' | ':' => {
            next.is_none_or(|next| next == c || next == ' ' || next == '-') && starts_line(before)
        }
        '.' | ')' => {
            let number = before.trim_end_matches(is_blank);
            let start = number.trim_end_matches(|c: char| c.is_ascii_digit());
            let ends = next.is_none_or(|next| next == ' ');
            ends && start.len() < number.len() && starts_line(start)
        }
        _ => false,
    }
}

/// Whether the last line has nothing on it.
fn starts_line(text: &str) -> bool {
    let text = text.trim_end_matches(is_blank);
    text.is_empty() || text.ends_with('\n')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

fn is_absolute(target: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
        && target
            .chars()
            .all(|c| c.is_ascii_graphic() && !"<>\"'`\\[]{}|^".contains(c))
}

/// The length of the web address that the text begins with, or 0.
fn address_length(text: &str) -> usize {
    let Some(scheme) = ["https://", "http://"]
        .iter()
        .find(|scheme| text.starts_with(**scheme))
    else {
        return 0;
    };
    let end = text
        .find(|c: char| !c.is_ascii_graphic() || "<>\"'`\\[](){}|^*".contains(c))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
    if address.len() > scheme.len() {
        address.len()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(text: &str) -> String {
        lines(text).join("\n")
    }

    #[test]
    fn code_is_text() {
        assert_eq!(rewrite("```rust\npanic!()\n```"), "```text\npanic!()\n```");
        assert_eq!(rewrite("a\n\n    panic!()"), "a\n\n```text\npanic!()\n```");
        assert_eq!(rewrite("- ```\n  panic!()"), "- ```text\n  panic!()\n  ```");
        assert_eq!(rewrite("> ~~~rust\n> a"), "> ```text\n> a\n> ```");
        assert_eq!(rewrite("````\n```\n````"), "````text\n```\n````");
    }

    #[test]
    fn links_are_absolute() {
        assert_eq!(rewrite("an [admin API key](../keys)"), "an admin API key");
        assert_eq!(
            rewrite("[a](https://a.example/b)"),
            "[a](https://a.example/b)"
        );
        assert_eq!(rewrite("[a](javascript:alert(1))"), "a");
        assert_eq!(
            rewrite("see https://a.example/b_c."),
            "see <https://a.example/b_c>."
        );
        assert_eq!(rewrite("[Foo] and Vec<u8>"), "\\[Foo\\] and Vec\\<u8\\>");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(rewrite("a<br>b <b>c</b> <script>"), "a\nb c \\<script\\>");
        assert_eq!(
            rewrite("<ul><li>a</li><li>b\nc</li></ul>d"),
            "- a\n- b\n  c\n\nd"
        );
    }

    #[test]
    fn hidden_characters_show() {
        assert_eq!(
            rewrite("a\u{202e}b\u{0}c"),
            "aU+202Ebc"
                .replace("bc", "b\u{fffd}c")
                .replace('\u{fffd}', "U+0000")
        );
    }

    #[test]
    fn plain_text_stays() {
        let text = "**NOTE:** Costs $1.5 (see `a_b`), snake_case and 3 - 2.\n\n- one\n- two\n\n1. one\n2. two";
        assert_eq!(rewrite(text), text);
        assert_eq!(rewrite("# Title"), "## Title");
    }

    /// What is written is read as the same again, so that nothing hides in it.
    #[test]
    fn is_stable() {
        let hostile = [
            "* a\n\n      code",
            "a\n===",
            "---\n",
            "[a]: b\n\n[a]",
            "`` ` ``",
            "\\`a`",
            "&lt;b&gt;",
            "| a |\n|---|\n| `b|c` |",
            "1) a",
            "-     a",
            "<!-- a -->",
            "<a href='x'>b</a>",
            "***a***",
            "~~a~~",
            "![a](b)",
            "> > > a\n> b",
            "\t\tcode",
            "a  \nb",
            "#",
            "+",
            "=",
        ];
        for text in hostile {
            let once = rewrite(text);
            assert_eq!(super::rewrite(&once, 0).join("\n"), once, "{text:?}");
        }
    }
}
