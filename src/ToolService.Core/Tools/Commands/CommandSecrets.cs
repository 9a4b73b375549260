using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Commands;

/// <summary>The operator's secrets, except for those that are for certain hosts.</summary>
internal sealed class CommandSecrets(SecretStore secrets) : ICommandSecrets
{
    public string? Check(string template) => secrets.Check(template, target: null);

    public string Fill(string template) => secrets.Fill(template, target: null);

    public string Redact(string text) => secrets.Redact(text);
}
