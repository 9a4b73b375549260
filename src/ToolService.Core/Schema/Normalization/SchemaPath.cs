using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Normalization;

/// <summary>A place in a schema. It becomes a pointer only where one is shown: names may be long and schemas many.</summary>
internal sealed class SchemaPath
{
    public static readonly SchemaPath Root = new(null, "", 0);

    private readonly SchemaPath? _parent;
    private readonly string _token;

    private SchemaPath(SchemaPath? parent, string token, long length) => (_parent, _token, Length) = (parent, token, length);

    /// <summary>About how many characters the pointer has.</summary>
    public long Length { get; }

    public SchemaPath Append(string token) => new(this, token, Length + token.Length + 1);

    public JsonSchemaException Refuse(string message) => new(ToString(), message);

    /// <summary>The JSON pointer.</summary>
    public override string ToString()
    {
        var tokens = new Stack<string>();
        for (var path = this; path._parent is not null; path = path._parent)
            tokens.Push(JsonPointer.Append("", path._token));
        return string.Concat(tokens);
    }
}
