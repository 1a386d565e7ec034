//! What people write with a client of OpenAI's API.

use openai::types::*;
use openai::{Client, FilePart, Result};
use serde_json::json;

// A chat message with an image. Hand-made: 24 lines.
async fn image(client: &Client, url: &str) -> Result<CreateChatCompletionResponse> {
    let image = ChatCompletionRequestMessageContentPartImageImageUrl::new(url).detail("high");
    let message = ChatCompletionRequestUserMessage::new(vec![
        ChatCompletionRequestMessageContentPartText::new("What is this image?").into(),
        ChatCompletionRequestMessageContentPartImage::new(image).into(),
    ]);
    client.chat().completions().create([message], "gpt-4o-mini").max_completion_tokens(300).await
}
// End.

// A tool definition. Hand-made: 18 lines.
fn tool() -> ChatCompletionTool {
    let parameters = json!({
        "type": "object",
        "properties": { "location": { "type": "string" }, "unit": { "enum": ["celsius", "fahrenheit"] } },
        "required": ["location"],
    });
    let function = FunctionObject::new("get_current_weather")
        .description("Get the current weather in a given location")
        .parameters(parameters.as_object().cloned().unwrap_or_default().into_iter().collect());
    ChatCompletionTool::new(function)
}
// End.

// The events of a streamed response. Hand-made: 14 lines.
async fn events(client: &Client) -> Result<()> {
    let mut events = client.responses().create().model("gpt-5").input("Hi").stream().await?;
    while let Some(event) = events.next().await {
        match event? {
            ResponseStreamEvent::ResponseOutputTextDelta(event) => print!("{}", event.delta),
            ResponseStreamEvent::ResponseCompleted(_) => break,
            _ => {}
        }
    }
    Ok(())
}
// End.

// The upload of a file. Hand-made: 6 lines.
async fn upload(client: &Client) -> std::result::Result<OpenAiFile, Box<dyn std::error::Error>> {
    let file = FilePart::open("data.jsonl")?;
    Ok(client.files().create(file, "fine-tune").await?)
}
// End.

// A reply in a test. Hand-made: 12 lines.
async fn mocked() -> Result<()> {
    let mock = openai::testing::MockTransport::new();
    let reply = openai::testing::MockReply::json(200, r#"{"id":"m","object":"model","created":1,"owned_by":"me"}"#);
    mock.on(openai::Method::GET, "/v1/models/{model}", reply);
    let client = Client::builder().api_key_auth("sk-test").transport(mock).build()?;
    assert_eq!(client.models().retrieve("m").await?.owned_by, "me");
    Ok(())
}
// End.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let _ = (image, tool, events, upload);
    mocked().await
}
