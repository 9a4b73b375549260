namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>Somebody's address.</summary>
/// <param name="Name">Their name; empty for none.</param>
/// <param name="Address">The address, in ASCII.</param>
internal sealed record Mailbox(string Name, string Address)
{
    /// <summary>What follows the last <c>@</c>.</summary>
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];
}
