using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ToolService.Core.Tools;

namespace TextTools;

/// <summary>Keeping texts in files.</summary>
public sealed class FileTools(IConfiguration settings, ILogger<FileTools> logger)
{
    private readonly string _folder = settings["Folder"] ?? "texts";

    [Tool("save_text", Idempotent = true, Destructive = true, RequiresConfirmation = true, TimeoutSeconds = 10)]
    [Description("Saves a text under a name; a text of that name is overwritten.")]
    public async Task<string> SaveTextAsync(
        [Description("The name: letters, digits and '-'.")]
        [RegularExpression("^[a-z0-9-]{1,40}$")]
        string name,
        [Description("The text.")]
        [MaxLength(100_000)]
        string text,
        CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_folder))
            throw new ToolException($"Texts cannot be saved: the operator has not made the folder '{_folder}'.");

        await File.WriteAllTextAsync(Path.Combine(_folder, $"{name}.txt"), text, cancellationToken);
        logger.LogInformation("Saved {Name}", name);
        return "saved";
    }
}
