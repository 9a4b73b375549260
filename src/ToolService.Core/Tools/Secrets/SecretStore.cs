using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Secrets;

/// <summary>
/// The operator's secrets. Definitions refer to one as <c>${secret:NAME}</c>; its value is put in when a request is sent, to the hosts
/// that it is for, and is taken out of what comes back. Safe to use from any thread.
/// </summary>
public sealed class SecretStore
{
    private readonly FrozenDictionary<string, (string Value, IReadOnlyList<SecretHost> Hosts)> _secrets;
    private readonly SecretRedaction _redaction;

    /// <summary>Holds the configured secrets, which have been validated.</summary>
    public SecretStore(IOptions<SecretSettings> settings)
        : this(settings.Value)
    {
    }

    internal SecretStore(SecretSettings settings)
    {
        _secrets = settings.Entries.ToFrozenDictionary(entry => entry.Key, entry => Read(entry.Value), StringComparer.OrdinalIgnoreCase);
        _redaction = new SecretRedaction(_secrets.Select(secret => (secret.Key, secret.Value.Value)));
    }

    /// <summary>Whether there is a secret of this name, whatever its case.</summary>
    public bool Knows(string name) => _secrets.ContainsKey(name);

    /// <summary>What is wrong with the references in a text, in words for whoever wrote it; null where nothing is.</summary>
    /// <param name="template">The text.</param>
    /// <param name="target">Where it is to be sent; null where it stays on this machine.</param>
    public string? Check(string template, Uri? target)
    {
        if (!SecretReferences.AreWellFormed(template))
            return "A reference to a secret is written ${secret:NAME}, with 1 to 64 of letters, digits and '_'.";

        foreach (var name in SecretReferences.NamesIn(template))
        {
            if (!_secrets.TryGetValue(name, out var secret))
                return $"There is no secret '{name}'; the operator can define it as Secrets:{name}.";
            if (!IsFor(secret.Hosts, target))
                return target is null
                    ? $"The secret '{name}' is for the hosts alone that Secrets:{name}:Hosts lists."
                    : $"The secret '{name}' is not for '{target.Host}'; the operator can permit it with Secrets:{name}:Hosts.";
        }

        return null;
    }

    /// <summary>The text with each <c>${secret:NAME}</c> replaced by the secret's value.</summary>
    /// <param name="template">The text.</param>
    /// <param name="target">Where it is sent; null where it stays on this machine.</param>
    /// <exception cref="ToolException">A secret is not there, or not for this host.</exception>
    public string Fill(string template, Uri? target)
    {
        if (!SecretReferences.IsIn(template))
            return template;
        if (Check(template, target) is { } wrong)
            throw new ToolException(wrong);
        return SecretReferences.Replace(template, name => _secrets[name].Value);
    }

    /// <summary>The text with <c>[secret NAME]</c> for the values of secrets of at least 8 characters, also where they are encoded.</summary>
    public string Redact(string text) => _redaction.Redact(text);

    /// <summary>The same in the strings, names and numbers of a JSON value.</summary>
    public JsonElement Redact(JsonElement value) => _redaction.Redact(value);

    private static bool IsFor(IReadOnlyList<SecretHost> hosts, Uri? target) =>
        hosts.Count == 0 || (target is not null && hosts.Any(host => host.Includes(target)));

    private static (string Value, IReadOnlyList<SecretHost> Hosts) Read(SecretSetting secret)
    {
        SecretFile.TryRead(secret, out var value);
        return (value ?? "", [.. secret.Hosts.Select(SecretHost.Parse)]);
    }
}
