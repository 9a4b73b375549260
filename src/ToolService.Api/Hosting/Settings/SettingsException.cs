namespace ToolService.Api.Hosting.Settings;

/// <summary>Configuration that the service cannot start with; the message is one line that says what to change.</summary>
internal sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
