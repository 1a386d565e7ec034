// @generated runtime. Do not edit: it is copied from the generator's templates.
//! JSON of values whose numbers are finite.
//!
//! In: anything that serializes. Out: JSON, or why there is none: `serde_json` writes null for NaN and infinities, which JSON does
//! not have. Not here: parameters (see `param`), other formats.

use std::fmt::{self, Display, Formatter};

use serde::ser::{self, Serialize, Serializer};

/// Returns a value as JSON.
///
/// # Errors
///
/// Fails with the reason if the value has no JSON.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, String> {
    let json = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    // Only a null can stand for such a number.
    if json.windows(4).any(|text| text == b"null") {
        value.serialize(Finite).map_err(|fault| fault.to_string())?;
    }
    Ok(json)
}

/// A serializer that only looks for numbers that are not finite.
#[derive(Clone, Copy)]
struct Finite;

/// The reason why a value has no JSON.
#[derive(Debug)]
struct Fault(String);

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn checked(is_finite: bool, number: impl Display) -> Result<(), Fault> {
    match is_finite {
        true => Ok(()),
        false => Err(Fault(format!("{number} is not a number that can be sent"))),
    }
}

/// Implements methods that accept any value of a type.
macro_rules! accept {
    ($($method:ident($($type:ty),*);)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<(), Fault> {
            Ok(())
        })*
    };
}

/// Implements methods that begin a value with parts.
macro_rules! begin {
    ($($method:ident($($type:ty),*);)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<Self, Fault> {
            Ok(self)
        })*
    };
}

impl Serializer for Finite {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    accept! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    begin! {
        serialize_seq(Option<usize>);
        serialize_tuple(usize);
        serialize_tuple_struct(&'static str, usize);
        serialize_tuple_variant(&'static str, u32, &'static str, usize);
        serialize_map(Option<usize>);
        serialize_struct(&'static str, usize);
        serialize_struct_variant(&'static str, u32, &'static str, usize);
    }

    fn serialize_f32(self, number: f32) -> Result<(), Fault> {
        checked(number.is_finite(), number)
    }

    fn serialize_f64(self, number: f64) -> Result<(), Fault> {
        checked(number.is_finite(), number)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }
}

/// Implements the serializers of the parts of a value: each part is looked into.
macro_rules! parts {
    ($($kind:ident: $($method:ident($($name:ty)?)),+;)*) => {
        $(impl ser::$kind for Finite {
            type Ok = ();
            type Error = Fault;

            $(fn $method<T: Serialize + ?Sized>(
                &mut self,
                $(_: $name,)?
                value: &T,
            ) -> Result<(), Fault> {
                value.serialize(*self)
            })+

            fn end(self) -> Result<(), Fault> {
                Ok(())
            }
        })*
    };
}

parts! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeMap: serialize_key(), serialize_value();
    SerializeStruct: serialize_field(&'static str);
    SerializeStructVariant: serialize_field(&'static str);
}
