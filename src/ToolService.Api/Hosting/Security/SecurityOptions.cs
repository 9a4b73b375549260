namespace ToolService.Api.Hosting.Security;

/// <summary>Who may use the service: section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Security";

    /// <summary>The keys that are accepted. Default none: then only this machine is served, as the caller <c>local</c>.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; set; } = [];
}
