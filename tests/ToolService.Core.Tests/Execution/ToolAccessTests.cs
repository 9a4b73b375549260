using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Tests.Tools;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public class ToolAccessTests
{
    private static readonly Gen<string> Pattern = Gen.Elements("a", "b", "_", "A", "*").NonEmptyListOf()
        .Select(parts => string.Concat(parts.Take(ToolPatterns.MaxLength)));

    private static readonly Gen<string> Name = Gen.Elements("a", "b", "_", "B").NonEmptyListOf()
        .Select(parts => string.Concat(parts.Take(64)));

    private static readonly Gen<Lists> Cases =
        from allowed in Pattern.ListOf()
        from denied in Pattern.ListOf()
        from requested in Pattern.ListOf()
        from names in Name.NonEmptyListOf()
        select new Lists([.. allowed], [.. denied], [.. requested], [.. names]);

    [Fact]
    public void Deny_wins() => Check((lists, access, name) =>
        !access.IsAllowed(name) || !ToolPatterns.Parse(lists.Denied).Matches(name));

    [Fact]
    public void Only_what_is_allowed_is_allowed() => Check((lists, access, name) =>
    {
        var allowed = lists.Allowed.Length == 0 || ToolPatterns.Parse(lists.Allowed).Matches(name);
        return access.IsAllowed(name) == (allowed && !ToolPatterns.Parse(lists.Denied).Matches(name));
    });

    [Fact]
    public void Request_narrows_and_never_widens() => Check((lists, access, name) =>
    {
        var requested = ToolPatterns.Parse(lists.Requested);
        return access.IsAllowed(name, requested) == (access.IsAllowed(name) && requested.Matches(name));
    });

    [Fact]
    public void Catalog_is_filtered_by_the_same_rule() => Check((lists, access, name) =>
    {
        var requested = ToolPatterns.Parse(lists.Requested);
        var catalog = new ToolCatalog([DefinedTool.Create(name)]);
        return access.Filter(catalog, requested).Count == (access.IsAllowed(name, requested) ? 1 : 0);
    });

    private static void Check(Func<Lists, ToolAccess, string, bool> property) =>
        Prop.ForAll(Arb.From(Cases), lists =>
        {
            var options = new ToolsOptions();
            options.Allowed.AddRange(lists.Allowed);
            options.Denied.AddRange(lists.Denied);
            var access = new ToolAccess(Options.Create(options));
            return Array.TrueForAll(lists.Names, name => property(lists, access, name));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private sealed record Lists(string[] Allowed, string[] Denied, string[] Requested, string[] Names);
}
