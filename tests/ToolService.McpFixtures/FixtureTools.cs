using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools;
using ContentBlock = ToolService.Core.Tools.ContentBlock;
using Tool = ToolService.Core.Tools.Tool;

namespace ToolService.McpFixtures;

/// <summary>The tools that the suite names, as tools of the service: its executor runs them.</summary>
internal static class FixtureTools
{
    /// <summary>What the suite asks of its tools between two messages; no test waits for it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly ToolPolicy ReadOnly = new() { ReadOnly = true };

    public static IEnumerable<Tool> Create(ToolRegistry registry) =>
    [
        Of("test_simple_text", () => "This is a simple text response for testing."),
        Of("test_image_content", () => new ToolContent([ContentBlock.OfImage(Files.RedPixel, Files.Png)])),
        Of("test_audio_content", () => new ToolContent([new ContentBlock("audio") { Data = Convert.ToBase64String(Files.Silence), MimeType = Files.Wav }])),
        Of("test_embedded_resource", () => new ToolContent([Resource("test://embedded-resource", "text/plain", "This is an embedded resource content.")])),
        Of("test_multiple_content_types", Mixed),
        Of("test_tool_with_logging", LogAsync),
        Of("test_logging_tool", LogIfAskedAsync),
        Of("test_tool_with_progress", ProgressAsync),
        Of("test_error_handling", string () => throw new ToolException("This tool intentionally returns an error for testing")),
        Of("test_sampling", SampleAsync),
        Of("test_elicitation", (string message, AIFunctionArguments call, CancellationToken cancellationToken) =>
            AskAsync(call, message, Forms.UserDetails, "User response", cancellationToken)),
        Of("test_elicitation_sep1034_defaults", (AIFunctionArguments call, CancellationToken cancellationToken) =>
            AskAsync(call, "Please review the defaults.", Forms.Defaults, "Elicitation completed", cancellationToken)),
        Of("test_elicitation_sep1330_enums", (AIFunctionArguments call, CancellationToken cancellationToken) =>
            AskAsync(call, "Please choose.", Forms.Enums, "Elicitation completed", cancellationToken)),
        Of("test_streaming_elicitation", (AIFunctionArguments call, CancellationToken cancellationToken) =>
            AskAsync(call, "Who are you?", Forms.UserDetails, "User response", cancellationToken)),
        Of("test_trigger_tool_change", () => Change(registry)),
        Of("test_trigger_prompt_change", () =>
        {
            FixtureServer.ChangePrompts();
            return "changed";
        }),
        new Tool(new SchemaFunction("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", Forms.Everything), ReadOnly),
        new Tool(new SchemaFunction("test_custom_header", "Has an argument that is repeated in a header", Forms.WithHeader), ReadOnly),
        .. InputRequiredTools.All.Keys.Select(name => Of(name, () => "answered ahead of the executor")),
    ];

    private static Tool Of(string name, Delegate method) => ToolFactory.FromMethod(method, name, $"The suite's {name}.", ReadOnly);

    private static ToolContent Mixed() => new(
    [
        ContentBlock.OfText("Multiple content types test:"),
        ContentBlock.OfImage(Files.RedPixel, Files.Png),
        Resource("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
    ]);

    private static ContentBlock Resource(string uri, string type, string text) => new("resource") { Uri = uri, MimeType = type, Text = text };

    private static string Change(ToolRegistry registry)
    {
        registry.Replace("fixtures-added", registry.Current.Find("test_added_tool") is null ? [Of("test_added_tool", () => "Here for now.")] : []);
        return "changed";
    }

    private static async Task<string> LogAsync(CancellationToken cancellationToken)
    {
        foreach (var line in new[] { "Tool execution started", "Tool processing data", "Tool execution completed" })
        {
            await SendLogAsync(line, cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }

        return "Tool with logging executed successfully";
    }

    private static async Task<string> LogIfAskedAsync(CancellationToken cancellationToken)
    {
        // From 2026-07-28 on a request says itself whether its client wants to read logs.
        if (FixtureServer.Request.JsonRpcRequest.Context?.LogLevel is not null)
            await SendLogAsync("Tool execution started", cancellationToken);
        return "done";
    }

    private static Task SendLogAsync(string line, CancellationToken cancellationToken) => FixtureServer.Request.Server.SendMessageAsync(
        new JsonRpcNotification { Method = "notifications/message", Params = new JsonObject { ["level"] = "info", ["data"] = line } },
        cancellationToken);

    private static async Task<string> ProgressAsync(AIFunctionArguments call, CancellationToken cancellationToken)
    {
        foreach (var done in new[] { 0, 50, 100 })
        {
            call.Running()!.Report(new ToolProgress(done, 100));
            await Task.Delay(Pause, cancellationToken);
        }

        return "Tool with progress executed successfully";
    }

    private static async Task<string> SampleAsync(string prompt, CancellationToken cancellationToken)
    {
        var question = Questions.Model(prompt, 100);
        var answer = await FixtureServer.Request.Server.SendRequestAsync(
            new JsonRpcRequest { Method = question.Method, Params = JsonSerializer.SerializeToNode(question.Params) }, cancellationToken);
        return $"LLM response: {answer.Result?["content"]?["text"]}";
    }

    private static async Task<string> AskAsync(
        AIFunctionArguments call, string message, JsonElement form, string prefix, CancellationToken cancellationToken)
    {
        var answer = await call.Running()!.ElicitAsync(new Elicitation(message, form), cancellationToken);
        return $"{prefix}: action={answer.Action.ToString().ToLowerInvariant()}, content={answer.Content?.GetRawText() ?? "{}"}";
    }
}
