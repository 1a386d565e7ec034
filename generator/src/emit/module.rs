//! A Rust file in the making.
//!
//! In: items as tokens, rows of macro calls, what they import. Out: formatted text, with its imports on top and blank lines
//! between items and methods, which `prettyplease` does not know of. Not here: what the items say.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};

use super::Cx;
use crate::api::TypeId;
use crate::facts::{Home, PartId};
use crate::names::Name;

/// Where a file stands.
#[derive(Clone, Copy, PartialEq)]
pub enum Site {
    /// Where no type is at home.
    Elsewhere,
    /// The own file of a module with types.
    Home(Home),
    /// A part of such a module.
    Part(PartId),
}

/// A Rust file in the making.
pub struct Module<'a> {
    cx: &'a Cx<'a>,
    /// Where it stands, which decides what has to be imported.
    site: Site,
    docs: Vec<String>,
    uses: BTreeMap<String, BTreeSet<String>>,
    items: Vec<String>,
}

impl<'a> Module<'a> {
    /// An empty module that documents itself with these lines.
    pub fn new(cx: &'a Cx<'a>, site: Site, docs: Vec<String>) -> Self {
        Self {
            cx,
            site,
            docs,
            uses: BTreeMap::new(),
            items: Vec::new(),
        }
    }

    /// The context that it is made in.
    pub fn cx(&self) -> &'a Cx<'a> {
        self.cx
    }

    /// Imports something that every emitted crate has.
    pub fn import(&mut self, path: &'static str, name: &'static str) {
        self.uses
            .entry(path.into())
            .or_default()
            .insert(name.into());
    }

    /// Imports from the runtime.
    pub fn runtime(&mut self, name: &'static str) {
        self.import("crate::runtime", name);
    }

    /// Imports a name of the document.
    pub fn import_name(&mut self, path: &[&Name], name: &Name) {
        let path: Vec<&str> = std::iter::once("crate")
            .chain(path.iter().map(|name| name.as_str()))
            .collect();
        self.uses
            .entry(path.join("::"))
            .or_default()
            .insert(name.to_string());
    }

    /// Imports from `service.rs`.
    pub fn import_service(&mut self, name: &Name) {
        self.uses
            .entry("crate::service".into())
            .or_default()
            .insert(name.to_string());
    }

    /// Imports a definition, if it is not here. A module has all of its parts' types.
    pub fn import_type(&mut self, id: TypeId) -> &'a Name {
        let cx = self.cx;
        let name = &cx.names.ty(id).name;
        let facts = cx.facts.ty(id);
        let is_here = match self.site {
            Site::Elsewhere => false,
            Site::Home(home) => home == facts.home,
            Site::Part(part) => facts.part == Some(part),
        };
        match facts.home {
            _ if is_here => {}
            // `types.rs` exports all types, and so has them.
            Home::Resource(_) if matches!(self.site, Site::Home(Home::Shared)) => {}
            Home::Shared => {
                self.uses
                    .entry("crate::types".into())
                    .or_default()
                    .insert(name.to_string());
            }
            Home::Resource(resource) => {
                let path: Vec<&Name> = cx.names.resource(resource).path.iter().collect();
                self.import_name(&path, name);
            }
        }
        name
    }

    /// Adds an item.
    pub fn item(&mut self, tokens: TokenStream) {
        self.items.push(format(tokens));
    }

    /// Adds items that stand together, without blank lines.
    pub fn group(&mut self, items: impl IntoIterator<Item = TokenStream>) {
        let items: String = items.into_iter().map(format).collect();
        if !items.is_empty() {
            self.items.push(items);
        }
    }

    /// Adds a call of a macro, with a row on each line.
    pub fn table(&mut self, table: Table) {
        self.items.push(table.text());
    }

    /// The text of the file.
    pub fn finish(self) -> String {
        let mut text = self.cx.banner();
        for line in &self.docs {
            text.push_str(format!("//! {line}").trim_end());
            text.push('\n');
        }
        let uses = self.uses();
        let blocks = uses.into_iter().chain(self.items);
        for block in blocks {
            text.push('\n');
            text.push_str(&block);
        }
        text
    }

    /// The imports in two blocks: others' crates, then our own modules.
    fn uses(&self) -> Vec<String> {
        let (own, others): (Vec<_>, Vec<_>) = self
            .uses
            .iter()
            .partition(|(path, _)| path.starts_with("crate"));
        let block = |uses: Vec<(&String, &BTreeSet<String>)>| -> String {
            uses.into_iter()
                .map(|(path, names)| use_text(path, names))
                .collect()
        };
        [others, own]
            .into_iter()
            .map(block)
            .filter(|block| !block.is_empty())
            .collect()
    }
}

/// `use path::{A, B};`, broken where it gets too long.
fn use_text(path: &str, names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if let [name] = names.as_slice() {
        return format!("use {path}::{name};\n");
    }
    let flat = format!("use {path}::{{{}}};\n", names.join(", "));
    if flat.len() <= 100 {
        return flat;
    }
    let mut text = format!("use {path}::{{\n");
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && line.len() + name.len() + 6 > 100 {
            text.push_str(&format!("    {}\n", line.trim_end()));
            line.clear();
        }
        line.push_str(&format!("{name}, "));
    }
    text.push_str(&format!("    {}\n}};\n", line.trim_end()));
    text
}

/// A call of one of the runtime's macros: names and literals in rows.
pub struct Table {
    open: String,
    rows: Vec<String>,
    /// What stands behind the rows.
    last: Option<&'static str>,
}

impl Table {
    /// `name!(Subject {`
    pub fn new(name: &'static str, subject: &Name) -> Self {
        Self {
            open: format!("{name}!({subject} {{"),
            rows: Vec::new(),
            last: None,
        }
    }

    /// `name!(Subject by "key" {`
    pub fn keyed(name: &'static str, subject: &Name, key: &str) -> Self {
        let open = format!("{name}!({subject} by {} {{", string(key));
        Self {
            open,
            rows: Vec::new(),
            last: None,
        }
    }

    /// `"a" | "b" => name`, with a word on what it is.
    pub fn row(&mut self, literals: &[impl ToString], name: &Name, word: Option<&'static str>) {
        let literals: Vec<String> = literals.iter().map(ToString::to_string).collect();
        let arrow = if literals.is_empty() { "" } else { " => " };
        let word = word.map(|word| format!(": {word}")).unwrap_or_default();
        self.rows
            .push(format!("{}{arrow}{name}{word}", literals.join(" | ")));
    }

    /// A word behind all rows.
    pub fn last(&mut self, word: &'static str) {
        self.last = Some(word);
    }

    fn text(&self) -> String {
        let last = self
            .last
            .map(|word| format!("; {word}"))
            .unwrap_or_default();
        if self.rows.is_empty() && last.is_empty() {
            return format!("{}}});\n", self.open);
        }
        let flat = format!("{} {}{last} }});", self.open, self.rows.join(", "));
        if flat.len() <= 100 && self.rows.len() <= 3 {
            return format!("{flat}\n");
        }
        let end = if self.last.is_some() { ";" } else { "," };
        let last = self
            .last
            .map(|word| format!("    {word}\n"))
            .unwrap_or_default();
        format!(
            "{}\n    {}{end}\n{last}}});\n",
            self.open,
            self.rows.join(",\n    ")
        )
    }
}

/// A string literal as code.
pub fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Formats items and parts methods by blank lines. No literal spans lines, so that lines can be told by their indentation.
fn format(tokens: TokenStream) -> String {
    let file = match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file,
        // Not Rust: a bug of an emitter, at which the compiler will point.
        Err(error) => return format!("{}\n", error.to_compile_error()),
    };
    let text = prettyplease::unparse(&file);
    let mut spaced = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    let mut in_impl = false;
    while let Some(line) = lines.next() {
        in_impl = match line.chars().next() {
            Some(' ') | None => in_impl,
            Some(_) => line.starts_with("impl"),
        };
        spaced.push_str(line);
        spaced.push('\n');
        let ends_member = line == "    }" || (line.starts_with("    type ") && line.ends_with(';'));
        if in_impl && ends_member && lines.peek() != Some(&"}") {
            spaced.push('\n');
        }
    }
    spaced
}
