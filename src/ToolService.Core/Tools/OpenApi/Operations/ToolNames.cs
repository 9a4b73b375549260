using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>
/// Names each operation of a document by its own name, or by method and path. Where several would have one name, each gets an ending
/// made of its method and path: names depend neither on the order of the document nor on what is selected of it.
/// </summary>
internal static class ToolNames
{
    private const int LongestName = 64;

    // Tools of these names cannot be registered: they are parts of URLs.
    private static readonly string[] Reserved = ["call", "register", "import", "history"];

    public static string[] Of(IReadOnlyList<DeclaredOperation> operations, string prefix)
    {
        var wished = operations.Select(operation => Wish(operation, prefix)).ToArray();
        var counts = wished.CountBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var names = new string[operations.Count];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            if (IsGood(wished[i]) && counts[wished[i]] == 1 && taken.Add(wished[i]))
                names[i] = wished[i];
        }

        var unnamed = Enumerable.Range(0, names.Length).Where(i => names[i] is null);
        foreach (var i in unnamed.OrderBy(i => Identity(operations[i]), StringComparer.Ordinal).ToList())
            names[i] = Hashed(wished[i], Identity(operations[i]), taken);
        return names;
    }

    private static bool IsGood(string name) => name.Length <= LongestName && !Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Wish(DeclaredOperation operation, string prefix)
    {
        var name = Valid(operation.OperationId ?? "");
        if (name.Length == 0)
            name = Valid(operation.Method.ToLowerInvariant() + operation.Path);
        if (name.Length == 0)
            name = "operation";
        return prefix.Length == 0 ? name : $"{prefix}_{name}";
    }

    private static string Valid(string text) => NameText.Collapse(text, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static string Identity(DeclaredOperation operation) => $"{operation.Method} {operation.Path}";

    private static string Hashed(string wished, string identity, HashSet<string> taken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{identity}{(attempt == 0 ? "" : attempt)}");
            var ending = "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
            var name = wished[..Math.Min(wished.Length, LongestName - ending.Length)] + ending;
            if (taken.Add(name))
                return name;
        }
    }
}
