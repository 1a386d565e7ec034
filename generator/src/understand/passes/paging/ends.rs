//! The end of a listing.
//!
//! In: a call with the members of its reply, and the way to the next page. Out: the [`End`] that marks the last page. Not here:
//! the way to the next page (see `rules`).

use super::inputs::InputKind;
use super::members::{Member, texts};
use super::rules::Call;
use super::words;
use crate::model::api::{End, NextPage, Scalar};

impl Call<'_> {
    /// Returns how the reply marks the last page, in addition to the value that leads to the next page.
    pub(super) fn end(&self, next: &NextPage) -> End {
        let flags = self
            .members
            .iter()
            .filter(|member| self.is(member, Scalar::Bool));
        let flag = |is: fn(&str) -> bool| flags.clone().find(|member| is(member.name()));
        let counted = matches!(next, NextPage::Page { .. } | NextPage::Offset { .. });
        match next {
            NextPage::Single | NextPage::Link(_) | NextPage::Header { .. } => End::Unknown,
            NextPage::Token { .. }
            | NextPage::Url { .. }
            | NextPage::LastItem { .. }
            | NextPage::Page { .. }
            | NextPage::Offset { .. } => {
                if let Some(more) = flag(words::is_more) {
                    End::More(more.path.clone())
                } else if let Some(last) = flag(words::is_last) {
                    End::Last(last.path.clone())
                } else if counted {
                    self.total()
                } else {
                    End::Unknown
                }
            }
        }
    }

    fn total(&self) -> End {
        let numbers = self
            .members
            .iter()
            .filter(|member| self.kind(member) == Some(InputKind::Integer));
        let says = |member: &Member, phrases: &[&str]| {
            texts(self.api, member.field).any(|text| {
                let text = text.to_lowercase();
                phrases.iter().any(|phrase| text.contains(phrase))
            })
        };
        // If a count covers less than all items, the listing would end early.
        let of_all = |member: &&Member| {
            let held = member.path.len() > 1
                && matches!(
                    words::plain(&member.path[member.path.len() - 2]).as_str(),
                    "page" | "pages"
                );
            let is_vague =
                held && member.name() == "total" && texts(self.api, member.field).next().is_none();
            let of_page = says(
                member,
                &[
                    "this page",
                    "current page",
                    "in this response",
                    "number of pages",
                    "total pages",
                ],
            );
            words::counts_items(member.name()) && !is_vague && !of_page
        };
        if let Some(items) = numbers.clone().find(of_all) {
            return End::Items(items.path.clone());
        }
        match numbers
            .clone()
            .find(|member| words::counts_pages(member.name()))
        {
            Some(pages) => End::Pages(pages.path.clone()),
            None => End::Unknown,
        }
    }
}
