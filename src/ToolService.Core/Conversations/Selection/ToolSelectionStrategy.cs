namespace ToolService.Core.Conversations.Selection;

/// <summary>How the tools that fit a message are found.</summary>
public enum ToolSelectionStrategy
{
    /// <summary>By the words that message and definition share, rare ones before common ones (BM25).</summary>
    Lexical,

    /// <summary>By how many words message, name and description share, as they are written.</summary>
    Keyword,

    /// <summary>By meaning, as an embeddings endpoint tells it.</summary>
    Embedding,

    /// <summary>By asking a model.</summary>
    Model,

    /// <summary>By rules alone.</summary>
    Rules,

    /// <summary>By several of these, whose orders are merged.</summary>
    Combined,
}
