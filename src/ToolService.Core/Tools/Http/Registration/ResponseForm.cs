namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What an answer is read as.</summary>
public enum ResponseForm
{
    /// <summary>What its content type says.</summary>
    Auto,

    /// <summary>JSON, whatever its content type says.</summary>
    Json,

    /// <summary>Text, also where it is JSON.</summary>
    Text,
}
