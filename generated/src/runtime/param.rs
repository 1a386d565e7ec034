// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Converts the values of parameters to trees of texts.
//!
//! In: anything that serializes. Out: a [`ParamValue`], a tree of texts, so everything after it is
//! compiled once. Not here: how a value is written (see `style`).

use std::fmt::{self, Display, Formatter, Write};

use serde::ser::{self, Serialize, Serializer};

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ParamValue {
    /// Undefined (RFC 6570, section 2.3): nothing is sent.
    Null,
    Text(String),
    /// A number or a boolean, which has no quotation marks in JSON.
    Literal(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl ParamValue {
    /// Converts a value to its parts.
    ///
    /// # Errors
    ///
    /// Fails with the reason if the value cannot be sent.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, String> {
        value.serialize(Parts).map_err(|error| error.0)
    }

    /// Returns the text of a value that isn't a list or an object.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Literal(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Returns the value as JSON.
    pub(crate) fn json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Literal(text) => out.push_str(text),
            Self::Text(text) => push_quoted(out, text),
            Self::List(items) => {
                let mut before = '[';
                for item in items {
                    out.push(before);
                    before = ',';
                    item.write_json(out);
                }
                out.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Self::Object(members) => {
                let mut before = '{';
                for (name, value) in members {
                    out.push(before);
                    before = ',';
                    push_quoted(out, name);
                    out.push(':');
                    value.write_json(out);
                }
                out.push_str(if members.is_empty() { "{}" } else { "}" });
            }
        }
    }
}

fn push_quoted(out: &mut String, text: &str) {
    let _ = write!(out, "{}", serde_json::Value::from(text));
}

/// The reason why a value cannot be sent.
#[derive(Debug)]
struct Refused(String);

impl Display for Refused {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The serializer that takes values apart.
struct Parts;

fn literal(value: impl Display) -> Result<ParamValue, Refused> {
    Ok(ParamValue::Literal(value.to_string()))
}

fn finite(is_finite: bool, value: impl Display) -> Result<ParamValue, Refused> {
    match is_finite {
        true => literal(value),
        false => Err(Refused(format!("{value} is not a number that can be sent"))),
    }
}

/// Implements the methods for types whose text is that of `Display`.
macro_rules! literals {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<ParamValue, Refused> {
            literal(value)
        })*
    };
}

impl Serializer for Parts {
    type Ok = ParamValue;
    type Error = Refused;
    type SerializeSeq = ListParts;
    type SerializeTuple = ListParts;
    type SerializeTupleStruct = ListParts;
    type SerializeTupleVariant = ser::Impossible<ParamValue, Refused>;
    type SerializeMap = ObjectParts;
    type SerializeStruct = ObjectParts;
    type SerializeStructVariant = ser::Impossible<ParamValue, Refused>;

    literals! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
    }

    fn serialize_f32(self, value: f32) -> Result<ParamValue, Refused> {
        finite(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<ParamValue, Refused> {
        finite(value.is_finite(), value)
    }

    fn serialize_char(self, value: char) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Text(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<ParamValue, Refused> {
        Err(Refused("bytes cannot be sent as a parameter".to_owned()))
    }

    fn serialize_none(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<ParamValue, Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<ParamValue, Refused> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<ParamValue, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<ParamValue, Refused> {
        let value = value.serialize(self)?;
        Ok(ParamValue::Object(vec![(name.to_owned(), value)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ListParts, Refused> {
        Ok(ListParts(Vec::with_capacity(length.unwrap_or_default())))
    }

    fn serialize_tuple(self, length: usize) -> Result<ListParts, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<ListParts, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused(format!("the variant {name} cannot be sent")))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectParts, Refused> {
        Ok(ObjectParts(Vec::new()))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectParts, Refused> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        Err(Refused(format!("the variant {name} cannot be sent")))
    }
}

/// The items of a list.
struct ListParts(Vec<ParamValue>);

impl ListParts {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.0.push(value.serialize(Parts)?);
        Ok(())
    }
}

impl ser::SerializeSeq for ListParts {
    type Ok = ParamValue;
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::List(self.0))
    }
}

impl ser::SerializeTuple for ListParts {
    type Ok = ParamValue;
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::List(self.0))
    }
}

impl ser::SerializeTupleStruct for ListParts {
    type Ok = ParamValue;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::List(self.0))
    }
}

/// The members of an object, in their order. The last one has a name before it has a value.
struct ObjectParts(Vec<(String, ParamValue)>);

impl ser::SerializeMap for ObjectParts {
    type Ok = ParamValue;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let name = ParamValue::of(key).map_err(Refused)?;
        let name = name.text().unwrap_or_default().to_owned();
        self.0.push((name, ParamValue::Null));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        if let Some((_, last)) = self.0.last_mut() {
            *last = value.serialize(Parts)?;
        }
        Ok(())
    }

    fn end(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Object(self.0))
    }
}

impl ser::SerializeStruct for ObjectParts {
    type Ok = ParamValue;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.0.push((name.to_owned(), value.serialize(Parts)?));
        Ok(())
    }

    fn end(self) -> Result<ParamValue, Refused> {
        Ok(ParamValue::Object(self.0))
    }
}
