using ToolService.Core.Schema;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Makes tools of definitions, or tells everything that is wrong with one.</summary>
internal sealed class HttpToolReader(GuardedHttp http, SecretStore secrets)
{
    private const int MostDescription = 10_000;
    private const int MostTags = 20;
    private const int MostTagCharacters = 50;

    private readonly HttpToolFactory _factory = new(http, secrets);

    public HttpToolReading Read(HttpToolDefinition definition)
    {
        var errors = new DefinitionErrors();
        CheckWords(definition, errors);
        var schema = ArgumentSchema.Of(definition, errors);
        var policy = PolicyReader.Read(definition, errors);
        var operation = new OperationReader(definition, schema, http, secrets, errors).Read();
        if (errors.All.Count > 0 || operation is null)
            return new HttpToolReading(null, errors.All);

        try
        {
            var tool = _factory.Create(
                definition.Name, definition.Description, schema.Schema, operation, policy, HttpToolSource.SourceName, definition.Tags);
            return new HttpToolReading(tool, []);
        }
        catch (ToolDefinitionException e)
        {
            var pointer = e.InnerException is JsonSchemaException ? "/input_schema" : "";
            return new HttpToolReading(null, [new DefinitionError(pointer, e.Message)]);
        }
    }

    private static void CheckWords(HttpToolDefinition definition, DefinitionErrors errors)
    {
        if (Tool.NameFailure(definition.Name) is { } failure)
            errors.Add("/name", failure);
        errors.AddIf(
            string.IsNullOrWhiteSpace(definition.Description) || definition.Description.Length > MostDescription,
            "/description", $"A description has 1 to {MostDescription:N0} characters: models choose tools by it.");
        errors.AddIf(definition.Tags?.Count > MostTags, "/tags", $"A tool has at most {MostTags} tags.");
        foreach (var (index, tag) in (definition.Tags ?? []).Index())
            errors.AddIf(
                string.IsNullOrWhiteSpace(tag) || tag.Length > MostTagCharacters || tag.Any(char.IsControl),
                $"/tags/{index}", $"A tag is one line of 1 to {MostTagCharacters} characters.");
    }
}
