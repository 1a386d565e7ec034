//! Names for pagination.
//!
//! In: the name of a parameter or property. Out: its meaning in a listing, if it has one. Not here: types, decisions.
//!
//! Case and separators do not matter: `next_page_token`, `nextPageToken` and `next-page-token` are equal.

/// Returns the letters and digits of a name, in lower case.
pub fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// The role of a parameter in pagination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingRole {
    /// The number of items on a page.
    Size,
    Page,
    Offset,
    /// The items after a token from an earlier page.
    After,
    /// The items before a token.
    Before,
}

const SIZES: &[&str] = &[
    "amount",
    "count",
    "first",
    "itemsperpage",
    "limit",
    "max",
    "maxitems",
    "maxrecords",
    "maxresultcount",
    "maxresults",
    "numitems",
    "numresults",
    "pagelength",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "rows",
    "size",
    "take",
    "top",
];
const PAGES: &[&str] = &[
    "currentpage",
    "p",
    "page",
    "pageid",
    "pageindex",
    "pageno",
    "pagenum",
    "pagenumber",
    "pagepage",
    "pg",
];
const OFFSETS: &[&str] = &[
    "from",
    "offset",
    "pageoffset",
    "pageskip",
    "pagestart",
    "resultoffset",
    "skip",
    "skipcount",
    "start",
    "startat",
    "startindex",
    "startposition",
];
const AFTERS: &[&str] = &[
    "after",
    "afterid",
    "bookmark",
    "continuation",
    "continuationtoken",
    "continue",
    "continuetoken",
    "cursor",
    "endcursor",
    "exclusivestartkey",
    "iterator",
    "lastid",
    "lastkey",
    "marker",
    "next",
    "nextcursor",
    "nextid",
    "nextkey",
    "nextmarker",
    "nextpage",
    "nextpagetoken",
    "nexttoken",
    "pageafter",
    "pagecursor",
    "pagestate",
    "pagetoken",
    "paginationtoken",
    "pagingtoken",
    "scrollid",
    "searchafter",
    "since",
    "sinceid",
    "startafter",
    "startcursor",
    "startingafter",
    "startkey",
    "starttoken",
    "token",
];
const BEFORES: &[&str] = &[
    "before",
    "beforeid",
    "endingbefore",
    "maxid",
    "pagebefore",
    "untilid",
];

/// Returns the role that the name of a parameter indicates. The name may include that of its parent: `page[number]`,
/// `parameters.skip`.
pub fn role(name: &str) -> Option<PagingRole> {
    let last = name.rsplit_once('.').map(|(_, last)| plain(last));
    role_of_word(plain(name)).or_else(|| role_of_word(last?))
}

fn role_of_word(word: String) -> Option<PagingRole> {
    let word = match word
        .strip_prefix("pagination")
        .or(word.strip_prefix("paging"))
    {
        Some(rest) if rest != "token" && !rest.is_empty() => rest.to_owned(),
        Some(_) | None => word,
    };
    let is = |list: &[&str]| list.contains(&word.as_str());
    if is(SIZES) {
        Some(PagingRole::Size)
    } else if is(PAGES) {
        Some(PagingRole::Page)
    } else if is(OFFSETS) {
        Some(PagingRole::Offset)
    } else if is(AFTERS) {
        Some(PagingRole::After)
    } else if is(BEFORES) {
        Some(PagingRole::Before)
    } else {
        None
    }
}

/// Properties that contain the token of the next page, regardless of the parameter's name.
const MARKS: &[&str] = &[
    "after",
    "afterid",
    "continuation",
    "continuationtoken",
    "continue",
    "cursor",
    "endcursor",
    "lastcursor",
    "lastevaluatedkey",
    "lastid",
    "lastkey",
    "next",
    "nextafter",
    "nextcontinuationtoken",
    "nextcursor",
    "nextid",
    "nextiterator",
    "nextkey",
    "nextmarker",
    "nextoffset",
    "nextpage",
    "nextpagecursor",
    "nextpageoffset",
    "nextpagetoken",
    "nextstart",
    "nextstartingafter",
    "nexttoken",
    "paginationtoken",
    "scrollid",
    "startingafter",
];

/// Returns whether a property of this name contains the token of the next page.
pub fn is_mark(name: &str) -> bool {
    MARKS.contains(&plain(name).as_str())
}

/// Returns whether a property of this name contains the token for this parameter: `next_marker` for `marker`.
pub fn is_mark_of(name: &str, parameter: &str) -> bool {
    let (name, parameter) = (plain(name), plain(parameter));
    let tail = |name: &str| parameter.ends_with(name) && role(name) == Some(PagingRole::After);
    match name.strip_prefix("next") {
        Some(rest) if rest.strip_prefix("page") == Some(&parameter) => true,
        Some(rest) if !rest.is_empty() && (rest == parameter || tail(rest)) => true,
        Some(_) | None => {
            name == parameter && (role(&name) == Some(PagingRole::After) || name == "offset")
        }
    }
}

/// Returns whether a name indicates a URL.
pub fn names_url(name: &str) -> bool {
    let word = plain(name);
    let ends = ["href", "link", "uri", "url"];
    ends.iter().any(|end| word.ends_with(end))
}

/// Returns whether a property of this name contains the URL of the next page, if its value is a URL.
pub fn is_next_url(name: &str) -> bool {
    let word = plain(name);
    let word = word.strip_prefix("odata").unwrap_or(&word);
    let next = ["next", "nextpage", "nextresults", "pagingnext"];
    next.contains(&word)
        || ["href", "link", "uri", "url"].iter().any(|end| {
            word.strip_suffix(end)
                .is_some_and(|rest| next.contains(&rest))
        })
}

/// Returns whether a boolean of this name is true if there are more pages.
pub fn is_more(name: &str) -> bool {
    const MORE: &[&str] = &[
        "hasadditionalresults",
        "hasmore",
        "hasmoreitems",
        "hasmorepages",
        "hasmoreresults",
        "hasnext",
        "hasnextpage",
        "istruncated",
        "more",
        "moreavailable",
        "moreitems",
        "moreresults",
        "morerecords",
        "nextpage",
        "truncated",
    ];
    MORE.contains(&plain(name).as_str())
}

/// Returns whether a boolean of this name is true on the last page.
pub fn is_last(name: &str) -> bool {
    const LAST: &[&str] = &[
        "done",
        "end",
        "endofresults",
        "finished",
        "isdone",
        "islast",
        "islastpage",
        "last",
        "lastpage",
    ];
    LAST.contains(&plain(name).as_str())
}

/// Returns whether an integer of this name counts all items.
pub fn counts_items(name: &str) -> bool {
    const ITEMS: &[&str] = &[
        "itemcount",
        "numfound",
        "recordcount",
        "recordsfiltered",
        "resultcount",
        "total",
        "totalcount",
        "totalelements",
        "totalentries",
        "totalhits",
        "totalitems",
        "totalitemscount",
        "totalrecords",
        "totalresults",
        "totalrows",
        "totalsize",
    ];
    ITEMS.contains(&plain(name).as_str())
}

/// Returns whether an integer of this name counts all pages.
pub fn counts_pages(name: &str) -> bool {
    const PAGES: &[&str] = &[
        "lastpage",
        "numberofpages",
        "numpages",
        "pagecount",
        "pages",
        "pagestotal",
        "totalpages",
        "totalpagecount",
    ];
    PAGES.contains(&plain(name).as_str())
}

/// Returns whether an object of this name describes pages.
pub fn is_about_pages(name: &str) -> bool {
    const HOLDERS: &[&str] = &[
        "cursor",
        "cursors",
        "info",
        "links",
        "listmetadata",
        "meta",
        "metadata",
        "next",
        "nextpage",
        "page",
        "pagedetails",
        "pageinfo",
        "pages",
        "pagination",
        "paginationinfo",
        "paging",
        "paginginfo",
        "pagingmetadata",
        "responsemetadata",
        "resultinfo",
        "searchmetadata",
    ];
    HOLDERS.contains(&plain(name).as_str())
}

/// Returns whether an object of this name in a request selects a page.
pub fn holds_page(name: &str) -> bool {
    is_about_pages(name) || matches!(plain(name).as_str(), "pageable" | "paginate")
}

/// Returns whether an integer of this name is the number of the current page.
pub fn numbers_page(name: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "current",
        "currentpage",
        "number",
        "page",
        "pageindex",
        "pageno",
        "pagenumber",
    ];
    NUMBERS.contains(&plain(name).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_separators_do_not_matter() {
        for name in ["page[number]", "pageNumber", "page_number", "PageNumber"] {
            assert_eq!(role(name), Some(PagingRole::Page), "{name}");
        }
        assert_eq!(role("$skip"), Some(PagingRole::Offset));
        assert_eq!(role("parameters.skip"), Some(PagingRole::Offset));
        assert_eq!(role("pagination.page_token"), Some(PagingRole::After));
        assert_eq!(role("SkipCount"), Some(PagingRole::Offset));
        assert_eq!(role("sincere"), None);
    }

    #[test]
    fn a_mark_belongs_to_its_parameter() {
        for (name, parameter, fits) in [
            ("next_marker", "marker", true),
            ("next-page-token", "pageToken", true),
            ("next_cursor", "page[cursor]", true),
            ("next_page_offset", "offset", true),
            ("next_stream_position", "stream_position", true),
            ("iterator", "iterator", true),
            ("status", "status", false),
            ("prev_marker", "marker", false),
            ("next", "next", true),
        ] {
            assert_eq!(is_mark_of(name, parameter), fits, "{name} {parameter}");
        }
    }

    #[test]
    fn addresses_are_named() {
        for name in [
            "next",
            "next_page_uri",
            "nextLink",
            "@odata.nextLink",
            "next_page",
        ] {
            assert!(is_next_url(name), "{name}");
        }
        assert!(!is_next_url("next_token") && !is_next_url("previous"));
    }
}
