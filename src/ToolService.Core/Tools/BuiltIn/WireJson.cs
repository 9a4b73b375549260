using System.Text.Json.Serialization;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>How the services' answers are read. Members that a tool does not use are left unread.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IpifyAnswer))]
[JsonSerializable(typeof(IpWhoisAnswer))]
[JsonSerializable(typeof(NwsAlertsAnswer))]
[JsonSerializable(typeof(GeocodingAnswer))]
[JsonSerializable(typeof(ForecastAnswer))]
[JsonSerializable(typeof(MediaWikiAnswer))]
internal sealed partial class WireJson : JsonSerializerContext;
