//! Calls of macros, whose arguments are tokens.
//!
//! In: code. Out: a line that breaks like text. Not here: the runtime's tables, which have a row on each line (`rust::module`).

use super::code::{BLANK, Code, code};
use super::layout::{Break, Breaks, INDENT, Mark};

/// A call of one of the runtime's macros, whose tokens fill lines: `name!(a => B < C >)`.
pub fn macro_call(name: &'static str, inside: &Code) -> Code {
    let mut code = code!(name, "!(");
    code.open(INDENT, Breaks::All);
    code.line_break(Break::default());
    code.open(0, Breaks::Full);
    tokens(inside.text(), &mut code);
    code.mark(Mark::Close);
    code.line_break(Break {
        out: INDENT,
        ..Break::default()
    });
    code.mark(Mark::Close);
    code!(code, ");")
}

/// The length of the string literal that a text begins with.
fn literal_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// Separates tokens, except commas and tokens in parentheses.
fn tokens(text: &str, code: &mut Code) {
    let mut rest = text.trim_start();
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
        let length = match first {
            '"' => literal_length(rest),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ if rest.starts_with("=>") => 2,
            _ => first.len_utf8(),
        };
        let is_apart = match (before, first) {
            (None | Some('('), _) | (_, ',' | ')') => false,
            (Some(before), '(') => !is_word(before),
            (Some(_), _) => true,
        };
        if is_apart {
            code.line_break(BLANK);
        }
        let (token, after) = rest.split_at(length);
        code.push(token);
        (before, rest) = (token.chars().next(), after.trim_start());
    }
}
