using System.Text.Json.Serialization;

namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>How providers' answers are read. Members that the tool does not use are left unread.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SearXNGAnswer))]
[JsonSerializable(typeof(BraveAnswer))]
[JsonSerializable(typeof(BraveFailure))]
internal sealed partial class SearchJson : JsonSerializerContext;
