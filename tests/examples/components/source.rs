//! The types of an emitted crate, as its source tells.
//!
//! In: the files of a crate. Out: its unions, and calls of the constructors of structs. Not here: what becomes of them.

use std::collections::BTreeMap;

use generator::File;
use proc_macro2::TokenTree;
use syn::{Fields, FnArg, GenericArgument, ImplItem, Item, Pat, PathArguments, Type};

/// What the source says of types.
#[derive(Default)]
pub struct Code {
    pub unions: BTreeMap<String, Union>,
    /// The types of enums' variants, by name. `None` if it is no struct.
    variants: BTreeMap<String, Vec<(String, Option<String>)>>,
    /// The types of fields.
    structs: BTreeMap<String, BTreeMap<String, Type>>,
    /// The parameters of `new`.
    constructors: BTreeMap<String, Vec<(String, Type)>>,
}

/// A union, with its tag if it has one.
#[derive(Default)]
pub struct Union {
    pub tag: Option<String>,
    /// The variants and their types.
    pub variants: Vec<(String, Option<String>)>,
}

impl Code {
    pub fn read(files: &[File]) -> syn::Result<Self> {
        let mut code = Self::default();
        let is_ours = |path: &str| {
            let of_types = !path.starts_with("src/runtime/") && !path.starts_with("src/cli/");
            path.starts_with("src/") && path.ends_with(".rs") && of_types
        };
        for file in files.iter().filter(|file| is_ours(&file.path)) {
            for item in syn::parse_file(&file.text)?.items {
                code.item(item);
            }
        }
        for (name, union) in &mut code.unions {
            union.variants = code.variants.remove(name).unwrap_or_default();
            union.variants.retain(|(variant, _)| variant != "Other");
        }
        Ok(code)
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Enum(item) => {
                let variants = item.variants.iter();
                let variants = variants.map(|it| (it.ident.to_string(), content(&it.fields)));
                let variants = variants.collect();
                self.variants.insert(item.ident.to_string(), variants);
            }
            Item::Struct(item) => {
                let fields = item.fields.into_iter();
                let fields = fields.filter_map(|it| Some((it.ident?.to_string(), it.ty)));
                self.structs
                    .insert(item.ident.to_string(), fields.collect());
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Some(name) = last(&item.self_ty) else {
                    return;
                };
                let new = item.items.into_iter().find_map(|it| match it {
                    ImplItem::Fn(it) if it.sig.ident == "new" => Some(it.sig.inputs),
                    _ => None,
                });
                if let Some(inputs) = new {
                    let inputs = inputs.into_iter().filter_map(parameter);
                    self.constructors.insert(name, inputs.collect());
                }
            }
            Item::Macro(item) => {
                let name = item.mac.path.segments.last().map(|it| it.ident.to_string());
                let unions = ["union", "tagged_union", "constant_union"];
                if name.is_some_and(|name| unions.contains(&name.as_str())) {
                    self.union(item.mac.tokens.into_iter().collect());
                }
            }
            _ => {}
        }
    }

    /// Reads `Name by "tag" { .. }`.
    fn union(&mut self, tokens: Vec<TokenTree>) {
        let Some(TokenTree::Ident(name)) = tokens.first() else {
            return;
        };
        let tag = match tokens.get(2) {
            Some(TokenTree::Literal(tag)) => {
                let tag = syn::parse_str::<syn::LitStr>(&tag.to_string()).ok();
                tag.map(|tag| tag.value())
            }
            _ => None,
        };
        let union = Union {
            tag,
            ..Union::default()
        };
        self.unions.insert(name.to_string(), union);
    }

    /// Returns a function that passes the fields of a struct to its constructor.
    pub fn constructor(&self, name: &str) -> Option<String> {
        let (fields, parameters) = (self.structs.get(name)?, self.constructors.get(name)?);
        let argument = |parameter: &String, ty: &Type| {
            let field = fields.get(parameter)?;
            Some(match (last(field)?.as_str(), last(ty).as_deref()) {
                ("Box", _) => format!("*it.{parameter}"),
                ("Option", Some("Option")) if inner(field).as_deref() == Some("Box") => {
                    format!("it.{parameter}.map(|it| *it)")
                }
                _ => format!("it.{parameter}"),
            })
        };
        let arguments = match parameters.as_slice() {
            // The required fields, if they are many.
            [(parameter, ty)] if parameter == "required" && !fields.contains_key("required") => {
                let required = last(ty)?;
                let named =
                    |(name, ty): (&String, &Type)| Some(format!("{name}: {}", argument(name, ty)?));
                let fields: Option<Vec<String>> =
                    self.structs.get(&required)?.iter().map(named).collect();
                format!("types::{required} {{ {} }}", fields?.join(", "))
            }
            parameters => {
                let arguments = parameters.iter().map(|(name, ty)| argument(name, ty));
                let arguments: Option<Vec<String>> = arguments.collect();
                arguments?.join(", ")
            }
        };
        let it = if arguments.is_empty() { "_" } else { "it" };
        Some(format!(
            "|{it}: types::{name}| types::{name}::new({arguments})"
        ))
    }
}

fn parameter(input: FnArg) -> Option<(String, Type)> {
    match input {
        FnArg::Typed(input) => match *input.pat {
            Pat::Ident(name) => Some((name.ident.to_string(), *input.ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// Returns the name of a variant's type, boxed or not.
fn content(fields: &Fields) -> Option<String> {
    let Fields::Unnamed(fields) = fields else {
        return None;
    };
    let ty = &fields.unnamed.first()?.ty;
    match last(ty)?.as_str() {
        "Box" => inner(ty),
        _ => last(ty),
    }
}

/// Returns the last name of a path.
fn last(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

/// Returns the last name of a path's argument.
fn inner(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    match &path.path.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(ty) => last(ty),
            _ => None,
        },
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    }
}
