namespace ToolService.Core.Tools.Secrets;

/// <summary>One secret: <c>Secrets:{name}</c>. The value may stand there itself, or under <c>Value</c>, or in a file.</summary>
public sealed class SecretSetting
{
    /// <summary>The secret itself; one line.</summary>
    public string? Value { get; set; }

    /// <summary>A file that holds the secret, instead of <see cref="Value"/>; line breaks at its end do not count.</summary>
    public string? File { get; set; }

    /// <summary>
    /// The hosts that it may be sent to: <c>api.example.org</c>, <c>*.example.org</c> for those below it, or either with a port. None
    /// listed means any host that a tool names. Default none.
    /// </summary>
    public List<string> Hosts { get; } = [];
}
