//! Markdown of ours as HTML.
//!
//! In: Markdown that `text::markdown` has made safe. Out: HTML. Not here: what the text says.
//!
//! The only HTML that passes are our own anchors; any other is text. In case something gets through, a content security policy forbids
//! everything that is not a file of the site.

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};

use super::escape::escape;
use super::highlight::{self, Language};

/// Markdown of ours as HTML.
pub fn render(text: &str) -> String {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    options.insert(Options::ENABLE_GFM);
    let mut renderer = Renderer::default();
    for event in Parser::new_ext(text, options) {
        renderer.event(event);
    }
    let mut html = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut html, renderer.events.into_iter());
    html
}

#[derive(Default)]
struct Renderer<'a> {
    events: Vec<Event<'a>>,
    /// The anchor of the next heading.
    anchor: Option<String>,
    /// The code of the open block, and its language.
    code: Option<(String, Option<Language>)>,
    /// For each open link, true if it is kept.
    links: Vec<bool>,
}

impl<'a> Renderer<'a> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => self.html(html),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            // The paragraph contained only an anchor.
            Event::End(TagEnd::Paragraph)
                if matches!(self.events.last(), Some(Event::Start(Tag::Paragraph))) =>
            {
                self.events.pop();
            }
            Event::Start(Tag::Heading { level, .. }) => self.heading(level),
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => Language::of(info),
                    CodeBlockKind::Indented => None,
                };
                self.code = Some((String::new(), language));
            }
            Event::End(TagEnd::CodeBlock) => self.end_code(),
            Event::Start(Tag::BlockQuote(Some(kind))) => self.alert(kind),
            Event::End(TagEnd::BlockQuote(Some(_))) => self.markup("</div>\n".into()),
            Event::Start(Tag::Table(columns)) => {
                self.markup("<div class=\"table\" tabindex=\"0\">".into());
                self.events.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                self.events.push(Event::End(TagEnd::Table));
                self.markup("</div>\n".into());
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let target = target(&dest_url);
                self.links.push(target.is_some());
                let link = target.map(|target| Tag::Link {
                    link_type,
                    dest_url: target.into(),
                    title,
                    id,
                });
                self.events.extend(link.map(Event::Start));
            }
            Event::End(TagEnd::Link) => {
                let is_kept = self.links.pop().unwrap_or_default();
                self.events
                    .extend(is_kept.then_some(Event::End(TagEnd::Link)));
            }
            // An image would be fetched from another host, so only its text stays.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Text(text) if self.code.is_some() => {
                if let Some((code, _)) = &mut self.code {
                    code.push_str(&text);
                }
            }
            event => self.events.push(event),
        }
    }

    /// Adds HTML of ours.
    fn markup(&mut self, html: String) {
        self.events.push(Event::Html(html.into()));
    }

    fn end_code(&mut self) {
        let (code, language) = self.code.take().unwrap_or_default();
        let code = code.trim_end();
        let html = match language {
            Some(language) => highlight::html(code, language),
            None => escape(code).into_owned(),
        };
        self.markup(format!("<pre tabindex=\"0\"><code>{html}</code></pre>\n"));
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("alert", "Note"),
            BlockQuoteKind::Tip => ("alert", "Tip"),
            BlockQuoteKind::Important => ("alert", "Important"),
            BlockQuoteKind::Warning => ("alert warning", "Warning"),
            BlockQuoteKind::Caution => ("alert warning", "Caution"),
        };
        self.markup(format!(
            "<div class=\"{class}\">\n<p class=\"kind\">{title}</p>\n"
        ));
    }

    fn html(&mut self, html: CowStr<'a>) {
        match own_anchor(&html) {
            Some(id) => self.anchor = Some(id.to_owned()),
            None if html.starts_with("<!-- @generated ") => {}
            None if self.anchor.is_some() && &*html == "</a>" => {}
            None => self.events.push(Event::Text(html)),
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let id = self.anchor.take().map(CowStr::from);
        self.events.push(Event::Start(Tag::Heading {
            level,
            id,
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
    }
}

/// Returns the name in an anchor of ours, which is an identifier.
fn own_anchor(html: &str) -> Option<&str> {
    let id = html.strip_prefix("<a id=\"")?.strip_suffix("\">")?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    id.bytes().all(is_name).then_some(id)
}

/// Returns the target of a link: a page of the site, or an address for HTTP or mail.
fn target(given: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| given.starts_with(scheme))
    {
        return Some(given.to_owned());
    }
    if given.starts_with('#') {
        return Some(given.to_owned());
    }
    let (file, anchor) = given.split_at(given.find('#').unwrap_or(given.len()));
    let page = file.strip_suffix(".md")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    let is_ours = !page.starts_with('/') && page.bytes().all(is_plain);
    is_ours.then(|| format!("{page}.html{anchor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_anchors_are_html() {
        let html = render(
            "a <b>b</b> <script>c</script>\n\n<div onclick=x>\n\n<a id=\"X\"></a>\n\n## D `e`",
        );
        assert!(
            html.contains("&lt;b&gt;b&lt;/b&gt; &lt;script&gt;c&lt;/script&gt;"),
            "{html}"
        );
        assert!(html.contains("&lt;div onclick=x&gt;"), "{html}");
        assert!(
            html.ends_with("<h2 id=\"X\">D <code>e</code></h2>\n"),
            "{html}"
        );
        assert!(!render("<a id=\"x\" href=y></a>").contains("<a"));
    }

    #[test]
    fn alerts_and_code_have_their_class() {
        let html = render("> [!WARNING]\n> Mind *this*.");
        let mind = "<p>Mind <em>this</em>.</p>";
        let kind = "<p class=\"kind\">Warning</p>";
        assert_eq!(
            html,
            format!("<div class=\"alert warning\">\n{kind}\n{mind}\n</div>\n")
        );
        let html = render("```text\n<a>\n```");
        assert_eq!(html, "<pre tabindex=\"0\"><code>&lt;a&gt;</code></pre>\n");
    }

    #[test]
    fn links_stay_in_the_site_or_lead_out_openly() {
        assert_eq!(target("../a/b.md#C").as_deref(), Some("../a/b.html#C"));
        assert_eq!(
            target("https://a.example/").as_deref(),
            Some("https://a.example/")
        );
        for refused in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,a.md",
            "//evil.example/a.md",
        ] {
            assert_eq!(target(refused), None, "{refused}");
        }
        assert_eq!(render("![a](https://a.example/b.png)"), "<p>a</p>\n");
        assert_eq!(render("[a](javascript:alert(1))"), "<p>a</p>\n");
    }
}
