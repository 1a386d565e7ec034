//! Counts what reads badly in the code of emitted crates.
//!
//! In: the texts of Rust files. Out: [`Code`]. Not here: names (see `names`).

/// The counts of a crate.
#[derive(Clone, Copy, Default)]
pub struct Code {
    /// Documentation that says no more than the name.
    pub placeholders: usize,
    /// Fields with three states: absent, null and a value.
    pub nested: usize,
    /// Constructors with more than five positional arguments.
    pub long: usize,
}

/// The beginnings of documentation that the generator made up.
const PLACEHOLDERS: [&str; 4] = [
    "/// The property `",
    "/// The type of `",
    "/// The value of `",
    "/// The variant `",
];

/// The most arguments that a reader can tell apart by their place.
const MOST: usize = 5;

impl Code {
    pub fn of(text: &str) -> Self {
        let lines = || text.lines().map(str::trim_start);
        let is_placeholder = |line: &&str| PLACEHOLDERS.iter().any(|it| line.starts_with(it));
        let is_nested = |line: &&str| line.starts_with("pub ") && line.contains(": Option<Option<");
        let constructors = text.split("pub fn new(").skip(1);
        Self {
            placeholders: lines().filter(is_placeholder).count(),
            nested: lines().filter(is_nested).count(),
            long: constructors.filter(|text| arguments(text) > MOST).count(),
        }
    }

    pub fn add(&mut self, other: Self) {
        self.placeholders += other.placeholders;
        self.nested += other.nested;
        self.long += other.long;
    }
}

/// Returns the number of arguments before the bracket that closes them.
fn arguments(text: &str) -> usize {
    let (mut depth, mut count, mut before) = (0_usize, 0, ' ');
    for c in text.chars() {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' if depth == 0 => break,
            '>' if before == '-' => {}
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && before != ':' => count += 1,
            _ => {}
        }
        before = c;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_badly_is_counted() {
        let text = "
            /// The property `a`.
            pub a: Option<Option<String>>,
            pub fn new(a: u8, b: impl Into<a::B>, c: Vec<(u8, u8)>, d: u8, e: u8) -> Self {}
            pub fn new(a: u8, b: u8, c: u8, d: u8, e: impl Fn() -> u8, f: u8) -> Self {}
        ";
        let found = Code::of(text);
        assert_eq!((found.placeholders, found.nested, found.long), (1, 1, 1));
    }
}
