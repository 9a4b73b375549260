namespace ToolService.Core.Tools.Http.Operations;

/// <summary>How arrays and objects are written in a parameter; the names are OpenAPI's.</summary>
public enum ParameterStyle
{
    /// <summary><c>a,b</c></summary>
    Simple,

    /// <summary><c>name=a&amp;name=b</c>, or <c>name=a,b</c> where it is not exploded.</summary>
    Form,

    /// <summary><c>name[member]=a</c></summary>
    DeepObject,

    /// <summary><c>a b</c></summary>
    SpaceDelimited,

    /// <summary><c>a|b</c></summary>
    PipeDelimited,

    /// <summary><c>.a.b</c>, in paths.</summary>
    Label,

    /// <summary><c>;name=a</c>, in paths.</summary>
    Matrix,
}
