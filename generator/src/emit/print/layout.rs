//! Where lines break.
//!
//! In: text of one line, with marks of where it may break. Out: lines. Oppen's algorithm (Pretty Printing, TOPLAS 1980), as
//! `rustc` and `prettyplease` have it: a group is broken where it does not fit, outer groups before inner ones. A group
//! counts with what must follow it on its line. Not here: which groups there are (`code`).

/// Lines are this wide, as `prettyplease` has it.
const WIDTH: usize = 89;
/// What is left of a line where the indentation takes too much of it.
const LEAST: usize = 60;
/// A level of indentation.
pub const INDENT: usize = 4;
/// Wider than any line.
const ENDLESS: usize = 1 << 40;

/// How a group breaks that does not fit a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// At all of its places.
    All,
    /// Where the line is full.
    Full,
}

/// What stands at a place of a line, without a width of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A group begins. If it breaks, its lines are this much deeper.
    Open { deeper: usize, breaks: Breaks },
    /// The group ends.
    Close,
    /// The line may end here.
    Break(Break),
    /// Here no line ends, but what stands before does not count as followed by what comes after.
    Stop,
    /// The groups around do not fit, however short they are.
    Misfit,
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Break {
    /// The width of the blank that is here in the text, and not where the line ends.
    pub blank: usize,
    /// What the line ends with.
    pub before: &'static str,
    /// What the next line begins with.
    pub after: &'static str,
    /// How much less deep the next line is.
    pub out: usize,
}

/// A mark, and the byte of the text before which it stands.
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

/// How wide the text is from each mark on: from the beginning of a group to the first break behind it, from a break to
/// the next one of its group or of a group around it.
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
    /// What is left of the line; below zero where it is too long.
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
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or_default();
        self.out.push_str(first);
        self.room -= first.len() as isize;
        for line in lines {
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
