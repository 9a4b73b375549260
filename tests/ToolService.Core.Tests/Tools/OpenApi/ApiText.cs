using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

/// <summary>Documents with one path, and what becomes of them.</summary>
internal static class ApiText
{
    public const string Server = "https://api.example.com/v1";

    /// <summary>A document with these members under <c>paths</c>, and further members of the document.</summary>
    public static string Of(string paths, string more = "", string version = "3.1.0") =>
        $$"""{"openapi":"{{version}}","info":{"title":"Pets","version":"1"},"servers":[{"url":"{{Server}}"}],"paths":{{paths}}"""
        + (more.Length > 0 ? $",{more}}}" : "}");

    /// <summary>A document with one operation.</summary>
    public static string WithOperation(string operation, string method = "get", string path = "/pets", string more = "", string version = "3.1.0") =>
        Of($$"""{ "{{path}}": { "{{method}}": {{operation}} } }""", more, version);

    public static ImportPlan Plan(string text, OpenApiImportOptions? options = null) =>
        OpenApiImport.Plan(OpenApiDocument.Read(text), options ?? new OpenApiImportOptions(), TestContext.Current.CancellationToken);

    /// <summary>The only tool of the document.</summary>
    public static ImportedOperation One(string text, OpenApiImportOptions? options = null)
    {
        var plan = Plan(text, options);
        Assert.Empty(plan.Skipped);
        return Assert.Single(plan.Operations);
    }

    /// <summary>Why the only operation of the document becomes no tool.</summary>
    public static string Reason(string text, OpenApiImportOptions? options = null)
    {
        var plan = Plan(text, options);
        Assert.Empty(plan.Operations);
        return Assert.Single(plan.Skipped).Reason;
    }

    public static string Fault(string text, OpenApiImportOptions? options = null) =>
        Assert.Throws<OpenApiException>(() => Plan(text, options)).Message;

    public static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())), actual.GetRawText());
}
