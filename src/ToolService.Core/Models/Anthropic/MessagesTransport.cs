using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// One request in the SDK's chain of handlers: gives it its body and headers, and reads an error before the SDK drops its headers.
/// </summary>
internal sealed class MessagesTransport(HttpContent body, MessagesHeaders headers, ProviderErrors errors) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content = body;
        headers.Apply(request.Headers);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw errors.FromResponse(
                (int)response.StatusCode,
                header => response.Headers.TryGetValues(header, out var values) ? values.First() : null,
                await ErrorBody.ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken));
    }
}
