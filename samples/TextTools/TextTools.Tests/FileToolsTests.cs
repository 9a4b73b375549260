using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Tools;

namespace TextTools.Tests;

public sealed class FileToolsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task Text_is_saved_under_its_name()
    {
        await Saving(_folder).SaveTextAsync("note", "hello", TestContext.Current.CancellationToken);

        Assert.Equal("hello", File.ReadAllText(Path.Combine(_folder, "note.txt")));
    }

    [Fact]
    public async Task Missing_folder_is_a_failure_that_the_model_is_told()
    {
        var failure = await Assert.ThrowsAsync<ToolException>(() =>
            Saving("/nowhere").SaveTextAsync("note", "hello", TestContext.Current.CancellationToken));

        Assert.Contains("'/nowhere'", failure.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FileTools Saving(string folder) => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Folder", folder)]).Build(), NullLogger<FileTools>.Instance);
}
