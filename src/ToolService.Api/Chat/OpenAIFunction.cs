namespace ToolService.Api.Chat;

/// <summary>What a call in the form of OpenAI's chat completions asks for.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments, as the text that the model wrote.</param>
public sealed record OpenAIFunction(string Name, string Arguments);
