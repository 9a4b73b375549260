using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Tests.Hosting;

/// <summary>API keys for tests: the key of <c>bob</c> is <c>key-of-bob</c>.</summary>
internal static class TestKeys
{
    public static string KeyOf(string name) => $"key-of-{name}";

    /// <summary>Settings that make the service accept the key of each name, with these scopes (none: the default ones).</summary>
    public static Dictionary<string, string> Settings(params (string Name, string[] Scopes)[] keys)
    {
        Dictionary<string, string> settings = [];
        foreach (var (index, (name, scopes)) in keys.Index())
        {
            settings[$"Security:ApiKeys:{index}:Name"] = name;
            settings[$"Security:ApiKeys:{index}:Hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(name))));
            foreach (var (number, scope) in scopes.Index())
                settings[$"Security:ApiKeys:{index}:Scopes:{number}"] = scope;
        }

        return settings;
    }

    public static ApiKeys GetKeys(this IServiceProvider services) => services.GetRequiredService<ApiKeys>();
}
