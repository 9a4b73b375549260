using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Reads what one definition sends, and where each of its arguments goes.</summary>
internal sealed class OperationReader(
    HttpToolDefinition definition, ArgumentSchema schema, GuardedHttp http, SecretStore secrets, DefinitionErrors errors)
{
    private static readonly string[] WithoutBody = ["GET", "HEAD", "OPTIONS"];

    private readonly Dictionary<string, string> _pointers = new(StringComparer.Ordinal);

    /// <summary>The operation; null where it cannot be read at all. Whatever is wrong has been told.</summary>
    public HttpOperation? Read()
    {
        errors.AddIf(
            !OperationRules.Methods.Contains(definition.Method),
            "/method", $"Expected one of {string.Join(", ", OperationRules.Methods)}, in capitals.");
        var url = UrlParts.Read(definition.Url, errors);
        CheckSite(url);
        var (parameters, inBody) = Place(url);
        CheckPath(url, parameters);
        var constants = Constants(url);
        CheckNames(parameters, constants);
        var body = BodyReader.Read(definition.Body, inBody, _pointers, errors);
        var response = ReadResponse();
        return new HttpOperation
        {
            Method = definition.Method,
            Url = url.Url,
            Parameters = parameters,
            Body = body,
            Constants = constants,
            Defaults = schema.Defaults(),
            Response = response,
        };
    }

    private void CheckSite(UrlParts url)
    {
        try
        {
            if (url.Template is { } template)
                http.CheckForm(template.Site);
        }
        catch (ToolException e)
        {
            errors.Add("/url", e.Message);
        }
    }

    private (List<HttpParameter> Parameters, List<HttpBodyField> InBody) Place(UrlParts url)
    {
        var written = Written();
        List<HttpParameter> parameters = [];
        List<HttpBodyField> inBody = [];
        foreach (var name in schema.Names)
        {
            var placement = written.TryGetValue(name, out var own) ? own : Default(name, url);
            if (placement is null)
                continue;
            if (placement.Place is { } place)
                parameters.Add(placement.ToParameter(name, place));
            else
                inBody.Add(new HttpBodyField(name, placement.Name ?? name));
            errors.AddIf(
                placement.Place is null && WithoutBody.Contains(definition.Method),
                PointerOf(name), $"A {definition.Method} has no body to put '{name}' into.");
        }

        foreach (var name in url.QueryArguments.Keys.Where(name => !schema.Names.Contains(name)))
            errors.Add("/url", $"'{{{name}}}' is none of the arguments.");
        return (parameters, inBody);
    }

    private Dictionary<string, Placement?> Written()
    {
        var written = new Dictionary<string, Placement?>(StringComparer.Ordinal);
        foreach (var (index, parameter) in (definition.Parameters ?? []).Index())
            if (parameter.In is { } place)
                Add(parameter.Name, $"/parameters/{index}/in", place);
        foreach (var (name, place) in definition.In ?? new Dictionary<string, System.Text.Json.JsonElement>())
        {
            var pointer = DefinitionErrors.At("/in", name);
            errors.AddIf(!schema.Names.Contains(name), pointer, $"'{name}' is none of the arguments.");
            errors.AddIf(written.ContainsKey(name), pointer, $"The parameter '{name}' says itself where it goes.");
            Add(name, pointer, place);
        }

        return written;

        void Add(string name, string pointer, System.Text.Json.JsonElement place)
        {
            _pointers[name] = pointer;
            written[name] = Placement.Read(place, pointer, errors);
        }
    }

    private Placement Default(string name, UrlParts url)
    {
        if (url.Template?.Names.Contains(name) is true)
            return new(HttpPlace.Path);
        if (url.QueryArguments.TryGetValue(name, out var wire))
            return new(HttpPlace.Query) { Name = wire };
        if (definition.Body?.Argument == name)
            return new((HttpPlace?)null);
        return WithoutBody.Contains(definition.Method) || definition.Method == "DELETE" ? new(HttpPlace.Query) : new((HttpPlace?)null);
    }

    private void CheckPath(UrlParts url, List<HttpParameter> parameters)
    {
        if (url.Template is not { } template)
            return;

        var inPath = parameters.Where(parameter => parameter.Place == HttpPlace.Path).ToList();
        foreach (var open in template.Names.Except(inPath.Select(parameter => parameter.Name)))
            errors.Add("/url", $"Nothing fills '{{{open}}}': there is no argument of that name in the path.");
        foreach (var parameter in inPath)
        {
            var pointer = PointerOf(parameter.Argument);
            errors.AddIf(!template.Names.Contains(parameter.Name), pointer, $"The URL's path has no '{{{parameter.Name}}}'.");
            errors.AddIf(
                !schema.Required.Contains(parameter.Argument) && !schema.Defaults().ContainsKey(parameter.Argument),
                pointer, $"'{parameter.Argument}' is part of the path: it must be required, or have a default.");
        }
    }

    private List<HttpConstant> Constants(UrlParts url)
    {
        List<HttpConstant> constants = [];
        foreach (var constant in url.Constants)
            Add(constant, "/url");
        AddAll(HttpPlace.Header, definition.Headers, "/headers");
        AddAll(HttpPlace.Query, definition.Query, "/query");
        AddAll(HttpPlace.Cookie, definition.Cookies, "/cookies");
        return constants;

        void AddAll(HttpPlace place, IReadOnlyDictionary<string, string>? values, string pointer)
        {
            foreach (var (name, value) in values ?? new Dictionary<string, string>())
                Add(new HttpConstant(place, name, value), DefinitionErrors.At(pointer, name));
        }

        void Add(HttpConstant constant, string pointer)
        {
            constants.Add(constant);
            if (url.Template is { } template && OperationRules.ConstantFailure(constant, template.Site, secrets) is { } failure)
                errors.Add(pointer, failure);
        }
    }

    private void CheckNames(List<HttpParameter> parameters, List<HttpConstant> constants)
    {
        var taken = constants.Select(constant => Key(constant.Place, constant.Name)).ToHashSet();
        foreach (var parameter in parameters)
        {
            var pointer = PointerOf(parameter.Argument);
            if (OperationRules.ParameterFailure(parameter) is { } failure)
                errors.Add(pointer, failure);
            errors.AddIf(
                !taken.Add(Key(parameter.Place, parameter.Name)),
                pointer, $"The request has a {parameter.Place.ToString().ToLowerInvariant()} '{parameter.Name}' already.");
        }
    }

    private static (HttpPlace Place, string Name) Key(HttpPlace place, string name) =>
        (place, place == HttpPlace.Header ? name.ToUpperInvariant() : name);

    private ResponseMapping ReadResponse()
    {
        var response = definition.Response ?? new();
        errors.AddIf(
            response.Pointer is { } pointer && !IsPointer(pointer), "/response/pointer",
            "A JSON pointer is empty or begins with '/', such as /data/items/0; '~' is written ~0 and '/' ~1.");
        errors.AddIf(response.MaxBytes < 1, "/response/max_bytes", "Expected at least 1.");
        return new ResponseMapping
        {
            // The pointer to the whole is what makes JSON of any answer.
            Pointer = response.Pointer ?? (response.As == ResponseForm.Json ? "" : null),
            AsText = response.As == ResponseForm.Text,
            MaxBytes = response.MaxBytes,
        };
    }

    private static bool IsPointer(string pointer) =>
        (pointer.Length == 0 || pointer[0] == '/')
        && pointer.Split('~').Skip(1).All(rest => rest.StartsWith('0') || rest.StartsWith('1'));

    private string PointerOf(string argument) => _pointers.GetValueOrDefault(argument) ?? schema.PointerTo(argument);
}
