//! Finds the line and column of the value at a pointer.
//!
//! In: YAML or JSON that is known to parse, and pointers into it. Out: a position for each. Not here: parsing. The search
//! descends only to the requested values and skips all others.

mod block;
mod flow;
mod position_tree;

use self::flow::Flow;
use self::position_tree::{Position, PositionTree};
use crate::report::Pointer;

/// Returns the positions of the values at these pointers.
pub fn find<'a>(text: &str, pointers: impl Iterator<Item = &'a Pointer> + Clone) -> Vec<Position> {
    let mut root = PositionTree::default();
    for pointer in pointers.clone() {
        pointer
            .keys()
            .fold(&mut root, |tree, key| tree.children.entry(key).or_default());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with(['{', '[']) {
        Flow::new(text, (1, 1)).value(Some(&mut root), 0);
    } else {
        block::block(&block::lines(text), &mut root);
    }
    pointers
        .map(|pointer| {
            let mut tree = &root;
            let mut position = (1, 1);
            for key in pointer.keys() {
                let Some(child) = tree.children.get(&key) else {
                    break;
                };
                tree = child;
                position = child.position.unwrap_or(position);
            }
            position
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, pointer: &str) -> Position {
        find(text, std::iter::once(&Pointer::canonical(pointer)))[0]
    }

    fn line(text: &str, pointer: &str) -> usize {
        position(text, pointer).0
    }

    const YAML: &str = "\
# comment
openapi: 3.1.0
info:
  description: |
    paths:
      not: this
  title: 'it''s'
paths:
  /a:
    get:
      parameters:
      - name: one
        in: query
      -
        name: two
        schema: { type: [string,
          'null'], x: 1 }
      \"200\":   # comment
        - - deep: 1
";

    #[test]
    fn yaml() {
        assert_eq!(line(YAML, "#"), 1);
        assert_eq!(line(YAML, "#/info/title"), 7);
        assert_eq!(line(YAML, "#/paths/~1a/get"), 10);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/0/in"), 13);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/1/name"), 15);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/1/schema/type/1"), 17);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/1/schema/x"), 17);
        assert_eq!(line(YAML, "#/paths/~1a/get/200/0/0/deep"), 19);
        assert_eq!(line(YAML, "#/paths/~1a/get/none/x"), 10);
        assert_eq!(position(YAML, "#/paths/~1a/get"), (10, 5));
        assert_eq!(position(YAML, "#/paths/~1a/get/parameters/0"), (12, 7));
        assert_eq!(position(YAML, "#/paths/~1a/get/parameters/0/name"), (12, 9));
        let schema = "#/paths/~1a/get/parameters/1/schema";
        assert_eq!(position(YAML, &format!("{schema}/type")), (16, 19));
        assert_eq!(position(YAML, &format!("{schema}/type/1")), (17, 11));
        assert_eq!(position(YAML, &format!("{schema}/x")), (17, 20));
    }

    #[test]
    fn json() {
        let text =
            "{\n \"a\\u00e9/\": {\"s\": \"}\\\"{\",\n  \"b\": [1,\n   {\"c\": null}]},\n \"d\": 1}";
        assert_eq!(line(text, "#/aé~1/b"), 3);
        assert_eq!(line(text, "#/aé~1/b/1/c"), 4);
        assert_eq!(position(text, "#/d"), (5, 2));
        assert_eq!(position("{\"é\": 1, \"b\": 2}", "#/b"), (1, 10));
        assert_eq!(line(text, "#/none"), 1);
    }

    #[test]
    fn nothing_makes_it_fail() {
        for end in 0..YAML.len() {
            line(&YAML[..end], "#/paths/~1a/get/parameters/1/schema/type/1");
            line(&format!("{{{}", &YAML[end..]), "#/paths/~1a/get");
        }
    }
}
