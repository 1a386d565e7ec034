//! Every identifier of the emitted crate, assigned once.
//!
//! In: the [`Api`] and its [`Outline`]. Out: [`Names`], side tables by id. A [`Name`] is an identifier that is unique in its
//! scope. Only a [`Scope`] can create one, so an emitter cannot invent it. Claims are sorted before they are made, so the order
//! of keys in the document has no effect. Not here: tokens, except those of a name.

mod cli;
mod doc_paths;
mod inputs;
mod literals;
mod members;
mod operations;
mod package;
mod reserved;
mod resources;
mod scope;
mod settings;
mod types;

pub use cli::CliNames;
pub use doc_paths::DocPaths;
pub use literals::{LITERALS, Literals};
pub use operations::{OpNames, ReplyNames};
pub use package::is_package_name;
pub use resources::ResourceNames;
pub use scope::{Case, Name, Scope};
pub use settings::{SchemeNames, ServerNames, SettingNames};
pub use types::TypeNames;

use crate::model::api::{Api, OpId, TypeId};
use crate::plan::modules::PartId;
use crate::plan::outline::Outline;
use crate::plan::resources::{Resource, ResourceId};

/// The names of the emitted crate, in side tables.
#[derive(Clone, Debug)]
pub struct Names {
    /// The package, `openai-permissions`.
    pub package: String,
    /// The library, `openai_permissions`.
    pub library: Name,
    types: Vec<TypeNames>,
    /// The strings that constants stand for.
    pub literals: Literals,
    ops: Vec<OpNames>,
    resources: Vec<ResourceNames>,
    parts: Vec<Name>,
    /// The paths of the pages of modules.
    pub pages: DocPaths,
    /// The names of security schemes, by index in [`Api::schemes`].
    pub schemes: Vec<SchemeNames>,
    /// The names of header settings, by index of the header in the settings of the client.
    pub headers: Vec<SettingNames>,
    pub servers: ServerNames,
    /// The environment variable that replaces the base URL.
    pub base_url_env: String,
    /// The names of the command line.
    pub cli: CliNames,
}

impl Names {
    /// Returns the names of a definition.
    pub fn ty(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0]
    }

    /// Returns the names of an operation.
    pub fn op(&self, id: OpId) -> &OpNames {
        &self.ops[id.0]
    }

    /// Returns the names of a resource.
    pub fn resource(&self, id: ResourceId) -> &ResourceNames {
        &self.resources[id.0]
    }

    /// Returns the names of the items in the module of a resource.
    pub fn items<'a>(
        &'a self,
        id: ResourceId,
        resource: &'a Resource,
    ) -> impl Iterator<Item = &'a Name> {
        let calls = resource.ops.iter().map(|op| self.op(*op));
        let calls = calls.flat_map(|names| {
            let reply = names.reply.as_ref().map(|reply| &reply.ty);
            [names.call.as_ref(), reply, names.error.as_ref()]
        });
        std::iter::once(&self.resource(id).structure).chain(calls.flatten())
    }

    /// Returns the submodule of a part.
    pub fn part(&self, id: PartId) -> &Name {
        &self.parts[id.0]
    }
}

/// Assigns all names. `package` is the requested name of the package.
pub fn run(api: &Api, outline: &Outline, package: Option<&str>) -> Names {
    let package = package::run(api, package);
    let library = Scope::new(Case::Snake, &[]).claim(&package);
    let literals = literals::run(api);
    let types = types::run(api, outline, &literals);
    let resources = resources::run(outline);
    let parts = resources::parts(outline);
    let pages = doc_paths::run(&resources, &parts);
    let settings::Settings {
        schemes,
        headers,
        servers,
        base_url_env,
    } = settings::run(api, &package);
    let ops = operations::run(api, outline, &resources, &schemes);
    let settings = schemes
        .iter()
        .flat_map(|names| &names.credentials)
        .chain(&headers)
        .chain(&servers.choice)
        .chain(servers.variables.iter().map(|(_, names)| names));
    let settings: Vec<&Name> = settings.map(|names| &names.setter).collect();
    let cli = cli::run(api, outline, &package, &settings);
    Names {
        cli,
        package,
        library,
        types,
        literals,
        ops,
        resources,
        parts,
        pages,
        schemes,
        headers,
        servers,
        base_url_env,
    }
}
