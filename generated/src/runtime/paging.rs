// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Finds the next page of a listing.
//!
//! In: the description of a listing, and a page as it arrived. Out: the cursor of the next page: a
//! text that chooses it. Not here: types of the document, sending. Pages are described by data, so
//! no code is emitted or compiled per listing.

use std::fmt;

use http::HeaderMap;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::error::NextPageErrorKind;
use super::json::without_bom;
use super::next_url;
use super::seen::hash;

/// The names of properties, from the outside in. For a list on the path, its last item is used.
pub(crate) type Path = &'static [&'static str];

/// How the pages of a listing follow each other.
#[derive(Debug)]
pub(crate) struct Paging {
    /// The path of the list of items. Empty if the response is the list.
    pub(crate) items: Path,
    pub(crate) follow: Follow,
    /// The parameter that receives a cursor. `None` if cursors are URLs.
    pub(crate) to: Option<Position>,
    pub(crate) end: End,
    /// Whether the response may lack the list, which is empty then.
    pub(crate) optional: bool,
    /// Whether the response may have no content, which is an empty page.
    pub(crate) bare: bool,
    /// The number of the page in the response. Empty if it is not needed.
    pub(crate) number: Path,
    /// Whether pages begin at 1 if page 1 has the items of the first page.
    pub(crate) compared: bool,
}

/// Where the next page is.
#[derive(Debug)]
pub(crate) enum Follow {
    /// There is only one page.
    Single,
    /// A value of the response goes into a parameter.
    Token(Path),
    /// The value of a header goes into a parameter.
    Header(&'static str),
    /// The response has the URL of the next page.
    Url(Path),
    /// The header `Link` has the URL of the next page (RFC 8288).
    Link,
    /// A parameter counts pages from this one.
    Page(i64),
    /// A parameter counts items from this one.
    Offset(i64),
}

/// The parameter that chooses a page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Position {
    Query(&'static str),
    /// A member of the JSON body, or of an object in it. Its cursors are JSON.
    Body(Path),
}

/// How a page says whether more pages follow.
#[derive(Debug)]
pub(crate) enum End {
    Unknown,
    /// True if there are more.
    More(Path),
    /// True on the last page.
    Last(Path),
    /// The number of all items.
    Items(Path),
    /// The number of all pages.
    Pages(Path),
}

/// A received page, with the state before it.
pub(crate) struct Arrived<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
    /// The number of items.
    pub(crate) count: usize,
    /// The cursor of the request.
    pub(crate) cursor: Option<&'a str>,
    /// The number of items up to the end of the page, if all earlier pages were received.
    pub(crate) total: Option<u64>,
    /// The URL of the request.
    pub(crate) url: &'a str,
    /// The number of the first page, if the server said it.
    pub(crate) first: Option<i64>,
}

/// What a page says about the pages after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    More,
    Last,
    None,
}

/// Constructors for the statics of operations.
impl Paging {
    const fn new(items: Path, follow: Follow) -> Self {
        Self {
            items,
            follow,
            to: None,
            end: End::Unknown,
            optional: false,
            bare: false,
            number: &[],
            compared: false,
        }
    }

    pub(crate) const fn single(items: Path) -> Self {
        Self::new(items, Follow::Single)
    }

    pub(crate) const fn token(items: Path, from: Path) -> Self {
        Self::new(items, Follow::Token(from))
    }

    pub(crate) const fn header(items: Path, name: &'static str) -> Self {
        Self::new(items, Follow::Header(name))
    }

    pub(crate) const fn url(items: Path, from: Path) -> Self {
        Self::new(items, Follow::Url(from))
    }

    pub(crate) const fn link(items: Path) -> Self {
        Self::new(items, Follow::Link)
    }

    pub(crate) const fn pages(items: Path, first: i64) -> Self {
        Self::new(items, Follow::Page(first))
    }

    pub(crate) const fn offsets(items: Path, first: i64) -> Self {
        Self::new(items, Follow::Offset(first))
    }

    /// Sets the query parameter that receives cursors.
    pub(crate) const fn query(mut self, name: &'static str) -> Self {
        self.to = Some(Position::Query(name));
        self
    }

    /// Sets the member of the body that receives cursors.
    pub(crate) const fn body(mut self, path: Path) -> Self {
        self.to = Some(Position::Body(path));
        self
    }

    /// Sets the property with the number of the page, where the document does not say where numbers
    /// begin.
    pub(crate) const fn numbered(mut self, path: Path) -> Self {
        self.number = path;
        self
    }

    /// Sets that only a comparison shows whether pages begin at 0 or 1.
    pub(crate) const fn compared(mut self) -> Self {
        self.compared = true;
        self
    }

    /// Sets that the response may lack the list.
    pub(crate) const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Sets that the response may have no content.
    pub(crate) const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    pub(crate) const fn more(mut self, path: Path) -> Self {
        self.end = End::More(path);
        self
    }

    pub(crate) const fn last(mut self, path: Path) -> Self {
        self.end = End::Last(path);
        self
    }

    pub(crate) const fn all_items(mut self, path: Path) -> Self {
        self.end = End::Items(path);
        self
    }

    pub(crate) const fn all_pages(mut self, path: Path) -> Self {
        self.end = End::Pages(path);
        self
    }
}

impl Paging {
    /// Returns the cursor of the next page, or `None` after the last page.
    pub(crate) fn next(&self, page: &Arrived) -> Result<Option<String>, NextPageErrorKind> {
        let sign = self.sign(page);
        if sign == Sign::Last {
            return Ok(None);
        }
        let cursor = match &self.follow {
            Follow::Single => return Ok(None),
            Follow::Token(from) => {
                find(page.body, from).and_then(|value| self.to.as_ref()?.cursor(value))
            }
            Follow::Header(name) => {
                let value = page
                    .headers
                    .get(*name)
                    .and_then(|value| value.to_str().ok());
                value.map(str::trim).map(str::to_owned)
            }
            Follow::Url(from) => match find(page.body, from) {
                Some(Value::String(url)) if !url.is_empty() => {
                    Some(next_url::resolve(page.url, &url)?)
                }
                Some(_) | None => None,
            },
            Follow::Link => match next_url::next_link(page.headers) {
                Some(url) => Some(next_url::resolve(page.url, url)?),
                None => None,
            },
            // An empty page is beyond the last one, regardless of the next number.
            Follow::Page(_) | Follow::Offset(_) if page.count == 0 && sign == Sign::None => None,
            Follow::Page(first) => Some(page.number(*first).saturating_add(1).to_string()),
            Follow::Offset(first) => {
                let count = i64::try_from(page.count).unwrap_or(i64::MAX);
                Some(page.number(*first).saturating_add(count).to_string())
            }
        };
        match cursor.filter(|cursor| !cursor.is_empty()) {
            None if sign == Sign::More => Err(NextPageErrorKind::Missing),
            cursor => Ok(cursor),
        }
    }

    /// Returns the number of the first page, as that page says it.
    pub(crate) fn said_first(&self, body: &[u8]) -> Option<i64> {
        if self.number.is_empty() {
            return None;
        }
        // Any other number is something else.
        let number = find(body, self.number).and_then(|value| whole(&value));
        number.filter(|number| matches!(number, 0 | 1))
    }

    /// Returns a hash of a page, or of its items where the rest may differ if it comes again.
    pub(crate) fn contents(&self, body: &[u8]) -> u64 {
        match self.compared {
            true => hash(&find(body, self.items).unwrap_or_default().to_string()),
            false => hash(body),
        }
    }

    fn sign(&self, page: &Arrived) -> Sign {
        let flag = |path| find(page.body, path).and_then(|value| value.as_bool());
        let number = |path| find(page.body, path).and_then(|value| whole(&value));
        match self.end {
            End::Unknown => Sign::None,
            End::More(path) => match flag(path) {
                Some(true) => Sign::More,
                Some(false) => Sign::Last,
                None => Sign::None,
            },
            End::Last(path) => match flag(path) {
                Some(true) => Sign::Last,
                Some(false) => Sign::More,
                None => Sign::None,
            },
            End::Items(path) => match (number(path), self.items_so_far(page)) {
                (Some(all), Some(seen)) if seen >= all => Sign::Last,
                (Some(_) | None, Some(_) | None) => Sign::None,
            },
            End::Pages(path) => match (number(path), &self.follow) {
                (Some(all), Follow::Page(first)) if page.place(*first) >= all => Sign::Last,
                (Some(_) | None, _) => Sign::None,
            },
        }
    }

    /// Returns the number of items up to the end of a page.
    fn items_so_far(&self, page: &Arrived) -> Option<i64> {
        match self.follow {
            Follow::Offset(first) => {
                let count = i64::try_from(page.count).ok()?;
                Some(page.number(first) - first + count)
            }
            Follow::Single
            | Follow::Token(_)
            | Follow::Header(_)
            | Follow::Url(_)
            | Follow::Link
            | Follow::Page(_) => page.total.and_then(|total| i64::try_from(total).ok()),
        }
    }

    /// Returns whether cursors are increasing numbers, which never repeat.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.follow, Follow::Page(_) | Follow::Offset(_))
    }

    /// Returns whether this cursor is the start of the listing.
    pub(crate) fn is_start(&self, cursor: Option<&str>) -> bool {
        match (&self.follow, cursor) {
            (_, None) => true,
            (Follow::Page(first) | Follow::Offset(first), Some(cursor)) => {
                cursor.parse() == Ok(*first)
            }
            (_, Some(_)) => false,
        }
    }
}

impl Arrived<'_> {
    /// Returns the number of the page, or of its first item.
    fn number(&self, first: i64) -> i64 {
        let given = self.cursor.and_then(|cursor| cursor.parse().ok());
        given.unwrap_or_else(|| self.first.unwrap_or(first))
    }

    /// Returns the place of the page among all pages, from 1 on.
    fn place(&self, first: i64) -> i64 {
        self.number(first) - self.first.unwrap_or(first) + 1
    }
}

impl Position {
    /// Converts a value of a response to a cursor.
    pub(crate) fn cursor(&self, value: Value) -> Option<String> {
        match (self, value) {
            (_, Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => None,
            (Self::Query(_), Value::String(text)) => Some(text),
            (Self::Body(_), Value::String(text)) if text.is_empty() => None,
            (Self::Body(_), value @ Value::String(_)) => Some(value.to_string()),
            (_, Value::Number(number)) => Some(number.to_string()),
        }
    }
}

/// Returns the value at the start of a path of a body, with a cursor at its end. A cursor that isn't JSON becomes a string.
pub(crate) fn placed(path: &[&str], cursor: &str, held: Option<Value>) -> Value {
    let Some((name, rest)) = path.split_first() else {
        return serde_json::from_str(cursor).unwrap_or_else(|_| cursor.into());
    };
    let mut object = match held {
        Some(Value::Object(object)) => object,
        Some(_) | None => Map::new(),
    };
    let inner = object.remove(*name);
    object.insert((*name).to_owned(), placed(rest, cursor, inner));
    Value::Object(object)
}

/// Reads a count. Some servers write it as a string.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().map(|number| number as i64)),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the value at a path. Values off the path are skipped without being stored.
pub(crate) fn find(text: &[u8], path: &[&str]) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(without_bom(text));
    Seek(path).deserialize(&mut deserializer).ok().flatten()
}

/// Looks for the value at a path.
struct Seek<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        match self.0 {
            [] => Value::deserialize(deserializer).map(Some),
            [_, ..] => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Value>, A::Error> {
        let mut found = None;
        while let Some(name) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match self.0.split_first() {
                Some((wanted, rest)) if name == *wanted => {
                    found = map.next_value_seed(Seek(rest))?
                }
                Some(_) | None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Value>, A::Error> {
        let mut found = None;
        while let Some(item) = list.next_element_seed(Seek(self.0))? {
            found = item;
        }
        Ok(found)
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Option<Value>, E> {
        Ok(None)
    }
}
