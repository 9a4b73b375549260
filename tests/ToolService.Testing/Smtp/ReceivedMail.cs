namespace ToolService.Testing.Smtp;

/// <summary>A mail as a server got it.</summary>
/// <param name="From">The sender on the envelope.</param>
/// <param name="To">The recipients on the envelope.</param>
/// <param name="Data">The headers and the body.</param>
/// <param name="Encrypted">Whether it came over TLS.</param>
/// <param name="Authenticated">Whether a user name and password came before it.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Data, bool Encrypted, bool Authenticated)
{
    /// <summary>A header's value, folded lines joined; null where there is no such header.</summary>
    public string? Header(string name)
    {
        var headers = Data.ReplaceLineEndings("\n").Split("\n\n")[0].Replace("\n ", " ", StringComparison.Ordinal);
        var line = headers.Split('\n').SingleOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }
}
