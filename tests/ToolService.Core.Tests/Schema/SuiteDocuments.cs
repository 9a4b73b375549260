using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

/// <summary>The documents that the official suite expects on a server of its own.</summary>
internal static class SuiteDocuments
{
    private static readonly Uri Server = new("http://localhost:1234/");

    public static SchemaDocuments Load(string suite)
    {
        var folder = Path.Combine(suite, "remotes");
        return Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Aggregate(
            SchemaDocuments.None,
            (documents, file) => documents.Add(new Uri(Server, Path.GetRelativePath(folder, file)), Json.Parse(File.ReadAllText(file))));
    }
}
