namespace ToolService.Core.Tools.Commands;

/// <summary>A command as a tool: <c>Commands:Tools:{name}</c>.</summary>
public sealed class CommandToolOptions
{
    /// <summary>What it does, for the model. Required.</summary>
    public string Description { get; set; } = "";

    /// <summary>
    /// The program and its arguments. <c>{name}</c> is an argument of the call: within a part it is filled in as text; a part that is
    /// nothing else becomes as many as a list has, and none where an optional argument is not given. <c>{{</c> and <c>}}</c> are braces.
    /// Required.
    /// </summary>
    public List<string> Command { get; set; } = [];

    /// <summary>The JSON Schema of the arguments, as JSON text; instead of <see cref="Parameters"/>. Default none.</summary>
    public string? Schema { get; set; }

    /// <summary>The arguments, by name. Default none.</summary>
    public Dictionary<string, CommandParameterOptions> Parameters { get; set; } = [];

    /// <summary>
    /// The arguments that may give an option to the program, which is a value that begins with <c>-</c>. Any other argument's value that
    /// does so where a part begins is refused. Default none.
    /// </summary>
    public List<string> AllowOptions { get; set; } = [];

    /// <summary>Where the program starts, below the workspace. Default <c>.</c>, the workspace itself.</summary>
    public string WorkingDirectory { get; set; } = ".";

    /// <summary>Variables of the program's environment, by name; <c>${secret:NAME}</c> in a value is a secret. Default none.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary>
    /// What the program reads from its standard input, with arguments filled in as in <see cref="Command"/>. Default nothing.
    /// </summary>
    public string? Stdin { get; set; }

    /// <summary>How long it may take; up to <c>Sandbox:Timeout</c>, which is also the default.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The program changes nothing; it then gets the workspace to read only. Default false.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Running it twice is the same as running it once. Default false.</summary>
    public bool Idempotent { get; set; }

    /// <summary>It may overwrite or delete. Default false.</summary>
    public bool Destructive { get; set; }

    /// <summary>A person must approve each call. Default false.</summary>
    public bool RequiresConfirmation { get; set; }
}
