// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Reads the bytes of a binary response.

use std::future::IntoFuture;

use super::client::{Download, Result};

/// Makes a call and returns its bytes as text.
pub async fn bytes(call: impl IntoFuture<Output = Result<Download>>) -> Result<String> {
    let bytes = call.await?.bytes().await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
