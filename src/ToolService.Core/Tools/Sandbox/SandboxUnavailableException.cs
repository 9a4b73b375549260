namespace ToolService.Core.Tools.Sandbox;

/// <summary>This machine cannot give the walls that tools need; the message says to the operator what is missing.</summary>
public sealed class SandboxUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
