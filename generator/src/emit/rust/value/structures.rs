//! Values of structs, by their constructors and setters.
//!
//! In: a struct, and the JSON of an object. Out: an expression. Not here: other values (see the parent).

use serde_json::Value;

use super::Values;
use crate::emit::print::code::{Chain, RustCode, call, code, record};
use crate::emit::rust::literal;
use crate::emit::rust::structs::in_order;
use crate::model::api::{Access, Field, Rest, TypeId};
use crate::plan::members::{Member, Optionality};

impl Values<'_, '_> {
    /// Calls the constructor and the setters of a struct. If there are undeclared properties, the value gets a variable.
    pub(super) fn structure(
        &mut self,
        id: TypeId,
        fields: &[Field],
        rest: &Rest,
        value: &Value,
        word: &str,
    ) -> Option<RustCode> {
        let (names, plan) = (self.cx.names.ty(id), self.cx.outline.ty(id));
        let members = value.as_object()?;
        let (mut arguments, mut steps) = (Vec::new(), Vec::new());
        for (index, (field, member)) in fields.iter().zip(&plan.members).enumerate() {
            let given = members.get(&field.wire);
            let preset = literal::preset_of(self.cx, member);
            if preset.is_none() && member.optionality.is_required() {
                let value = match names.required {
                    Some(_) => self.member(&member.unboxed(), given?, &field.wire)?,
                    None => self.constructor_argument(member, given?, &field.wire)?,
                };
                arguments.push((index, value));
            } else if let Some(value) = given
                && preset.is_none_or(|preset| preset.json() != *value)
                && field.access != Access::ReadOnly
                && !field.doc.deprecated
            {
                let setters = &names.setters[index];
                steps.push(match (&setters.null, value) {
                    (Some(null), Value::Null) => (null, Vec::new()),
                    (_, value) => {
                        let value = self.converted(&member.ty, value, &field.wire)?;
                        (&setters.value, vec![value])
                    }
                });
            }
        }
        let extras = self.extras(fields, rest, members, word)?;
        self.uses.types.insert(&names.name);
        let made = self.made(id, fields, arguments);
        let made = match steps.is_empty() {
            true => made,
            false => {
                let steps = steps.into_iter();
                let chain = steps.fold(Chain::of(made), |chain, (name, arguments)| {
                    chain.method(name, &arguments)
                });
                chain.end()
            }
        };
        if extras.is_empty() {
            return Some(made);
        }
        let local = self.local(word, &made);
        self.before
            .push(code!("let mut ", &local, " = ", made, ";"));
        for entry in extras {
            let insert = Chain::of(&local).field("extra").method("insert", &entry);
            self.before.push(code!(insert.end(), ";"));
        }
        Some(code!(&local))
    }

    /// Calls the constructor of a struct with values, by index of their fields.
    fn made(
        &mut self,
        id: TypeId,
        fields: &[Field],
        arguments: Vec<(usize, RustCode)>,
    ) -> RustCode {
        let names = self.cx.names.ty(id);
        match &names.required {
            Some(required) => {
                self.uses.types.insert(required);
                let fields = arguments.into_iter().map(|(index, value)| {
                    let name = &names.members[index];
                    let colon = (value.text() != name.as_str()).then(|| code!(": ", value));
                    code!(name, colon)
                });
                let required = record(required, &fields.collect::<Vec<_>>());
                code!(&names.name, "::new(", required, ")")
            }
            None => call(code!(&names.name, "::new"), &in_order(fields, arguments)),
        }
    }

    /// Returns the names and the values of undeclared properties.
    fn extras(
        &mut self,
        fields: &[Field],
        rest: &Rest,
        members: &serde_json::Map<String, Value>,
        word: &str,
    ) -> Option<Vec<[RustCode; 2]>> {
        let Rest::Typed(ty) = rest else {
            return Some(Vec::new());
        };
        let known = |name: &String| fields.iter().any(|field| field.wire == *name);
        let others = members.clone().into_iter();
        let others = others.filter(|(name, _)| !known(name)).collect();
        self.entries(ty, &others, word)
    }

    /// Returns an argument of a constructor, which boxes it.
    fn constructor_argument(
        &mut self,
        member: &Member,
        value: &Value,
        word: &str,
    ) -> Option<RustCode> {
        match (member.optionality, value) {
            (Optionality::Nullable, Value::Null) => Some(code!("None")),
            (Optionality::Nullable, value) => {
                let value = self.value(&member.ty, value, word)?;
                Some(call("Some", &[self.short(value, word)]))
            }
            (_, value) => self.converted(&member.ty, value, word),
        }
    }
}
