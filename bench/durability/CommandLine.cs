using System.Globalization;

namespace ToolService.Durability;

/// <summary>What was asked for on the command line.</summary>
internal sealed record CommandLine(HarnessOptions Options, string? Service, bool IsVerbose)
{
    public const string Usage =
        "usage: dotnet run -c Release --project bench/durability -- [--kills N] [--seed N] [--lanes N] [--point NAME] [--service ToolService.Api.dll] [--verbose]";

    /// <summary>Null where it is not understood.</summary>
    public static CommandLine? Read(string[] args)
    {
        var command = new CommandLine(new HarnessOptions { Service = "" }, null, false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--verbose")
                command = command with { IsVerbose = true };
            else if (i + 1 == args.Length || With(command, args[i], args[++i]) is not { } next)
                return null;
            else
                command = next;
        }

        return command;
    }

    private static CommandLine? With(CommandLine command, string name, string value) => name switch
    {
        "--kills" when IsNumber(value, out var kills) => command with { Options = command.Options with { Kills = kills } },
        "--seed" when IsNumber(value, out var seed) => command with { Options = command.Options with { Seed = seed } },
        "--lanes" when IsNumber(value, out var lanes) => command with { Options = command.Options with { Lanes = lanes } },
        "--point" when Points.All.Contains(value) => command with { Options = command.Options with { Point = value } },
        "--service" when File.Exists(value) => command with { Service = Path.GetFullPath(value) },
        _ => null,
    };

    private static bool IsNumber(string value, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
