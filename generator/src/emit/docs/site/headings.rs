//! The levels of headings.
//!
//! In: the content of a page, whose text is escaped. Out: the same, without a level that is left out: a reader who listens finds the
//! parts of a page by the levels. Not here: the headings themselves.

/// Returns the content with each heading one level below the one that it belongs to.
pub fn ordered(html: &str) -> String {
    let mut ordered = String::with_capacity(html.len());
    let mut above: Vec<(u8, u8)> = Vec::new();
    let mut rest = html;
    while let Some((at, level)) = next(rest) {
        let is_end = rest[..at].ends_with('/');
        if !is_end {
            while above.last().is_some_and(|(given, _)| *given >= level) {
                above.pop();
            }
            let new = above.last().map_or(level, |(_, level)| level + 1);
            above.push((level, new));
        }
        let new = above.last().map_or(level, |(_, new)| *new);
        ordered.push_str(&rest[..=at]);
        ordered.push(char::from(new));
        rest = &rest[at + 2..];
    }
    ordered.push_str(rest);
    ordered
}

/// Returns the place of the next `h` of a tag of a heading, and its digit.
fn next(html: &str) -> Option<(usize, u8)> {
    let tags = html.match_indices('<').map(|(at, _)| &html[at + 1..]);
    tags.map(|tag| tag.strip_prefix('/').unwrap_or(tag))
        .find_map(|name| match name.as_bytes() {
            [b'h', level @ b'1'..=b'6', ..] => Some((html.len() - name.len(), *level)),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_is_left_out() {
        let given = "<h1>a</h1><h2 id=b>h2</h2><h4>é</h4><h4>d</h4><h5>e</h5><h3>f</h3><hr>";
        let ordered = self::ordered(given);
        assert_eq!(
            ordered,
            "<h1>a</h1><h2 id=b>h2</h2><h3>é</h3><h3>d</h3><h4>e</h4><h3>f</h3><hr>"
        );
    }
}
