//! Leaves out of a file of the runtime what other clients need.
//!
//! In: a file as rustfmt writes it, and the modules of the runtime that the client needs. Out: the file without what stands below
//! `#[cfg(feature = "blocking")]`, if the client has no such feature, and below `#[cfg(has = "pages")]`, if it has no such module.
//! Not here: what a client needs (see `needs`).
//!
//! A parser would lose comments and take longer than all other stages. The layout of rustfmt says where an item ends.

use std::borrow::Cow;

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
    let test = line.trim_start().strip_prefix("#[cfg(")?;
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
    if !text.contains("#[cfg(") {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        match fate(line, &is_needed) {
            None | Some(Fate::Stay) => kept.push(line),
            Some(Fate::Bare) => {}
            Some(Fate::Go) => {
                let indent = indent(line);
                while kept.last().is_some_and(|line| is_above(line, indent)) {
                    kept.pop();
                }
                while lines.get(at).is_some_and(|line| is_above(line, indent)) {
                    at += 1;
                }
                at += length(&lines[at..]);
                at += usize::from(has_gap(&mut kept, lines.get(at).copied()));
            }
        }
    }
    Cow::Owned(kept.join("\n") + "\n")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Returns whether a line belongs to the item below it: a comment, or an attribute.
fn is_above(line: &str, indent: usize) -> bool {
    let text = line.trim_start();
    self::indent(line) == indent && (text.starts_with("//") || text.starts_with("#["))
}

/// Leaves no blank line at the end of a block, and returns whether the next line is a blank one too many.
fn has_gap(kept: &mut Vec<&str>, next: Option<&str>) -> bool {
    let Some(last) = kept.last() else {
        return false;
    };
    if last.is_empty() && next.is_none_or(|line| line.trim_start().starts_with('}')) {
        kept.pop();
        return false;
    }
    (last.is_empty() || last.ends_with('{')) && next.is_some_and(str::is_empty)
}

/// Returns the number of lines of the item that begins with the first one.
fn length(lines: &[&str]) -> usize {
    let Some(first) = lines.first().filter(|line| !line.is_empty()) else {
        return 0;
    };
    let indent = indent(first);
    // Whether lines that are indented deeper are within brackets, or bounds.
    let mut is_open = false;
    for (at, line) in lines.iter().enumerate() {
        let code = line.split(" // ").next().unwrap_or(line);
        let ends = match self::indent(line) > indent || line.is_empty() {
            true => !is_open && code.ends_with([';', ',']),
            false => {
                is_open = code.ends_with(['{', '(', '[', '|']) || code.ends_with("where");
                code.ends_with([';', '}', ',']) || code.ends_with(")]")
            }
        };
        let next = lines.get(at + 1).filter(|line| !line.is_empty());
        if ends || next.is_some_and(|next| self::indent(next) < indent) {
            return at + 1;
        }
    }
    lines.len()
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
