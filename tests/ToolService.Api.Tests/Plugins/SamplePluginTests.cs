using System.Net;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Plugins;

/// <summary>The sample of docs/write-a-tool.md as it is built, in the folder of plugins of the real service.</summary>
public sealed class SamplePluginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Built with the tests, in the same configuration.
    private static string Built => RepositoryFiles.FullPath(
        $"samples/TextTools/TextTools/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/{new DirectoryInfo(AppContext.BaseDirectory).Name}");

    [Theory]
    [InlineData("TextTools/TextTools.dll")]
    [InlineData("TextTools.dll")]
    public async Task Assembly_in_the_folder_is_served(string place)
    {
        await using var service = await StartAsync(place);

        var result = (await service.Client.CallAsync("count_words", """{"text":"one two two"}""")).GetProperty("result");

        Assert.Equal("""{"words":3,"different_words":2,"longest":"one"}""", result.GetRawText());
        var source = (await service.Client.GetJsonAsync("/v1/sources")).EnumerateArray().Single(source => source.Text("name") == "TextTools");
        Assert.Equal(("plugin", "ready", 3), (source.Text("kind"), source.Text("state"), source.GetProperty("tools_count").GetInt32()));
        Assert.Equal("TextTools", (await service.Client.GetJsonAsync("/v1/tools/count_words")).Text("source"));
    }

    [Fact]
    public async Task Arguments_are_checked_by_the_attributes()
    {
        await using var service = await StartAsync();

        var problem = await service.Client.CallAsync("count_words", """{"text":"","min_length":51}""", HttpStatusCode.BadRequest);

        Assert.Equal(["/min_length", "/text"], problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("pointer")).Order());
    }

    [Fact]
    public async Task Images_are_kept()
    {
        await using var service = await StartAsync();

        var result = (await service.Client.CallAsync("chart_words", """{"texts":["one","one two"]}""")).GetProperty("result");

        Assert.Equal("image/svg+xml", result.GetProperty("content_blocks")[1].Text("mime_type"));
    }

    [Fact]
    public async Task Plugin_has_its_own_settings_and_its_policy()
    {
        await using var service = await StartAsync(settings: ("Plugins:Settings:TextTools:Folder", _folder.Path));

        var call = await service.Client.CallAsync("save_text", """{"name":"note","text":"hello"}""", HttpStatusCode.Accepted);
        await service.Client.PostJsonAsync($"/v1/confirmations/{call.GetProperty("confirmation").Text("id")}", """{"decision":"approve"}""");

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "note.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Settings_of_a_misspelt_folder_stop_the_start()
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            TestService.StartAsync(new Dictionary<string, string> { ["Plugins:Folder"] = "/nowhere/plugins" }));

        Assert.Equal("Plugins:Folder '/nowhere/plugins' is not a folder that is there.", failure.Message);
    }

    [Fact]
    public void Code_of_the_page_is_the_samples()
    {
        var page = RepositoryFiles.Read("docs/write-a-tool.md");
        var snippets = page.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0].TrimEnd()).ToList();
        var files = Directory.EnumerateFiles(RepositoryFiles.FullPath("samples/TextTools"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(file => Unindented(File.ReadAllText(file)))
            .ToList();

        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.Contains(files, file => file.Contains(Unindented(snippet), StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    private Task<TestService> StartAsync(string place = "TextTools/TextTools.dll", (string Name, string Value)? settings = null)
    {
        var target = Path.Combine(_folder.Path, "plugins", place);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(Built, "TextTools.dll"), target);
        var all = new Dictionary<string, string> { ["Plugins:Folder"] = Path.Combine(_folder.Path, "plugins") };
        if (settings is { } one)
            all[one.Name] = one.Value;
        return TestService.StartAsync(all);
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}
