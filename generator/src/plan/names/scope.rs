//! Identifiers, one at a time.
//!
//! In: what a name is wanted for, in words of the document, whatever its script. Out: a [`Name`] that is free in its
//! [`Scope`]. Not here: what is named (see the parent).

use std::{fmt, mem};

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::maps::{HashMap, HashSet};
use crate::model::words::Words;

/// A Rust identifier that is free in its scope: ASCII, never a bare keyword.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Returns the identifier in code: `r#type`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name without `r#`, for a file name or a heading.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(plain) => Ident::new_raw(plain, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        });
    }
}

/// A word of a command line: ASCII letters, digits and hyphens between them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word(String);

impl Word {
    /// Returns the word without the hyphens of a flag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The case of a name, with the word that is added to reserved names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `snake_case`
    Snake,
    /// `PascalCase`. The word is added after a reserved name and before a leading digit.
    Pascal(&'static str),
    /// `SHOUTING_SNAKE_CASE`. The word is added after a reserved name.
    Shout(&'static str),
    /// `kebab-case`, for a [`Word`]. The word is added after a reserved name.
    Kebab(&'static str),
}

/// A scope, with its reserved and taken names.
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    /// Names that Rust or emitted code reserve, and
    reserved: &'static [&'static str],
    /// those of this scope alone, in lower case.
    own: HashSet<String>,
    /// In lower case: names that differ by case alone are hard to read, and rustdoc's files for them may clash. Each with the
    /// number that was tried last for it.
    taken: HashMap<String, usize>,
}

impl Scope {
    /// Returns a scope with these reserved names.
    pub fn new(case: Case, reserved: &'static [&'static str]) -> Self {
        Self {
            case,
            reserved,
            own: HashSet::default(),
            taken: HashMap::default(),
        }
    }

    /// Returns whether a name, in lower case, is reserved.
    pub(super) fn is_reserved(&self, name: &str) -> bool {
        (self.reserved.iter()).any(|reserved| reserved.eq_ignore_ascii_case(name))
            || self.own.contains(name)
    }

    /// Reserves a name.
    pub fn reserve(&mut self, name: &Name) {
        self.own.insert(name.plain().to_ascii_lowercase());
    }

    /// Reserves a name of this scope alone, in lower case.
    pub(super) fn reserve_also(&mut self, name: &str) {
        self.own.insert(name.to_owned());
    }

    /// Reserves a word.
    pub(super) fn reserve_word(&mut self, word: &Word) {
        self.own.insert(word.0.clone());
    }

    /// Returns the wanted name, or the first of `name_2`, `name_3`, ... that is free.
    pub fn claim(&mut self, wanted: &str) -> Name {
        self.claim_words(&Words::of(wanted))
    }

    pub(super) fn claim_words(&mut self, words: &Words) -> Name {
        self.claim_name(self.case.join(&words.shortened()))
    }

    /// Like [`claim_words`](Self::claim_words), for words of which none can be left out.
    pub(super) fn claim_whole(&mut self, words: &Words) -> Name {
        self.claim_name(self.case.join(words))
    }

    /// Like [`claim_words`](Self::claim_words), for a command line.
    pub(super) fn claim_word(&mut self, words: &Words) -> Word {
        Word(self.free(self.case.join(&words.shortened())))
    }

    fn claim_name(&mut self, name: String) -> Name {
        let free = self.free(name);
        Name(self.case.escape(free))
    }

    /// Takes a name, or its first free successor.
    fn free(&mut self, mut name: String) -> String {
        let mut key = lower(&name);
        if self.is_reserved(&key) {
            name = self.case.suffixed(&name);
            key = lower(&name);
        }
        if self.is_reserved(&key) || self.taken.contains_key(&key) {
            (name, key) = self.numbered(&name, &key);
        }
        self.taken.insert(key, 1);
        name
    }

    /// Returns the first of `base_2`, `base_3`, ... that is free, and the same in lower case.
    fn numbered(&mut self, base: &str, key: &str) -> (String, String) {
        let mut count = self.taken.get(key).copied().unwrap_or(1);
        loop {
            count += 1;
            let name = self.case.number(base, count);
            let lower = lower(&name);
            if !self.is_reserved(&lower) && !self.taken.contains_key(&lower) {
                self.taken.insert(key.to_owned(), count);
                return (name, lower);
            }
        }
    }

    /// Claims many names at once, in an order that does not depend on that of the arguments. A name that needs no change comes
    /// before one that does.
    pub(super) fn claim_all<S: AsRef<str>>(&mut self, wanted: &[S]) -> Vec<Name> {
        self.claim_each(wanted, Self::claim_name)
    }

    /// Like [`claim_all`](Self::claim_all), for a command line.
    pub(super) fn claim_all_words<S: AsRef<str>>(&mut self, wanted: &[S]) -> Vec<Word> {
        self.claim_each(wanted, |scope, word| Word(scope.free(word)))
    }

    fn claim_each<S: AsRef<str>, T: Clone>(
        &mut self,
        wanted: &[S],
        claim: fn(&mut Self, String) -> T,
    ) -> Vec<T> {
        let wanted: Vec<&str> = wanted.iter().map(AsRef::as_ref).collect();
        let spelled = wanted
            .iter()
            .map(|wanted| self.case.join(&Words::of(wanted).shortened()));
        let mut spelled: Vec<String> = spelled.collect();
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by_key(|index| (spelled[*index] != wanted[*index], wanted[*index]));
        let mut names = vec![None; wanted.len()];
        self.taken.reserve(wanted.len());
        for index in order {
            names[index] = Some(claim(self, mem::take(&mut spelled[index])));
        }
        names.into_iter().flatten().collect()
    }
}

/// Names are ASCII.
fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

impl Case {
    fn join(self, words: &Words) -> String {
        match self {
            Self::Snake => {
                let name = words.join('_');
                // Clippy rejects bindings that consist of underscores and digits only.
                let prefix = match name.contains(|c: char| c.is_ascii_alphabetic()) {
                    true => "_",
                    false => "n",
                };
                digit_first(name, prefix)
            }
            Self::Shout(_) => digit_first(words.join('_').to_shouty_snake_case(), "_"),
            Self::Kebab(_) => words.join('-'),
            Self::Pascal(kind) => digit_first(pascal(words), kind),
        }
    }

    fn suffixed(self, base: &str) -> String {
        match self {
            Self::Snake => format!("{base}_"),
            Self::Shout(kind) => format!("{base}_{kind}"),
            Self::Kebab(kind) => format!("{base}-{kind}"),
            Self::Pascal(kind) => format!("{base}{kind}"),
        }
    }

    fn number(self, base: &str, count: usize) -> String {
        match self {
            Self::Pascal(_) if !base.ends_with(|c: char| c.is_ascii_digit()) => {
                format!("{base}{count}")
            }
            Self::Kebab(_) => format!("{base}-{count}"),
            Self::Snake | Self::Shout(_) | Self::Pascal(_) if base.ends_with('_') => {
                format!("{base}{count}")
            }
            Self::Snake | Self::Shout(_) | Self::Pascal(_) => format!("{base}_{count}"),
        }
    }

    /// Keywords are escaped last, so uniqueness is decided on plain words.
    fn escape(self, name: String) -> String {
        match self {
            Self::Snake if NOT_RAW.contains(&name.as_str()) => name + "_",
            Self::Snake if KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
            Self::Snake | Self::Shout(_) | Self::Kebab(_) => name,
            Self::Pascal(kind) if name == "Self" => name + kind,
            Self::Pascal(_) => name,
        }
    }
}

/// Joins words without a separator, except between digits: the versions `1_2` and `12` differ. Words are in lower case already, so
/// this needs no `heck`, which splits them a second time.
fn pascal(words: &Words) -> String {
    let mut joined = String::with_capacity(words.text().len());
    for word in words.iter() {
        let ends_with_digit = joined.ends_with(|c: char| c.is_ascii_digit());
        if ends_with_digit && word.starts_with(|c: char| c.is_ascii_digit()) {
            joined.push('_');
        }
        let mut letters = word.chars();
        joined.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        joined.push_str(letters.as_str());
    }
    joined
}

fn digit_first(name: String, prefix: &str) -> String {
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{prefix}{name}"),
        false => name,
    }
}

/// Keywords of every edition up to 2024, which `r#` turns into identifiers.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NOT_RAW: &[&str] = &["self", "super", "crate", "_"];

#[cfg(test)]
mod tests {
    use super::*;

    fn snake(wanted: &str) -> String {
        Scope::new(Case::Snake, &[]).claim(wanted).to_string()
    }

    fn pascal(wanted: &str) -> String {
        Scope::new(Case::Pascal("Value"), &["Other", "Self"])
            .claim(wanted)
            .to_string()
    }

    #[test]
    fn words_of_any_script() {
        let cases = [
            ("fooBar", "foo_bar"),
            ("OpenAI-Organization", "open_ai_organization"),
            ("IDs", "ids"),
            ("user's", "users"),
            ("+1", "plus_1"),
            ("-created", "minus_created"),
            ("@type", "at_type"),
            ("$ref", "r#ref"),
            ("2fa", "_2fa"),
            ("1.8.0", "n1_8_0"),
            ("", "empty"),
            ("déjà vu", "deja_vu"),
            ("名称", "ming_cheng"),
            ("type", "r#type"),
            ("self", "self_"),
            ("gen", "r#gen"),
            (">=", "greater_equals"),
            ("\u{202e}", "empty"),
        ];
        for (wanted, name) in cases {
            assert_eq!(snake(wanted), name, "{wanted}");
        }
    }

    #[test]
    fn variants() {
        let cases = [
            ("1.0", "Value1_0"),
            ("10", "Value10"),
            ("256x256", "Value256x256"),
            ("other", "OtherValue"),
            ("Self", "SelfValue"),
            ("C#", "CSharp"),
            ("C++", "CPlusPlus"),
            ("image/svg+xml", "ImageSvgXml"),
            ("checkpoint.permission", "CheckpointPermission"),
        ];
        for (wanted, name) in cases {
            assert_eq!(pascal(wanted), name, "{wanted}");
        }
    }

    #[test]
    fn clashes_do_not_depend_on_the_order() {
        let names = |wanted: [&'static str; 4]| {
            let names = Scope::new(Case::Snake, &["extra"]).claim_all(&wanted);
            let mut pairs: Vec<_> = wanted
                .into_iter()
                .zip(names.into_iter().map(|name| name.to_string()))
                .collect();
            pairs.sort();
            pairs
        };
        let expected = [
            ("FooBar", "foo_bar_2"),
            ("extra", "extra_"),
            ("fooBar", "foo_bar_3"),
            ("foo_bar", "foo_bar"),
        ];
        assert_eq!(
            names(["FooBar", "fooBar", "foo_bar", "extra"]),
            expected.map(|(a, b)| (a, b.to_owned()))
        );
        assert_eq!(
            names(["extra", "foo_bar", "fooBar", "FooBar"]),
            expected.map(|(a, b)| (a, b.to_owned()))
        );
    }

    #[test]
    fn numbers_do_not_run_into_names() {
        let mut scope = Scope::new(Case::Pascal("Model"), &[]);
        let names: Vec<String> = ["V1", "v1", "v12", "Foo", "foo"]
            .iter()
            .map(|name| scope.claim(name).to_string())
            .collect();
        assert_eq!(names, ["V1", "V1_2", "V12", "Foo", "Foo2"]);
    }

    #[test]
    fn long_names_are_cut_at_words() {
        let name = snake(&"very_long_name_".repeat(100));
        assert!(name.len() <= 72 && !name.ends_with('_'), "{name}");
        assert_eq!(snake(&"x".repeat(1000)).len(), 72);
    }
}
