using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Settings;
using ToolService.Core.Storage;

namespace ToolService.Api.Hosting;

/// <summary>Tells what an operator can mend from what is a fault of ours.</summary>
internal static class StartFailures
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>A line per failure; none where the exception is a fault of ours and its stack trace is needed.</summary>
    public static IReadOnlyList<string> Explain(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(Explain)],
        SettingsException settings => [settings.Message],
        StorageException storage => [storage.Message],
        // A value of the wrong type; the message names the setting.
        InvalidOperationException { Source: Binder } => [exception.Message],
        // A settings file that is not JSON; the inner exception has the line.
        InvalidDataException { InnerException: FormatException { InnerException: { } reason } } => [$"{exception.Message} {reason.Message}"],
        // An address that is taken or not this machine's.
        IOException => [exception.Message],
        _ => [],
    };
}
