//! What surrounds the content of a page: the header, the navigation, the search box.
//!
//! In: the content of a page. Out: the file. Not here: the content.

use minijinja::{Environment, Value, context};

use super::escape::escape;
use super::headings;
use super::operation::badge;
use super::pages::ALL_TYPES;
use super::sheet::up;
use crate::emit::docs::contents::{ModulePage, path};
use crate::emit::docs::{incoming, title};
use crate::emit::text::markdown;
use crate::emit::{EmitCx, File};
use crate::model::api::Listing;
use crate::plan::names::DocPaths;
use crate::plan::resources::ResourceId;

const PAGE: &str = include_str!("../../../../../templates/pages/page.html.jinja");

/// Up to this many operations, each page links to all of them. Else it links to all resources, and to the operations of those nearby.
const SHOWN: usize = 600;

/// Returns the file of a page.
pub fn file(cx: &EmitCx, path: &str, title: &str, content: String) -> File {
    let info = &cx.api.info;
    let site = markdown::visible(&info.title).into_owned();
    let model = context! {
        marker => Value::from_safe_string(cx.marker().replace("--", "-")),
        title => match path {
            "index" => format!("{site} {}", markdown::visible(&info.version)),
            _ => format!("{title} - {site}"),
        },
        site,
        up => up(path),
        navigation => Value::from_safe_string(navigation(cx, path)),
        content => Value::from_safe_string(headings::ordered(&content)),
    };
    // Its name makes the template escape what it prints.
    let html = Environment::new().render_named_str("page.html", PAGE, model);
    // The template is ours and the model is complete; an error here is a bug that the page shows.
    let html = html.unwrap_or_else(|error| format!("template: {error}"));
    File {
        path: format!("{path}.html"),
        text: format!("{}\n", html.trim_end()).into(),
    }
}

/// Links to all resources, their operations, and the other pages.
fn navigation(cx: &EmitCx, here: &str) -> String {
    let mut html = String::new();
    let mut group: Vec<(&str, &str)> = vec![("Overview", "index")];
    if !cx.api.schemes.is_empty() {
        group.push(("Credentials", DocPaths::CREDENTIALS));
    }
    group.push(("Errors", DocPaths::ERRORS));
    links(&mut html, here, &group);
    html.push_str("<p>Operations</p>\n");
    for (id, _) in cx.outline.resources().filter(|(_, it)| !it.ops.is_empty()) {
        resource(&mut html, cx, id, here);
    }
    html.push_str("<p>More</p>\n");
    let mut group = Vec::new();
    if !cx.api.types.is_empty() {
        group.push(("Types", ALL_TYPES));
    }
    if !cx.api.webhooks.requests.is_empty() {
        group.push(("Webhooks", incoming::PAGE));
    }
    if cx.api.ops.iter().any(|op| op.listing != Listing::No) {
        group.push(("Pagination", "pagination"));
    }
    group.push(("Values without a type", "untyped"));
    links(&mut html, here, &group);
    html
}

fn links(html: &mut String, here: &str, pages: &[(&str, &str)]) {
    html.push_str("<ul>\n");
    for (text, path) in pages {
        let current = if *path == here {
            " aria-current=\"page\""
        } else {
            ""
        };
        html.extend([
            "<li><a href=\"",
            &up(here),
            path,
            ".html\"",
            current,
            ">",
            text,
            "</a></li>\n",
        ]);
    }
    html.push_str("</ul>\n");
}

/// A resource, with its operations unless there are too many.
fn resource(html: &mut String, cx: &EmitCx, id: ResourceId, here: &str) {
    let (page, found) = (path(cx, ModulePage::Resource(id)), cx.outline.resource(id));
    let (is_here, title) = (page == here, found.title());
    // The browser may break it where a part ends.
    let title = escape(&title).replace('/', "/<wbr>");
    let root = |path: &str| path.split('/').next().map(str::to_owned);
    if cx.api.ops.len() > SHOWN && root(page) != root(here) {
        html.extend([
            "<a class=\"resource\" href=\"",
            &up(here),
            page,
            ".html\">",
            &title,
            "</a>\n",
        ]);
        return;
    }
    let open = if is_here { " open" } else { "" };
    html.extend(["<details", open, "><summary>", &title, "</summary>\n<ul>\n"]);
    let target = match is_here {
        true => String::new(),
        false => format!("{}{page}.html", up(here)),
    };
    for op in &found.ops {
        let (op, names) = (&cx.api.ops[op.0], cx.names.op(*op));
        let anchor = names.method.plain();
        let text = title::short_summary(op).unwrap_or(anchor);
        let text = markdown::visible(text);
        html.extend([
            "<li><a href=\"",
            &target,
            "#",
            anchor,
            "\">",
            &badge(op),
            " <span>",
        ]);
        html.extend([&escape(&text), "</span></a></li>\n"]);
    }
    html.push_str("</ul></details>\n");
}
