using ToolService.Durability;

if (CommandLine.Read(args) is not { } command)
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

var work = Directory.CreateTempSubdirectory("toolservice-published-");
try
{
    var options = command.Options with
    {
        Service = command.Service ?? await PublishedService.MakeAsync(work.FullName),
        Progress = command.IsVerbose ? Console.WriteLine : _ => { },
    };
    Console.WriteLine($"{options.Kills} kills, seed {options.Seed}, {options.Lanes} at a time");
    return ReportTable.Print(await Harness.RunAsync(options), options);
}
finally
{
    work.Delete(recursive: true);
}
