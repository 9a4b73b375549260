namespace ToolService.Core.Tests;

public sealed class IdsTests
{
    [Fact]
    public void Ids_sort_in_the_order_in_which_they_were_made()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => Ids.NewCall()).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Ids_made_at_the_same_time_differ()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();

        Parallel.For(0, 20_000, _ => ids.Add(Ids.NewCall()));

        Assert.Equal(20_000, ids.Distinct().Count());
    }

    [Fact]
    public void Id_is_its_prefix_and_a_version_7_uuid_of_now()
    {
        var id = Ids.NewTurn();

        Assert.StartsWith("turn_", id, StringComparison.Ordinal);
        var uuid = Guid.ParseExact(id["turn_".Length..], "N");
        Assert.Equal(7, uuid.Version);
        Assert.InRange(uuid.Variant, 8, 0xB);
        Assert.True(Ids.IsValidCallId(id));
    }
}
