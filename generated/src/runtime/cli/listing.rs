// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Prints the pages of a listing as one document.
//!
//! In: a call, and the description of its pages. Out: the items, in one envelope, or in a list if they are not in a property of the
//! response itself. Not here: formatting.

use std::future::poll_fn;
use std::mem::take;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::draft::Draft;
use super::super::page::decode_page;
use super::super::pager::Pager;
use super::super::paging::{End, Follow, Paging, Position};
use super::failure::Failure;
use super::format::Format;
use super::output::Output;
use super::progress::Progress;

/// The members before and after the items of a page.
type Members = Map<String, Value>;

struct Page {
    /// The members before the items, and those after them.
    around: (Members, Members),
    items: Vec<Value>,
}

/// Prints the items of all pages, up to a maximum, as each page arrives.
pub(crate) async fn run(
    paging: &Paging,
    draft: Arc<Draft>,
    limit: Option<u64>,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let mut envelope = Envelope::new(paging);
    let outcome = pages(&mut envelope, draft, limit, output).await;
    // After a failure, the output is still a complete document, which says where to continue.
    match outcome {
        Err(Failure::Output(error)) => Err(Failure::Output(error)),
        outcome => envelope.end(output).and(outcome),
    }
}

async fn pages(
    envelope: &mut Envelope<'_>,
    draft: Arc<Draft>,
    limit: Option<u64>,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let paging = envelope.paging;
    let failed = Failure::of(&draft);
    let mut pager = Pager::new(draft);
    let mut progress = Progress::new(output);
    let mut left = limit.unwrap_or(u64::MAX);
    while let Some(raw) = poll_fn(|context| pager.poll_raw(context)).await {
        progress.clear();
        let reply = raw.and_then(decode_page::<Value>).map_err(&failed)?;
        if output.format() == Format::Raw {
            output.reply(&reply)?;
        }
        let (headers, body) = (reply.headers().clone(), reply.body().clone());
        let page = Page::read(paging, reply.into_inner())?;
        let found = page.items.len() as u64;
        pager.advance(&headers, &body, page.items.len());
        let is_last = pager.is_done() || found >= left;
        if output.format() != Format::Raw {
            envelope.add(page, left, pager.current(), output)?;
        }
        if is_last {
            break;
        }
        progress.add(found);
        left -= found;
    }
    Ok(())
}

impl Page {
    fn read(paging: &Paging, reply: Value) -> Result<Self, Failure> {
        let strange = || {
            Failure::Reply(format!(
                "the response has no list `{}`",
                paging.items.join(".")
            ))
        };
        let (mut before, mut behind, mut items) = (Members::new(), Members::new(), None);
        let may_lack = paging.optional && reply.is_object() || paging.bare && reply.is_null();
        match (paging.items, reply) {
            ([own], Value::Object(members)) => {
                let leading = leading(paging);
                for (name, value) in members {
                    if name == *own {
                        items = Some(value);
                    } else if items.is_none() && !leading.contains(&name.as_str()) {
                        before.insert(name, value);
                    } else {
                        behind.insert(name, value);
                    }
                }
            }
            (path, reply) => {
                items = path
                    .iter()
                    .try_fold(reply, |mut value, name| Some(value.get_mut(name)?.take()));
            }
        }
        let items = match items {
            Some(Value::Array(items)) => items,
            // Some servers send null for an empty list, or leave it out.
            Some(Value::Null) => Vec::new(),
            None if may_lack => Vec::new(),
            Some(_) | None => return Err(strange()),
        };
        Ok(Self {
            around: (before, behind),
            items,
        })
    }
}

/// Returns the members of the response that contain the cursor of the next page or tell whether there is one.
fn leading(paging: &Paging) -> Vec<&'static str> {
    let from = match paging.follow {
        Follow::Token(from) | Follow::Url(from) => from,
        Follow::Single | Follow::Header(_) | Follow::Link | Follow::Page(_) | Follow::Offset(_) => {
            &[]
        }
    };
    let end = match paging.end {
        End::Unknown => &[],
        End::More(path) | End::Last(path) | End::Items(path) | End::Pages(path) => path,
    };
    let own = |path: &[&'static str]| path.first().copied().filter(|name| paging.items != [*name]);
    own(from).into_iter().chain(own(end)).collect()
}

/// The envelope of all pages: the envelope of the first page, with the cursor of the last one.
struct Envelope<'a> {
    paging: &'a Paging,
    /// The members after the items. `None` until the first page has arrived.
    behind: Option<Members>,
}

impl<'a> Envelope<'a> {
    fn new(paging: &'a Paging) -> Self {
        Self {
            paging,
            behind: None,
        }
    }

    /// Prints at most `left` items of a page. `current` is the cursor with which the page was requested.
    fn add(
        &mut self,
        page: Page,
        left: u64,
        current: Option<&str>,
        output: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let Page {
            around: (before, mut behind),
            items,
        } = page;
        let shown = usize::try_from(left).map_or(items.len(), |left| items.len().min(left));
        if shown < items.len() {
            self.cut(&mut behind, &items, shown, current);
        }
        match &mut self.behind {
            None => {
                let items = match self.paging.items {
                    [own] => Some(*own),
                    [] | [_, _, ..] => None,
                };
                output.begin(before, items)?;
                self.behind = Some(behind);
            }
            Some(first) => {
                for name in leading(self.paging) {
                    match behind.remove(name) {
                        Some(value) => first.insert(name.to_owned(), value),
                        None => first.remove(name),
                    };
                }
            }
        }
        output.items(items.into_iter().take(shown))
    }

    /// Sets the cursor to continue with after the first `shown` items of a page.
    fn cut(&self, behind: &mut Members, items: &[Value], shown: usize, current: Option<&str>) {
        let (Follow::Token([next]), Some(Position::Query(_))) =
            (&self.paging.follow, &self.paging.to)
        else {
            return;
        };
        let cursor = shown.checked_sub(1).and_then(|last| {
            let key = key_of(items.last()?, behind.get(*next)?)?;
            items.get(last)?.get(key).cloned()
        });
        // Continuing with `current` repeats items of this page, but skips none.
        let cursor = cursor.unwrap_or_else(|| current.map_or(Value::Null, Value::from));
        behind.insert((*next).to_owned(), cursor);
        if let End::More([more]) = self.paging.end {
            behind.insert((*more).to_owned(), true.into());
        }
    }

    fn end(&mut self, output: &mut Output) -> Result<(), Failure> {
        match take(&mut self.behind) {
            Some(behind) => output.end(behind),
            None => Ok(()),
        }
    }
}

/// Returns the property of the last item that equals the cursor of the next page. The same property
/// of another item is the cursor after that item.
fn key_of<'a>(last: &'a Value, cursor: &Value) -> Option<&'a String> {
    let members = last.as_object()?.iter();
    let mut same = members.filter(|(_, value)| !cursor.is_null() && *value == cursor);
    same.next().map(|(key, _)| key)
}
