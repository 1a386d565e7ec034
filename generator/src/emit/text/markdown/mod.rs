//! Rewrites Markdown of the document, so that it is safe in a doc comment.
//!
//! In: untrusted CommonMark. Out: lines that rustdoc renders without a warning and without code to
//! run. The text is parsed as rustdoc would parse it and written again: code blocks are always
//! ```` ```text ````, links are absolute, HTML becomes text, and control characters are spelled out.
//! Not here: the documented items.

mod inline;
mod relative;
mod unmarked;
mod visible;
mod writer;

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser, TextMergeStream};

pub use inline::{code, fence, fenced};
use unmarked::prose;
pub use visible::{is_hidden, is_visible, visible};
use writer::{Place, Writer};

/// Rewrites a text as lines of safe Markdown. Headings move one level down, because the top level is for the standard sections of
/// Rust docs.
pub fn lines(text: &str) -> Vec<String> {
    match prose(text) {
        Some(lines) => lines.into_iter().map(str::to_owned).collect(),
        None => rewrite(text, Place::DOC),
    }
}

/// Like [`lines`], for a page that uses the three top levels for its own headings. Relative links are resolved against the base.
/// Alerts stay alerts, which a page shows and rustdoc does not.
pub fn page_lines<'a>(text: &'a str, base: Option<&str>) -> Vec<Cow<'a, str>> {
    let place = Place {
        deeper: 3,
        alerts: true,
        base,
    };
    match prose(text) {
        Some(lines) => lines.into_iter().map(Cow::Borrowed).collect(),
        None => rewrite(text, place).into_iter().map(Cow::Owned).collect(),
    }
}

fn rewrite(text: &str, place: Place) -> Vec<String> {
    let text = visible(text);
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    options.insert(Options::ENABLE_GFM);
    let mut writer = Writer::new(place);
    for event in TextMergeStream::new(Parser::new_ext(&text, options)) {
        writer.event(event);
    }
    let again = writer.again;
    let lines = writer.finish();
    // Lists from HTML have become Markdown, but are not indented yet.
    if again {
        rewrite(&lines.join("\n"), Place { deeper: 0, ..place })
    } else {
        lines
    }
}

/// Puts a text on one line and escapes its Markdown.
pub fn escape(text: &str) -> String {
    let mut writer = Writer::new(Place::DOC);
    let text: Vec<String> = visible(text)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    writer.text(&text.join(" "));
    writer.finish().join(" ")
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
    fn pages_resolve_links_and_keep_alerts() {
        let page = |text: &str| page_lines(text, Some("https://a.example/docs/b")).join("\n");
        assert_eq!(page("[a](../c?d#e)"), "[a](https://a.example/c?d#e)");
        assert_eq!(page("[a](javascript:alert(1))"), "a");
        let alert = "> [!WARNING]\n> Mind *this*.";
        assert_eq!(page(alert), alert);
        assert_eq!(page(&page(alert)), alert);
        assert_eq!(rewrite(alert), "> **Warning**\n>\n> Mind *this*.");
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
    fn inline_code_is_on_one_line() {
        let cases = [
            ("a_b*", "`a_b*`"),
            ("é", "`é`"),
            ("", "(empty)"),
            (" ", "(blank)"),
            ("\t", "(blank)"),
            ("a\nb", "`a b`"),
            ("a`b", "`` a`b ``"),
            ("```", "```` ``` ````"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text:?}");
        }
    }

    #[test]
    fn plain_text_stays() {
        let text = "**NOTE:** Costs $1.5 (see `a_b`), snake_case and 3 - 2.\n\n- one\n- two\n\n1. one\n2. two";
        assert_eq!(rewrite(text), text);
        assert_eq!(rewrite("# Title"), "## Title");
    }

    /// Rewriting the output changes nothing, so it contains no unintended markup.
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
            let place = Place {
                deeper: 0,
                ..Place::DOC
            };
            assert_eq!(super::rewrite(&once, place).join("\n"), once, "{text:?}");
        }
    }
}
