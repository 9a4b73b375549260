namespace ToolService.Core.Tools.Secrets;

/// <summary>Gets a secret's value from where its setting says it is.</summary>
internal static class SecretFile
{
    private const long MostBytes = 1_000_000;

    /// <summary>Whether the value is there or was never in a file; a value is null where neither is given.</summary>
    public static bool TryRead(SecretSetting secret, out string? value)
    {
        value = secret.Value;
        if (secret.File is null)
            return true;

        try
        {
            // A device would never end.
            if (new FileInfo(secret.File) is not { Exists: true, Length: <= MostBytes })
                return false;

            value = File.ReadAllText(secret.File).TrimEnd('\r', '\n');
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
