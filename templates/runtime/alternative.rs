// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Calls that ask for another representation of their response.
//!
//! In: a call. Out: the same call with another `Accept` header and another type. Not here: decoding.

use super::call::{Call, Operation};
use super::client::Client;

impl<T> Call<T> {
    /// Keeps the request, and replaces the type of the response and the media types to ask for. If `property` is set, that property
    /// of the body becomes `true`.
    pub(crate) fn instead<U>(
        self,
        of: fn(&Client, &'static Operation) -> Call<U>,
        accept: &'static str,
        property: Option<&'static str>,
    ) -> Call<U> {
        let Call { draft, decode, .. } = of(&self.draft.client, self.draft.operation);
        let call = self.decoded(decode);
        call.reading(draft.reading).asking(accept, property)
    }
}
