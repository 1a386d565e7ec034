//! Words for a POSIX shell.
//!
//! In: text of the document. Out: words that a shell reads as that text, and nothing else. Not here: commands.

use crate::emit::EmitCx;

/// Returns a word of a command line; quoted unless it is plain.
pub fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.,:/@%+".contains(&byte);
    match !text.is_empty() && text.bytes().all(is_plain) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Text in single quotes (POSIX, Shell Command Language, 2.2.2).
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Text for double quotes (2.2.3).
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '"' | '$' | '`') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the environment variable of a scheme's first credential, or a made-up one if a shell
/// does not allow its name.
pub fn variable<'a>(cx: &EmitCx<'a>, index: usize) -> &'a str {
    let names = cx.names.schemes[index].credentials.first();
    let env = names.and_then(|names| names.env.as_deref());
    env.filter(|env| is_variable(env)).unwrap_or("CREDENTIAL")
}

/// Returns the environment variable of the base URL, likewise.
pub fn base_url<'a>(cx: &EmitCx<'a>) -> &'a str {
    let env = Some(cx.names.base_url_env.as_str());
    env.filter(|env| is_variable(env)).unwrap_or("BASE_URL")
}

/// Returns whether a shell allows a name of a variable (POSIX, Base Definitions, 3.216).
fn is_variable(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(is_allowed)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_quotes() {
        assert_eq!(quoted("it's $HOME `a`"), r"'it'\''s $HOME `a`'");
        assert_eq!(escaped(r#"a"b$c`d\"#), r#"a\"b\$c\`d\\"#);
        assert_eq!(word("ft:gpt-4o/a_b@1.0"), "ft:gpt-4o/a_b@1.0");
        assert_eq!(word("~"), "'~'");
        assert_eq!(word("M-SEARCH;"), "'M-SEARCH;'");
    }
}
