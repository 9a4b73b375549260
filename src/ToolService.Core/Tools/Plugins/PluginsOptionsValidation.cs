using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Plugins;

/// <summary>Refuses a folder of plugins that is set and not there: its tools would be missing without a word.</summary>
internal sealed class PluginsOptionsValidation : IValidateOptions<PluginsOptions>
{
    public ValidateOptionsResult Validate(string? name, PluginsOptions options) =>
        options.Folder == PluginsOptions.DefaultFolder || Directory.Exists(options.Folder)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{PluginsOptions.Section}:Folder '{options.Folder}' is not a folder that is there.");
}
