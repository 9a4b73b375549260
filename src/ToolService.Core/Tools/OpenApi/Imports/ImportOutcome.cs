namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>What became of an import.</summary>
public enum ImportOutcome
{
    /// <summary>The tools are there, except for those that are held back; or, on a dry run, would be.</summary>
    Imported,

    /// <summary>A source of another kind has the name.</summary>
    NameTaken,

    /// <summary>Somebody else imported under the same name at the same time; nothing was changed.</summary>
    Conflict,
}
