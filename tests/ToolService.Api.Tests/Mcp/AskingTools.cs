using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Mcp;

/// <summary>Tools that report progress, ask their caller, and return more than text.</summary>
internal static class AskingTools
{
    private static readonly JsonElement NameForm = JsonElement.Parse("""{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}""");

    public static async Task<TestService> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var service = await TestService.StartAsync(settings);
        AddTo(service);
        return service;
    }

    public static void AddTo(TestService service) => service.Services.GetRequiredService<ToolRegistry>().Replace("asking", All());

    private static IEnumerable<Tool> All() =>
    [
        ToolFactory.FromMethod(Count, "count", "Counts to three."),
        ToolFactory.FromMethod(GreetAsync, "greet", "Asks for a name."),
        ToolFactory.FromMethod(() => new { celsius = 21.5 }, "measure", "Returns an object.", new ToolPolicy { ReadOnly = true }),
        ToolFactory.FromMethod(Picture, "picture", "Returns an image and a link.", new ToolPolicy { ReadOnly = true }),
    ];

    private static string Count(AIFunctionArguments call)
    {
        for (var i = 1; i <= 3; i++)
            call.Running()!.Report(new ToolProgress(i, 3));
        return "counted";
    }

    private static async Task<string> GreetAsync(AIFunctionArguments call, CancellationToken cancellationToken)
    {
        var answer = await call.Running()!.ElicitAsync(new Elicitation("What is your name?", NameForm), cancellationToken);
        return $"{answer.Action}: Hello, {(answer.Content is { } content ? content.GetProperty("name").GetString() : "nobody")}!";
    }

    private static ToolContent Picture() => new(
    [
        ContentBlock.OfText("A dot."),
        ContentBlock.OfImage([1, 2, 3], "image/png"),
        new ContentBlock("resource_link") { Uri = "https://example.com/dot", Name = "dot" },
    ])
    {
        Structured = JsonElement.Parse("""{"dots":1}"""),
    };
}
