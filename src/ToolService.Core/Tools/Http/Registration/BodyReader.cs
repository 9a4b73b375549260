using System.Net.Http.Headers;
using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Reads how arguments become the body.</summary>
internal static class BodyReader
{
    private const string Json = "application/json";

    /// <summary>The body; null where no argument goes into it.</summary>
    /// <param name="written">What the definition says of it.</param>
    /// <param name="inBody">The arguments that go into it.</param>
    /// <param name="pointers">Where the definition says so, by argument.</param>
    /// <param name="errors">Is told what is wrong.</param>
    public static HttpBody? Read(
        HttpToolBody? written, IReadOnlyList<HttpBodyField> inBody, IReadOnlyDictionary<string, string> pointers, DefinitionErrors errors)
    {
        var contentType = written?.ContentType ?? Json;
        errors.AddIf(!IsContentType(contentType), "/body/content_type", "Expected a content type, such as application/json.");
        if (inBody.Count == 0)
        {
            errors.AddIf(written is not null, "/body", "No argument goes into the body.");
            return null;
        }

        foreach (var twice in inBody.GroupBy(field => field.Name).Where(group => group.Skip(1).Any()))
            errors.Add(pointers.GetValueOrDefault(twice.Last().Argument) ?? "/in", $"The body has a member '{twice.Key}' already.");

        var body = new HttpBody(contentType) { Encodings = Encodings(written, errors), IsBase64 = written?.Base64 ?? false };
        if (Whole(written, body, inBody, errors) is { } argument)
            return body with { Argument = argument };

        errors.AddIf(body.IsBase64, "/body/base64", "Only a body that is one argument as a whole is given in base64.");
        return body with { Fields = inBody };
    }

    /// <summary>The argument that is the body as a whole; null where there is none.</summary>
    private static string? Whole(HttpToolBody? written, HttpBody body, IReadOnlyList<HttpBodyField> inBody, DefinitionErrors errors)
    {
        if (written?.Argument is { } argument)
        {
            errors.AddIf(
                inBody.Count != 1 || inBody[0].Argument != argument, "/body/argument",
                $"'{argument}' is to be the body as a whole: it and no other argument must go there; place the others with 'in'.");
            return argument;
        }

        if (!BodyWriter.IsWhole(body))
            return null;

        errors.AddIf(
            inBody.Count != 1, "/body/content_type", $"A body of {body.ContentType} is one argument as a whole; {inBody.Count} go into it.");
        return inBody[0].Argument;
    }

    private static Dictionary<string, HttpFieldEncoding> Encodings(HttpToolBody? written, DefinitionErrors errors)
    {
        var encodings = new Dictionary<string, HttpFieldEncoding>(StringComparer.Ordinal);
        foreach (var (name, field) in written?.Fields ?? new Dictionary<string, HttpToolField>())
        {
            var pointer = DefinitionErrors.At("/body/fields", name);
            errors.AddIf(
                field.ContentType is { } type && !IsContentType(type),
                $"{pointer}/content_type", "Expected a content type, such as image/png.");
            var named = field.Style is null ? null : Placement.ReadStyle(field.Style, $"{pointer}/style", errors);
            var style = named ?? ParameterStyle.Form;
            encodings[name] = new HttpFieldEncoding
            {
                ContentType = field.ContentType,
                Style = style,
                Explode = field.Explode ?? style is ParameterStyle.Form or ParameterStyle.DeepObject,
                IsFile = field.File,
            };
        }

        return encodings;
    }

    private static bool IsContentType(string text) =>
        HeaderRules.ValueFailure(text) is null && MediaTypeHeaderValue.TryParse(text, out var type) && type.MediaType is { Length: <= 100 };
}
