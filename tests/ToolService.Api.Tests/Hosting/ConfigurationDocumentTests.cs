using System.Collections;
using System.Globalization;
using System.Reflection;
using ToolService.Api.Hosting.Security;
using ToolService.Api.Hosting.Settings;
using ToolService.Api.Mcp;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Schema;
using ToolService.Core.Storage;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;
using ToolService.Core.Tools.BuiltIn.Mail;
using ToolService.Core.Tools.BuiltIn.Search;
using ToolService.Core.Tools.Commands;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Http.Registration;
using ToolService.Core.Tools.Mcp;
using ToolService.Core.Tools.OpenApi;
using ToolService.Core.Tools.Plugins;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;
using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Tests.Hosting;

public class ConfigurationDocumentTests
{
    private static readonly (string Name, object Options)[] Sections =
    [
        ("Server", new ServerOptions()),
        ("Security", new SecurityOptions()),
        ("Storage", new StorageOptions()),
        ("Models", new ModelsOptions()),
        ("Tools", new ToolsOptions()),
        ("Sources", new SourcesOptions()),
        ("Execution", new ExecutionOptions()),
        ("Chat", new ConversationOptions()),
        ("Http", new HttpOptions()),
        ("HttpTools", new HttpToolsOptions()),
        ("Mcp", new McpOptions()),
        ("BuiltInTools", new BuiltInToolsOptions()),
        ("Commands", new CommandOptions()),
        ("Sandbox", new SandboxOptions()),
        ("Workspace", new WorkspaceOptions()),
        ("Mail", new MailOptions()),
        ("Search", new SearchOptions()),
        ("Plugins", new PluginsOptions()),
        ("McpServer", new McpEndpointOptions()),
    ];

    private static readonly string[] Rows =
        [.. RepositoryFiles.Read("docs/configuration.md").Split('\n').Where(line => line.StartsWith('|'))];

    public static TheoryData<string, string?> Settings =>
        new(Sections.SelectMany(section => SettingsOf(section.Name, section.Options)).Select(setting => (setting.Name, setting.Default)));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Setting_has_a_row_that_tells_its_default(string name, string? byDefault)
    {
        var row = Assert.Single(Rows, row => row.StartsWith($"| `{name}` |", StringComparison.Ordinal));

        if (byDefault is not null)
            Assert.Contains($"`{byDefault}`", row.Split('|')[2]);
    }

    [Fact]
    public void Every_class_of_options_belongs_to_a_section()
    {
        var reached = Sections.SelectMany(section => SettingsOf(section.Name, section.Options)).Select(setting => setting.Owner).Distinct();
        var all = new[] { typeof(ServerOptions).Assembly, typeof(StorageOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsClass && type.IsPublic && type.Name.EndsWith("Options", StringComparison.Ordinal))
            // Chosen by code that compiles a schema, or by whoever imports a document.
            .Where(type => type != typeof(SchemaOptions) && type != typeof(OpenApiImportOptions));

        Assert.Empty(all.Except(reached));
    }

    private static IEnumerable<(string Name, string? Default, Type Owner)> SettingsOf(string path, object options) =>
        options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => SettingsOf($"{path}:{property.Name}", property, options));

    private static IEnumerable<(string Name, string? Default, Type Owner)> SettingsOf(string name, PropertyInfo property, object owner)
    {
        var value = property.GetValue(owner);
        if (value?.GetType() is { } type && IsOptions(type))
            return SettingsOf(name, value);

        var setting = (name, TextOf(value), owner.GetType());
        return property.PropertyType.GetGenericArguments().LastOrDefault(IsOptions) is { } item
            ? SettingsOf($"{name}:{(value is IDictionary ? "{name}" : "{n}")}", Activator.CreateInstance(item)!).Prepend(setting)
            : [setting];
    }

    private static bool IsOptions(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal);

    // What a row cannot show in the form of the setting itself, it tells in words.
    private static string? TextOf(object? value) => value switch
    {
        null or "" or (IEnumerable and not string) => null,
        TimeSpan { Milliseconds: > 0 } span => span.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
