//! Leaves out of a file of the runtime what other clients need.
//!
//! In: a file as rustfmt writes it, and the modules of the runtime that the client needs. Out: the file without what stands below
//! `#[cfg(feature = "blocking")]`, if the client has no such feature, and below `#[cfg(has = "pages")]`, if it has no such module.
//! Not here: what a client needs (see `needs`).
//!
//! A parser would lose comments and take longer than all other stages. The layout of rustfmt says where an item ends.

use std::borrow::Cow;

use memchr::memmem;

use crate::emit::package::needs::module_of_feature;

/// What becomes of the lines below an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// They stay with the attribute, which is for Cargo.
    Stay,
    /// They stay without the attribute, which is for the generator.
    Bare,
    Go,
}

/// Returns what an attribute says about the lines below it, if that is for the generator to decide.
fn fate(line: &str, is_needed: &impl Fn(&str) -> bool) -> Option<Fate> {
    let test = line.trim().strip_prefix("#[cfg(")?;
    let (test, value) = test.strip_suffix("\")]").map_or_else(
        || Some((test.strip_suffix("\"))]")?.strip_prefix("not(")?, false)),
        |test| Some((test, true)),
    )?;
    let (key, name) = test.split_once(" = \"")?;
    let (is_there, fate) = match key {
        "has" => (is_needed(name), Fate::Bare),
        "feature" => (is_needed(module_of_feature(name)?), Fate::Stay),
        _ => return None,
    };
    match (is_there, value) {
        (true, true) => Some(fate),
        (false, false) => Some(Fate::Bare),
        (true, false) if fate == Fate::Stay => Some(Fate::Stay),
        (true, false) | (false, true) => Some(Fate::Go),
    }
}

/// Returns the text without the items, fields, arms and statements that need modules which are not needed.
pub fn cut(text: &'static str, is_needed: impl Fn(&str) -> bool) -> Cow<'static, str> {
    let mut attributes = memmem::find_iter(text.as_bytes(), "#[cfg(").peekable();
    if attributes.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let (mut kept, mut done) = (String::with_capacity(text.len()), 0);
    for at in attributes.filter_map(|at| line_start(text, at)) {
        // What another attribute took has gone.
        let fate = match at < done {
            true => None,
            false => fate(line(&text[at..]), &is_needed),
        };
        let Some(fate) = fate.filter(|fate| *fate != Fate::Stay) else {
            continue;
        };
        kept.push_str(&text[done..at]);
        done = at + line(&text[at..]).len();
        if fate == Fate::Go {
            let indent = indent(&text[at..]);
            leave_above(&mut kept, indent);
            let mut rest = text[done..].split_inclusive('\n').peekable();
            while let Some(line) = rest.next_if(|line| is_above(line, indent)) {
                done += line.len();
            }
            done += length(rest);
            done += gap(&mut kept, text[done..].split_inclusive('\n').next());
        }
    }
    kept.push_str(&text[done..]);
    Cow::Owned(kept)
}

/// Returns where the line of an attribute begins, if nothing else is before it.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let start = text[..at].trim_end_matches(' ').len();
    (start == 0 || text[..start].ends_with('\n')).then_some(start)
}

/// Returns the first line with its end.
fn line(text: &str) -> &str {
    let end = memchr::memchr(b'\n', text.as_bytes());
    end.map_or(text, |end| &text[..=end])
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns whether a line belongs to the item below it: a comment, or an attribute.
fn is_above(line: &str, indent: usize) -> bool {
    let text = line.trim_start();
    self::indent(line) == indent && (text.starts_with("//") || text.starts_with("#["))
}

/// Removes the last lines, as far as they belong to the item below them.
fn leave_above(kept: &mut String, indent: usize) {
    while let Some(last) = kept.split_inclusive('\n').next_back() {
        if !is_above(last, indent) {
            return;
        }
        kept.truncate(kept.len() - last.len());
    }
}

/// Leaves no blank line at the end of a block, and returns the length of the next line if it is a blank one too many.
fn gap(kept: &mut String, next: Option<&str>) -> usize {
    let is_gap = kept.ends_with("\n\n");
    if is_gap && next.is_none_or(|line| line.trim_start().starts_with('}')) {
        kept.pop();
        return 0;
    }
    let is_blank = |line: &&str| line.trim_end().is_empty();
    match is_gap || kept.ends_with("{\n") {
        true => next.filter(is_blank).map_or(0, str::len),
        false => 0,
    }
}

/// Returns the length of the item that begins with the first line.
fn length<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    let mut lines = lines.peekable();
    let Some(first) = lines.peek().filter(|line| !line.trim_end().is_empty()) else {
        return 0;
    };
    let (indent, mut length) = (indent(first), 0);
    // Whether lines that are indented deeper are within brackets, or bounds.
    let mut is_open = false;
    while let Some(line) = lines.next() {
        length += line.len();
        let line = line.trim_end();
        let code = line.split(" // ").next().unwrap_or(line);
        let ends = match self::indent(line) > indent || line.is_empty() {
            true => !is_open && code.ends_with([';', ',']),
            false => {
                is_open = code.ends_with(['{', '(', '[', '|']) || code.ends_with("where");
                code.ends_with([';', '}', ',']) || code.ends_with(")]")
            }
        };
        let next = lines.peek().filter(|line| !line.trim_end().is_empty());
        if ends || next.is_some_and(|next| self::indent(next) < indent) {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use super::*;
    use crate::emit::package::needs::tests::modules;
    use crate::emit::package::runtime::FILES;

    /// Returns the modules on which parts of a file depend.
    fn asked(text: &'static str) -> BTreeSet<String> {
        let asked = RefCell::default();
        cut(text, |module| {
            BTreeSet::insert(&mut asked.borrow_mut(), module.to_owned())
        });
        asked.into_inner()
    }

    /// Without one module, with only one, and without all: the rest is Rust, and has no trace of the attributes.
    #[test]
    fn the_rest_is_rust() {
        for (path, text) in FILES {
            let asked = asked(text);
            for module in &asked {
                assert!(modules().any(|known| known == module), "{path}: {module}");
            }
            for one in asked.iter().map(Some).chain([None]) {
                for is_without in [false, true] {
                    let is_one = |module: &str| one.is_some_and(|one| one == module);
                    let rest = cut(text, |module| is_one(module) != is_without);
                    assert!(!rest.contains("has = \""), "{path}: {one:?}");
                    let parsed = asked.is_empty() || syn::parse_file(&rest).is_ok();
                    assert!(parsed, "{path}: {one:?} {is_without}\n{rest}");
                }
            }
            let rest = cut(text, |_| false);
            for name in rest.split("feature = \"").skip(1) {
                let name = name.split('"').next().unwrap_or_default();
                assert_eq!(module_of_feature(name), None, "{path}");
            }
        }
    }

    const TEXT: &str = "\
struct S {
    /// One.
    #[cfg(has = \"pages\")]
    one: Vec<u8>,
    two: u8,
}

/// Three.
#[cfg(has = \"pages\")]
fn three<T>(a: [char; 3]) -> T
where
    T: Copy,
{
    a == ['{', '(']
}

impl S {
    #[cfg(feature = \"blocking\")]
    fn four() {}

    fn five(&self) {
        #[cfg(has = \"pages\")]
        self.one
            .clear();
        #[cfg(not(has = \"pages\"))]
        match self.two {
            #[cfg(has = \"cookies\")]
            0 if self.two == 1 =>
                0,
            _ => 2,
        }
    }
}
";

    #[test]
    fn items_go_with_what_is_above_them() {
        let none = "\
struct S {
    two: u8,
}

impl S {
    fn five(&self) {
        match self.two {
            _ => 2,
        }
    }
}
";
        assert_eq!(cut(TEXT, |_| false), none);
    }

    #[test]
    fn attributes_go_from_what_is_needed() {
        let rest = cut(TEXT, |it| it != "cookies");
        assert!(rest.contains("    /// One.\n    one: Vec<u8>,\n"), "{rest}");
        assert!(rest.contains("/// Three.\nfn three"), "{rest}");
        assert!(rest.contains("    #[cfg(feature = \"blocking\")]\n    fn four() {}\n"));
        assert!(rest.contains("        self.one\n            .clear();\n    }\n"));
    }

    #[test]
    fn what_lacks_a_feature_stays_without_its_attribute() {
        let text = "#[cfg(not(feature = \"blocking\"))]\nfn one() {}\n";
        assert_eq!(cut(text, |_| true), text);
        assert_eq!(cut(text, |_| false), "fn one() {}\n");
    }
}
