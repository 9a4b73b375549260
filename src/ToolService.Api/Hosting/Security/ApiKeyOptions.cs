namespace ToolService.Api.Hosting.Security;

/// <summary>One API key: <c>Security:ApiKeys:{n}</c>.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Who holds the key: 1 to 64 of letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, beginning with a letter or digit, unique. It owns what is made with the key.</summary>
    public string Name { get; set; } = "";

    /// <summary>The SHA-256 of the key as 64 hexadecimal digits; <c>keys new NAME</c> prints it.</summary>
    public string Hash { get; set; } = "";

    /// <summary>What the key may do: <c>tools</c>, <c>chat</c>, <c>confirmations</c>, <c>approve</c>, <c>admin</c>. Default the first three.</summary>
    public IList<string> Scopes { get; set; } = [];
}
