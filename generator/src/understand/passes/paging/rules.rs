//! Recognizes listings by their parameters and replies.
//!
//! In: an operation, and the headers of its reply. Out: its [`Listing`]. Not here: declarations in `x-client`.
//!
//! Each rule needs a parameter that selects a page and a list of items. Information about the next page in the reply takes
//! precedence over counting.

use super::inputs::{InputKind, PagingInput, inputs, kind, nested, only_reads, page_number};
use super::lists;
use super::members::{Items, Member, items, members, structure, value};
use super::words::{self, PagingRole};
use crate::model::api::{
    Api, FieldId, HttpMethod, LinkHeader, Listing, NextPage, Op, Paging, PagingSource, Piece,
    Scalar, Ty, Unclear,
};

/// The data that the rules examine.
pub(super) struct Call<'a> {
    pub(super) api: &'a Api,
    pub(super) op: &'a Op,
    pub(super) headers: &'a [String],
    pub(super) inputs: Vec<PagingInput<'a>>,
    pub(super) items: Vec<FieldId>,
    pub(super) members: Vec<Member<'a>>,
    /// The type of an item.
    pub(super) item: &'a Ty,
}

/// Decides whether an operation is a listing, and how its pages follow each other.
pub fn recognise(api: &Api, op: &Op, headers: &[String]) -> Listing {
    let Some(ty) = op.reply.listed() else {
        return Listing::No;
    };
    if !matches!(
        op.method,
        HttpMethod::Get | HttpMethod::Query | HttpMethod::Post
    ) {
        return Listing::No;
    }
    let words: Vec<String> = op.path.iter().flat_map(static_words).collect();
    let found = match items(api, ty, &words) {
        Items::At(found) => found,
        unknown => return no_items(api, op, unknown),
    };
    let Some(item) = item(api, ty, &found) else {
        return Listing::No;
    };
    let members = members(api, ty, &found);
    let names: Vec<&str> = members.iter().map(Member::name).collect();
    let call = Call {
        api,
        op,
        headers,
        inputs: inputs(api, op, &names),
        members,
        items: found,
        item,
    };
    match call.next() {
        Some(next) => Listing::Pages(Paging {
            end: call.end(&next),
            items: call.items,
            next,
            source: PagingSource::Recognised,
        }),
        None => call.unclear().map_or(Listing::No, Listing::Unclear),
    }
}

/// Returns the result for an operation whose reply has no list of items.
fn no_items(api: &Api, op: &Op, items: Items) -> Listing {
    let inputs = inputs(api, op, &[]);
    let chooses = inputs.iter().any(|input| input.role != PagingRole::Size);
    let nested = nested(api, op);
    if !chooses && nested.is_none() || !only_reads(op) {
        return Listing::No;
    }
    match items {
        Items::At(_) => Listing::No,
        Items::Union => Listing::Unclear(Unclear::Union),
        Items::Unknown => Listing::Unclear(Unclear::NoItems),
    }
}

fn static_words(piece: &Piece) -> Vec<String> {
    match piece {
        Piece::Text(text) => text
            .split('/')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        Piece::Param(_) => Vec::new(),
    }
}

/// Returns the type of the items in the list that these fields lead to.
pub fn item<'a>(api: &'a Api, reply: &'a Ty, items: &[FieldId]) -> Option<&'a Ty> {
    let list = match items.last() {
        None => reply,
        Some(last) => {
            &crate::model::ty::fields(&api.types[last.ty.0].shape)
                .get(last.index)?
                .ty
        }
    };
    match value(api, list) {
        Ty::List(item) => Some(item),
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            None
        }
    }
}

impl Call<'_> {
    /// Returns the next page according to the first rule that applies.
    fn next(&self) -> Option<NextPage> {
        let reads = only_reads(self.op);
        if !reads {
            return self.own_token();
        }
        // The URL of the next page may require another method, and lacks the body.
        let has_body = self.op.body.is_some();
        let in_body = || if has_body { self.token() } else { None };
        self.echoed_offset()
            .or_else(|| self.own_token())
            .or_else(in_body)
            .or_else(|| self.url())
            .or_else(|| self.token())
            .or_else(|| self.link())
            .or_else(|| self.header())
            .or_else(|| self.counted())
            .or_else(|| self.last_item())
            .or_else(|| self.undescribed_link())
    }

    fn with_role(&self, role: PagingRole) -> impl Iterator<Item = &PagingInput<'_>> {
        self.inputs.iter().filter(move |input| input.role == role)
    }

    pub(super) fn kind(&self, member: &Member) -> Option<InputKind> {
        kind(self.api, &member.field.ty)
    }

    pub(super) fn is(&self, member: &Member, scalar: Scalar) -> bool {
        *value(self.api, &member.field.ty) == Ty::Scalar(scalar)
    }

    /// Recognizes an offset that the reply repeats beside the total number of items. It takes precedence over a token, which
    /// needs another parameter.
    fn echoed_offset(&self) -> Option<NextPage> {
        let input = self
            .with_role(PagingRole::Offset)
            .find(|input| input.kind == InputKind::Integer)?;
        let echo = |member: &Member| {
            member.path.len() == 1
                && member.name() == input.wire()
                && self.kind(member) == Some(InputKind::Integer)
        };
        let has_total = self
            .members
            .iter()
            .any(|member| words::counts_items(member.name()));
        let has_url = self.url().is_some();
        (has_total && !has_url && self.members.iter().any(echo)).then(|| NextPage::Offset {
            to: input.position.clone(),
            first: input.first_item(),
        })
    }

    /// Recognizes a token that has the name of its parameter.
    fn own_token(&self) -> Option<NextPage> {
        let choosing = self
            .inputs
            .iter()
            .filter(|input| input.role != PagingRole::Size);
        let named = choosing.flat_map(|input| {
            let fits = |member: &&Member| self.is_token_of(member, input);
            self.members
                .iter()
                .filter(fits)
                .map(move |member| (member, input))
        });
        // `next_cursor` takes precedence over `cursor`, which may repeat the parameter of the request.
        let (member, input) =
            named.min_by_key(|(member, _)| !words::plain(member.name()).starts_with("next"))?;
        Some(NextPage::Token {
            from: member.path.clone(),
            to: input.position.clone(),
        })
    }

    fn is_token_of(&self, member: &Member, input: &PagingInput) -> bool {
        let Some(kind) = self.kind(member) else {
            return false;
        };
        // A number with the name of the parameter repeats that of the request.
        let is_next = words::plain(member.name()).starts_with("next");
        let says_next = is_next || kind == InputKind::Text || input.role == PagingRole::After;
        let fits = kind == InputKind::Text
            || input.kind == InputKind::Integer
            || input.role == PagingRole::After;
        let is_number_of_page = input.kind == InputKind::Integer && kind == InputKind::Text;
        words::is_mark_of(member.name(), input.wire())
            && says_next
            && fits
            && !is_number_of_page
            && !member.is_url(self.api)
    }

    /// Recognizes a URL of the next page.
    fn url(&self) -> Option<NextPage> {
        let is_next = |member: &&Member| {
            let name = member.name();
            let held = member.path.len() > 1
                && words::is_next_url(&member.path[member.path.len() - 2])
                && matches!(words::plain(name).as_str(), "href" | "url" | "uri" | "link");
            self.is(member, Scalar::String)
                && (held || words::is_next_url(name))
                && (held || member.is_url(self.api))
        };
        let found = self.members.iter().find(is_next)?;
        Some(NextPage::Url {
            from: found.path.clone(),
        })
    }

    /// Recognizes a token by its own name, and a parameter that takes one.
    fn token(&self) -> Option<NextPage> {
        let takes_text = |input: &&PagingInput| match input.role {
            PagingRole::After => true,
            PagingRole::Page | PagingRole::Offset => input.kind == InputKind::Text,
            PagingRole::Size | PagingRole::Before => false,
        };
        let input = self.inputs.iter().find(takes_text)?;
        let is_mark = |member: &&Member| {
            words::is_mark(member.name()) && self.kind(member).is_some() && !member.is_url(self.api)
        };
        let marks = self.members.iter().filter(is_mark);
        let best = marks.min_by_key(|member| !words::plain(member.name()).starts_with("next"))?;
        Some(NextPage::Token {
            from: best.path.clone(),
            to: input.position.clone(),
        })
    }

    /// Recognizes a documented `Link` header, if the request selects a page.
    fn link(&self) -> Option<NextPage> {
        let described = self
            .headers
            .iter()
            .any(|name| name.eq_ignore_ascii_case("link"));
        (described && !self.inputs.is_empty()).then_some(NextPage::Link(LinkHeader::Described))
    }

    /// Recognizes a header with the value of a parameter: `X-Next-Page`, `X-Nomad-NextToken`.
    fn header(&self) -> Option<NextPage> {
        let choosing = self
            .inputs
            .iter()
            .filter(|input| input.role != PagingRole::Size);
        choosing.into_iter().find_map(|input| {
            let parameter = words::plain(input.wire());
            let tail = match parameter.strip_prefix("next") {
                Some(_) => parameter,
                None => format!("next{parameter}"),
            };
            let name = self
                .headers
                .iter()
                .find(|name| words::plain(name).ends_with(&tail))?;
            Some(NextPage::Header {
                name: name.clone(),
                to: input.position.clone(),
            })
        })
    }

    fn counted(&self) -> Option<NextPage> {
        match self.is_one_thing() {
            true => None,
            false => self.page().or_else(|| self.offset()),
        }
    }

    fn page(&self) -> Option<NextPage> {
        let input = self
            .with_role(PagingRole::Page)
            .find(|input| input.kind == InputKind::Integer)?;
        let number = page_number(self.api, &self.members);
        let (first, numbering) = input.first_page(number);
        Some(NextPage::Page {
            to: input.position.clone(),
            first,
            numbering,
        })
    }

    /// Returns whether the reply is a single object with a list, and not a listing: its path ends in a parameter, the list does
    /// not have a common name, there are other fields, and nothing in the reply describes pages.
    fn is_one_thing(&self) -> bool {
        let [.., items] = self.items.as_slice() else {
            return false;
        };
        let fields = crate::model::ty::fields(&self.api.types[items.ty.0].shape);
        let has_own_name = !lists::is_usual_items(&fields[items.index].wire);
        let speaks = self.members.iter().any(|member| {
            let name = member.name();
            words::is_more(name)
                || words::is_last(name)
                || words::counts_items(name)
                || words::counts_pages(name)
        });
        matches!(self.op.path.last(), Some(Piece::Param(_)))
            && has_own_name
            && fields.len() > 1
            && !speaks
    }

    fn offset(&self) -> Option<NextPage> {
        let input = self
            .with_role(PagingRole::Offset)
            .find(|input| input.kind == InputKind::Integer)?;
        Some(NextPage::Offset {
            to: input.position.clone(),
            first: input.first_item(),
        })
    }

    /// Recognizes the id of the last item, if a flag says that there are more items.
    fn last_item(&self) -> Option<NextPage> {
        let input = self.with_role(PagingRole::After).next()?;
        let has_flag = self
            .members
            .iter()
            .any(|member| words::is_more(member.name()) && self.is(member, Scalar::Bool));
        let (_, fields) = structure(self.api, self.item)?;
        let id = fields.iter().find(|field| field.wire == "id")?;
        let fits = id.presence.is_required() && kind(self.api, &id.ty).is_some();
        (has_flag && fits).then(|| NextPage::LastItem {
            key: vec![id.wire.clone()],
            to: input.position.clone(),
        })
    }

    /// Recognizes an undocumented `Link` header. A list without an object around it has no other place for the token that its
    /// parameter takes.
    fn undescribed_link(&self) -> Option<NextPage> {
        let is_opaque = |input: &&PagingInput| {
            let name = words::plain(input.wire());
            name.contains("token")
                || name.contains("cursor")
                || name.contains("marker")
                || name.contains("continu")
        };
        let bare = self.items.is_empty();
        let found = self.with_role(PagingRole::After).find(is_opaque).is_some();
        (bare && found).then_some(NextPage::Link(LinkHeader::Undescribed))
    }

    /// Returns the reason why a call that resembles a listing is not one.
    fn unclear(&self) -> Option<Unclear> {
        let reads = only_reads(self.op);
        if let Some((holder, name)) = nested(self.api, self.op) {
            return Some(match reads {
                true => Unclear::Inside { holder, name },
                false => Unclear::MayWrite,
            });
        }
        let choosing = self
            .inputs
            .iter()
            .filter(|input| input.role != PagingRole::Size);
        let names: Vec<String> = choosing.map(|input| input.wire().to_owned()).collect();
        let counts = self.page().or_else(|| self.offset()).is_some();
        match (names.is_empty(), reads) {
            (false, true) if counts && self.is_one_thing() => return Some(Unclear::NoItems),
            (false, true) => return Some(Unclear::NoValue(names)),
            (false, false) => return Some(Unclear::MayWrite),
            (true, true) => {}
            (true, false) => return None,
        }
        let leads = |member: &&Member| {
            let starts = words::plain(member.name()).starts_with("next");
            (starts && words::is_mark(member.name()) || words::is_more(member.name()))
                && (self.kind(member).is_some() || self.is(member, Scalar::Bool))
        };
        let found = self.members.iter().find(leads)?;
        Some(Unclear::NoParameter(found.path.clone()))
    }
}
