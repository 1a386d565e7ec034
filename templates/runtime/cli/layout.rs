// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Formats values as JSON, as YAML and for people.
//!
//! In: a value. Out: its text, without a line break at the end. Not here: the choice of the format.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::style::NAME;

/// The layout of JSON.
#[derive(Clone, Copy)]
pub(crate) enum Json {
    /// On one line.
    Line,
    /// One member or item per line, indented by its depth plus `indent`.
    Lines { indent: usize },
}

/// Writes a value as JSON.
pub(crate) fn json(to: &mut dyn Write, value: &Value, form: Json, colors: bool) -> io::Result<()> {
    match form {
        Json::Line => with(to, value, CompactFormatter, colors),
        Json::Lines { indent } => with(
            &mut Indented { to, indent },
            value,
            PrettyFormatter::new(),
            colors,
        ),
    }
}

/// Writes the name of a member as JSON.
pub(crate) fn json_name(to: &mut dyn Write, name: &str, colors: bool) -> io::Result<()> {
    let text = Value::from(name).to_string();
    if colors {
        write!(to, "{NAME}{text}{NAME:#}")
    } else {
        to.write_all(text.as_bytes())
    }
}

fn with(to: &mut dyn Write, value: &Value, form: impl Formatter, colors: bool) -> io::Result<()> {
    let written = if colors {
        value.serialize(&mut Serializer::with_formatter(to, Colored(form)))
    } else {
        value.serialize(&mut Serializer::with_formatter(to, form))
    };
    written.map_err(io::Error::from)
}

/// Indents lines. JSON strings contain no line breaks.
struct Indented<'a> {
    to: &'a mut dyn Write,
    indent: usize,
}

impl Write for Indented<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                self.to.write_all(b"\n")?;
                for _ in 0..self.indent {
                    self.to.write_all(b"  ")?;
                }
            }
            self.to.write_all(line)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Colors the names of members.
struct Colored<F>(F);

/// Forwards methods unchanged.
macro_rules! pass {
    ($($name:ident($($argument:ident: $ty:ty),*);)*) => {
        $(
            fn $name<W: ?Sized + Write>(&mut self, to: &mut W $(, $argument: $ty)*) -> io::Result<()> {
                self.0.$name(to $(, $argument)*)
            }
        )*
    };
}

impl<F: Formatter> Formatter for Colored<F> {
    pass! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_value();
        end_object_value();
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(to, first)?;
        write!(to, "{NAME}")
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        write!(to, "{NAME:#}")?;
        self.0.end_object_key(to)
    }
}

/// Writes a value as YAML 1.2. Texts that older parsers would read as another type are quoted.
pub(crate) fn yaml(to: &mut dyn Write, value: &Value) -> io::Result<()> {
    let text = serde_saphyr::to_string(value).map_err(io::Error::other)?;
    to.write_all(text.trim_end_matches('\n').as_bytes())
}

/// Writes the name of a list. Its items follow.
pub(crate) fn yaml_name(to: &mut dyn Write, name: &str) -> io::Result<()> {
    let text = serde_saphyr::to_string(&Value::from(name)).map_err(io::Error::other)?;
    writeln!(to, "{}:", text.trim_end_matches('\n'))
}

/// Writes a value for people: one line per property, with nested values indented.
pub(crate) fn pretty(to: &mut dyn Write, value: &Value, colors: bool) -> io::Result<()> {
    block(to, value, 0, colors)
}

fn block(to: &mut dyn Write, value: &Value, depth: usize, colors: bool) -> io::Result<()> {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let widest = members.iter().filter(|(_, value)| is_short(value));
            let width = widest.map(|(name, _)| visible(name).chars().count()).max();
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    break_line(to, depth)?;
                }
                let name = visible(name);
                if colors {
                    write!(to, "{NAME}{name}{NAME:#}")?;
                } else {
                    to.write_all(name.as_bytes())?;
                }
                if is_short(value) {
                    let gap = width.unwrap_or(0).saturating_sub(name.chars().count());
                    write!(to, "{:gap$}  {}", "", short(value))?;
                } else {
                    break_line(to, depth + 1)?;
                    block(to, value, depth + 1, colors)?;
                }
            }
            Ok(())
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    break_line(to, depth)?;
                }
                to.write_all(b"- ")?;
                block(to, item, depth + 1, colors)?;
            }
            Ok(())
        }
        Value::String(text) if !is_short(value) => {
            for (index, line) in text.lines().enumerate() {
                if index > 0 {
                    break_line(to, depth)?;
                }
                to.write_all(visible(line).as_bytes())?;
            }
            Ok(())
        }
        Value::Object(_)
        | Value::Array(_)
        | Value::String(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_) => to.write_all(short(value).as_bytes()),
    }
}

fn break_line(to: &mut dyn Write, depth: usize) -> io::Result<()> {
    write!(to, "\n{:1$}", "", 2 * depth)
}

/// Returns whether a value fits on the line of its name.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::String(text) => !text.contains('\n'),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => visible(text),
        Value::Null => "-".to_owned(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Escapes control characters, which a terminal would obey.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && c != '\t' {
            shown.extend(c.escape_debug());
        } else {
            shown.push(c);
        }
    }
    shown
}
