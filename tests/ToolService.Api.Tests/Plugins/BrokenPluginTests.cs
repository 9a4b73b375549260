using System.Net;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Plugins;

/// <summary>A plugin that cannot be used harms nobody else, and says why.</summary>
public sealed class BrokenPluginTests(BrokenPlugins plugins) : IClassFixture<BrokenPlugins>
{
    [Theory]
    [InlineData("Throwing", "Throwing.dll", "the constructor of Throwing.Tools threw InvalidOperationException; the log has the details.")]
    [InlineData("Explaining", "Explaining.dll", "a secret of the plugin")]
    [InlineData("Asking", "Asking.dll", "Asking.Tools asks for a ToolRegistry, which plugins are not given; it can have GuardedHttp, IConfiguration, ILogger, TimeProvider.")]
    [InlineData("Misnamed", "Misnamed.dll", "Tool name 'not a name' must be 1 to 64 of letters, digits, '_' and '-'.")]
    [InlineData("Hidden", "Hidden.dll", "Tools.Answer is marked [Tool] and must be public.")]
    [InlineData("Static", "Static.dll", "Static.Tools has methods marked [Tool] and must be neither static, abstract nor generic.")]
    [InlineData("Toolless", "Toolless.dll", "no class in it has a public method marked [Tool].")]
    [InlineData("Lonely", "Lonely.dll", "it needs Missing 3.1.0.0, which is neither beside it nor part of this service in that version.")]
    [InlineData("Text", "Text.dll", "it is not a .NET assembly, or not one for this processor.")]
    [InlineData("Empty", "Empty/Empty.dll", "there is no such file; a folder of a plugin holds an assembly of the folder's name.")]
    [InlineData("built_in-2", "built_in.dll", "there is another source of tools that is called 'built_in'; names are unique whatever their case.")]
    [InlineData("same-2", "same.dll", "there is another source of tools that is called 'same'; names are unique whatever their case.")]
    public async Task Plugin_that_cannot_be_loaded_says_why(string name, string file, string reason)
    {
        var source = await SourceAsync(name);

        Assert.Equal("plugin", source.Text("kind"));
        Assert.Equal("failed", source.Text("state"));
        Assert.Equal($"Plugin {Path.Combine(plugins.Folder, file)}: {reason}", source.Text("error"));
    }

    [Fact]
    public async Task File_that_anybody_may_write_is_not_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no modes.");

        var error = (await SourceAsync("Open")).Text("error");

        Assert.Contains("every user of this machine may write", error, StringComparison.Ordinal);
        Assert.Contains("Open.dll'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_are_served()
    {
        Assert.Equal("good_tool", (await plugins.Service.Client.CallAsync("good_tool")).Text("result"));
        Assert.Equal("same_tool", (await plugins.Service.Client.CallAsync("same_tool")).Text("result"));
        Assert.Equal("ready", (await SourceAsync("Same")).Text("state"));
    }

    [Fact]
    public async Task Plugin_has_what_lies_beside_it() =>
        Assert.Equal("paired_tool", (await plugins.Service.Client.CallAsync("paired_tool")).Text("result"));

    [Fact]
    public async Task Tool_whose_name_is_taken_is_skipped()
    {
        var source = await SourceAsync("Taken");

        Assert.Equal(0, source.GetProperty("tools_count").GetInt32());
        Assert.Equal(
            "Its name is taken by a tool of 'built_in'; names are unique whatever their case.", source.GetProperty("skipped")[0].Text("reason"));
    }

    [Fact]
    public async Task Repaired_plugin_is_loaded_by_a_refresh()
    {
        var file = Path.Combine(plugins.Folder, "Repaired.dll");
        await File.WriteAllTextAsync(file, "not yet", TestContext.Current.CancellationToken);
        await using var service = await TestService.StartAsync(new Dictionary<string, string> { ["Plugins:Folder"] = plugins.Folder });
        await service.Client.PostJsonAsync("/v1/sources/Repaired/refresh", "", HttpStatusCode.ServiceUnavailable);
        var assembly = new EmittedAssembly("Repaired");
        assembly.Add("Repaired.Tools", "repaired_tool");
        assembly.Save(file);

        var source = await service.Client.PostJsonAsync("/v1/sources/Repaired/refresh", "");

        Assert.Equal("ready", source.Text("state"));
        Assert.Equal("repaired_tool", (await service.Client.CallAsync("repaired_tool")).Text("result"));
    }

    [Fact]
    public async Task Classes_are_disposed_of_when_the_service_stops()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "disposed");
        var assembly = new EmittedAssembly("Disposed");
        assembly.Add("Disposed.Tools", "disposed_tool", disposal: file);
        assembly.Save(Path.Combine(folder.Path, "Disposed.dll"));

        await using (var service = await TestService.StartAsync(new Dictionary<string, string> { ["Plugins:Folder"] = folder.Path }))
        {
            await service.Client.CallAsync("disposed_tool");
            Assert.False(File.Exists(file));
        }

        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Folder_that_anybody_may_write_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folders have no modes.");
        using var folder = new TemporaryFolder();
        var assembly = new EmittedAssembly("Inner");
        assembly.Add("Inner.Tools", "inner_tool");
        assembly.Save(Path.Combine(folder.Path, "Inner", "Inner.dll"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherWrite);
        await using var service = await TestService.StartAsync(new Dictionary<string, string> { ["Plugins:Folder"] = folder.Path });

        await service.Client.CallAsync("inner_tool", expected: HttpStatusCode.NotFound);

        Assert.Contains($"may write '{folder.Path}'", (await service.Client.GetJsonAsync("/v1/sources/Inner")).Text("error"), StringComparison.Ordinal);
    }

    private Task<JsonElement> SourceAsync(string name) => plugins.Service.Client.GetJsonAsync($"/v1/sources/{name}");
}
