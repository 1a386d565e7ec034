//! A Rust file while it is written.
//!
//! In: items, rows of macro calls, what they import. Out: the text of the file, with its imports on top and blank lines between
//! items. Not here: the lines of items (`item`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::emit::EmitCx;
use crate::emit::print::code::{Fragment, RustCode, code, string};
use crate::emit::print::item::Item;
use crate::emit::rust::doc;
use crate::model::api::TypeId;
use crate::plan::modules::PartId;
use crate::plan::names::{LITERALS, Name};
use crate::plan::resources::ResourceId;

/// The place of a file among the modules.
#[derive(Clone, Copy, PartialEq)]
pub enum ModuleFile {
    /// A file without types.
    Elsewhere,
    /// The module of a resource.
    Resource(ResourceId),
    /// The module of types, which has or exports all of them.
    Types,
    /// A part of the module of types.
    Part(PartId),
}

/// The source of an import.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// A module that every crate has.
    Fixed(&'static str),
    Resource(ResourceId),
}

/// The name that imports a module itself.
const SELF: &str = "self";

/// A Rust file while it is written.
pub struct Module<'a> {
    cx: &'a EmitCx<'a>,
    /// The place among the modules, which decides what must be imported.
    site: ModuleFile,
    /// The names of items that others may have, too.
    taken: BTreeSet<&'a Name>,
    docs: Vec<String>,
    uses: BTreeMap<Origin, BTreeSet<&'a str>>,
    body: String,
}

impl<'a> Module<'a> {
    /// Returns an empty module with these lines as its docs.
    pub fn new(cx: &'a EmitCx<'a>, site: ModuleFile, docs: Vec<String>) -> Self {
        let taken = match site {
            ModuleFile::Resource(id) => cx.names.items(id, cx.outline.resource(id)).collect(),
            ModuleFile::Elsewhere | ModuleFile::Types | ModuleFile::Part(_) => BTreeSet::new(),
        };
        Self {
            cx,
            site,
            taken,
            docs,
            uses: BTreeMap::new(),
            body: String::new(),
        }
    }

    /// Returns the context that it is made in.
    pub fn cx(&self) -> &'a EmitCx<'a> {
        self.cx
    }

    /// Imports something that every emitted crate has.
    pub fn import(&mut self, path: &'static str, name: &'static str) {
        self.import_from(Origin::Fixed(path), name);
    }

    /// Imports from the runtime.
    pub fn runtime(&mut self, name: &'static str) {
        self.import("crate::runtime", name);
    }

    /// Imports from `service.rs`.
    pub fn import_service(&mut self, name: &'a Name) {
        self.import_from(Origin::Fixed("crate::service"), name.as_str());
    }

    /// Imports the struct of a resource below this one. If this file has another item of that name, it gets a path.
    pub fn import_resource(&mut self, id: ResourceId) -> RustCode {
        let names = self.cx.names.resource(id);
        if self.taken.contains(&names.structure) {
            return code!(&names.module, "::", &names.structure);
        }
        self.import_from(Origin::Resource(id), names.structure.as_str());
        code!(&names.structure)
    }

    /// Imports a definition, unless this file has it. If this file has another item of that name, it gets a path.
    pub fn import_type(&mut self, id: TypeId) -> RustCode {
        let name = &self.cx.names.ty(id).name;
        if self.is_taken(name) {
            self.import("crate::types", SELF);
            return code!("types::", name);
        }
        let is_here = match self.site {
            ModuleFile::Elsewhere | ModuleFile::Resource(_) => false,
            ModuleFile::Types => true,
            ModuleFile::Part(part) => self.cx.outline.ty(id).part == Some(part),
        };
        if !is_here {
            // A glob in each of several hundred parts would bind all types in all of them, and take a quarter of the time to check.
            self.import_from(Origin::Fixed("crate::types"), name.as_str());
        }
        code!(name)
    }

    /// Returns whether a type cannot be imported, because an item of this file or a resource below it has its name.
    fn is_taken(&self, name: &Name) -> bool {
        let ModuleFile::Resource(id) = self.site else {
            return false;
        };
        let mut children = self.cx.outline.resource(id).children.iter();
        self.taken.contains(name)
            || children.any(|child| self.cx.names.resource(*child).structure == *name)
    }

    /// Imports the module with the strings of constants, unless this file has it.
    pub fn import_literals(&mut self) {
        if self.site != ModuleFile::Types {
            self.import("crate::types", LITERALS);
        }
    }

    fn import_from(&mut self, origin: Origin, name: &'a str) {
        self.uses.entry(origin).or_default().insert(name);
    }

    /// Returns the beginning of a definition.
    pub fn definition(&self, id: TypeId) -> Item {
        let mut item = Item::new(&doc::definition(self.cx, id));
        item.deprecated(&self.cx.api.types[id.0].doc);
        item
    }

    /// Adds an item, or several items without blank lines between them. Adds nothing if the item is
    /// empty.
    pub fn item(&mut self, item: impl Into<Item>) {
        self.block(item.into().text());
    }

    /// Adds items without blank lines between them.
    pub fn group<I: Into<Item>>(&mut self, items: impl IntoIterator<Item = I>) {
        let items = items.into_iter().map(Into::into);
        let items: Vec<Item> = items.collect();
        let texts: Vec<&str> = items.iter().map(Item::text).collect();
        self.block(&texts.concat());
    }

    /// Adds a call of a macro, with a row on each line.
    pub fn table(&mut self, table: Table) {
        self.block(&table.text());
    }

    fn block(&mut self, text: &str) {
        if !text.is_empty() {
            self.body.push('\n');
            self.body.push_str(text);
        }
    }

    /// Returns the text of the file.
    pub fn finish(self) -> String {
        let mut text = self.cx.banner();
        for line in &self.docs {
            text.push_str(format!("//! {line}").trim_end());
            text.push('\n');
        }
        for block in self.uses() {
            text.push('\n');
            text.push_str(&block);
        }
        text.push_str(&self.body);
        text
    }

    /// Returns the imports in two blocks: others' crates, then our own modules.
    fn uses(&self) -> Vec<String> {
        let uses = self.uses.iter();
        let uses: BTreeMap<Cow<str>, _> = uses
            .map(|(origin, names)| (self.path(*origin), names))
            .collect();
        let (own, others): (Vec<_>, Vec<_>) = uses
            .into_iter()
            .partition(|(path, _)| path.starts_with("crate"));
        let block = |uses: Vec<(Cow<str>, &BTreeSet<&str>)>| -> String {
            uses.into_iter()
                .map(|(path, names)| use_text(&path, names))
                .collect()
        };
        [others, own]
            .into_iter()
            .map(block)
            .filter(|block| !block.is_empty())
            .collect()
    }

    fn path(&self, origin: Origin) -> Cow<'static, str> {
        match origin {
            Origin::Fixed(path) => path.into(),
            Origin::Resource(id) => {
                let path = self.cx.names.resource(id).path.iter().map(Name::as_str);
                let path: Vec<&str> = std::iter::once("crate").chain(path).collect();
                path.join("::").into()
            }
        }
    }
}

/// `use path::{A, B};`, broken where it gets too long.
fn use_text(path: &str, names: &BTreeSet<&str>) -> String {
    let mut names: Vec<&str> = names.iter().copied().collect();
    names.sort_by_key(|name| *name != SELF);
    if names == [SELF] {
        return format!("use {path};\n");
    }
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
            text.extend(["    ", line.trim_end(), "\n"]);
            line.clear();
        }
        line.extend([name, ", "]);
    }
    text.extend(["    ", line.trim_end(), "\n};\n"]);
    text
}

/// A call of one of the runtime's macros: names and literals in rows.
pub struct Table {
    open: RustCode,
    rows: Vec<RustCode>,
    /// A word after the rows.
    last: Option<&'static str>,
}

impl Table {
    /// `name!(Subject {`
    pub fn new(name: &'static str, subject: &Name) -> Self {
        Self {
            open: code!(name, "!(", subject, " {"),
            rows: Vec::new(),
            last: None,
        }
    }

    /// `name!({`
    pub fn bare(name: &'static str) -> Self {
        Self {
            open: code!(name, "!({"),
            rows: Vec::new(),
            last: None,
        }
    }

    /// `name!(Subject by "key" {`
    pub fn keyed(name: &'static str, subject: &Name, key: &str) -> Self {
        Self {
            open: code!(name, "!(", subject, " by ", string(key), " {"),
            rows: Vec::new(),
            last: None,
        }
    }

    /// `"a" | "b" => name`, with a word about its kind.
    pub fn row(&mut self, literals: &[RustCode], name: impl Fragment, word: Option<&'static str>) {
        let mut row = RustCode::default();
        for (index, literal) in literals.iter().enumerate() {
            let or = (index > 0).then_some(" | ");
            row = code!(row, or, literal);
        }
        let arrow = (!literals.is_empty()).then_some(" => ");
        let colon = word.map(|_| ": ");
        self.rows.push(code!(row, arrow, name, colon, word));
    }

    /// `else name`, for what no other row has.
    pub fn otherwise(&mut self, name: &Name) {
        self.rows.push(code!("else ", name));
    }

    /// Adds a word after all rows.
    pub fn last(&mut self, word: &'static str) {
        self.last = Some(word);
    }

    /// Returns whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn text(&self) -> String {
        let (open, rows) = (self.open.text(), self.rows.iter().map(RustCode::text));
        let rows: Vec<&str> = rows.collect();
        if rows.is_empty() && self.last.is_none() {
            return format!("{open}}});\n");
        }
        if rows.len() <= 3 {
            let last = self.last.map(|word| ["; ", word].concat());
            let last = last.unwrap_or_default();
            let flat = [open, " ", &rows.join(", "), &last, " });\n"].concat();
            if flat.len() <= 101 {
                return flat;
            }
        }
        let rows = rows.join(",\n    ");
        match self.last {
            Some(word) => [open, "\n    ", &rows, ";\n    ", word, "\n});\n"].concat(),
            None => [open, "\n    ", &rows, ",\n});\n"].concat(),
        }
    }
}
