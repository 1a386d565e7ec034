//! The input and the output of all emitters.
//!
//! In: the model and the plan. Out: a [`EmitCx`], the markers that identify generated files. Not here: files.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::program::Program;
use super::text::markdown::{self, visible};
use crate::model::api::{Api, LeftOut, Repr, Server, Shape, Ty};
use crate::model::census::Census;
use crate::model::note::Note;
use crate::model::ty::{constant, resolve};
use crate::plan::Plan;
use crate::plan::exchange::Exchanges;
use crate::plan::names::Names;
use crate::plan::outline::Outline;

/// A file of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// From the crate's folder, with `/` between folders.
    pub path: String,
    /// Its contents.
    pub text: Cow<'static, str>,
}

/// The input of all emitters.
pub struct EmitCx<'a> {
    pub api: &'a Api,
    pub outline: &'a Outline,
    pub names: &'a Names,
    pub exchanges: &'a Exchanges,
    pub census: &'a Census,
    /// True if the crate has tests.
    pub tests: bool,
    pub left_out: LeftOut,
    /// The examples, by operation, once they are made.
    pub programs: Vec<OnceLock<Option<Program>>>,
    /// The modules of the runtime that this client does not need, once they are known.
    pub missing_modules: OnceLock<Vec<&'static str>>,
    /// The URL that relative links in the document start at.
    link_base: Option<String>,
}

impl<'a> EmitCx<'a> {
    pub fn new(
        api: &'a Api,
        plan: &'a Plan,
        census: &'a Census,
        tests: bool,
        left_out: LeftOut,
    ) -> Self {
        Self {
            api,
            outline: &plan.outline,
            names: &plan.names,
            exchanges: &plan.exchanges,
            census,
            tests,
            left_out,
            programs: vec![OnceLock::new(); api.ops.len()],
            missing_modules: OnceLock::new(),
            link_base: link_base(api),
        }
    }

    /// Returns a text of the document as lines of safe Markdown for a page.
    pub fn page_lines<'t>(&self, text: &'t str) -> Vec<Cow<'t, str>> {
        markdown::page_lines(text, self.link_base.as_deref())
    }

    /// Returns whether other values convert to a type: a union that has them as variants, or an enum of strings.
    pub fn converts(&self, ty: &Ty) -> bool {
        let Ty::Named(id) = resolve(self.api, ty) else {
            return false;
        };
        match &self.api.types[id.0].shape {
            Shape::Union { .. } => !self.outline.ty(*id).conversions.is_empty(),
            shape @ Shape::Enum { repr, .. } => *repr == Repr::String && constant(shape).is_none(),
            Shape::Struct { .. } | Shape::Alias(_) => false,
        }
    }

    /// Returns the first line of each emitted Rust file, which `write` recognizes.
    pub fn banner(&self) -> String {
        format!("// {}\n", self.marker())
    }

    pub fn marker(&self) -> String {
        let line = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            visible(&words.join(" "))
                .chars()
                .take(120)
                .collect::<String>()
        };
        let (title, version) = (line(&self.api.info.title), line(&self.api.info.version));
        format!(
            "@generated from \"{title}\" {version}. \
             Do not edit: change the document or its overlay, and generate again."
        )
    }
}

/// Returns the URL of the external documentation, or of the first server.
fn link_base(api: &Api) -> Option<String> {
    let docs = api.info.notes.iter().find_map(|note| match note {
        Note::ExternalDocs(docs) => Some(docs.url.clone()),
        Note::Limits(_)
        | Note::Scopes(_)
        | Note::Tokens(_)
        | Note::Terms(_)
        | Note::Contact { .. }
        | Note::License { .. }
        | Note::Server { .. } => None,
    });
    let server = || api.servers.first().map(Server::default_url);
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    docs.filter(is_web).or_else(|| server().filter(is_web))
}
