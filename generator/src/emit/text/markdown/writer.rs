//! Writes the events of a parsed text as Markdown again.
//!
//! In: events of the parser. Out: lines. Not here: escaping (see `inline`).

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::inline::{address_length, code, fence, is_absolute, is_notable, needs_escape};
use super::relative::resolved;

/// Containers below this depth are flattened.
const DEEPEST: usize = 12;

/// The output of an open container.
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

    /// A blank line, unless at the start, after another one, or after the mark of an alert.
    fn gap(&mut self) {
        let is_text = |line: &String| !line.is_empty() && !line.starts_with("[!");
        if self.lines.last().is_some_and(is_text) {
            self.lines.push(String::new());
        }
    }
}

/// What the text is written for.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'a> {
    /// The number of levels by which headings move down.
    pub deeper: usize,
    /// Whether alerts are shown as such.
    pub alerts: bool,
    /// The URL that relative links start at.
    pub base: Option<&'a str>,
}

impl Place<'_> {
    /// A doc comment.
    pub const DOC: Self = Self {
        deeper: 1,
        alerts: false,
        base: None,
    };
}

#[derive(Default)]
pub(super) struct Writer<'a> {
    place: Place<'a>,
    /// The open containers, innermost last.
    frames: Vec<Frame>,
    top: Frame,
    /// The number of the next item, by list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The targets of the open links; `None` for one that is left out.
    links: Vec<Option<String>>,
    in_code: bool,
    in_table: bool,
    /// Set for a list in HTML: it becomes one in Markdown, which is not yet indented as such.
    pub(super) again: bool,
    columns: Vec<Alignment>,
    cells: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(place: Place<'a>) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>) {
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
                    "#".repeat((level as usize + self.place.deeper).min(HeadingLevel::H6 as usize));
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
            Tag::BlockQuote(kind) => {
                self.frame().flush();
                self.frame().gap();
                self.frames.push(Frame::default());
                kind.into_iter().for_each(|kind| self.alert(kind));
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

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (mark, word) = match kind {
            BlockQuoteKind::Note => ("[!NOTE]", "**Note**"),
            BlockQuoteKind::Tip => ("[!TIP]", "**Tip**"),
            BlockQuoteKind::Important => ("[!IMPORTANT]", "**Important**"),
            BlockQuoteKind::Warning => ("[!WARNING]", "**Warning**"),
            BlockQuoteKind::Caution => ("[!CAUTION]", "**Caution**"),
        };
        let alerts = self.place.alerts;
        let lines = &mut self.frame().lines;
        match alerts {
            true => lines.push(mark.to_owned()),
            false => lines.extend([word.to_owned(), String::new()]),
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

    /// Rustdoc compiles blocks that it takes for Rust and `cargo test` runs them, so every block is declared as plain text.
    fn end_code(&mut self) {
        self.in_code = false;
        let code = self
            .frames
            .pop()
            .unwrap_or_default()
            .inline
            .replace('\t', "    ");
        let fence = fence(&code, 3);
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
        let target = match self.place.base {
            Some(base) if !is_absolute(target) => resolved(base, target),
            Some(_) | None => Some(target.to_owned()),
        };
        let target = target.filter(|target| !is_text && is_absolute(target));
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

    /// Tags for markup are left out, and everything else in angle brackets is text.
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

    /// Plain text: Markdown is escaped, addresses become links.
    pub(super) fn text(&mut self, text: &str) {
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

    pub(super) fn finish(mut self) -> Vec<String> {
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
