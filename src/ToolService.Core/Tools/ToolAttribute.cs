namespace ToolService.Core.Tools;

/// <summary>Marks a method as a tool. Its description and its parameters' come from <see cref="System.ComponentModel.DescriptionAttribute"/>.</summary>
/// <param name="name">The tool's name, 1 to 64 of letters, digits, <c>_</c> and <c>-</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolAttribute(string name) : Attribute
{
    /// <summary>The tool's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc cref="ToolPolicy.ReadOnly"/>
    public bool ReadOnly { get; init; }

    /// <inheritdoc cref="ToolPolicy.Idempotent"/>
    public bool Idempotent { get; init; }

    /// <inheritdoc cref="ToolPolicy.Destructive"/>
    public bool Destructive { get; init; }

    /// <inheritdoc cref="ToolPolicy.OpenWorld"/>
    public bool OpenWorld { get; init; }

    /// <inheritdoc cref="ToolPolicy.Volatile"/>
    public bool Volatile { get; init; }

    /// <inheritdoc cref="ToolPolicy.RequiresConfirmation"/>
    public bool RequiresConfirmation { get; init; }

    /// <summary>Seconds that one attempt may take; 0 uses <c>Execution:DefaultTimeout</c>.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>Words by which clients filter the listing.</summary>
    public string[] Tags { get; init; } = [];
}
