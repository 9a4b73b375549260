using ToolService.Benchmarks;

switch (args)
{
    case ["storage", .. var rest]:
        await StorageBenchmark.RunAsync(rest);
        return 0;
    case ["schema", .. var rest]:
        await SchemaBenchmark.RunAsync(rest);
        return 0;
    case ["selection", .. var rest]:
        await SelectionBenchmark.RunAsync(rest);
        return 0;
    case ["streams", .. var rest]:
        await StreamBenchmark.RunAsync(rest);
        return 0;
    case ["model-server"]:
        await ModelServer.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project bench/ToolService.Benchmarks -- "
            + "(storage [calls] [callers] [PostgreSQL connection string] | schema [bench/schema] [suite folder] | "
            + "selection [calls.jsonl] | "
            + "streams ToolService.Api.dll [idle] [active] [seconds] | model-server)");
        return 2;
}
