//! The pages as a static site.
//!
//! In: the Markdown pages. Out: the same as HTML, with a style sheet, a script for the search box and its index. Nothing is
//! fetched from anywhere, and all works from a folder, on a phone, and without scripts. Not here: what the pages say.
//!
//! The only HTML that passes from Markdown are our own anchors; any other is text. In case something gets through, a content
//! security policy forbids everything that is not a file of the site.

use std::fmt::Write;

use minijinja::{Environment, Value, context};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::contents::{ModulePage, path, sites, types};
use super::title;
use crate::emit::text::json::quoted;
use crate::emit::text::{markdown, request};
use crate::emit::{EmitCx, File};

const PAGE: &str = include_str!("../../../../templates/pages/page.html.jinja");
const STYLE: &str = include_str!("../../../../templates/pages/style.css");
const SEARCH: &str = include_str!("../../../../templates/pages/search.js");

/// Returns the files of the site, in the order of their paths.
pub fn files(cx: &EmitCx, files: &[File]) -> Vec<File> {
    let pages = files.iter().filter_map(|file| {
        let path = file.path.strip_prefix("docs/")?.strip_suffix(".md")?;
        Some(page(cx, path, &file.text))
    });
    let mut files: Vec<File> = pages.collect();
    files.push(site_file("style.css", STYLE.into()));
    files.push(site_file("search.js", SEARCH.into()));
    files.push(site_file("search-index.js", index(cx)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn site_file(path: &str, text: String) -> File {
    File {
        path: path.into(),
        text,
    }
}

fn page(cx: &EmitCx, path: &str, text: &str) -> File {
    let rendered = render(text);
    let marker = cx.marker().replace("--", "-");
    let info = &cx.api.info;
    let site = format!("{} {}", info.title, info.version);
    let site = markdown::visible(&site).into_owned();
    let entries = rendered.headings.iter().filter_map(|heading| {
        let anchor = heading.anchor.as_deref()?;
        Some(context! { anchor, text => heading.text.as_str(), deeper => heading.level > HeadingLevel::H2 })
    });
    let title = match rendered.headings.first() {
        Some(first) if path != "index" => format!("{} - {site}", first.text),
        Some(_) | None => site.clone(),
    };
    let model = context! {
        marker => Value::from_safe_string(marker),
        title,
        site,
        up => "../".repeat(path.matches('/').count()),
        entries => entries.collect::<Vec<_>>(),
        content => Value::from_safe_string(rendered.html),
    };
    // Its name makes the template escape what it prints.
    let html = Environment::new().render_named_str("page.html", PAGE, model);
    // The template is ours and the model is complete; an error here is a bug that the page shows.
    let html = html.unwrap_or_else(|error| format!("template: {error}"));
    site_file(&format!("{path}.html"), html.trim_end().to_owned() + "\n")
}

struct Heading {
    level: HeadingLevel,
    anchor: Option<String>,
    text: String,
}

struct Rendered {
    html: String,
    headings: Vec<Heading>,
}

/// Markdown of ours as HTML.
fn render(text: &str) -> Rendered {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut renderer = Renderer::default();
    for event in Parser::new_ext(text, options) {
        renderer.event(event);
    }
    let mut html = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut html, renderer.events.into_iter());
    Rendered {
        html,
        headings: renderer.headings,
    }
}

#[derive(Default)]
struct Renderer<'a> {
    events: Vec<Event<'a>>,
    headings: Vec<Heading>,
    /// The anchor of the next heading.
    anchor: Option<String>,
    in_heading: bool,
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
            Event::End(TagEnd::Heading(level)) => {
                self.events.push(Event::End(TagEnd::Heading(level)));
                self.in_heading = false;
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
            event => self.other_event(event),
        }
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
        let anchor = self.anchor.take();
        self.events.push(Event::Start(Tag::Heading {
            level,
            id: anchor.clone().map(CowStr::from),
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
        self.headings.push(Heading {
            level,
            anchor,
            text: String::new(),
        });
        self.in_heading = true;
    }

    fn other_event(&mut self, event: Event<'a>) {
        if let (true, Event::Text(text) | Event::Code(text)) = (self.in_heading, &event)
            && let Some(heading) = self.headings.last_mut()
        {
            heading.text.push_str(text);
        }
        self.events.push(event);
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

/// Returns the search index: a row for each operation, resource and type, with its title, a line
/// about it, and its location.
fn index(cx: &EmitCx) -> String {
    let mut text = format!("// {}\n", cx.marker());
    text.push_str("const SEARCH_INDEX = [");
    let mut row = |title: &str, about: &str, target: String| {
        let _ = write!(
            text,
            "\n[{}, {}, {}],",
            quoted(title),
            quoted(about),
            quoted(&target)
        );
    };
    for (id, resource) in cx.outline.resources().filter(|(_, it)| !it.ops.is_empty()) {
        let page = path(cx, ModulePage::Resource(id));
        let name = resource.title();
        row(&name, "resource", format!("{page}.html"));
        for op in &resource.ops {
            let (names, op) = (cx.names.op(*op), &cx.api.ops[op.0]);
            let title = title::short_summary(op);
            let deprecated = if op.doc.deprecated {
                " (deprecated)"
            } else {
                ""
            };
            let about = format!("{}{deprecated}", request::text(op));
            let target = format!("{page}.html#{}", names.method.plain());
            row(title.unwrap_or(names.method.plain()), &about, target);
        }
    }
    for site in sites(cx) {
        for id in types(cx, site) {
            let name = cx.names.ty(id).name.plain();
            row(name, "type", format!("{}.html#{name}", path(cx, site)));
        }
    }
    text.push_str("\n];\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_anchors_are_html() {
        let html = render(
            "a <b>b</b> <script>c</script>\n\n<div onclick=x>\n\n<a id=\"X\"></a>\n\n## D `e`",
        )
        .html;
        assert!(
            html.contains("&lt;b&gt;b&lt;/b&gt; &lt;script&gt;c&lt;/script&gt;"),
            "{html}"
        );
        assert!(html.contains("&lt;div onclick=x&gt;"), "{html}");
        assert!(
            html.ends_with("<h2 id=\"X\">D <code>e</code></h2>\n"),
            "{html}"
        );
        assert!(!render("<a id=\"x\" href=y></a>").html.contains("<a"));
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
        assert_eq!(render("![a](https://a.example/b.png)").html, "<p>a</p>\n");
        assert_eq!(render("[a](javascript:alert(1))").html, "<p>a</p>\n");
    }
}
