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

/// Returns the environment variable of a scheme's first credential, or a made-up one.
pub fn variable(cx: &EmitCx, index: usize) -> String {
    let credential = cx.api.schemes[index].credentials.first();
    let env = credential.and_then(|credential| credential.env.as_deref());
    let is_variable = |env: &&str| {
        env.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !env.starts_with(|c: char| c.is_ascii_digit())
            && !env.is_empty()
    };
    env.filter(is_variable).map_or_else(
        || {
            let names = cx.names.schemes[index].credentials.first();
            let name = names.map_or("CREDENTIAL", |names| names.constant.plain());
            let package = cx.names.package.replace('-', "_").to_uppercase();
            format!("{package}_{name}")
        },
        str::to_owned,
    )
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
