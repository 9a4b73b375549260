namespace ToolService.Api.Hosting.Security;

/// <summary>What an API key may be called.</summary>
internal static class ApiKeyName
{
    public const string Rule = "1 to 64 of letters, digits, '_', '-' and '.', beginning with a letter or digit";

    private const int MaxLength = 64;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
