using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The kinds of values that a keyword looks at; values of other kinds satisfy it.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,
    Object = 1 << JsonTokenType.StartObject,
    Array = 1 << JsonTokenType.StartArray,

    /// <summary>Strings, and names where <c>propertyNames</c> looks at them.</summary>
    String = 1 << JsonTokenType.String | 1 << JsonTokenType.PropertyName,
    Number = 1 << JsonTokenType.Number,
    Boolean = 1 << JsonTokenType.True | 1 << JsonTokenType.False,
    Null = 1 << JsonTokenType.Null,
    Any = Object | Array | String | Number | Boolean | Null,
}
