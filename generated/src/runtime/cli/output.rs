// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Prints responses on standard output as they arrive.
//!
//! In: values, and the envelope and items of listings. Out: text. Not here: the formatting of a value (see `layout`), the
//! choice of a listing's items.

use std::io::{BufWriter, Stdout, Write, stdout};

use serde_json::{Map, Value};

use super::super::response::Response;
use super::failure::Failure;
use super::format::Format;
use super::layout::{self, Json};
use super::transform::Transform;

/// How responses are printed.
pub(crate) struct Printing {
    pub(crate) format: Format,
    pub(crate) transform: Option<Transform>,
    /// Whether strings are printed without quotes.
    pub(crate) raw_strings: bool,
    pub(crate) colors: bool,
    /// Whether requests and responses are printed on standard error.
    pub(crate) debug: bool,
}

/// Prints on standard output.
pub(crate) struct Output<'a> {
    to: BufWriter<Stdout>,
    printing: &'a Printing,
    listing: Listing,
}

/// The state of a listing that is being printed.
#[derive(Default)]
struct Listing {
    /// The property that contains the items. `None` if the listing is printed as a list.
    items: Option<&'static str>,
    count: u64,
    /// The whole listing, if a transformation needs it.
    whole: Map<String, Value>,
    held: Vec<Value>,
}

impl<'a> Output<'a> {
    pub(crate) fn new(printing: &'a Printing) -> Self {
        Self {
            to: BufWriter::new(stdout()),
            printing,
            listing: Listing::default(),
        }
    }

    pub(crate) fn format(&self) -> Format {
        self.printing.format
    }

    /// Returns whether nothing else is written to standard error, so it can show progress.
    pub(crate) fn is_quiet(&self) -> bool {
        !self.printing.debug
    }

    /// Prints a response as the server sent it, unless it is transformed.
    pub(crate) fn reply(&mut self, reply: &Response<Value>) -> Result<(), Failure> {
        match self.printing.transform {
            None => self.bytes(reply.body()),
            Some(_) => self.value(reply),
        }
    }

    /// Prints a whole body as the server sent it, and ends it with a line break.
    pub(crate) fn bytes(&mut self, body: &[u8]) -> Result<(), Failure> {
        self.to.write_all(body)?;
        if !body.is_empty() && !body.ends_with(b"\n") {
            self.to.write_all(b"\n")?;
        }
        Ok(self.to.flush()?)
    }

    /// Prints a part of a body.
    pub(crate) fn part(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.to.write_all(bytes)?)
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.to.flush()?)
    }

    /// Prints a value, transformed if that is requested.
    pub(crate) fn value(&mut self, value: &Value) -> Result<(), Failure> {
        self.one(value)?;
        Ok(self.to.flush()?)
    }

    fn one(&mut self, value: &Value) -> Result<(), Failure> {
        match &self.printing.transform {
            None => self.plain(value),
            Some(transform) => {
                let each = self.printing.raw_strings || self.printing.format == Format::Jsonl;
                match transform.found(value) {
                    Value::Array(all) if each && !transform.singular => {
                        all.iter().try_for_each(|one| self.plain(one))
                    }
                    found => self.plain(&found),
                }
            }
        }
    }

    fn plain(&mut self, value: &Value) -> Result<(), Failure> {
        if let (Value::String(text), true) = (value, self.printing.raw_strings) {
            return Ok(writeln!(self.to, "{text}")?);
        }
        let (to, colors) = (&mut self.to, self.printing.colors);
        match self.printing.format {
            Format::Json | Format::Auto | Format::Raw => {
                layout::json(to, value, Json::Lines { indent: 0 }, colors)?;
            }
            Format::Jsonl => layout::json(to, value, Json::Line, colors)?,
            Format::Yaml => layout::yaml(to, value)?,
            Format::Pretty => layout::pretty(to, value, colors)?,
        }
        Ok(writeln!(self.to)?)
    }

    /// Returns whether a listing is printed only when it is complete, because its transformation
    /// needs all of it.
    fn holds(&self) -> bool {
        self.printing.transform.is_some() && self.printing.format != Format::Jsonl
    }

    /// Begins a listing with the members before its items.
    pub(crate) fn begin(
        &mut self,
        before: Map<String, Value>,
        items: Option<&'static str>,
    ) -> Result<(), Failure> {
        self.listing.items = items;
        if self.holds() {
            self.listing.whole = before;
            return Ok(());
        }
        match self.printing.format {
            Format::Json | Format::Auto => match items {
                Some(items) => {
                    self.to.write_all(b"{")?;
                    for (name, value) in &before {
                        self.json_member(name, value)?;
                        self.to.write_all(b",")?;
                    }
                    self.json_name(items)?;
                    self.to.write_all(b"[")?;
                }
                None => self.to.write_all(b"[")?,
            },
            Format::Yaml => self.yaml_members(&before)?,
            Format::Jsonl | Format::Pretty | Format::Raw => {}
        }
        Ok(())
    }

    /// Prints items of a listing.
    pub(crate) fn items(&mut self, items: impl Iterator<Item = Value>) -> Result<(), Failure> {
        for item in items {
            let first = self.listing.count == 0;
            self.listing.count += 1;
            if self.holds() {
                self.listing.held.push(item);
                continue;
            }
            let (to, colors) = (&mut self.to, self.printing.colors);
            match self.printing.format {
                Format::Json | Format::Auto => {
                    let indent = 1 + usize::from(self.listing.items.is_some());
                    to.write_all(if first { b"\n" } else { b",\n" })?;
                    write!(to, "{:1$}", "", 2 * indent)?;
                    layout::json(to, &item, Json::Lines { indent }, colors)?;
                }
                Format::Yaml => {
                    if let (true, Some(items)) = (first, self.listing.items) {
                        layout::yaml_name(to, items)?;
                    }
                    layout::yaml(to, &Value::Array(vec![item]))?;
                    writeln!(to)?;
                }
                Format::Pretty => {
                    if !first {
                        writeln!(to)?;
                    }
                    self.plain(&item)?;
                }
                Format::Jsonl => self.one(&item)?,
                Format::Raw => {}
            }
        }
        Ok(self.to.flush()?)
    }

    /// Ends a listing with the members after its items.
    pub(crate) fn end(&mut self, behind: Map<String, Value>) -> Result<(), Failure> {
        if self.holds() {
            let mut whole = std::mem::take(&mut self.listing.whole);
            let held = std::mem::take(&mut self.listing.held);
            let Some(items) = self.listing.items else {
                return self.value(&Value::Array(held));
            };
            whole.insert(items.to_owned(), held.into());
            whole.extend(behind);
            return self.value(&Value::Object(whole));
        }
        let empty = self.listing.count == 0;
        match self.printing.format {
            Format::Json | Format::Auto if self.listing.items.is_none() => {
                self.to.write_all(if empty { b"]\n" } else { b"\n]\n" })?;
            }
            Format::Json | Format::Auto => {
                self.to.write_all(if empty { b"]" } else { b"\n  ]" })?;
                for (name, value) in &behind {
                    self.to.write_all(b",")?;
                    self.json_member(name, value)?;
                }
                self.to.write_all(b"\n}\n")?;
            }
            Format::Yaml => {
                match self.listing.items {
                    Some(items) if empty => {
                        let none = Value::Array(Vec::new());
                        self.yaml_members(&Map::from_iter([(items.to_owned(), none)]))?;
                    }
                    None if empty => self.to.write_all(b"[]\n")?,
                    Some(_) | None => {}
                }
                self.yaml_members(&behind)?;
            }
            Format::Jsonl | Format::Pretty | Format::Raw => {}
        }
        Ok(self.to.flush()?)
    }

    fn json_name(&mut self, name: &str) -> Result<(), Failure> {
        self.to.write_all(b"\n  ")?;
        layout::json_name(&mut self.to, name, self.printing.colors)?;
        Ok(self.to.write_all(b": ")?)
    }

    fn json_member(&mut self, name: &str, value: &Value) -> Result<(), Failure> {
        self.json_name(name)?;
        let colors = self.printing.colors;
        Ok(layout::json(
            &mut self.to,
            value,
            Json::Lines { indent: 1 },
            colors,
        )?)
    }

    fn yaml_members(&mut self, members: &Map<String, Value>) -> Result<(), Failure> {
        if members.is_empty() {
            return Ok(());
        }
        layout::yaml(&mut self.to, &Value::Object(members.clone()))?;
        Ok(writeln!(self.to)?)
    }
}
