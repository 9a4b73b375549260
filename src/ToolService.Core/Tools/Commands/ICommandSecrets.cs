namespace ToolService.Core.Tools.Commands;

/// <summary>The secrets that command tools may use.</summary>
internal interface ICommandSecrets
{
    /// <summary>What is wrong with the references in a text, in words for its author; null where nothing is.</summary>
    string? Check(string template);

    /// <summary>The text with each <c>${secret:NAME}</c> replaced.</summary>
    /// <exception cref="ToolException">There is no such secret.</exception>
    string Fill(string template);

    /// <summary>The text without any secret that it holds.</summary>
    string Redact(string text);
}
