using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tests.Tools.Sandbox.Files;

public sealed class WorkspaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("toolservice-test-").FullName;
    private readonly Workspaces _workspaces;
    private readonly Workspace _workspace;

    public WorkspaceTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Workspaces need Linux.");
        WorkspaceOptions options = new() { Root = Path.Combine(_folder, "workspaces"), MaxFileBytes = 100_000, MaxBytes = 1_000_000, MaxFiles = 50 };
        _workspaces = new Workspaces(Options.Create(options), Options.Create(new SandboxOptions()));
        _workspace = _workspaces.Open("owner", "session");
        File.WriteAllText(Path.Combine(_folder, "secret"), "secret");
    }

    [Fact]
    public void Written_file_is_read_again()
    {
        Assert.False(Write("a/b/c.txt", "text"));

        Assert.Equal("text", Read("a/b/c.txt"));
        Assert.Equal("text", Read("/workspace/a//./b/c.txt"));
        Assert.True(Write("a/b/c.txt", "other"));
        Assert.Equal("other", Read("a/b/c.txt"));
    }

    [Theory]
    [InlineData("../secret", "leads up")]
    [InlineData("a/../../secret", "leads up")]
    [InlineData("..", "leads up")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("/workspace2/x", "absolute")]
    [InlineData("a\0b", "control character")]
    [InlineData("a\nb", "control character")]
    public void Path_that_leads_out_is_refused(string path, string reason) =>
        Assert.Contains(reason, Assert.Throws<ToolException>(() => Read(path)).Message);

    [Fact]
    public void Long_path_is_refused()
    {
        Assert.Throws<ToolException>(() => Read(new string('a', 300)));
        Assert.Throws<ToolException>(() => Read(string.Join('/', Enumerable.Repeat("a", 100))));
        Assert.Throws<ToolException>(() => Read(new string('a', 5_000)));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder/secret")]
    [InlineData("loop")]
    [InlineData("loop/x")]
    [InlineData("magic/secret")]
    public void Links_are_not_followed(string path)
    {
        Link("link", "../../secret");
        Link("folder", "../..");
        Link("loop", "loop");
        Link("magic", "/proc/self/cwd");

        var failure = Assert.Throws<ToolException>(() => Read(path));

        Assert.Contains("link", failure.Message);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder/new")]
    public void Nothing_is_written_through_links(string path)
    {
        Link("link", "../../secret");
        Link("folder", "../..");

        Assert.Throws<ToolException>(() => Write(path, "changed"));

        Assert.Equal("secret", File.ReadAllText(Path.Combine(_folder, "secret")));
        Assert.False(File.Exists(Path.Combine(_folder, "new")));
        Assert.DoesNotContain(Directory.GetFiles(_workspace.HostPath), file => file.Contains(".toolservice-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Paths_are_resolved_alike_with_and_without_the_call_for_it(bool inOneCall)
    {
        PathResolver resolver = new(inOneCall);
        Write("a/file", "text");
        Link("a/link", "file");
        Link("b", "a");
        using var folder = OpenFolder();

        using (var file = resolver.Open(folder, WorkspacePath.Parse("a/file")))
            Assert.Equal(FileKind.File, PathResolver.StatusOf(file, WorkspacePath.Parse("a/file")).Kind);
        Assert.Throws<ToolException>(() => resolver.Open(folder, WorkspacePath.Parse("a/link")));
        Assert.Throws<ToolException>(() => resolver.Open(folder, WorkspacePath.Parse("b/file")));
        Assert.Throws<ToolException>(() => resolver.Open(folder, WorkspacePath.Parse("a/file/x")));
        Assert.Throws<ToolException>(() => resolver.Open(folder, WorkspacePath.Parse("nothing")));
    }

    [Fact]
    public void Pipe_is_not_opened()
    {
        using var make = Process.Start("mkfifo", [Path.Combine(_workspace.HostPath, "pipe")]);
        make.WaitForExit();

        Assert.Contains("not a regular file", Assert.Throws<ToolException>(() => Read("pipe")).Message);
        Assert.Contains("not a regular file", Assert.Throws<ToolException>(() => Write("pipe", "x")).Message);
    }

    [Fact]
    public void Socket_is_not_opened()
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_workspace.HostPath, "socket")));

        Assert.Contains("not a regular file", Assert.Throws<ToolException>(() => Read("socket")).Message);
    }

    [Fact]
    public void Folder_is_no_file()
    {
        Write("a/b", "x");

        Assert.Contains("is a folder", Assert.Throws<ToolException>(() => Read("a")).Message);
        Assert.Contains("is a folder", Assert.Throws<ToolException>(() => Write("a", "x")).Message);
        Assert.Contains("is a folder", Assert.Throws<ToolException>(() => Write(".", "x")).Message);
        Assert.Contains("not a folder", Assert.Throws<ToolException>(() => Write("a/b/c", "x")).Message);
    }

    [Fact]
    public void Large_file_is_neither_read_nor_written()
    {
        using (var sparse = File.Create(Path.Combine(_workspace.HostPath, "sparse")))
            sparse.SetLength(1L << 40);

        Assert.Contains("1099511627776 bytes", Assert.Throws<ToolException>(() => Read("sparse")).Message);
        Assert.Throws<ToolException>(() => Write("large", new string('x', 100_001)));
    }

    [Fact]
    public void Full_workspace_takes_nothing_more()
    {
        for (var i = 0; i < 50; i++)
            Write($"file{i}", "x");

        Assert.Contains("Workspace:MaxFiles", Assert.Throws<ToolException>(() => Write("one-more", "x")).Message);
    }

    [Fact]
    public void File_keeps_its_permissions_when_it_is_replaced()
    {
        Write("run.sh", "x");
        var path = Path.Combine(_workspace.HostPath, "run.sh");
        Permissions.Set(path, Permissions.Of(path) | UnixFileMode.UserExecute);

        Write("run.sh", "y");

        Assert.True(Permissions.Of(path).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void File_that_was_changed_meanwhile_is_not_replaced()
    {
        Write("file", "one");
        var read = _workspace.Read(WorkspacePath.Parse("file"));
        Write("file", "two");

        var failure = Assert.Throws<ToolException>(() => _workspace.Write(WorkspacePath.Parse("file"), "three"u8, read.Status));

        Assert.True(failure.Retryable);
        Assert.Equal("two", Read("file"));
    }

    [Fact]
    public void Owners_and_sessions_have_workspaces_of_their_own()
    {
        string[] folders = [.. new[] { ("a", "s"), ("b", "s"), ("a", "t"), ("a", null), ("a", ""), ("../x", "../../y"), ("a\ns", null) }.Select(Open)];

        Assert.Equal(folders.Length, folders.Distinct().Count());
        Assert.All(folders, folder => Assert.Equal(Path.Combine(_folder, "workspaces"), Path.GetDirectoryName(folder)));

        string Open((string Owner, string? Session) call)
        {
            using var workspace = _workspaces.Open(call.Owner, call.Session);
            return workspace.HostPath;
        }
    }

    [Fact]
    public async Task Swapping_a_file_for_a_link_never_shows_what_the_link_leads_to()
    {
        var place = Path.Combine(_workspace.HostPath, "file");
        using CancellationTokenSource stop = new();
        var swapping = SwapAsync(stop.Token, () => File.WriteAllText(place, "own"), () => File.CreateSymbolicLink(place, "../../secret"), () => File.Delete(place));

        HashSet<string> seen = [];
        for (var i = 0; i < 20_000; i++)
            seen.Add(TryRead("file"));
        await stop.CancelAsync();
        await swapping;

        Assert.DoesNotContain("secret", seen);
    }

    [Fact]
    public async Task Swapping_a_folder_for_a_link_never_leads_out()
    {
        var place = Path.Combine(_workspace.HostPath, "folder");
        using CancellationTokenSource stop = new();
        var swapping = SwapAsync(stop.Token, () => Directory.CreateDirectory(place), () => Directory.CreateSymbolicLink(place, "../.."), () => Remove(place));

        HashSet<string> seen = [];
        for (var i = 0; i < 10_000; i++)
        {
            seen.Add(TryRead("folder/secret"));
            TryWrite("folder/new");
            seen.UnionWith(TryList());
        }

        await stop.CancelAsync();
        await swapping;

        Assert.DoesNotContain("secret", seen);
        Assert.DoesNotContain("folder/workspaces", seen);
        Assert.False(File.Exists(Path.Combine(_folder, "new")));
    }

    public void Dispose()
    {
        _workspace?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task SwapAsync(CancellationToken stop, params Action[] steps) => Task.Run(() => Swap(steps, stop), CancellationToken.None);

    private static void Swap(Action[] steps, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var step in steps)
            {
                try
                {
                    step();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The other side was in the way.
                }
            }
        }
    }

    private static void Remove(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is null)
            Directory.Delete(folder, recursive: true);
        else
            File.Delete(folder);
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Take(int descriptor) => new(descriptor, ownsHandle: true);

    private Microsoft.Win32.SafeHandles.SafeFileHandle OpenFolder()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle here = new(-100, ownsHandle: false);
        return Take(Libc.TryOpenAt(here, Libc.Name(_workspace.HostPath), Libc.ReadOnly | Libc.Directory));
    }

    private void Link(string name, string target)
    {
        var path = Path.Combine(_workspace.HostPath, name);
        File.CreateSymbolicLink(path, target);
    }

    private string Read(string path) => Encoding.UTF8.GetString(_workspace.Read(WorkspacePath.Parse(path)).Content);

    private bool Write(string path, string text) => _workspace.Write(WorkspacePath.Parse(path), Encoding.UTF8.GetBytes(text));

    private string TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (ToolException)
        {
            return "";
        }
    }

    private void TryWrite(string path)
    {
        try
        {
            Write(path, "x");
        }
        catch (ToolException)
        {
            // The folder was not there just then.
        }
    }

    private IEnumerable<string> TryList()
    {
        try
        {
            return [.. _workspace.List(WorkspacePath.Parse("folder"), 3).Select(entry => entry.Path)];
        }
        catch (ToolException)
        {
            return [];
        }
    }
}
