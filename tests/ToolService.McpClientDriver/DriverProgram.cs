using ToolService.McpClientDriver;

// Usage: ToolService.McpClientDriver URL, as the conformance suite starts it: the service takes its tools from the server there, and calls each.
using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(100));
await using var scenario = await Scenario.StartAsync(new Uri(args[^1]), timeout.Token);
return await scenario.RunAsync(timeout.Token);
