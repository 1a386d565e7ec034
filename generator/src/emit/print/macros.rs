//! Calls of macros.
//!
//! In: code. Out: a line that breaks like text. Not here: the runtime's tables, which have a row on each line (`rust::module`).

use super::code::{BLANK, RustCode, code};
use super::layout::{Break, Breaks, INDENT, Mark};

/// Returns a call of one of the runtime's macros: `name!(Create => Vec<Pet>, json body);`. Its
/// parts fill lines.
pub fn macro_call(name: &'static str, parts: impl IntoIterator<Item = RustCode>) -> RustCode {
    let mut code = code!(name, "!(");
    code.open(INDENT, Breaks::All);
    code.line_break(Break::default());
    code.open(0, Breaks::Full);
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            code.line_break(BLANK);
        }
        code = code!(code, part);
    }
    code.mark(Mark::Close);
    code.line_break(Break {
        out: INDENT,
        ..Break::default()
    });
    code.mark(Mark::Close);
    code!(code, ");")
}
