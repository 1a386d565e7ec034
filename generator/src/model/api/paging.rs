//! Listings: the location of their items, and how pages follow each other.
//!
//! In: nothing. Out: types only. Not here: how a listing is recognised (see `understand`), requests.

use super::types::TypeId;

/// The pagination of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    /// The operation isn't a listing.
    #[default]
    No,
    /// It looks like one, but its pages are not followed.
    Unclear(Unclear),
    Pages(Paging),
}

impl Listing {
    /// Returns the way from page to page.
    pub fn pages(&self) -> Option<&Paging> {
        match self {
            Self::Pages(paging) => Some(paging),
            Self::No | Self::Unclear(_) => None,
        }
    }
}

/// How the pages of a listing follow each other. The first two parts are the same wherever a type is the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The fields that lead from the reply to the list of items. Empty: the reply is the list.
    pub items: Vec<FieldId>,
    pub next: NextPage,
    /// How the last page is recognized.
    pub end: End,
    pub source: PagingSource,
}

/// A field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldId {
    pub ty: TypeId,
    pub index: usize,
}

/// Who says that an operation is a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingSource {
    /// `x-client`.
    Declared,
    /// Names and types of the document.
    Recognised,
}

/// Names of properties, from the outside in.
pub type Path = Vec<String>;

/// Where the next page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// There is only ever one page.
    Single,
    /// A value of the reply goes into a parameter.
    Token { from: Path, to: Position },
    /// The value of a response header goes into a parameter.
    Header { name: String, to: Position },
    /// The reply has the URL of the next page.
    Url { from: Path },
    /// The header `Link` with `rel="next"` has the URL of the next page (RFC 8288).
    Link(LinkHeader),
    /// A property of the last item goes into a parameter.
    LastItem { key: Path, to: Position },
    /// A parameter counts pages from this one, unless the numbering says otherwise.
    Page {
        to: Position,
        first: i64,
        numbering: Numbering,
    },
    /// A parameter counts items from this one.
    Offset { to: Position, first: i64 },
}

/// What decides on the number of the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbering {
    Document,
    /// This property of the first reply.
    Reply(Path),
    /// The document allows 0 and does not say more. If page 1 is the first reply again, numbers begin at 1.
    Comparison,
}

/// Whether the document describes the header `Link`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkHeader {
    Described,
    /// The reply is a bare list, so only a header can say what follows.
    Undescribed,
}

/// The parameter that a page is chosen with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    Query(String),
    /// A property of the request body, or of an object in it.
    Body(Path),
}

impl Position {
    /// Returns its name on the wire, without the objects that it is in.
    pub fn wire(&self) -> &str {
        match self {
            Self::Query(wire) => wire,
            Self::Body(path) => path.last().map_or("", String::as_str),
        }
    }
}

/// How a reply says whether more pages follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Only the absence of a next page.
    Unknown,
    /// This property is true if there are more.
    More(Path),
    /// This property is true on the last page.
    Last(Path),
    /// The number of all items.
    Items(Path),
    /// The number of all pages.
    Pages(Path),
}

/// The reason why the pages of an apparent listing are not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// `x-client` forbids it.
    Forbidden,
    /// Parameters choose a page, but the reply has no list or several.
    NoItems,
    /// Parameters choose a page, but the reply is one of several types.
    Union,
    /// The reply says where the next page is, but no parameter takes it.
    NoParameter(Path),
    /// These parameters choose a page, but nothing says with which value.
    NoValue(Vec<String>),
    /// A property of this query parameter, which is an object, chooses a page.
    Inside { holder: String, name: String },
    /// Parameters choose a page of this list, but the call may do more than read.
    MayWrite,
    /// Another operation with the same reply has its items elsewhere.
    OtherItems,
}
