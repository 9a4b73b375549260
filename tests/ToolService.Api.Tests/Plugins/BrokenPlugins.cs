using System.Reflection;
using System.Runtime.Loader;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Plugins;

/// <summary>A service with a folder of plugins of which most cannot be used.</summary>
public sealed class BrokenPlugins : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal TestService Service { get; private set; } = null!;

    internal string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        Write("Good", good => good.Add("Good.Tools", "good_tool"));
        Write("Taken", taken => taken.Add("Taken.Tools", "calculator"));
        Write("Same/Same", same => same.Add("Same.Tools", "same_tool"));
        Write("same", same => same.Add("Same.Tools", "same_tool"));
        Write("built_in", builtIn => builtIn.Add("BuiltIn.Tools", "built_in_tool"));
        Write("Throwing", throwing => throwing.Add("Throwing.Tools", "throwing_tool", failure: typeof(InvalidOperationException)));
        Write("Explaining", explaining => explaining.Add("Explaining.Tools", "explaining_tool", failure: typeof(ToolException)));
        Write("Asking", asking => asking.Add("Asking.Tools", "asking_tool", asksFor: typeof(ToolRegistry)));
        Write("Misnamed", misnamed => misnamed.Add("Misnamed.Tools", "not a name"));
        Write("Hidden", hidden => hidden.Add("Hidden.Tools", "hidden_tool", isVisible: false));
        Write("Static", constant => constant.Add(
            "Static.Tools", "static_tool", attributes: TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed));
        Write("Toolless", toolless => toolless.Add("Toolless.Nothing", tool: null));
        WriteDependents();
        _folder.Write("Text.dll", "This is not an assembly.");
        Directory.CreateDirectory(Path.Combine(Folder, "Empty"));
        if (!OperatingSystem.IsWindows())
        {
            Write("Open/Open", open => open.Add("Open.Tools", "open_tool"));
            File.SetUnixFileMode(Path.Combine(Folder, "Open", "Open.dll"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        }

        Service = await TestService.StartAsync(new Dictionary<string, string> { ["Plugins:Folder"] = Folder });
        await Service.Client.GetJsonAsync("/v1/tools");
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _folder.Dispose();
    }

    private void Write(string path, Action<EmittedAssembly> define)
    {
        var assembly = new EmittedAssembly(Path.GetFileName(path));
        define(assembly);
        assembly.Save(Path.Combine(Folder, $"{path}.dll"));
    }

    // One with what it derives from beside it, and one without.
    private void WriteDependents()
    {
        using var elsewhere = new TemporaryFolder();
        var missing = new EmittedAssembly("Missing");
        missing.Add("Missing.Base", tool: null, attributes: TypeAttributes.Public);
        var file = Path.Combine(elsewhere.Path, "Missing.dll");
        missing.Save(file);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var parent = context.LoadFromAssemblyPath(file).GetType("Missing.Base")!;
        Write("Lonely", lonely => lonely.Add("Lonely.Tools", "lonely_tool", parent));
        Write("Paired/Paired", paired => paired.Add("Paired.Tools", "paired_tool", parent));
        File.Copy(file, Path.Combine(Folder, "Paired", "Missing.dll"));
        context.Unload();
    }
}
