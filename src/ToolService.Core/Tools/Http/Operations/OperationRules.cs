using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>What must hold of every operation, whoever wrote it.</summary>
internal static class OperationRules
{
    /// <summary>The methods that a request may have.</summary>
    public static readonly IReadOnlyList<string> Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <exception cref="ToolDefinitionException">It does not hold.</exception>
    public static void Check(HttpOperation operation, UrlTemplate url, SecretStore secrets)
    {
        if (!Methods.Contains(operation.Method))
            throw new ToolDefinitionException($"The method '{operation.Method}' is not one of {string.Join(", ", Methods)}.");

        var inPath = operation.Parameters
            .Where(parameter => parameter.Place == HttpPlace.Path)
            .Select(parameter => parameter.Name)
            .ToHashSet();
        if (url.Names.FirstOrDefault(name => !inPath.Contains(name)) is { } open)
            throw new ToolDefinitionException($"Nothing fills '{{{open}}}' in the URL's path.");
        if (inPath.FirstOrDefault(name => !url.Names.Contains(name)) is { } lost)
            throw new ToolDefinitionException($"The URL's path has no '{{{lost}}}' for its parameter.");
        foreach (var parameter in operation.Parameters)
            if (ParameterFailure(parameter) is { } failure)
                throw new ToolDefinitionException($"{parameter.Place} '{parameter.Name}': {failure}");
        foreach (var constant in operation.Constants)
            if (ConstantFailure(constant, url.Site, secrets) is { } failure)
                throw new ToolDefinitionException($"{constant.Place} '{constant.Name}': {failure}");
    }

    /// <summary>What is wrong with a parameter's name, in a sentence; null where nothing is.</summary>
    public static string? ParameterFailure(HttpParameter parameter) => parameter.Place switch
    {
        HttpPlace.Header => HeaderRules.NameFailure(parameter.Name),
        HttpPlace.Cookie when !HeaderRules.IsCookieName(parameter.Name) => "That is no name of a cookie.",
        _ => null,
    };

    /// <summary>What is wrong with a constant, in a sentence; null where nothing is. The value of a secret is never part of it.</summary>
    public static string? ConstantFailure(HttpConstant constant, Uri site, SecretStore secrets)
    {
        if (constant.Place == HttpPlace.Path)
            return "A path has no constants: write it into the URL.";
        if (ParameterFailure(new HttpParameter(constant.Name, constant.Name, constant.Place)) is { } name)
            return name;
        if (secrets.Check(constant.Value, site) is { } reference)
            return reference;
        return ValueFailure(constant, secrets.Fill(constant.Value, site)) is { } failure ? $"The value {failure}." : null;
    }

    private static string? ValueFailure(HttpConstant constant, string value) => constant.Place switch
    {
        HttpPlace.Header => HeaderRules.ValueFailure(value),
        HttpPlace.Cookie => HeaderRules.CookieFailure(value),
        _ => null,
    };
}
