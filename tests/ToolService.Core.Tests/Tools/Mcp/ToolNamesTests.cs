using ToolService.Core.Tools.Mcp.Listing;

namespace ToolService.Core.Tests.Tools.Mcp;

public class ToolNamesTests
{
    [Fact]
    public void Name_begins_with_the_prefix_and_has_only_characters_that_names_may_have() =>
        Assert.Equal(["files_read_file", "files_admin_list"], ToolNames.For("files_", ["read_file", "admin.list"]));

    [Fact]
    public void Name_that_is_too_long_is_cut_and_told_apart_by_its_hash()
    {
        var long1 = new string('a', 100);

        var names = ToolNames.For("x_", [long1 + "1", long1 + "2"]);

        Assert.All(names, name => Assert.Equal(64, name!.Length));
        Assert.NotEqual(names[0], names[1]);
    }

    [Fact]
    public void Names_that_became_the_same_are_told_apart_whatever_their_order()
    {
        var names = ToolNames.For("", ["a.b", "a_b", "a/b"]);

        Assert.Equal("a_b", names[1]);
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal(names.Reverse(), ToolNames.For("", ["a/b", "a_b", "a.b"]));
    }

    [Fact]
    public void Name_that_differs_in_case_only_is_taken_once() => Assert.Equal(["read", null], ToolNames.For("", ["read", "READ"]));
}
