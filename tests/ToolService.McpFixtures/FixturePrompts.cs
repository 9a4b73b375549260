using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.McpFixtures;

internal static class FixturePrompts
{
    public static IEnumerable<McpServerPrompt> All =>
    [
        Prompt("test_simple_prompt", "Without arguments.", () => "This is a simple prompt for testing."),
        Prompt("test_prompt_with_arguments", "With two arguments.", WithArguments),
        Prompt("test_prompt_with_embedded_resource", "With a resource.", WithResource),
        Prompt("test_prompt_with_image", "With an image.", WithImage),
        Prompt("test_input_required_result_prompt", "Asks before it answers.", Asking),
    ];

    /// <summary>One more, for a list that changes.</summary>
    public static McpServerPrompt Added { get; } = Prompt("test_added_prompt", "Comes and goes.", () => "Here for now.");

    private static string WithArguments([Description("The first.")] string arg1, [Description("The second.")] string arg2) =>
        $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    private static PromptMessage[] WithResource([Description("What to embed.")] string resourceUri) =>
    [
        User(new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." },
        }),
        User(new TextContentBlock { Text = "Please process the embedded resource above." }),
    ];

    private static PromptMessage[] WithImage() =>
        [User(ImageContentBlock.FromBytes(Files.RedPixel, Files.Png)), User(new TextContentBlock { Text = "Please analyze the image above." })];

    private static string Asking(RequestContext<GetPromptRequestParams> request)
    {
        var answer = Questions.Answered(request.Params, "user_context")
            ?? throw Questions.Ask(("user_context", Questions.Form("What context should the prompt use?", "context")));
        return $"Use this context: {answer.GetProperty("content").GetProperty("context").GetString()}";
    }

    private static PromptMessage User(ContentBlock content) => new() { Role = Role.User, Content = content };

    private static McpServerPrompt Prompt(string name, string description, Delegate method) =>
        McpServerPrompt.Create(method, new McpServerPromptCreateOptions { Name = name, Description = description });
}
