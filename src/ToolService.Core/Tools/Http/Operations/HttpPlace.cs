namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Where in a request a value goes.</summary>
public enum HttpPlace
{
    /// <summary>In the path, at <c>{name}</c>.</summary>
    Path,

    /// <summary>In the query.</summary>
    Query,

    /// <summary>In a header.</summary>
    Header,

    /// <summary>In a cookie.</summary>
    Cookie,
}
