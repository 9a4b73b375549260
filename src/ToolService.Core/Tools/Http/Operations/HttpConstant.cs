namespace ToolService.Core.Tools.Http.Operations;

/// <summary>A value that each request carries.</summary>
/// <param name="Place">Where it goes; not in the path.</param>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Value">Its value; <c>${secret:NAME}</c> in it stands for a secret, which is put in when the request is sent.</param>
public sealed record HttpConstant(HttpPlace Place, string Name, string Value);
