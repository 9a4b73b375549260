using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;
using ToolService.Core.Tools.OpenApi.Schemas;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Makes tools of operations, one after the other.</summary>
internal sealed class OperationPlanner(
    OpenApiDocument document, OpenApiImportOptions options, DocumentReferences references, ReadBudget budget)
{
    private const int LongestDescription = 2_000;

    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS", "QUERY"];
    private static readonly string[] Idempotent = [.. Safe, "PUT", "DELETE"];
    private static readonly string[] Unsendable = ["TRACE", "CONNECT"];

    private readonly ServerUrls _servers = new(document, options);
    private readonly SecuritySchemes _security = new(document, options, references);
    private readonly InputSchemaWriter _schemas = new(new SchemaDefinitions(references));
    private readonly HashSet<string> _checkedSchemas = new(StringComparer.Ordinal);
    private long _schemaBytes;

    public IReadOnlyList<string> Servers => _servers.List();

    /// <summary>Why operations have no URL; null where they have one.</summary>
    public OpenApiException? ServerFault => _servers.Fault;

    public IReadOnlyList<ImportedSecurityScheme> SecuritySchemes => _security.ToImported();

    /// <exception cref="OpenApiException">The operation cannot be a tool.</exception>
    public ImportedOperation Plan(DeclaredOperation operation, string name)
    {
        if (operation.Fault is { } fault)
            throw fault;
        budget.Spend(operation.Node.AsObject("An operation"));
        if (Unsendable.Contains(operation.Method) || !ParameterMapping.IsToken(operation.Method))
            throw operation.Node.Refuse($"The method {JsonDisplay.Shorten(operation.Method)} is not sent.");

        var security = _security.Of(operation);
        HttpConstant[] constants = [.. security.Select(scheme => scheme.Constant!)];
        var (http, arguments) = Request(operation, constants);
        var schema = _schemas.Write(arguments);
        var planned = new ImportedOperation
        {
            Name = name,
            Description = Describe(operation),
            InputSchema = schema,
            Http = http,
            Policy = new ToolPolicy
            {
                ReadOnly = Safe.Contains(operation.Method),
                Idempotent = Idempotent.Contains(operation.Method),
                Destructive = operation.Method == "DELETE",
                OpenWorld = true,
            },
            Tags = operation.Tags,
            OperationId = operation.OperationId,
            Method = operation.Method,
            Path = operation.Path,
            IsDeprecated = operation.IsDeprecated,
        };
        Check(planned);
        foreach (var scheme in security)
            scheme.IsUsed = true;
        return planned;
    }

    private (HttpOperation Http, IReadOnlyList<ToolArgument> Arguments) Request(DeclaredOperation operation, HttpConstant[] constants)
    {
        var isOld = document.Standard == OpenApiVersion.Swagger20;
        var names = new ArgumentNames();
        var declared = DeclaredParameters.Of(operation, document.Standard, references, budget);
        var parameters = ParameterMapping.Map(
            operation, declared.Where(parameter => parameter.In is not ("body" or "formData")), document.Standard, constants, names);
        var body = isOld
            ? SwaggerBody.Map(operation, declared, document, names, references)
            : BodyMapping.Map(DeclaredBody.Of(operation, references, budget), names, references);
        var http = new HttpOperation
        {
            Method = operation.Method,
            Url = _servers.Of(operation) + operation.Path,
            Parameters = [.. parameters.Select(parameter => parameter.Http)],
            Body = body?.Http,
            Constants = constants,
        };
        List<ToolArgument> arguments = [.. parameters.Select(parameter => parameter.Argument)];
        if (body is not null)
            arguments.Add(body.Argument);
        return (http, arguments);
    }

    /// <summary>Whatever can go wrong when the tool is registered goes wrong here.</summary>
    private void Check(ImportedOperation planned)
    {
        var schema = JsonMarshal.GetRawUtf8Value(planned.InputSchema);
        _schemaBytes += schema.Length;
        if (_schemaBytes > OpenApiLimits.MaxPlanBytes)
            throw new OpenApiException(
                $"The input schemas of all tools would have more than {OpenApiLimits.MaxPlanBytes} bytes; select fewer operations.");
        // Compiling is most of the work, and many operations take the same.
        var hash = Convert.ToHexString(SHA256.HashData(schema));
        if (_checkedSchemas.Contains(hash))
            return;
        try
        {
            var probe = new ProbeFunction(planned.Name, planned.Description, planned.InputSchema);
            _ = new Tool(probe, planned.Policy, "openapi", planned.Tags);
            _checkedSchemas.Add(hash);
        }
        catch (ToolDefinitionException e)
        {
            throw new OpenApiException(e.Message);
        }
    }

    private static string Describe(DeclaredOperation operation)
    {
        var summary = operation.Node.TextOrNull("summary")?.Trim() ?? "";
        var description = operation.Node.TextOrNull("description")?.Trim() ?? "";
        string[] parts = description.StartsWith(summary, StringComparison.Ordinal) ? [description] : [summary, description];
        var text = string.Join("\n\n", parts.Where(part => part.Length > 0));
        if (text.Length == 0)
            text = $"{operation.Method} {operation.Path}";
        return JsonDisplay.Cut(operation.IsDeprecated ? $"Deprecated. {text}" : text, LongestDescription);
    }
}
