//! The words of a name in the document.
//!
//! In: text of any script and case. Out: [`Words`]. Not here: identifiers and files (see `plan`), names of methods (see
//! `understand`).

use std::borrow::Cow;

/// At least one word, in lower case and ASCII. They compare like lists of words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(
    /// Separated by single spaces, which sort before all letters and digits.
    String,
);

impl Words {
    /// Returns the words of a text.
    pub fn of(text: &str) -> Self {
        if is_snake(text.as_bytes()) {
            return Self(replaced(text, b'_', ' '));
        }
        let ascii = match text.is_ascii() {
            true => Cow::Borrowed(text),
            false => deunicode::deunicode_with_tofu(text, " ").into(),
        };
        // One word, as RFC 6749 spells it.
        let ascii = match ascii.contains('O') && ascii.contains("OAuth") {
            true => Cow::Owned(ascii.replace("OAuth", "Oauth")),
            false => ascii,
        };
        let words = split(spell_symbols(&ascii).as_bytes());
        match words.is_empty() {
            true => Self("empty".into()),
            false => Self(words),
        }
    }

    /// These words, and then others.
    pub fn then(&self, others: &Self) -> Self {
        Self([self.0.as_str(), &others.0].join(" "))
    }

    /// One after the other.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split(' ')
    }

    /// Returns the number of words.
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// As one text, with a space between them.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// As one text, with this between them.
    pub fn join(&self, separator: char) -> String {
        replaced(&self.0, b' ', separator)
    }

    /// Very long names keep their beginning, which names the owner, and their end, which names the thing itself.
    pub fn shortened(&self) -> Cow<'_, Self> {
        const HALF: usize = 36;
        if self.0.len() < 2 * HALF {
            return Cow::Borrowed(self);
        }
        let fits = |used: &mut usize, word: &str| {
            *used += word.len() + 1;
            *used <= HALF
        };
        let head = (self.iter()).scan(0, |used, word| fits(used, word).then_some(word));
        let tail = (self.iter().rev()).scan(0, |used, word| fits(used, word).then_some(word));
        let (head, mut kept): (Vec<&str>, Vec<&str>) = (head.collect(), tail.collect());
        kept.extend(head.into_iter().rev());
        kept.reverse();
        Cow::Owned(match kept.is_empty() {
            true => Self(
                self.iter()
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .take(2 * HALF)
                    .collect(),
            ),
            false => Self(kept.join(" ")),
        })
    }
}

/// Returns whether a text is small words with one underscore or space between them, as most names of properties are.
fn is_snake(text: &[u8]) -> bool {
    let is_word = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut before = &b'_';
    let fits = text.iter().all(|c| {
        let fits = is_word(c) || matches!(c, b'_' | b' ') && is_word(before);
        before = c;
        fits
    });
    fits && is_word(before) && text[0].is_ascii_lowercase()
}

/// Returns a text with another separator. The standard library's search takes longer to begin than most names are.
fn replaced(text: &str, old: u8, new: char) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut start = 0;
    for end in memchr::memchr_iter(old, text.as_bytes()) {
        replaced.push_str(&text[start..end]);
        replaced.push(new);
        start = end + 1;
    }
    replaced.push_str(&text[start..]);
    replaced
}

/// The relation of a character to the next one. Digits are like the character before them.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// It begins the word.
    Boundary,
    Lower,
    Upper,
}

/// Returns the words of an ASCII text, separated by spaces. A word begins after a character that is
/// neither a letter nor a digit, at a capital after a small letter (`fooBar`), and at the last one
/// of several capitals before a small letter (`HTTPServer`).
fn split(text: &[u8]) -> String {
    let mut words = Vec::with_capacity(text.len() + 8);
    let mut mode = Mode::Boundary;
    let mut begins = false;
    let mut next = letter(text, 0);
    for index in 0..text.len() {
        let c = next;
        next = letter(text, index + 1);
        if !c.is_ascii_alphanumeric() {
            (mode, begins) = (Mode::Boundary, true);
            continue;
        }
        let is_last_capital =
            mode == Mode::Upper && c.is_ascii_uppercase() && next.is_ascii_lowercase();
        if (begins || is_last_capital) && !words.is_empty() {
            words.push(b' ');
        }
        words.push(c.to_ascii_lowercase());
        mode = match c {
            _ if is_last_capital => Mode::Boundary,
            b'a'..=b'z' => Mode::Lower,
            b'A'..=b'Z' => Mode::Upper,
            _ => mode,
        };
        begins = mode == Mode::Lower && next.is_ascii_uppercase();
        if begins {
            mode = Mode::Boundary;
        }
    }
    String::from_utf8(words).unwrap_or_default()
}

/// Returns the character with this index, or 0. `IDs` is one word: the `s` of a plural counts as a
/// capital.
fn letter(text: &[u8], index: usize) -> u8 {
    let c = text.get(index).copied().unwrap_or_default();
    if c != b's' {
        return c;
    }
    let is = |index: Option<usize>, test: fn(&u8) -> bool| {
        index.and_then(|index| text.get(index)).is_some_and(test)
    };
    let is_plural = is(index.checked_sub(1), u8::is_ascii_uppercase)
        && is(index.checked_sub(2), u8::is_ascii_uppercase)
        && !is(Some(index + 1), u8::is_ascii_lowercase);
    if is_plural { b'S' } else { c }
}

/// The symbols that become words; the others separate words.
#[derive(Clone, Copy, PartialEq)]
enum Symbols {
    /// Those with a meaning at their position: `+1`, `-created`, `@type`, `C#`, `C++`.
    AtTheEdges,
    All,
}

/// Returns a text with symbols as words, if they carry meaning. An apostrophe is part of a word.
fn spell_symbols(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let has_word = bytes.iter().any(u8::is_ascii_alphanumeric);
    let begins_so = bytes.first().is_some_and(|first| b"-@<>!*".contains(first));
    let is_plain = has_word
        && !begins_so
        && !text.ends_with('#')
        && memchr::memchr2(b'+', b'\'', bytes).is_none();
    if is_plain {
        return Cow::Borrowed(text);
    }
    let which = match has_word {
        true => Symbols::AtTheEdges,
        false => Symbols::All,
    };
    spell_symbols_out(&text.replace('\'', ""), which).into()
}

fn spell_symbols_out(text: &str, which: Symbols) -> String {
    let last = text.chars().count().saturating_sub(1);
    let has_word_before =
        |index: usize| text.chars().take(index).any(|c| c.is_ascii_alphanumeric());
    let has_word_after = |index: usize| text.chars().skip(index).any(|c| c.is_ascii_alphanumeric());
    let mut spelled = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        let at_edge = match c {
            _ if text.len() > 200 => false,
            '+' => !has_word_before(index) || !has_word_after(index),
            '-' => index == 0 && last > 0,
            '@' | '<' | '>' | '!' | '*' => index == 0 && last > 0,
            '#' => index == last && last > 0,
            _ => false,
        };
        match symbol(c) {
            Some(word) if which == Symbols::All || at_edge => {
                let word = if (c, index) == ('#', last) && last > 0 {
                    "sharp"
                } else {
                    word
                };
                spelled.extend([" ", word, " "]);
            }
            Some(_) => spelled.push(' '),
            None => spelled.push(c),
        }
    }
    spelled
}

fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '!' => "not",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '\'' => "quote",
        '"' => "quotes",
        '`' => "backtick",
        '\\' => "backslash",
        '(' | ')' => "paren",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

/// Returns the words with the last one in the singular. They are separated by spaces.
pub fn singular(words: &str) -> String {
    match words.rsplit_once(' ') {
        Some((before, last)) => format!("{before} {}", singular_word(last)),
        None => singular_word(words),
    }
}

/// Words that look like a plural.
const UNCHANGED: [&str; 6] = ["as", "https", "is", "news", "series", "species"];

fn singular_word(word: &str) -> String {
    let ends = |end: &str| word.len() > end.len() && word.ends_with(end);
    let without = |count: usize| &word[..word.len() - count];
    if UNCHANGED.contains(&word) || ends("ss") || ends("us") || ends("is") {
        word.to_owned()
    } else if ends("ies") && word.len() > 4 {
        format!("{}y", without(3))
    } else if ["sses", "shes", "tches", "xes"].into_iter().any(ends) {
        without(2).to_owned()
    } else if ends("s") {
        without(1).to_owned()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_case() {
        let cases = [
            ("fooBar", "foo bar"),
            ("HTTPServer", "http server"),
            ("OpenAI-Organization", "open ai organization"),
            ("user_IDs", "user ids"),
            ("URLs2", "urls2"),
            ("URLsome", "ur lsome"),
            ("XMLs", "xmls"),
            ("v1beta2Alpha", "v1beta2 alpha"),
            ("V2Beta", "v2 beta"),
            ("a1B", "a1 b"),
            ("V2B", "v2b"),
            ("OAuth2PasswordBearer", "oauth2 password bearer"),
            ("2FA", "2fa"),
            ("  a..b ", "a b"),
            ("isA", "is a"),
            ("aB", "a b"),
            ("user's", "users"),
            ("a+b", "a b"),
            ("c++", "c plus plus"),
            ("-", "minus"),
            ("#", "hash"),
            ("", "empty"),
            ("名称", "ming cheng"),
        ];
        for (text, words) in cases {
            assert_eq!(Words::of(text).0, words, "{text}");
        }
    }

    /// A name that skips the search for words has the same words with it.
    #[test]
    fn snake_case_is_what_the_search_makes_of_it() {
        let mut texts = vec![String::new()];
        let mut snake = 0;
        for _ in 0..5 {
            let longer =
                |text: &String| ["a", "s", "B", "1", "_", " "].map(|c| format!("{text}{c}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in texts.iter().filter(|text| is_snake(text.as_bytes())) {
                assert_eq!(Words::of(text).0, split(text.as_bytes()), "{text:?}");
                snake += 1;
            }
        }
        assert!(snake > 500, "only {snake} texts are in snake case");
    }

    #[test]
    fn words_have_the_order_of_lists() {
        let mut words = ["foo1", "foo bar", "foobar", "foo"].map(Words::of);
        words.sort();
        assert_eq!(
            words.map(|words| words.0),
            ["foo", "foo bar", "foo1", "foobar"]
        );
    }

    #[test]
    fn long_names_keep_both_ends() {
        let long = Words::of(&format!("first {} last", "between ".repeat(20)));
        let short = long.shortened();
        assert!(short.0.starts_with("first between ") && short.0.ends_with(" between last"));
        assert!(short.0.len() < 72);
        assert_eq!(Words::of(&"x".repeat(1000)).shortened().0.len(), 72);
        let just = Words::of(&"x".repeat(71));
        assert_eq!(just.shortened().as_ref(), &just);
    }

    #[test]
    fn one_of_many() {
        let cases = [
            ("ids", "id"),
            ("tags", "tag"),
            ("queries", "query"),
            ("ties", "tie"),
            ("addresses", "address"),
            ("matches", "match"),
            ("caches", "cache"),
            ("boxes", "box"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("class", "class"),
            ("series", "series"),
            ("include", "include"),
            ("s", "s"),
        ];
        for (many, one) in cases {
            assert_eq!(singular_word(many), one, "{many}");
        }
    }
}
