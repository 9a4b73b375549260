using System.Diagnostics;
using System.Text.Json;
using ToolService.Core.Tools;
using ToolService.Core.Tools.OpenApi;
using ToolService.Core.Tools.OpenApi.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tests.Tools.OpenApi;

/// <summary>Documents that others published, against the list of their operations.</summary>
public class PublishedDocumentsTests
{
    private const string Folder = "openapi";

    [Fact]
    public void Every_listed_operation_is_found_as_listed()
    {
        var folder = SharedData.Folder(Folder);
        List<string> wrong = [];
        foreach (var file in Listed(folder).GroupBy(row => row.GetProperty("file").GetString()!))
        {
            var document = Read(Path.Combine(folder, file.Key));
            var found = Described(document).Order(StringComparer.Ordinal).ToList();
            var expected = file.Select(Described).Order(StringComparer.Ordinal).ToList();
            wrong.AddRange(expected.Except(found).Select(row => $"{file.Key} lacks {row}"));
            wrong.AddRange(found.Except(expected).Select(row => $"{file.Key} should not have {row}"));
            Assert.True(wrong.Count > 0 || expected.Count == found.Count, file.Key);
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Every_listed_operation_becomes_a_tool_unless_it_needs_another_file()
    {
        var folder = SharedData.Folder(Folder);
        List<string> wrong = [];
        foreach (var file in Listed(folder).Select(row => row.GetProperty("file").GetString()!).Distinct())
        {
            var watch = Stopwatch.StartNew();
            var document = Read(Path.Combine(folder, file));
            var read = watch.ElapsedMilliseconds;
            var plan = OpenApiImport.Plan(
                document,
                new OpenApiImportOptions { Prefix = "api", DocumentUrl = new Uri("https://api.example.com/docs/openapi.yaml") },
                TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{file}: {plan.Operations.Count} tools, {plan.Skipped.Count} skipped, read in {read} ms, "
                + $"planned in {watch.ElapsedMilliseconds - read} ms, schemas {plan.Operations.Sum(tool => tool.InputSchema.GetRawText().Length):N0} characters");
            wrong.AddRange(plan.Skipped
                .Where(skipped => !(file.Contains("petstore-separate") && skipped.Reason.Contains("leads to another document")))
                .Select(skipped => $"{file}: {skipped}"));
            foreach (var operation in plan.Operations)
                _ = new Tool(new DefinedTool(operation.Name, operation.InputSchema.GetRawText()), operation.Policy);
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Json_and_yaml_of_the_same_document_give_the_same_plan()
    {
        var examples = Path.Combine(SharedData.Folder(Folder), "oai-examples/examples");
        var compared = 0;
        foreach (var json in Directory.EnumerateFiles(examples, "*.json", SearchOption.AllDirectories))
        {
            var yaml = Path.ChangeExtension(json.Replace("/json/", "/yaml/", StringComparison.Ordinal), ".yaml");
            if (!File.Exists(yaml) || !File.ReadAllText(json).Contains("\"paths\""))
                continue;
            var (fromJson, fromYaml) = (Read(json), Read(yaml));
            // Some of the pairs do not say the same.
            if (!JsonElement.DeepEquals(fromJson.Root.GetProperty("paths"), fromYaml.Root.GetProperty("paths")))
                continue;
            Assert.Equal(Names(fromJson), Names(fromYaml));
            compared++;
        }

        Assert.True(compared > 8, $"{compared} were compared.");
    }

    private static OpenApiDocument Read(string file) => OpenApiDocument.Read(File.ReadAllText(file));

    private static string Names(OpenApiDocument document) => string.Join('\n', OpenApiImport
        .Plan(document, new OpenApiImportOptions { BaseUrl = "https://api.example.com" }, TestContext.Current.CancellationToken)
        .Operations.Select(tool => $"{tool.Name} {tool.Method} {tool.Path} {string.Join(',', tool.Http.Parameters.Select(parameter => parameter.Name))}"));

    private static IEnumerable<JsonElement> Listed(string folder) =>
        File.ReadLines(Path.Combine(folder, "operations.jsonl")).Select(line => JsonElement.Parse(line));

    private static string Described(JsonElement row)
    {
        var parameters = row.GetProperty("parameters").EnumerateArray().Select(parameter =>
            $"{parameter.GetProperty("in")} {parameter.GetProperty("name")} {parameter.GetProperty("required")}");
        var body = row.GetProperty("requestBody") is { ValueKind: JsonValueKind.Object } declared
            ? Described(declared.GetProperty("required").GetBoolean(), declared.GetProperty("contentTypes").EnumerateArray().Select(type => type.GetString()!))
            : "none";
        return Described(
            row.GetProperty("method").GetString()!, row.GetProperty("path").GetString()!, row.GetProperty("operationId").GetString(),
            row.GetProperty("deprecated").GetBoolean(), parameters, body);
    }

    private static IEnumerable<string> Described(OpenApiDocument document)
    {
        var references = new DocumentReferences(document.Root);
        var budget = new ReadBudget();
        foreach (var operation in DeclaredOperations.List(document, references, budget))
        {
            var body = document.Standard == OpenApiVersion.Swagger20 ? null : DeclaredBody.Of(operation, references, budget);
            yield return Described(
                operation.Method, operation.Path, operation.OperationId, operation.IsDeprecated,
                Parameters(operation, document.Standard, references, budget).Select(parameter => $"{parameter.In} {parameter.Name} {parameter.IsRequired}"),
                body is null ? "none" : Described(body.IsRequired, body.Content.Keys));
        }
    }

    // The list leaves out what is in another file.
    private static List<DeclaredParameter> Parameters(
        DeclaredOperation operation, OpenApiVersion standard, DocumentReferences references, ReadBudget budget)
    {
        try
        {
            return DeclaredParameters.Of(operation, standard, references, budget);
        }
        catch (OpenApiException e) when (e.Message.Contains("parameters.json", StringComparison.Ordinal))
        {
            return [];
        }
    }

    private static string Described(
        string method, string path, string? operationId, bool isDeprecated, IEnumerable<string> parameters, string body) =>
        $"{method} {path} {operationId} {isDeprecated} [{string.Join(", ", parameters.Order(StringComparer.Ordinal))}] {body}";

    private static string Described(bool isRequired, IEnumerable<string> types) =>
        $"{isRequired} {string.Join(' ', types.Order(StringComparer.Ordinal))}";
}
