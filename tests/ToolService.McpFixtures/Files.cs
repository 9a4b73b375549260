namespace ToolService.McpFixtures;

/// <summary>The smallest files of their kinds.</summary>
internal static class Files
{
    public const string Png = "image/png";
    public const string Wav = "audio/wav";

    /// <summary>One red pixel.</summary>
    public static readonly byte[] RedPixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    /// <summary>Silence of no length.</summary>
    public static readonly byte[] Silence = Convert.FromBase64String("UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=");
}
