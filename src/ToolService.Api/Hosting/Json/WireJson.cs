using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;

namespace ToolService.Api.Hosting.Json;

/// <summary>How JSON is read and written on the wire: snake_case, and strict, since bodies decide what a model may do.</summary>
internal static class WireJson
{
    /// <summary>How deep a body may be nested.</summary>
    public const int MaxDepth = 64;

    public static void Configure(JsonOptions options) => Configure(options.SerializerOptions);

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Bodies are never embedded in a page, and quotes and other alphabets stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new StrictElementConverter());
        options.Converters.Add(new WireTime());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.TypeInfoResolverChain.Insert(0, WireJsonContext.Default.WithAddedModifier(NoNullItems.Apply));
    }
}
