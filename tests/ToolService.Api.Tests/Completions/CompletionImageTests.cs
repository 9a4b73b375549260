using System.Net;
using OpenAI.Chat;
using ToolService.Testing;

namespace ToolService.Api.Tests.Completions;

public sealed class CompletionImageTests
{
    // One transparent pixel.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Picture_of_an_openai_client_goes_to_the_model_and_stays_in_the_session()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("A pixel."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> messages =
        [
            new UserChatMessage(
                ChatMessageContentPart.CreateTextPart("What is it?"),
                ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(Convert.FromBase64String(Png)), "image/png")),
        ];

        await service.ChatClient().AskAsync(messages);
        messages.Add(new UserChatMessage("Sure?"));
        await service.ChatClient().AskAsync(messages);

        Assert.All(model.Requests, request =>
        {
            var content = request.Json.GetProperty("messages")[1].GetProperty("content");
            Assert.Equal("What is it?", content[0].Text("text"));
            Assert.Equal($"data:image/png;base64,{Png}", content[1].GetProperty("image_url").Text("url"));
        });
        Assert.Single((await service.Client.GetJsonAsync("/v1/chat/sessions")).EnumerateArray());
    }

    [Fact]
    public async Task Model_that_reads_no_pictures_is_not_sent_any()
    {
        await using var service = await TestService.StartAsync();

        var error = (await service.Client.PostJsonAsync(
            "/v1/chat/completions",
            $$$"""{"model":"demo","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}]}""",
            HttpStatusCode.BadRequest)).GetProperty("error");

        Assert.Equal("Model 'demo' reads no pictures. Choose another model, or send text.", error.Text("message"));
    }
}
