//! Examples: values that the document gives for its types.
//!
//! In: the document, after all types are built. Out: [`Example`]s of types, and a diagnostic for each example that does not match
//! its own schema. Not here: the examples in docs (see `operation`).
//!
//! Tests cannot use an example without a type, or an example of content that is not JSON. `externalValue` is not fetched.

use indexmap::IndexMap;
use serde_json::Value;

use crate::document::{Content, Entry, Operation, Parameter, PathItem, Pos};
use crate::maps::HashSet;
use crate::model::api::{Direction, Example, Ty};
use crate::model::json::sorted;
use crate::report::{Code, Pointer};
use crate::understand::operation;
use crate::understand::schema::cx::{Cx, Slot};
use crate::understand::schema::fit;
use crate::understand::schema::types;
use crate::understand::schema::uses::used;
use crate::understand::select::Unselected;

/// Returns all examples that match their schemas, except those of unselected operations.
pub(super) fn run(cx: &mut Cx, unselected: &[Unselected]) -> Vec<Example> {
    let mut found = Found {
        cx,
        unselected: unselected.iter().map(|op| op.at.as_str()).collect(),
        examples: Vec::new(),
        seen: HashSet::default(),
    };
    found.schemas();
    let doc = found.cx.doc;
    for item in doc.paths.values() {
        found.path_item(item, [Direction::Sent, Direction::Received]);
    }
    for item in doc.webhooks.values() {
        found.path_item(item, [Direction::Received, Direction::Sent]);
    }
    found.examples
}

struct Found<'c, 'a> {
    cx: &'c mut Cx<'a>,
    /// The locations of unselected operations.
    unselected: HashSet<&'c str>,
    examples: Vec<Example>,
    /// The locations that were already searched. Many operations can share one.
    seen: HashSet<&'a str>,
}

impl<'a> Found<'_, 'a> {
    fn schemas(&mut self) {
        let doc = self.cx.doc;
        for (pos, (at, entry)) in doc.places.iter().zip(&doc.schemas).enumerate() {
            let Entry::Schema(view) = entry else {
                continue;
            };
            if (at.operation()).is_some_and(|at| self.unselected.contains(at)) {
                continue;
            }
            if let Some(value) = &view.data.example {
                self.add(pos, at.child("example"), value, None);
            }
            for (key, value) in &view.examples {
                self.add(pos, at.child("examples").child(key), value, None);
            }
        }
    }

    /// Collects the examples of a path. `sides` has the directions of requests and of responses.
    fn path_item(&mut self, item: &'a PathItem, sides: [Direction; 2]) {
        let is_wanted = |operation: &&Operation| !self.unselected.contains(operation.at.as_str());
        let wanted: Vec<&Operation> = item.operations.iter().filter(is_wanted).collect();
        if wanted.is_empty() && !item.operations.is_empty() {
            return;
        }
        for parameter in &item.parameters {
            self.parameter(parameter, sides[0]);
        }
        for operation in wanted {
            self.operation(operation, sides);
        }
    }

    fn operation(&mut self, operation: &'a Operation, [asks, answers]: [Direction; 2]) {
        for parameter in &operation.parameters {
            self.parameter(parameter, asks);
        }
        if let Some(Ok(body)) = &operation.body {
            self.content(&body.content, asks);
        }
        for response in operation.responses.values().chain(&operation.default) {
            self.content(&response.content, answers);
        }
    }

    /// Collects the examples of a parameter. A string may be the serialized value, which does not reveal its type.
    fn parameter(&mut self, parameter: &'a Parameter, direction: Direction) {
        let example = parameter.declared.parameter_data_ref().example.as_ref();
        self.add_all(
            Declared {
                at: &parameter.declared.at,
                schema: parameter.schema.flatten(),
                example: example.filter(|value| !value.is_string()),
                examples: &parameter.examples,
                texts: false,
            },
            direction,
        );
        self.content(&parameter.content, direction);
    }

    fn content(&mut self, content: &'a Content, direction: Direction) {
        for (name, media) in content {
            if operation::is_json_media(name) {
                self.add_all(
                    Declared {
                        at: &media.declared.at,
                        schema: media.schema.flatten(),
                        example: media.declared.example.as_ref(),
                        examples: &media.examples,
                        texts: true,
                    },
                    direction,
                );
            }
        }
    }

    fn add_all(&mut self, declared: Declared<'a>, direction: Direction) {
        let at = declared.at;
        let Some(pos) = declared.schema.filter(|_| self.seen.insert(at.as_str())) else {
            return;
        };
        if let Some(value) = declared.example {
            self.add(pos, at.child("example"), value, Some(direction));
        }
        for (name, example) in declared.examples {
            if let Some(value) = &example.value
                && (declared.texts || !value.is_string())
            {
                let at = at.child("examples").child(name).child("value");
                self.add(pos, at, value, Some(direction));
            }
        }
    }

    /// Adds an example that matches its schema. If a string does not match, it may contain JSON that does.
    fn add(&mut self, pos: Pos, at: Pointer, value: &Value, direction: Option<Direction>) {
        let inside = || -> Option<Value> {
            let text = value
                .as_str()
                .filter(|text| text.trim_start().starts_with(['{', '[']))?;
            serde_json::from_str(text).ok()
        };
        let (json, result) = match (self.fit(pos, value, direction), inside()) {
            (Err(misfit), Some(inside)) => {
                let again = self.fit(pos, &inside, direction);
                (sorted(&inside), again.map_err(|_| misfit))
            }
            (result, _) => (sorted(value), result),
        };
        match result {
            Ok(direction) => {
                if let Some(ty) = ty(self.cx, pos) {
                    self.examples.push(Example {
                        at,
                        ty,
                        direction,
                        json,
                    });
                }
            }
            Err(misfit) => {
                let place = misfit.place(&at);
                self.cx
                    .report
                    .add(Code::ExampleDoesNotFit, &place, misfit.reason);
            }
        }
    }

    /// Returns the direction in which an example is valid. Without a given direction, both are tried.
    fn fit(
        &mut self,
        pos: Pos,
        value: &Value,
        direction: Option<Direction>,
    ) -> Result<Direction, fit::Misfit> {
        // Proportional to the size of the example, so the total cost is linear.
        let steps = 1000 + 16 * sorted(value).len();
        let mut fits =
            |direction| fit::check(self.cx, pos, value, direction, steps).map(|()| direction);
        match direction {
            Some(direction) => fits(direction),
            None => fits(Direction::Received)
                .or_else(|misfit| fits(Direction::Sent).map_err(|_| misfit)),
        }
    }
}

/// A parameter, media type or schema that declares examples.
struct Declared<'a> {
    at: &'a Pointer,
    schema: Option<Pos>,
    example: Option<&'a Value>,
    examples: &'a IndexMap<String, openapiv3::Example>,
    /// Whether strings are examples. In a parameter, a string may be the serialized value.
    texts: bool,
}

/// Returns the type at a position, if one was built.
fn ty(cx: &mut Cx, pos: Pos) -> Option<Ty> {
    let used = used(cx, &[pos]);
    let key = used.key?;
    let component = key.single().and_then(|pos| cx.components[pos]);
    let core = match (component, cx.slots.get(&key)) {
        (Some(id), _) => Ty::Named(id),
        (None, Some(Slot::Done(ty))) => ty.clone(),
        (None, Some(Slot::Pending(_)) | None) => return None,
    };
    Some(types::nullable_if(used.nullable, core))
}
