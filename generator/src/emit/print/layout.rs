//! Line breaking.
//!
//! In: text of one line, with marks for possible breaks. Out: lines. Oppen's algorithm (Pretty Printing, TOPLAS 1980), as
//! `rustc` and `prettyplease` have it: a group is broken if it does not fit, outer groups before inner ones. The width of a
//! group includes the text that must follow on its line. Not here: the groups (`code`).

/// The width of a line, which is that of `prettyplease`.
const WIDTH: usize = 89;
/// The least width that a line has, however deep it is indented.
const LEAST: usize = 60;
/// A level of indentation.
pub const INDENT: usize = 4;
/// Wider than any line.
const ENDLESS: usize = 1 << 40;

/// The way in which a group breaks if it does not fit on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// At all of its breaks.
    All,
    /// Only if the line is full.
    Full,
}

/// A mark at a position of a line, without a width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Starts a group. If it breaks, its lines are indented this much deeper.
    Open { deeper: usize, breaks: Breaks },
    /// Ends the group.
    Close,
    /// The line may end here.
    Break(Break),
    /// The text before does not count as followed by the text after, though no line ends here.
    Stop,
    /// Breaks the enclosing groups, however short they are.
    Misfit,
}

/// A possible end of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Break {
    /// The width of the blank in the text, which is dropped if the line ends here.
    pub blank: usize,
    /// The end of the line, if it breaks here.
    pub before: &'static str,
    /// The beginning of the next line.
    pub after: &'static str,
    /// The amount by which the next line is indented less.
    pub out: usize,
}

/// A mark, and the byte offset of the text that follows it.
pub type Place = (usize, Mark);

/// Appends the text, with the indentation of its first line, but without the end of its last.
pub fn write(text: &str, places: &[Place], indent: usize, out: &mut String) {
    blanks(indent, out);
    let room = room(indent);
    let misfit = places.iter().any(|(_, mark)| *mark == Mark::Misfit);
    if text.len() as isize <= room && !misfit {
        out.push_str(text);
        return;
    }
    let sizes = sizes(text.len(), places);
    let mut writer = Writer {
        out,
        room,
        indent,
        groups: Vec::new(),
    };
    let mut from = 0;
    for ((at, mark), size) in places.iter().zip(sizes) {
        writer.text(&text[from..*at]);
        from = at + writer.mark(*mark, size);
    }
    writer.text(&text[from..]);
}

fn blanks(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn room(indent: usize) -> isize {
    WIDTH.saturating_sub(indent).max(LEAST) as isize
}

/// Returns the width of the text from each mark on: from the beginning of a group to the first
/// break after it, from a break to the next one of its group or of a group around it.
fn sizes(end: usize, places: &[Place]) -> Vec<usize> {
    let misfits = places.iter().filter(|(_, mark)| *mark == Mark::Misfit);
    let mut beyond = misfits.count() * ENDLESS;
    // The next break by level of groups, the innermost last.
    let mut next = vec![end + beyond];
    let mut sizes = vec![0; places.len()];
    for ((at, mark), size) in places.iter().zip(&mut sizes).rev() {
        let outer = next.last().copied().unwrap_or(end);
        match mark {
            Mark::Close => next.push(outer),
            Mark::Open { .. } => {
                next.pop();
                let behind = next.last().copied().unwrap_or(end);
                *size = behind.saturating_sub(at + beyond);
            }
            Mark::Break(_) | Mark::Stop => {
                *size = outer.saturating_sub(at + beyond);
                if let Some(next) = next.last_mut() {
                    *next = at + beyond;
                }
            }
            Mark::Misfit => beyond -= ENDLESS,
        }
    }
    sizes
}

struct Writer<'a> {
    out: &'a mut String,
    /// The remaining width of the line; negative if it is too long.
    room: isize,
    indent: usize,
    groups: Vec<Group>,
}

/// A group that is being written.
enum Group {
    Fits,
    /// With the indentation around it.
    Broken(usize, Breaks),
}

impl Writer<'_> {
    /// Lines in the text are those of a raw string.
    fn text(&mut self, text: &str) {
        let end = memchr::memchr(b'\n', text.as_bytes());
        let first = &text[..end.unwrap_or(text.len())];
        self.out.push_str(first);
        self.room -= first.len() as isize;
        let rest = end.map(|end| &text[end + 1..]);
        for line in rest.into_iter().flat_map(|rest| rest.split('\n')) {
            self.out.push('\n');
            blanks(self.indent, self.out);
            self.out.push_str(line);
            self.room = room(self.indent) - line.len() as isize;
        }
    }

    /// Returns how much of the text is left out.
    fn mark(&mut self, mark: Mark, size: usize) -> usize {
        match mark {
            Mark::Open { deeper, breaks } => {
                if size as isize > self.room {
                    self.groups.push(Group::Broken(self.indent, breaks));
                    self.indent += deeper;
                } else {
                    self.groups.push(Group::Fits);
                }
                0
            }
            Mark::Close => {
                if let Some(Group::Broken(indent, _)) = self.groups.pop() {
                    self.indent = indent;
                }
                0
            }
            Mark::Break(place) => {
                let fits = match self.groups.last() {
                    Some(Group::Fits) => true,
                    Some(Group::Broken(_, Breaks::All)) => false,
                    Some(Group::Broken(_, Breaks::Full)) | None => size as isize <= self.room,
                };
                match fits {
                    true => 0,
                    false => self.end_line(place),
                }
            }
            Mark::Stop | Mark::Misfit => 0,
        }
    }

    fn end_line(&mut self, place: Break) -> usize {
        let indent = self.indent.saturating_sub(place.out);
        self.out.push_str(place.before);
        self.out.push('\n');
        blanks(indent, self.out);
        self.room = room(indent);
        self.text(place.after);
        place.blank
    }
}
