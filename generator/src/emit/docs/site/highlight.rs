//! Code in colors.
//!
//! In: code of one of the three languages of examples. Out: HTML with a class for each kind of word. Not here: which code is shown.
//!
//! A word that is not recognized has no color, so the rules need not know the whole language.

use super::escape::escape;

/// The language of an example.
#[derive(Clone, Copy, PartialEq)]
pub enum Language {
    Rust,
    Shell,
    Json,
}

impl Language {
    /// Returns the language of a fenced block.
    pub fn of(info: &str) -> Option<Self> {
        match info.split(',').next()? {
            "rust" => Some(Self::Rust),
            "sh" => Some(Self::Shell),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

const KEYWORDS: &[&str] = &[
    "as", "async", "await", "dyn", "else", "false", "fn", "for", "if", "impl", "in", "let",
    "match", "move", "mut", "pub", "return", "self", "struct", "true", "use", "while",
];

/// Returns code as HTML.
pub fn html(code: &str, language: Language) -> String {
    linked(code, language, &|_| None)
}

/// Returns code as HTML, in which names lead to what they mean.
pub fn linked(code: &str, language: Language, link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (length, class) = token(rest, first, language, code.len() == rest.len());
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        let class = match class {
            "s" if language == Language::Json && after.starts_with(':') => "p",
            class => class,
        };
        // `Item = T` names a type of a trait.
        let is_type = class == "t" && !after.starts_with(" =");
        let target = if is_type { link(word) } else { None };
        let word = escape(word);
        match (target, class) {
            (Some(target), _) => {
                html.extend(["<a href=\"", &escape(&target), "\">", &word, "</a>"])
            }
            (None, "") => html.push_str(&word),
            (None, class) => html.extend(["<span class=\"", class, "\">", &word, "</span>"]),
        }
        rest = after;
    }
    html
}

/// Returns the length of the first token and its class: a string, a number, a keyword, a type, a comment, or none.
fn token(text: &str, first: char, language: Language, is_start: bool) -> (usize, &'static str) {
    let run = |is: fn(char) -> bool| text.find(|c| !is(c)).unwrap_or(text.len());
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let word = run(is_word);
    match (language, first) {
        (Language::Rust, '/') if text.starts_with("//") => (line(text), "c"),
        (Language::Shell, '\'') => (text[1..].find('\'').map_or(text.len(), |end| end + 2), "s"),
        (_, '"') => (string(text), "s"),
        (Language::Shell, '$') => (
            1 + text[1..].find(|c| !is_word(c)).unwrap_or(text.len() - 1),
            "n",
        ),
        (Language::Shell, '-') => {
            let flag = run(|c| c.is_ascii_alphanumeric() || c == '-');
            (flag, if flag > 1 { "k" } else { "" })
        }
        (Language::Shell, c) if !c.is_whitespace() => {
            let end = text.find(|c: char| c.is_whitespace() || c == '\'' || c == '"');
            (end.unwrap_or(text.len()), if is_start { "t" } else { "" })
        }
        (_, c) if c.is_ascii_digit() => (
            run(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_'),
            "n",
        ),
        (Language::Json, c) if c.is_alphabetic() => (word, "k"),
        (Language::Rust, c) if c.is_uppercase() => (word, "t"),
        (Language::Rust, c) if is_word(c) => (
            word,
            if KEYWORDS.contains(&&text[..word]) {
                "k"
            } else {
                ""
            },
        ),
        // A run of blanks and signs is one token.
        (Language::Shell, _) => (run(char::is_whitespace), ""),
        (Language::Rust | Language::Json, _) => {
            let end = text.find(|c: char| is_word(c) || c == '"' || c == '/');
            (end.unwrap_or(text.len()), "")
        }
    }
}

fn line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Returns the length of a string in double quotes.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text between the tags is the code, whatever the code is.
    #[test]
    fn no_character_is_lost() {
        let pieces = [
            "\"", "a\\\"b", "'", "<b>", "//x", "\n", "$", "-", "--c", "1.5e3", "é", "/", "let",
            "T", " ", "&",
        ];
        for one in pieces {
            for two in pieces {
                for language in [Language::Rust, Language::Shell, Language::Json] {
                    let code = format!("{one}{two}{one} ");
                    let html = html(&code, language);
                    let parts = html.split('<').map(|part| match part.split_once('>') {
                        Some((tag, text)) if tag.starts_with(['s', '/']) => text,
                        _ => part,
                    });
                    assert_eq!(parts.collect::<String>(), escape(&code), "{html}");
                }
            }
        }
    }

    #[test]
    fn words_have_their_class() {
        assert_eq!(
            html("let a = T::b(\"c\", 1); // d", Language::Rust),
            "<span class=\"k\">let</span> a = <span class=\"t\">T</span>::b(<span class=\"s\">&quot;c&quot;</span>, \
             <span class=\"n\">1</span>); <span class=\"c\">// d</span>"
        );
        assert_eq!(
            html("{\"a\": null}", Language::Json),
            "{<span class=\"p\">&quot;a&quot;</span>: <span class=\"k\">null</span>}"
        );
        assert_eq!(
            html("curl -X 'a b' \"$C\"", Language::Shell),
            "<span class=\"t\">curl</span> <span class=\"k\">-X</span> <span class=\"s\">'a b'</span> \
             <span class=\"s\">&quot;$C&quot;</span>"
        );
        let link = |name: &str| (name == "T").then(|| "#T".to_owned());
        assert_eq!(
            linked("T<U>", Language::Rust, &link),
            "<a href=\"#T\">T</a>&lt;<span class=\"t\">U</span>&gt;"
        );
    }
}
