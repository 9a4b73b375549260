using System.Text.Json;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Makes requests of a tool's arguments: each is encoded for its place and stays in it. Safe to use from any thread.</summary>
internal sealed class RequestBuilder
{
    private const int MostCharacters = 8_000;
    private const string Accept = "application/json, text/*;q=0.9, */*;q=0.5";
    private const string IdempotencyKey = "Idempotency-Key";

    private readonly HttpOperation _operation;
    private readonly SecretStore _secrets;
    private readonly UrlTemplate _url;
    private readonly HashSet<string> _placed;
    private readonly HashSet<string> _queryNames;

    /// <exception cref="ToolDefinitionException">The operation cannot be sent; the message says why.</exception>
    public RequestBuilder(HttpOperation operation, SecretStore secrets)
    {
        (_operation, _secrets) = (operation, secrets);
        _url = UrlTemplate.Parse(operation.Url);
        OperationRules.Check(operation, _url, secrets);
        _placed =
        [
            .. operation.Parameters.Select(parameter => parameter.Argument),
            .. operation.Body?.Fields.Select(field => field.Argument) ?? [],
            .. operation.Body?.Argument is { } whole ? [whole] : Array.Empty<string>(),
        ];
        _queryNames =
        [
            .. operation.Parameters.Where(parameter => parameter.Place == HttpPlace.Query).Select(parameter => parameter.Name),
            .. operation.Constants.Where(constant => constant.Place == HttpPlace.Query).Select(constant => constant.Name),
        ];
        IsConfidential = operation.Constants.Any(constant => SecretReferences.IsIn(constant.Value));
    }

    /// <summary>Whether requests carry secrets.</summary>
    public bool IsConfidential { get; }

    /// <summary>Scheme, host and port of all its requests.</summary>
    public Uri Site => _url.Site;

    /// <summary>The request for these arguments.</summary>
    /// <param name="arguments">The arguments, which satisfy the tool's schema.</param>
    /// <param name="idempotencyKey">By which the receiver can tell a repeated request; null for none.</param>
    /// <exception cref="ToolException">An argument cannot be put into its place.</exception>
    public HttpSend Build(IReadOnlyDictionary<string, JsonElement> arguments, string? idempotencyKey)
    {
        if (arguments.Keys.FirstOrDefault(name => !_placed.Contains(name)) is { } unplaced)
            throw new ToolException($"Argument '{unplaced}' is not known: there is no place for it in the request.");

        var given = Given(arguments);
        var url = _url.Expand(PathValues(given), Query(given));
        if (url.Length > MostCharacters)
            throw new ToolException($"The arguments make a URL of {url.Length} characters; at most {MostCharacters} are sent.");

        var body = _operation.Body is { } template ? BodyWriter.Write(template, given) : null;
        return new HttpSend(HttpMethod.Parse(_operation.Method), new Uri(url))
        {
            Headers = [.. Headers(given, idempotencyKey)],
            Body = body?.Bytes,
            ContentType = body?.ContentType,
            MaxBytes = _operation.Response.MaxBytes,
            IsConfidential = IsConfidential,
        };
    }

    private Dictionary<string, JsonElement> Given(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var given = new Dictionary<string, JsonElement>(arguments, StringComparer.Ordinal);
        foreach (var (name, value) in _operation.Defaults)
            given.TryAdd(name, value);
        foreach (var parameter in _operation.Parameters)
            if (parameter.Default is { } text && !given.ContainsKey(parameter.Argument))
                given[parameter.Argument] = JsonSerializer.SerializeToElement(text, ToolJson.Options);
        return given;
    }

    private Dictionary<string, string> PathValues(Dictionary<string, JsonElement> given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (parameter, value) in In(HttpPlace.Path, given))
            if (StyledValue.Of(parameter).Inline(value, text => PathText.Encode(parameter.Argument, text)) is { Length: > 0 } text)
                values[parameter.Name] = text;
        foreach (var parameter in _operation.Parameters.Where(parameter => parameter.Place == HttpPlace.Path))
            if (!values.ContainsKey(parameter.Name))
                throw new ToolException($"Argument '{parameter.Argument}' is part of the path and must not be empty.");
        return values;
    }

    private IEnumerable<string> Query(Dictionary<string, JsonElement> given)
    {
        foreach (var constant in Constants(HttpPlace.Query))
            yield return $"{Uri.EscapeDataString(constant.Name)}={Uri.EscapeDataString(constant.Value)}";
        foreach (var (parameter, value) in In(HttpPlace.Query, given))
            foreach (var (name, text) in StyledValue.Of(parameter).Pairs(value, Uri.EscapeDataString))
            {
                if (name != parameter.Name && _queryNames.Contains(name))
                    throw new ToolException($"Argument '{parameter.Argument}' has a member '{name}', which is a parameter of its own.");
                yield return $"{Uri.EscapeDataString(name)}={text}";
            }
    }

    private Dictionary<string, string> Headers(Dictionary<string, JsonElement> given, string? idempotencyKey)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var constant in Constants(HttpPlace.Header))
            headers[constant.Name] = HeaderRules.ValueFailure(constant.Value) is { } failure
                ? throw new ToolException($"The header '{constant.Name}' of this tool {failure}; its operator can change that.")
                : constant.Value;
        foreach (var (parameter, value) in In(HttpPlace.Header, given))
            if (StyledValue.Of(parameter).Inline(value, text => text) is { } text)
                headers[parameter.Name] = HeaderRules.ValueFailure(text) is { } failure
                    ? throw new ToolException($"Argument '{parameter.Argument}' {failure}.")
                    : text;
        if (Cookies(given) is { Length: > 0 } cookies)
            headers["Cookie"] = cookies;
        headers.TryAdd("Accept", Accept);
        if (idempotencyKey is not null)
            headers.TryAdd(IdempotencyKey, idempotencyKey);
        return headers;
    }

    private string Cookies(Dictionary<string, JsonElement> given)
    {
        List<string> cookies = [];
        foreach (var constant in Constants(HttpPlace.Cookie))
            cookies.Add(HeaderRules.CookieFailure(constant.Value) is { } failure
                ? throw new ToolException($"The cookie '{constant.Name}' of this tool {failure}; its operator can change that.")
                : $"{constant.Name}={constant.Value}");
        foreach (var (parameter, value) in In(HttpPlace.Cookie, given))
            foreach (var (name, text) in StyledValue.Of(parameter).Pairs(value, Uri.EscapeDataString))
            {
                if (name != parameter.Name && IsCookie(name))
                    throw new ToolException($"Argument '{parameter.Argument}' has a member '{name}', which is a cookie of its own.");
                cookies.Add($"{Uri.EscapeDataString(name)}={text}");
            }

        return string.Join("; ", cookies);
    }

    private bool IsCookie(string name) =>
        _operation.Constants.Any(constant => constant.Place == HttpPlace.Cookie && constant.Name == name)
        || _operation.Parameters.Any(parameter => parameter.Place == HttpPlace.Cookie && parameter.Name == name);

    private IEnumerable<HttpConstant> Constants(HttpPlace place) =>
        _operation.Constants
            .Where(constant => constant.Place == place)
            .Select(constant => constant with { Value = _secrets.Fill(constant.Value, Site) });

    private IEnumerable<(HttpParameter Parameter, JsonElement Value)> In(HttpPlace place, Dictionary<string, JsonElement> given)
    {
        foreach (var parameter in _operation.Parameters)
            if (parameter.Place == place && given.TryGetValue(parameter.Argument, out var value) && ArgumentText.IsGiven(value))
                yield return (parameter, value);
    }
}
