//! The texts about listings.
//!
//! In: how the pages of an operation follow each other, or why they are not followed. Out: Markdown. Not here: the pages that show it.

use crate::emit::text::markdown;
use crate::model::api::{End, LinkHeader, NextPage, Numbering, Paging, Position, Unclear};

/// Describes how to get the next page. Returns `None` if there is only one.
pub fn next_page(paging: &Paging) -> Option<String> {
    let to = |position: &Position| match position {
        Position::Query(wire) => markdown::code(wire),
        Position::Body(names) => format!("{} of the body", path(names)),
    };
    let way = match &paging.next {
        NextPage::Single => return None,
        NextPage::Token { from, to: position } => {
            format!(
                "For the next one, set {} to its {}",
                to(position),
                path(from)
            )
        }
        NextPage::Header { name, to: position } => {
            let name = markdown::code(name);
            format!(
                "For the next one, set {} to its header {name}",
                to(position)
            )
        }
        NextPage::Url { from } => format!("The next one is at its {}", path(from)),
        NextPage::Link(_) => r#"The next one is at its header `Link` with `rel="next"`"#.to_owned(),
        NextPage::LastItem { key, to: position } => {
            format!(
                "For the next one, set {} to the {} of its last item",
                to(position),
                path(key)
            )
        }
        NextPage::Page {
            to: position,
            first,
            numbering,
        } => {
            let start = match numbering {
                Numbering::Document => first.to_string(),
                Numbering::Reply(number) => format!("the {} of the first page", path(number)),
                Numbering::Comparison => "0 or 1".to_owned(),
            };
            format!(
                "{} is the number of the page, from {start} on",
                to(position)
            )
        }
        NextPage::Offset {
            to: position,
            first,
        } => {
            format!(
                "{} is the number of the first item, from {first} on",
                to(position)
            )
        }
    };
    Some(way + &end_of_pages(paging))
}

/// Describes how the last page is recognized.
fn end_of_pages(paging: &Paging) -> String {
    match &paging.end {
        End::Unknown => match &paging.next {
            NextPage::Page { .. } | NextPage::Offset { .. } => {
                "; an empty page is the last.".to_owned()
            }
            NextPage::Single
            | NextPage::Token { .. }
            | NextPage::Header { .. }
            | NextPage::Url { .. }
            | NextPage::Link(_)
            | NextPage::LastItem { .. } => ".".to_owned(),
        },
        End::More(more) => format!(", if {} is true.", path(more)),
        End::Last(last) => format!(", unless {} is true.", path(last)),
        End::Items(total) => format!("; {} is the number of all items.", path(total)),
        End::Pages(pages) => format!("; {} is the number of all pages.", path(pages)),
    }
}

/// Describes why an operation counts as a listing.
pub fn reason(paging: &Paging) -> String {
    match &paging.next {
        NextPage::Single => "one page".into(),
        NextPage::Token { from, to } => format!("{} of the response goes into {}", path(from), place(to)),
        NextPage::Header { name, to } => format!("the header {} goes into {}", markdown::code(name), place(to)),
        NextPage::Url { from } => format!("{} of the response is a URL", path(from)),
        NextPage::Link(LinkHeader::Described) => "the header `Link` is described".into(),
        NextPage::Link(LinkHeader::Undescribed) => {
            "a parameter takes a mark, and the response is a bare list: the header `Link` is followed if there is one".into()
        }
        NextPage::LastItem { key, to } => format!("{} of the last item goes into {}", path(key), place(to)),
        NextPage::Page { to, .. } => format!("{} counts pages", place(to)),
        NextPage::Offset { to, .. } => format!("{} counts items", place(to)),
    }
}

/// Describes why the pages of an apparent listing are not followed.
pub fn unclear_reason(unclear: &Unclear) -> String {
    match unclear {
        Unclear::Forbidden => "`x-client` sets `pagination: false`".into(),
        Unclear::NoItems => {
            "parameters choose a page, but the response has no list that stands out".into()
        }
        Unclear::Union => {
            "parameters choose a page, but the response is one of several types".into()
        }
        Unclear::NoParameter(from) => format!(
            "{} of the response speaks of more pages, and no parameter chooses one",
            path(from)
        ),
        Unclear::NoValue(names) => {
            let names: Vec<String> = names.iter().map(|name| markdown::code(name)).collect();
            format!(
                "nothing says which value {} takes on the next page",
                names.join(" or ")
            )
        }
        Unclear::Inside { holder, name } => format!(
            "{} chooses a page, but is a property of the parameter {}, which is one argument",
            markdown::code(name),
            markdown::code(holder)
        ),
        Unclear::MayWrite => {
            "a `POST` chooses a page of a list, but no word says that it only reads".into()
        }
        Unclear::OtherItems => {
            "another operation with this response has its items elsewhere".into()
        }
    }
}

fn place(position: &Position) -> String {
    match position {
        Position::Query(wire) => format!("the parameter {}", markdown::code(wire)),
        Position::Body(names) => format!("{} of the body", path(names)),
    }
}

/// Returns a property, with those that it is in.
fn path(names: &[String]) -> String {
    markdown::code(&names.join("."))
}
