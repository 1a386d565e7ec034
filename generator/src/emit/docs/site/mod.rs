//! The reference as a static site.
//!
//! In: the model, the plan, the pages of Markdown that have no operations or types. Out: pages of HTML, a style sheet, scripts and the
//! search index. Nothing is fetched from anywhere, and all works from a folder, on a phone, and without scripts. Not here: words.
//!
//! The words are those of the pages of Markdown, and the structure is the site's own: types are described once (`homes`), properties are
//! lists that fold, examples stand beside their operation.

mod escape;
mod frame;
mod headings;
mod highlight;
mod homes;
mod markdown;
mod operation;
mod pages;
mod properties;
mod search;
mod sheet;

use sheet::Sheet;

use super::contents::{ModulePage, path, sites};
use super::incoming;
use super::places::Places;
use crate::emit::{EmitCx, File};

const ASSETS: [(&str, &str); 3] = [
    (
        "page.js",
        include_str!("../../../../../templates/pages/page.js"),
    ),
    (
        "search.js",
        include_str!("../../../../../templates/pages/search.js"),
    ),
    (
        "style.css",
        include_str!("../../../../../templates/pages/style.css"),
    ),
];

/// Returns the files of the site, in the order of their paths.
pub fn files(cx: &EmitCx, files: &[File]) -> Vec<File> {
    let places = homes::places(cx);
    let mut site: Vec<File> = files
        .iter()
        .filter_map(|file| of_markdown(cx, file))
        .collect();
    let page = |path, title: &str, write: &dyn Fn(&mut Sheet)| {
        let mut sheet = Sheet::new(cx, &places, path);
        write(&mut sheet);
        frame::file(cx, path, title, sheet.finish())
    };
    site.push(page("index", "", &pages::home));
    if !cx.api.types.is_empty() {
        site.push(page(pages::ALL_TYPES, "Types", &pages::all_types));
    }
    if !cx.api.webhooks.requests.is_empty() {
        site.push(page(incoming::PAGE, "Webhooks", &pages::webhooks));
    }
    for module in sites(cx) {
        let path = path(cx, module);
        match module {
            ModulePage::Resource(id) if cx.outline.resource(id).ops.is_empty() => {}
            ModulePage::Resource(id) => {
                let title = cx.outline.resource(id).title();
                site.push(page(path, &title, &|sheet| pages::resource(sheet, id)));
            }
            ModulePage::Types | ModulePage::Part(_) if has_types(cx, &places, module) => {
                site.push(page(path, path, &|sheet| pages::types(sheet, module)));
            }
            ModulePage::Types | ModulePage::Part(_) => {}
        }
    }
    let index = ("search-index.js", search::index(cx, &places).into());
    let assets = ASSETS.map(|(path, text)| (path, text.into()));
    site.extend(assets.into_iter().chain([index]).map(|(path, text)| File {
        path: path.into(),
        text,
    }));
    site.sort_by(|a, b| a.path.cmp(&b.path));
    site
}

fn has_types(cx: &EmitCx, places: &Places, module: ModulePage) -> bool {
    !pages::types_of(&Sheet::new(cx, places, ""), module).is_empty()
}

/// Returns a page that is the same as in Markdown.
fn of_markdown(cx: &EmitCx, file: &File) -> Option<File> {
    let path = file.path.strip_prefix("docs/")?.strip_suffix(".md")?;
    if !["credentials", "errors", "pagination", "untyped"].contains(&path) {
        return None;
    }
    let title = file.text.lines().find_map(|line| line.strip_prefix("# "));
    let content = markdown::render(&file.text);
    Some(frame::file(cx, path, title.unwrap_or_default(), content))
}
