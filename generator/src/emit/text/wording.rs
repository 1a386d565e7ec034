//! The English for keywords of the document: constraints, links, scopes.
//!
//! In: [`Note`]s. Out: Markdown, in which texts of the document are made safe by `markdown`. Not here: names and types.

use std::fmt::Write;

use serde_json::Number;

use super::markdown;
use crate::model::api::{Answer, Doc, NameSource, Op, ParamLocation, Variant};
use crate::model::note::{
    Bound, Count, ExternalDocs, Flow, Inner, Limit, Limits, Note, Remark, RequiredScopes,
    ScopeKind, Tokens, Variable,
};

/// Returns what the names of resources and methods come from.
pub fn name_source(source: NameSource) -> &'static str {
    match source {
        NameSource::Paths => {
            "Resources are named after paths, and methods after what the ids of operations say that they do."
        }
        NameSource::Ids => "Resources and methods are named after the ids of operations.",
        NameSource::Tags => {
            "Resources are named after tags, and methods after the ids of operations."
        }
    }
}

/// Returns a paragraph for each note, if there are any.
pub fn notes(doc: &Doc) -> Option<String> {
    (!doc.notes.is_empty()).then(|| paragraphs(doc.notes.iter().map(note)))
}

/// Returns the description of a response.
pub fn answer(answer: &Answer) -> String {
    let content = answer.content.as_ref().map(remark);
    let texts = [answer.summary.clone(), answer.description.clone(), content];
    paragraphs(texts.into_iter().flatten())
}

/// Returns the description of a variant whose type has none.
pub fn variant(variant: &Variant) -> Option<String> {
    variant.remark.as_ref().map(remark)
}

/// Returns the values of a tag that select a variant, as a condition.
pub fn selected(tag: &str, variant: &Variant) -> Option<String> {
    let values = variant.tags.iter().map(|tag| markdown::code(tag));
    let rest = variant.is_default.then(|| "none of the others".to_owned());
    let values: Vec<String> = values.chain(rest).collect();
    (!values.is_empty()).then(|| format!("{tag} is {}", values.join(" or ")))
}

/// Returns the parameters of an operation that the client does not send, if there are any.
pub fn omitted(op: &Op) -> Option<String> {
    let named = op
        .omitted
        .iter()
        .filter_map(|omitted| omitted.named.as_ref());
    let title = |(location, name): &(ParamLocation, String)| {
        format!(
            "the {} parameter {}",
            location.as_str(),
            markdown::code(name)
        )
    };
    let mut all: Vec<String> = named.map(title).collect();
    match op.omitted.len() - all.len() {
        0 => {}
        1 => all.push("a parameter that cannot be read".into()),
        _ => all.push("parameters that cannot be read".into()),
    }
    (!all.is_empty()).then(|| format!("Not supported, and never sent: {}.", all.join(", ")))
}

fn paragraphs(texts: impl IntoIterator<Item = String>) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.truncate(all.trim_end().len());
            all.push_str("\n\n");
        }
        all.push_str(&text);
    }
    all
}

/// One note as Markdown.
pub fn note(note: &Note) -> String {
    match note {
        Note::ExternalDocs(link) => external_docs(link),
        Note::Limits(limits) => sentences(limits).join(" "),
        Note::Scopes(all) => all
            .iter()
            .map(required_scopes)
            .collect::<Vec<_>>()
            .join(" "),
        Note::Tokens(tokens) => self::tokens(tokens),
        Note::Terms(url) => format!("Terms of service: <{url}>"),
        Note::Contact { name, links } => {
            let links = links.iter().map(|link| format!("<{link}>"));
            let parts: Vec<String> = name.iter().cloned().chain(links).collect();
            format!("Contact: {}", parts.join(", "))
        }
        Note::License {
            name,
            identifier,
            url,
        } => {
            let identifier = identifier.as_deref().map(code);
            let url = url.as_ref().map(|url| format!("<{url}>"));
            let parts: Vec<String> = name.iter().cloned().chain(identifier).chain(url).collect();
            format!("License of the API: {}", parts.join(", "))
        }
        Note::Server {
            url,
            texts,
            variables,
        } => {
            let texts = texts.iter().map(|text| format!("- {}", one_line(text)));
            let variables = variables.iter().map(variable);
            let lines: Vec<String> = texts.chain(variables).collect();
            let host = match url.starts_with('/') {
                true => " at the host of the base URL",
                false => "",
            };
            match lines.is_empty() {
                true => format!("Requests go to {}{host}.", code(url)),
                false => format!(
                    "Requests go to {}{host}:\n\n{}",
                    code(url),
                    lines.join("\n")
                ),
            }
        }
    }
}

fn external_docs(link: &ExternalDocs) -> String {
    let text = link.text.as_deref().map(str::trim);
    let text = text.filter(|text| !text.is_empty());
    let text = text.map(|text| format!("{}: ", text.trim_end_matches(['.', ':'])));
    format!("{}<{}>", text.as_deref().unwrap_or("See "), link.url)
}

fn required_scopes(required: &RequiredScopes) -> String {
    let kind = match required.kind {
        ScopeKind::Scopes => "scopes",
        ScopeKind::Roles => "roles",
    };
    let names: Vec<String> = required.names.iter().map(code).collect();
    let scheme = code(&required.scheme);
    format!("With {scheme}, requires the {kind} {}.", names.join(", "))
}

fn tokens(tokens: &Tokens) -> String {
    let mut lines = Vec::new();
    let format = tokens.format.as_deref();
    lines.extend(format.map(|format| format!("- Format: {}", code(format))));
    for (what, url) in &tokens.links {
        lines.push(format!("- {what}: <{url}>"));
    }
    for Flow {
        name,
        links,
        scopes,
    } in &tokens.flows
    {
        lines.push(format!("- Flow {}", code(name)));
        for (what, url) in links {
            lines.push(format!("  - {what}: <{url}>"));
        }
        for (scope, text) in scopes {
            lines.push(format!("  - scope {}: {}", code(scope), one_line(text)));
        }
    }
    lines.join("\n")
}

fn variable(variable: &Variable) -> String {
    let mut text = format!(
        "- {}: {} by default",
        code(&variable.name),
        code(&variable.default)
    );
    if !variable.values.is_empty() {
        let values: Vec<String> = variable.values.iter().map(code).collect();
        let _ = write!(text, "; of {}", values.join(", "));
    }
    if let Some(description) = &variable.description {
        let _ = write!(text, "; {}", one_line(description));
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn remark(remark: &Remark) -> String {
    let link = remark.external_docs.as_ref().map(external_docs);
    let text = paragraphs(remark.text.clone().into_iter().chain(link));
    let text = Some(text.trim()).filter(|text| !text.is_empty());
    let texts: Vec<String> = text
        .map(sentence)
        .into_iter()
        .chain(sentences(&remark.limits))
        .collect();
    texts.join(" ")
}

fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '!', '?', ':', '>']) {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}

fn sentences(limits: &Limits) -> Vec<String> {
    let own = limits.own.iter().map(|all| {
        let phrases: Vec<String> = all.iter().map(phrase).collect();
        capitalized(&phrases.join(", ")) + "."
    });
    let inner = limits.inner.as_ref().map(|(inner, of)| {
        let inner = match inner {
            Inner::Item => "item",
            Inner::Value => "value",
        };
        format!("Each {inner}: {}", remark(of))
    });
    own.chain(inner).collect()
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// Returns a constraint in a few words.
fn phrase(limit: &Limit) -> String {
    match limit {
        Limit::Characters(count) => counted(*count, "character", "characters"),
        Limit::Pattern(pattern) => format!("matching {}", code(pattern)),
        Limit::Range { least, most } => range(least.as_ref(), most.as_ref()),
        Limit::MultipleOf(step) => format!("a multiple of {}", number(step)),
        Limit::Items(count) => counted(*count, "item", "items"),
        Limit::UniqueItems => "unique items".into(),
        Limit::Properties(count) => counted(*count, "entry", "entries"),
        Limit::Format(format) => format!("format {}", code(format)),
        Limit::MediaType(media) => format!("media type {}", code(media)),
    }
}

fn counted(count: Count, one: &str, many: &str) -> String {
    let named = |count: usize| format!("{count} {}", if count == 1 { one } else { many });
    match (count.least, count.most) {
        (Some(least), Some(most)) if least == most => format!("exactly {}", named(most)),
        (Some(least), Some(most)) => format!("{least} to {}", named(most)),
        (Some(least), None) => format!("at least {}", named(least)),
        (None, Some(most)) => format!("at most {}", named(most)),
        (None, None) => String::new(),
    }
}

fn range(least: Option<&Bound>, most: Option<&Bound>) -> String {
    if let (Some(least), Some(most)) = (least, most)
        && !least.is_exclusive
        && !most.is_exclusive
    {
        return format!("{} to {}", number(&least.value), number(&most.value));
    }
    let least = least.map(|bound| match bound.is_exclusive {
        true => format!("more than {}", number(&bound.value)),
        false => format!("at least {}", number(&bound.value)),
    });
    let most = most.map(|bound| match bound.is_exclusive {
        true => format!("less than {}", number(&bound.value)),
        false => format!("at most {}", number(&bound.value)),
    });
    let both: Vec<String> = least.into_iter().chain(most).collect();
    both.join(" and ")
}

/// Formats a number, and omits a fraction of zero.
fn number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) => float.to_string(),
        None => number.to_string(),
    }
}

/// Text as inline code, on one line.
fn code(text: impl AsRef<str>) -> String {
    markdown::fenced(&text.as_ref().replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_in_words() {
        let lengths = |least, most| phrase(&Limit::Characters(Count { least, most }));
        assert_eq!(lengths(Some(1), Some(9)), "1 to 9 characters");
        assert_eq!(lengths(Some(2), Some(2)), "exactly 2 characters");
        assert_eq!(lengths(Some(1), None), "at least 1 character");
        let bounds = |least: Option<(f64, bool)>, most: Option<(f64, bool)>| {
            let bound = |(value, is_exclusive)| Bound {
                value: Number::from_f64(value).expect("finite"),
                is_exclusive,
            };
            let (least, most) = (least.map(bound), most.map(bound));
            phrase(&Limit::Range { least, most })
        };
        assert_eq!(bounds(Some((0.5, false)), Some((9.0, false))), "0.5 to 9");
        assert_eq!(
            bounds(Some((0.0, true)), Some((9.0, false))),
            "more than 0 and at most 9"
        );
        assert_eq!(bounds(None, Some((9.0, false))), "at most 9");
        let pattern = Limit::Pattern("^`a$".into());
        assert_eq!(phrase(&pattern), "matching `` ^`a$ ``");
    }
}
