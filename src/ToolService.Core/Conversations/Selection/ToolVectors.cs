using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection.Text;
using ToolService.Core.Models;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>Vectors of tools, kept in memory by the hash of their definitions: a definition is sent to the endpoint once.</summary>
/// <param name="generator">Makes vectors; its failures are <see cref="ModelException"/>s. Disposed with this.</param>
/// <param name="time">Measures how long a caller waits.</param>
internal sealed class ToolVectors(IEmbeddingGenerator<string, Embedding<float>> generator, TimeProvider time) : IDisposable
{
    // What is made is kept after each piece, so that a later failure does not cost it.
    private const int Piece = 100;

    // A model reads some thousand tokens of a text, and refuses more.
    private const int MaxCharacters = 6_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _preparing = new(1, 1);

    /// <summary>
    /// Sees to it that each tool has its vector. False when that takes longer than a turn should wait; the next call goes on with it.
    /// </summary>
    /// <exception cref="ModelException">The endpoint failed, or what it answers cannot be compared.</exception>
    /// <param name="tools">The tools to compare.</param>
    /// <param name="catalog">All tools; vectors of others may be forgotten.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<bool> PrepareAsync(IReadOnlyList<Tool> tools, ToolCatalog catalog, CancellationToken cancellationToken)
    {
        if (Missing(tools).Count == 0)
            return true;

        var begun = time.GetTimestamp();
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            ForgetAllBut(catalog.Tools);
            foreach (var piece in Missing(tools).Chunk(Piece))
            {
                if (time.GetElapsedTime(begun) > LongestWait)
                    return false;
                var made = await GenerateAsync([.. piece.Select(TextOf)], cancellationToken);
                foreach (var (tool, vector) in piece.Zip(made))
                    _vectors[tool.DefinitionHash] = vector;
            }

            return true;
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>The vector of a text.</summary>
    /// <exception cref="ModelException">The endpoint failed, or what it answers cannot be compared.</exception>
    public async Task<float[]> OfAsync(string text, CancellationToken cancellationToken) =>
        (await GenerateAsync([string.IsNullOrWhiteSpace(text) ? "-" : Cut(text)], cancellationToken))[0];

    /// <summary>The cosine of the angle between a text's vector and the tool's, -1 to 1.</summary>
    /// <exception cref="ModelException">They are not of the same length: the endpoint has changed its model.</exception>
    public float Nearness(float[] text, Tool tool)
    {
        if (_vectors.TryGetValue(tool.DefinitionHash, out var vector) && vector.Length == text.Length)
            return Product(text, vector);

        _vectors.Clear();
        throw new ModelException("The embeddings model answers with vectors of another length than before.");
    }

    public void Dispose()
    {
        _preparing.Dispose();
        generator.Dispose();
    }

    private List<Tool> Missing(IReadOnlyList<Tool> tools) => [.. tools.Where(tool => !_vectors.ContainsKey(tool.DefinitionHash))];

    // Sources that are listed again and again with changes must not fill the memory.
    private void ForgetAllBut(IReadOnlyList<Tool> current)
    {
        if (_vectors.Count < (2 * current.Count) + Piece)
            return;

        var hashes = current.Select(tool => tool.DefinitionHash).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in _vectors.Keys.Where(hash => !hashes.Contains(hash)))
            _vectors.TryRemove(hash, out _);
    }

    private async Task<float[][]> GenerateAsync(string[] texts, CancellationToken cancellationToken)
    {
        var made = await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
        return made.Count == texts.Length
            ? [.. made.Select(embedding => Normalized(embedding.Vector.Span))]
            : throw new ModelException("The embeddings model did not answer with one vector for each text.");
    }

    private static string TextOf(Tool tool)
    {
        var text = ToolText.Of(tool);
        return Cut($"{tool.Name}: {tool.Description}\n{text.Parameters}");
    }

    private static string Cut(string text) => text.Length > MaxCharacters ? text[..MaxCharacters] : text;

    private static float[] Normalized(ReadOnlySpan<float> vector)
    {
        float[] copy = [.. vector];
        var length = MathF.Sqrt(Product(copy, copy));
        if (!float.IsFinite(length) || length == 0)
            throw new ModelException("The embeddings model answers with vectors that cannot be compared.");
        for (var i = 0; i < copy.Length; i++)
            copy[i] /= length;
        return copy;
    }

    private static float Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lefts = MemoryMarshal.Cast<float, Vector<float>>(left);
        var rights = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < lefts.Length; i++)
            sums += lefts[i] * rights[i];
        var sum = Vector.Sum(sums);
        for (var i = lefts.Length * Vector<float>.Count; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
