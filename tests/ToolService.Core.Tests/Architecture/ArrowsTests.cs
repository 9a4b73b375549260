namespace ToolService.Core.Tests.Architecture;

public class ArrowsTests
{
    [Fact]
    public void Every_file_uses_only_what_its_folder_may() =>
        Assert.Equal("", string.Join('\n', SourceTree.Files("src").SelectMany(file => Arrows.Violations(file.Path, file.Text))));

    [Fact]
    public void Only_one_file_at_the_root_sees_the_folders() =>
        Assert.InRange(SourceTree.Files(Arrows.Core).Where(file => Arrows.SeesFolders(file.Path, file.Text)).Take(2).Count(), 0, 1);

    [Theory]
    [InlineData("Schema/X.cs", "using ToolService.Core.Tools;", "uses Tools.")]
    [InlineData("Models/X.cs", "using static ToolService.Core.Execution.CallStatus;", "uses Execution.")]
    [InlineData("Models/X.cs", "using S = ToolService.Core.Storage.X;", "uses Storage.")]
    [InlineData("Tools/X.cs", "class X { ToolService.Core.Execution.ToolCall y; }", "uses Execution.")]
    [InlineData("Tools/X.cs", "global using ToolService . Core\n . Models;", "uses Models.")]
    [InlineData("Tools/X.cs", "using ToolService.Core.Tools.BuiltIn;", "uses Tools.BuiltIn.")]
    [InlineData("Tools/Http/X.cs", "using ToolService.Core.Tools.BuiltIn;", "uses Tools.BuiltIn.")]
    [InlineData("Tools/BuiltIn/X.cs", "using ToolService.Core.Execution;", "uses Execution.")]
    [InlineData("Execution/X.cs", "using ToolService.Core.Conversations;", "uses Conversations.")]
    [InlineData("New/X.cs", "", "is in New, for which no arrows are drawn.")]
    [InlineData("Tools/New/X.cs", "using ToolService.Core.Tools.Http;", "uses Tools.Http.")]
    [InlineData("Schema/Deep/X.cs", "using ToolService.Core.Tools;", "uses Tools.")]
    [InlineData("Tools/X.cs", "using ToolService.Api.Chat;", "uses the API.")]
    [InlineData("X.cs", "using ToolService.Api;", "uses the API.")]
    [InlineData("Tools/X.cs", "using OpenAI;", "uses OpenAI, which stays in Models.")]
    [InlineData("Tools/X.cs", "using OpenAI.Chat;", "uses OpenAI, which stays in Models.")]
    [InlineData("Tools/X.cs", "class X { global::OpenAI.Chat.ChatTool y; }", "uses OpenAI, which stays in Models.")]
    [InlineData("Execution/X.cs", "using Microsoft.EntityFrameworkCore.Infrastructure;", "uses Microsoft.EntityFrameworkCore, which stays in Storage.")]
    [InlineData("Execution/X.cs", "using Microsoft.Data.Sqlite;", "uses Microsoft.Data.Sqlite, which stays in Storage.")]
    [InlineData("X.cs", "using Npgsql;", "uses Npgsql, which stays in Storage.")]
    [InlineData("X.cs", "using Quartz;", "uses Quartz, which stays in Scheduling.")]
    [InlineData("Conversations/X.cs", "using Quartz;", "uses Quartz, which stays in Scheduling.")]
    [InlineData("Conversations/X.cs", "using ToolService.Core.Scheduling;", "uses Scheduling.")]
    [InlineData("Conversations/X.cs", "using ToolService.Core.Tools.Http;", "uses Tools.Http.")]
    [InlineData("Conversations/Callbacks/X.cs", "using ToolService.Core.Models;", "uses Models.")]
    [InlineData("Scheduling/X.cs", "using ToolService.Core.Storage;", "uses Storage.")]
    [InlineData("Tools/Http/X.cs", "using AngleSharp.Dom;", "uses AngleSharp, which stays in Tools.BuiltIn.")]
    public void Wrong_arrow_is_found(string path, string text, string violation) =>
        Assert.Equal([$"{Arrows.Core}{path} {violation}"], Arrows.Violations(Arrows.Core + path, text));

    [Fact]
    public void Package_outside_its_home_is_found_in_the_api_too()
    {
        Assert.Single(Arrows.Violations("src/ToolService.Api/X.cs", "using Npgsql;"));
        Assert.Single(Arrows.Violations("src/ToolService.Api/X.cs", "using Quartz;"));
    }

    [Theory]
    [InlineData("Tools/X.cs", "using ToolService.Core.Schema;")]
    [InlineData("Tools/X.cs", "namespace ToolService.Core.Tools;")]
    [InlineData("Schema/X.cs", "using ToolService.Core.Schema.Deep;")]
    [InlineData("Schema/Deep/X.cs", "using ToolService.Core.Schema;")]
    [InlineData("Storage/Deep/X.cs", "using Microsoft.EntityFrameworkCore;")]
    [InlineData("Tools/BuiltIn/X.cs", "using ToolService.Core.Tools.Http; namespace ToolService.Core.Tools.BuiltIn;")]
    [InlineData("Models/X.cs", "using OpenAI.Chat; using ToolService.Core;")]
    [InlineData("Schema/X.cs", "// using ToolService.Core.Tools;\n/* OpenAI.Chat */ var x = \"OpenAI.Chat \\\" Npgsql.\" + @\"\"\"Quartz.\" + \"\"\"ToolService.Core.Tools\"\"\";")]
    [InlineData("X.cs", "using ToolService.Core.Tools;")]
    [InlineData("Tools/X.cs", "class X { string OpenAI(string MyOpenAI) => this.OpenAI; }")]
    public void Right_arrow_is_not(string path, string text) => Assert.Empty(Arrows.Violations(Arrows.Core + path, text));

    [Fact]
    public void File_at_the_root_that_sees_folders_is_told_from_one_that_does_not()
    {
        Assert.True(Arrows.SeesFolders(Arrows.Core + "X.cs", "using ToolService.Core.Tools;"));
        Assert.False(Arrows.SeesFolders(Arrows.Core + "X.cs", "namespace ToolService.Core;"));
    }
}
