//! The structure of the client: its resources, modules, types and operations, before they have names.
//!
//! In: the [`Api`]. Out: an [`Outline`], side tables by [`TypeId`], [`OpId`] and [`ResourceId`]. Not here: decisions, which are made in a
//! file each; names.

use std::collections::BTreeMap;

use super::modules::{Features, Gate, Part, PartId};
use super::operations::OpPlan;
use super::pages::Page;
use super::resources::{Resource, ResourceId};
use super::types::TypePlan;
use super::{modules, operations, pages, resources, types};
use crate::model::api::{Api, OpId, TypeId};

/// The side tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    types: Vec<TypePlan>,
    ops: Vec<OpPlan>,
    resources: Vec<Resource>,
    parts: Vec<Part>,
    features: Features,
    pages: BTreeMap<TypeId, Page>,
}

impl Outline {
    /// Returns the plan of a definition.
    pub fn ty(&self, id: TypeId) -> &TypePlan {
        &self.types[id.0]
    }

    /// Returns the plan of an operation.
    pub fn op(&self, id: OpId) -> &OpPlan {
        &self.ops[id.0]
    }

    /// Returns the page of a definition, if it is one.
    pub fn page(&self, id: TypeId) -> Option<&Page> {
        self.pages.get(&id)
    }

    /// Returns the resource with this id.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }

    /// Returns all resources, parents before children.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> + Clone {
        self.resources
            .iter()
            .enumerate()
            .map(|(index, resource)| (ResourceId(index), resource))
    }

    /// Returns the resources without a parent.
    pub fn roots(&self) -> impl Iterator<Item = ResourceId> {
        self.resources()
            .filter(|(_, resource)| resource.parent.is_none())
            .map(|(id, _)| id)
    }

    /// Returns the features of resources.
    pub fn features(&self) -> &Features {
        &self.features
    }

    /// Returns the gate of a resource.
    pub fn gate(&self, id: ResourceId) -> Gate {
        match self.features.of(&self.resources, id) {
            Some(id) => Gate::Any(vec![id]),
            None => Gate::None,
        }
    }

    /// Returns the gate of a resource, unless the one above it has the same.
    pub fn own_gate(&self, id: ResourceId) -> Gate {
        match self.resource(id).parent {
            Some(parent) => self.gate_within(parent, id),
            None => self.gate(id),
        }
    }

    /// Returns the gate of a resource in the code of one above it, unless that has the same.
    pub fn gate_within(&self, above: ResourceId, id: ResourceId) -> Gate {
        let gate = self.gate(id);
        match self.gate(above) == gate {
            true => Gate::None,
            false => gate,
        }
    }

    /// Returns the part with this id.
    pub fn part(&self, id: PartId) -> &Part {
        &self.parts[id.0]
    }

    /// Returns all parts.
    pub fn parts(&self) -> impl Iterator<Item = (PartId, &Part)> {
        let parts = self.parts.iter().enumerate();
        parts.map(|(index, part)| (PartId(index), part))
    }

    /// Returns the types in the main file of their module.
    pub fn main_types(&self) -> Vec<TypeId> {
        let types = (0..self.types.len()).map(TypeId);
        let is_here = |id: &TypeId| self.ty(*id).part.is_none() && !self.ty(*id).is_unnamed;
        types.filter(is_here).collect()
    }
}

/// Computes the side tables.
pub fn run(api: &Api) -> Outline {
    let (resources, of_op) = resources::run(api);
    let features = Features::new(&resources);
    let users = modules::users(api, &resources, &features);
    let parts = modules::parts(api, &resources, &users, &features);
    let mut part_of = vec![None; api.types.len()];
    for (index, part) in parts.iter().enumerate() {
        for id in &part.types {
            part_of[id.0] = Some(PartId(index));
        }
    }
    let types = types::run(api, &part_of);
    let pages = pages::run(api);
    let ops = api.ops.iter().zip(of_op);
    let ops = ops
        .map(|(op, resource)| operations::run(api, &types, op, resource))
        .collect();
    Outline {
        ops,
        types,
        resources,
        parts,
        features,
        pages,
    }
}
