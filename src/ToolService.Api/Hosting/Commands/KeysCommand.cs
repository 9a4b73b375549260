using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Hosting.Commands;

/// <summary><c>keys new NAME [--scopes a,b]</c>: makes an API key and prints it, once, with the settings that make the service accept it.</summary>
internal static class KeysCommand
{
    private const int KeyBytes = 32;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (Parse(args) is not var (name, scopes))
        {
            await error.WriteLineAsync($"""
                Usage: keys new NAME [--scopes SCOPE,SCOPE]
                NAME is {ApiKeyName.Rule}; SCOPE is one of {List(Scopes.All)} (default {List(Scopes.Default)}).
                """);
            return CommandLine.UsageError;
        }

        var key = "ts_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        await output.WriteLineAsync($"""
            Key (shown only now): {key}
            Hash:                 {hash}

            Add to the environment or .env (0 is the first key, 1 the next):
            {string.Join(Environment.NewLine, Settings(name, hash, scopes))}
            """);
        return 0;
    }

    private static IEnumerable<string> Settings(string name, string hash, string[] scopes) =>
    [
        $"Security__ApiKeys__0__Name={name}",
        $"Security__ApiKeys__0__Hash={hash}",
        .. scopes.Select((scope, index) => $"Security__ApiKeys__0__Scopes__{index}={scope}"),
    ];

    private static (string Name, string[] Scopes)? Parse(string[] args) => args switch
    {
        ["new", var name] when ApiKeyName.IsValid(name) => (name, []),
        ["new", var name, "--scopes", var list] when ApiKeyName.IsValid(name) && list.Split(',') is var scopes && scopes.All(Scopes.All.Contains) => (name, scopes),
        _ => null,
    };

    private static string List(IEnumerable<string> scopes) => string.Join(", ", scopes.Order(StringComparer.Ordinal));
}
