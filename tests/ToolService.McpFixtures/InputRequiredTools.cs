using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.McpFixtures;

/// <summary>
/// Tools that end their request with questions to the client's model, for its roots, or with a state of their own. The service's tools ask by
/// <c>IRunningCall.ElicitAsync</c>, which knows only forms: these answer in the protocol's own terms, ahead of the executor.
/// </summary>
internal static class InputRequiredTools
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static readonly IReadOnlyDictionary<string, Func<RequestContext<CallToolRequestParams>, CallToolResult>> All =
        new Dictionary<string, Func<RequestContext<CallToolRequestParams>, CallToolResult>>(StringComparer.Ordinal)
        {
            ["test_input_required_result_elicitation"] = request => Text($"Hello, {Name(Need(request, "user_name", NameForm))}!"),
            ["test_input_required_result_sampling"] = request =>
                Text($"The model says: {Need(request, "capital_question", CapitalQuestion).GetProperty("content").GetProperty("text")}"),
            ["test_input_required_result_list_roots"] = request =>
                Text($"Roots: {Need(request, "client_roots", Questions.Roots()).GetProperty("roots").GetRawText()}"),
            ["test_input_required_result_request_state"] = WithState,
            ["test_input_required_result_tampered_state"] = WithState,
            ["test_input_required_result_multiple_inputs"] = Several,
            ["test_input_required_result_multi_round"] = Rounds,
            ["test_input_required_result_capabilities"] = WithinCapabilities,
            ["test_missing_capability"] = NeedsSampling,
        };

    private static InputRequest CapitalQuestion => Questions.Model("What is the capital of France?", 100);

    private static InputRequest NameForm => Questions.Form("What is your name?", "name");

    private static CallToolResult WithState(RequestContext<CallToolRequestParams> request)
    {
        if (request.Params.RequestState is not { } state)
            throw Questions.Ask(Signed("confirm"), ("confirm", Questions.Form("Please confirm", "ok", "boolean")));

        Verify(state, "confirm");
        return Text("state-ok");
    }

    private static CallToolResult Several(RequestContext<CallToolRequestParams> request)
    {
        (string Key, InputRequest Request)[] questions =
            [("user_name", NameForm), ("greeting", Questions.Model("Generate a greeting", 50)), ("client_roots", Questions.Roots())];
        if (questions.Any(question => Questions.Answered(request.Params, question.Key) is null))
            throw Questions.Ask(Signed("several"), questions);

        Verify(request.Params.RequestState, "several");
        return Text($"Greeted {Name(Questions.Answered(request.Params, "user_name")!.Value)}.");
    }

    private static CallToolResult Rounds(RequestContext<CallToolRequestParams> request)
    {
        var (first, second) = (Questions.Answered(request.Params, "step1"), Questions.Answered(request.Params, "step2"));
        if (request.Params.RequestState is not { } state || (first is null && second is null))
            throw Questions.Ask(Signed("round-1"), ("step1", Questions.Form("Step 1: What is your name?", "name")));
        if (second is null)
        {
            Verify(state, "round-1");
            throw Questions.Ask(Signed("round-2"), ("step2", Questions.Form("Step 2: What is your favorite color?", "color")));
        }

        Verify(state, "round-2");
        return Text("Both rounds are done.");
    }

    private static CallToolResult WithinCapabilities(RequestContext<CallToolRequestParams> request)
    {
        List<(string, InputRequest)> questions = [];
        if (request.Server.ClientCapabilities?.Elicitation is not null)
            questions.Add(("user_name", NameForm));
#pragma warning disable MCP9005 // What the suite declares.
        if (request.Server.ClientCapabilities?.Sampling is not null)
            questions.Add(("greeting", Questions.Model("Generate a greeting", 50)));
#pragma warning restore MCP9005
        return questions.Exists(question => Questions.Answered(request.Params, question.Item1) is null)
            ? throw Questions.Ask([.. questions])
            : Text("Asked only what the client can.");
    }

    private static CallToolResult NeedsSampling(RequestContext<CallToolRequestParams> request)
    {
#pragma warning disable MCP9005 // What the suite declares.
        return request.Server.ClientCapabilities?.Sampling is null
            ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() })
            : Text("The client can.");
#pragma warning restore MCP9005
    }

    private static JsonElement Need(RequestContext<CallToolRequestParams> request, string key, InputRequest question) =>
        Questions.Answered(request.Params, key) ?? throw Questions.Ask((key, question));

    private static string? Name(JsonElement answer) => answer.GetProperty("content").GetProperty("name").GetString();

    private static string Signed(string text) =>
        $"{text}.{Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)))}";

    private static void Verify(string? state, string text)
    {
        if (state != Signed(text))
            throw new McpProtocolException("The requestState is not one of this server.", McpErrorCode.InvalidParams);
    }

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
