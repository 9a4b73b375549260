namespace ToolService.Core.Schema.Normalization;

/// <summary>Collects changes, within bounds: a change costs more memory than the keyword that caused it.</summary>
internal sealed class ChangeLog
{
    private const int MostChanges = 10_000;
    private const long MostCharacters = 4_000_000;

    private readonly List<SchemaChange> _changes = [];
    private long _characters;

    public IReadOnlyList<SchemaChange> Changes => _changes;

    /// <exception cref="JsonSchemaException">There are too many changes.</exception>
    public void Add(SchemaPath path, string message)
    {
        _characters += path.Length + message.Length;
        if (_changes.Count == MostChanges || _characters > MostCharacters)
            throw new JsonSchemaException(
                "", "The schema departs from the standard in more places than can be recorded; write it as JSON Schema 2020-12.");
        _changes.Add(new SchemaChange(path.ToString(), message));
    }
}
