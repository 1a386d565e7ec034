// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Reads the stream of a response.

use std::future::IntoFuture;

use super::client::{EventStream, Result};

/// Sends a call and returns all values of its stream.
pub async fn all<T>(call: impl IntoFuture<Output = Result<EventStream<T>>>) -> Result<Vec<T>> {
    let (mut stream, mut all) = (call.await?, Vec::new());
    while let Some(value) = stream.next().await {
        all.push(value?);
    }
    Ok(all)
}
