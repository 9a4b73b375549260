using System.Net;
using ToolService.Api.Tests.Durability;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Tests.Tools.Sandbox;
using ToolService.Testing;

namespace ToolService.Api.Tests.Tools;

public sealed class CommandTests
{
    [Fact]
    public async Task Commands_are_off_by_default()
    {
        await using var service = await TestService.StartAsync();

        var names = (await service.Client.GetJsonAsync("/v1/tools")).EnumerateArray().Select(tool => tool.Text("name"));

        Assert.Empty(names.Intersect(["run_command", "execute_python", "write_file", "git_status"]));
        Assert.DoesNotContain("commands", (await service.Client.GetJsonAsync("/v1/sources")).GetRawText());
    }

    [Fact]
    public async Task Command_is_called_over_HTTP_and_is_in_the_history()
    {
        using CommandService commands = new();
        await using var service = await commands.StartAsync();

        var result = await service.Client.CallAsync("run_command", """{"command":["echo","$HOME","a b"]}""");

        var output = result.GetProperty("result");
        Assert.Equal((0, "$HOME a b\n"), (output.GetProperty("exit_code").GetInt32(), output.Text("stdout")));
        Assert.Equal("succeeded", (await service.Client.GetJsonAsync($"/v1/tools/history/{result.Text("call_id")}")).Text("status"));
    }

    [Fact]
    public async Task Command_that_is_not_allowed_fails_with_what_is()
    {
        using CommandService commands = new();
        await using var service = await commands.StartAsync();

        var result = await service.Client.CallAsync("run_command", """{"command":["cat","/etc/passwd"]}""");

        Assert.False(result.GetProperty("success").GetBoolean());
        Assert.Contains("echo ...", result.GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task Command_of_the_operators_is_called_over_HTTP()
    {
        using CommandService commands = new();
        await using var service = await commands.StartAsync();

        Assert.Equal("3\n", (await service.Client.CallAsync("count_words", """{"text":"one two three"}""")).GetProperty("result").Text("stdout"));
        await service.Client.CallAsync("count_words", "{}", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Limit_that_ended_a_command_is_told()
    {
        using CommandService commands = new();
        await using var service = await commands.StartAsync(("Sandbox:CpuSeconds", "1"));

        var result = await service.Client.CallAsync("execute_python", """{"code":"while True: pass"}""");

        Assert.Contains("Sandbox:CpuSeconds", result.GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task Code_waits_for_a_person_where_the_operator_says_so()
    {
        using CommandService commands = new();
        await using var service = await commands.StartAsync(("Tools:RequireConfirmation:0", "execute_*"));

        await service.Client.CallAsync("execute_python", """{"code":"print(1)"}""", HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Machine_that_cannot_give_the_walls_has_no_commands_and_says_why()
    {
        using CommandService commands = new();
        await using var service = await commands.StartAsync(("Sandbox:ReadOnlyFolders:0", "/no/such/folder"));

        var names = (await service.Client.GetJsonAsync("/v1/tools")).EnumerateArray().Select(tool => tool.Text("name")).ToList();
        var source = (await service.Client.GetJsonAsync("/v1/sources")).EnumerateArray().Single(source => source.Text("name") == "commands");

        Assert.DoesNotContain("run_command", names);
        Assert.Contains("read_file", names);
        Assert.Equal("failed", source.Text("state"));
        Assert.Contains("Commands are not available on this machine", source.GetRawText());
        Assert.Contains("/no/such/folder", source.GetRawText());
    }

    [Theory]
    [InlineData("Commands:Enabled:0=shell", "Commands:Enabled:0 'shell' is none of")]
    [InlineData("Commands:Enabled:0=run", "Commands:Allow must name a command")]
    [InlineData("Commands:Tools:x:Description=X", "Commands:Tools:x:Command must begin with a program")]
    [InlineData("Sandbox:MaxProcesses=1", "Sandbox:MaxProcesses")]
    [InlineData("Sandbox:ReadOnlyFolders:0=/", "Sandbox:ReadOnlyFolders:0: '/' is not")]
    [InlineData("Workspace:MaxFiles=0", "Workspace:MaxFiles")]
    public async Task Settings_that_cannot_work_stop_the_start(string setting, string failure)
    {
        using TemporaryFolder folder = new();

        var (exitCode, output, error) = await ServiceProcess.RunAsync(folder.Path, $"--{setting}", "--urls=http://127.0.0.1:0");

        Assert.Equal(1, exitCode);
        Assert.Contains(failure, output + error);
    }

    [Fact]
    public async Task Session_keeps_its_files_from_call_to_call_and_from_others()
    {
        using CommandService commands = new();
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("write_file", """{"path":"data.txt","content":"41"}""")),
            ScriptedReply.Calls(("execute_python", """{"code":"print(int(open('data.txt').read()) + 1)"}""")),
            ScriptedReply.Text("42"));
        await using var service = await commands.StartAsync(
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted"), ("Chat:ToolSelection:MaxTools", "1000"));

        var answer = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Compute."}""");
        var others = await service.Client.CallAsync("list_files");

        Assert.Contains("42\\n", answer.GetProperty("tool_calls").GetRawText());
        Assert.Empty(others.GetProperty("result").GetProperty("entries").EnumerateArray());
        Assert.True(File.Exists(Path.Combine(Directory.GetDirectories(commands.Root, "session-*").Single(), "data.txt")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Killing_the_service_kills_its_commands()
    {
        using CommandService commands = new();
        using KillableService service = new(commands.Settings);
        await service.StartAsync();
        await service.PostAsync("/v1/tools/call", new { tool_name = "list_files", arguments = new { } });
        LifeLine line = new(Directory.GetDirectories(commands.Root, "owner-local-*").Single());
        const string Code = $"""
            {LifeLine.Hold}
            import time
            if os.fork() == 0:
                os.setsid()
            time.sleep(600)
            """;
        var call = service.PostAsync("/v1/tools/call", new { tool_name = "execute_python", arguments = new { code = Code } });
        await line.Begun;

        await service.KillAsync();

        await line.Ended;
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }
}
