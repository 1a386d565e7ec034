//! JSON, and the flow style of YAML.
//!
//! In: a text. Out: positions of the values to find. Not here: indentation.

use super::position_tree::{Position, PositionTree};

/// A position in JSON, or in YAML of that style.
pub struct Flow<'a> {
    bytes: &'a [u8],
    pub at: usize,
    line: usize,
    column: usize,
}

/// Deeper than any text that was parsed.
const MAX_DEPTH: usize = 256;

impl<'a> Flow<'a> {
    /// Starts at the position of a text.
    pub fn new(text: &'a str, (line, column): Position) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line,
            column,
        }
    }

    fn position(&self) -> Position {
        (self.line, self.column)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'\n' => (self.line, self.column) = (self.line + 1, 1),
            // The rest of a character in UTF-8.
            0x80..=0xBF => {}
            _ => self.column += 1,
        }
        Some(byte)
    }

    /// Skips white space, comments, and these bytes.
    fn skip(&mut self, also: &[u8]) {
        while let Some(byte) = self.peek() {
            if byte == b'#' {
                while self.peek().is_some_and(|byte| byte != b'\n') {
                    self.next();
                }
            } else if byte.is_ascii_whitespace() || also.contains(&byte) {
                self.next();
            } else {
                return;
            }
        }
    }

    /// Skips a value, and notes the positions of those in the tree.
    pub fn value(&mut self, tree: Option<&mut PositionTree>, depth: usize) {
        self.skip(b"");
        let tree = tree.filter(|tree| !tree.children.is_empty());
        match (self.peek(), tree) {
            (Some(b'{'), Some(tree)) if depth < MAX_DEPTH => self.map(tree, depth),
            (Some(b'['), Some(tree)) if depth < MAX_DEPTH => self.list(tree, depth),
            (Some(b'{' | b'['), _) => self.skip_nested(),
            (Some(_), _) => drop(self.scalar()),
            (None, _) => {}
        }
    }

    fn map(&mut self, tree: &mut PositionTree, depth: usize) {
        self.next();
        loop {
            self.skip(b",");
            match self.peek() {
                None => return,
                Some(b'}') => {
                    self.next();
                    return;
                }
                Some(_) => {}
            }
            let (start, position) = (self.at, self.position());
            let key = self.scalar();
            self.skip(b"");
            if self.peek() == Some(b':') {
                self.next();
                self.value(tree.found(&key, position), depth + 1);
            }
            if self.at == start {
                self.next();
            }
        }
    }

    fn list(&mut self, tree: &mut PositionTree, depth: usize) {
        self.next();
        for index in 0.. {
            self.skip(b",");
            match self.peek() {
                None => return,
                Some(b']') => {
                    self.next();
                    return;
                }
                Some(_) => {}
            }
            let (start, position) = (self.at, self.position());
            self.value(tree.found(&index.to_string(), position), depth + 1);
            if self.at == start {
                self.next();
            }
        }
    }

    /// Skips an object or a list that has no values of the tree.
    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => drop(self.quoted(b'"')),
                // An apostrophe in a plain scalar opens no string.
                b'\'' if self.at > 0 && !self.bytes[self.at - 1].is_ascii_alphanumeric() => {
                    drop(self.quoted(b'\''))
                }
                _ => {
                    self.next();
                }
            }
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Returns a key or another scalar.
    fn scalar(&mut self) -> String {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted(quote),
            Some(_) | None => self.plain(),
        }
    }

    fn plain(&mut self) -> String {
        let start = self.at;
        while let Some(byte) = self.peek() {
            let next = self.bytes.get(self.at + 1);
            let ends = match byte {
                b',' | b'{' | b'}' | b'[' | b']' => true,
                b':' => {
                    next.is_none_or(|byte| byte.is_ascii_whitespace() || b",{}[]".contains(byte))
                }
                _ => false,
            };
            if ends {
                break;
            }
            self.next();
        }
        String::from_utf8_lossy(&self.bytes[start..self.at])
            .trim()
            .to_owned()
    }

    pub fn quoted(&mut self, quote: u8) -> String {
        self.next();
        let mut bytes = Vec::new();
        while let Some(byte) = self.next() {
            match byte {
                b'\'' if quote == b'\'' && self.peek() == Some(b'\'') => bytes.extend(self.next()),
                byte if byte == quote => break,
                b'\\' if quote == b'"' => match self.next() {
                    Some(b'u') => self.unicode(&mut bytes),
                    Some(escaped) => bytes.push(escaped),
                    None => break,
                },
                byte => bytes.push(byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// `\u00e9`. A character beyond the first plane is two escapes and is not found; its parent is found instead.
    fn unicode(&mut self, bytes: &mut Vec<u8>) {
        let digits = self
            .bytes
            .get(self.at..self.at + 4)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
            self.at += 4;
            self.column += 4;
        }
    }
}
