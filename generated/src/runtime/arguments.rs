// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The parameters of a call.
//!
//! In: the values that emitted methods and setters pass. Out: values in the draft of the request. Not here: how they are
//! written (see `style`).

use serde::Serialize;

use super::call::Call;
use super::draft::{Draft, Given};
use super::param::ParamValue;
use super::style::Style;

impl<T> Call<T> {
    pub(crate) fn path(self, name: &'static str, value: impl Serialize) -> Self {
        self.path_as(name, Style::SIMPLE, value)
    }

    pub(crate) fn path_as(self, name: &'static str, style: Style, value: impl Serialize) -> Self {
        self.set(|draft| &mut draft.path, name, style, ParamValue::of(&value))
    }

    /// Replaces any earlier value of the same name.
    pub(crate) fn query(self, name: &'static str, value: impl Serialize) -> Self {
        self.query_as(name, Style::FORM, value)
    }

    pub(crate) fn query_as(self, name: &'static str, style: Style, value: impl Serialize) -> Self {
        self.set(
            |draft| &mut draft.query,
            name,
            style,
            ParamValue::of(&value),
        )
    }

    pub(crate) fn header(self, name: &'static str, value: impl Serialize) -> Self {
        self.header_as(name, Style::SIMPLE, value)
    }

    pub(crate) fn header_as(self, name: &'static str, style: Style, value: impl Serialize) -> Self {
        self.set(
            |draft| &mut draft.headers,
            name,
            style,
            ParamValue::of(&value),
        )
    }

    pub(crate) fn cookie(self, name: &'static str, value: impl Serialize) -> Self {
        self.cookie_as(name, Style::FORM, value)
    }

    pub(crate) fn cookie_as(self, name: &'static str, style: Style, value: impl Serialize) -> Self {
        self.set(
            |draft| &mut draft.cookies,
            name,
            style,
            ParamValue::of(&value),
        )
    }

    /// Sets a value. It isn't generic over the type of the value, so it is compiled only once.
    fn set(
        mut self,
        list: fn(&mut Draft) -> &mut Vec<Given>,
        name: &'static str,
        style: Style,
        value: Result<ParamValue, String>,
    ) -> Self {
        let list = list(self.draft_mut());
        list.retain(|other| other.name != name);
        list.push(Given { name, style, value });
        self
    }
}

/// Collects the items of a list parameter.
pub(crate) fn list<T>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    items.into_iter().collect()
}

/// Collects the items of a list parameter as strings.
pub(crate) fn texts(items: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    items.into_iter().map(Into::into).collect()
}
