using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The kinds of values that a keyword looks at; values of other kinds satisfy it.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,
    Object = 1 << JsonValueKind.Object,
    Array = 1 << JsonValueKind.Array,
    String = 1 << JsonValueKind.String,
    Number = 1 << JsonValueKind.Number,
    Boolean = 1 << JsonValueKind.True | 1 << JsonValueKind.False,
    Null = 1 << JsonValueKind.Null,
    Any = Object | Array | String | Number | Boolean | Null,
}
