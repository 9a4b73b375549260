using System.Text;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tests.Tools.Sandbox;

public class SandboxLifeTests
{
    private const string Survive = $$"""
        {{LifeLine.Hold}}
        import time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(600)
            os._exit(0)
        """;

    [Fact]
    public async Task Processes_that_went_into_the_background_die_with_the_command()
    {
        using var bench = SandboxBench.Create();
        LifeLine line = new(bench.Workspace.HostPath);

        await bench.PrintedAsync(Survive);

        await line.Ended.WaitAsync(SandboxBench.Cancellation);
    }

    [Fact]
    public async Task Cancelling_kills_all_processes()
    {
        using var bench = SandboxBench.Create();
        LifeLine line = new(bench.Workspace.HostPath);
        using CancellationTokenSource cancel = new();
        var run = bench.PythonAsync($"{Survive}\ntime.sleep(600)", cancel.Token);
        await line.Begun.WaitAsync(SandboxBench.Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await line.Ended.WaitAsync(SandboxBench.Cancellation);
    }

    [Fact]
    public async Task Running_out_of_time_kills_all_processes()
    {
        using var bench = SandboxBench.Create(options => options.Timeout = TimeSpan.FromSeconds(2));
        LifeLine line = new(bench.Workspace.HostPath);

        await bench.KilledAsync($"{Survive}\ntime.sleep(600)");

        await line.Ended.WaitAsync(SandboxBench.Cancellation);
    }

    [Fact]
    public async Task Command_gets_its_input()
    {
        using var bench = SandboxBench.Create();
        var input = string.Concat(Enumerable.Repeat("line\n", 100_000));

        var result = await bench.Sandbox.RunAsync(
            new SandboxRequest(["wc", "-l"]) { Workspace = bench.Workspace, Input = Encoding.UTF8.GetBytes(input) }, SandboxBench.Cancellation);

        Assert.Equal("100000\n", result.Stdout.ToString());
    }

    [Fact]
    public async Task Command_may_leave_its_input_unread()
    {
        using var bench = SandboxBench.Create();

        var result = await bench.Sandbox.RunAsync(
            new SandboxRequest(["true"]) { Workspace = bench.Workspace, Input = new byte[10_000_000] }, SandboxBench.Cancellation);

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Failure_of_a_command_is_its_exit_code()
    {
        using var bench = SandboxBench.Create();

        var result = await bench.RunAsync("sh", "-c", "echo out; echo err >&2; exit 7");

        Assert.Equal((7, "out\n", "err\n"), (result.ExitCode, result.Stdout.ToString(), result.Stderr.ToString()));
    }

    [Fact]
    public async Task Program_that_is_not_there_is_exit_code_127()
    {
        using var bench = SandboxBench.Create();

        var result = await bench.RunAsync("no-such-program");

        Assert.Equal(127, result.ExitCode);
        Assert.Contains("no-such-program", result.Stderr.ToString());
    }

    [Fact]
    public async Task Signal_that_ends_a_command_is_in_its_exit_code()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal(139, (await bench.RunAsync("sh", "-c", "kill -SEGV $$")).ExitCode);
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        using var bench = SandboxBench.Create();
        string[] arguments = ["", " ", "a b", "$HOME", "`id`", "'", "\"", "\\", "*", "-n", "é\n", "--"];

        var result = await bench.RunAsync(["python3", "-c", "import sys; print(sys.argv[1:])", .. arguments]);

        Assert.Equal("""['', ' ', 'a b', '$HOME', '`id`', "'", '"', '\\', '*', '-n', 'é\n', '--']""" + "\n", result.Stdout.ToString());
    }

    [Fact]
    public async Task Argument_with_a_NUL_is_refused()
    {
        using var bench = SandboxBench.Create();

        await Assert.ThrowsAsync<ToolException>(() => bench.RunAsync("echo", "a\0b"));
    }

    [Fact]
    public async Task Output_that_is_no_text_is_shown_as_far_as_it_is()
    {
        using var bench = SandboxBench.Create();

        Assert.Equal("a\uFFFDb\0c", await bench.PrintedAsync("import sys; sys.stdout.buffer.write(b'a\\xffb\\x00c')"));
    }

    [Fact]
    public async Task Sandbox_that_cannot_start_says_why()
    {
        using var bench = SandboxBench.Create(options => options.ReadOnlyFolders.Add("/no/such/folder"));

        var failure = await Assert.ThrowsAsync<SandboxUnavailableException>(() => bench.RunAsync("true"));

        Assert.Contains("/no/such/folder", failure.Message);
    }

    [Fact]
    public async Task Command_cannot_claim_that_it_never_ran()
    {
        using var bench = SandboxBench.Create();

        var result = await bench.RunAsync("sh", "-c", "echo 'bwrap: setting up uid map' >&2; exit 1");

        Assert.Equal(1, result.ExitCode);
    }

    // The kernel kills a sandbox with the thread that started it.
    [Fact]
    public async Task Command_outlives_the_thread_that_asked_for_it()
    {
        using var bench = SandboxBench.Create();
        LifeLine line = new(bench.Workspace.HostPath);
        Task<SandboxResult>? run = null;
        Thread thread = new(() => run = bench.PythonAsync($"{LifeLine.Hold}\nopen('go').read(); print('still here')"));
        using (var make = System.Diagnostics.Process.Start("mkfifo", ["-m", "666", Path.Combine(bench.Workspace.HostPath, "go")]))
            await make.WaitForExitAsync(SandboxBench.Cancellation);
        thread.Start();
        await line.Begun.WaitAsync(SandboxBench.Cancellation);
        thread.Join();

        await File.WriteAllTextAsync(Path.Combine(bench.Workspace.HostPath, "go"), "x", SandboxBench.Cancellation);

        Assert.Equal("still here\n", (await run!).Stdout.ToString());
    }

    [Fact]
    public async Task Commands_run_beside_each_other()
    {
        using var bench = SandboxBench.Create();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => bench.RunAsync("echo", $"{i}")));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}\n"), results.Select(result => result.Stdout.ToString()));
    }

    [Fact]
    public async Task Walls_are_found_standing()
    {
        using var bench = SandboxBench.Create();

        await SandboxProbe.RunAsync(bench.Sandbox, bench.Workspaces, SandboxBench.Cancellation);
    }
}
