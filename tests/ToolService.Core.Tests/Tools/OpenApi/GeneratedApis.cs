using System.Globalization;
using System.Text;

namespace ToolService.Core.Tests.Tools.OpenApi;

/// <summary>Large documents, made on the spot.</summary>
internal static class GeneratedApis
{
    /// <summary>
    /// Many operations as a large public API has them: shared path and query parameters, inline and shared bodies, answers with large shared
    /// schemas, which requests do not need.
    /// </summary>
    public static string Large(int operations)
    {
        var paths = string.Join(',', Enumerable.Range(0, operations / 4).Select(i => $$"""
            "/repos/{owner}/{repo}/things{{i}}/{id}": {
              "parameters": [{"$ref": "#/components/parameters/owner"}, {"$ref": "#/components/parameters/repo"}, {"$ref": "#/components/parameters/id"}],
              "get": {{Operation("list", i, "", Query)}},
              "post": {{Operation("create", i, Inline(i))}},
              "put": {{Operation("replace", i, Shared(i))}},
              "delete": {{Operation("delete", i, "")}}
            }
            """));
        var schemas = string.Join(',', Enumerable.Range(0, 300).Select(i => Schema(i, i % 10 == 9 ? [] : [i + 1, (i / 10 * 10) + 9])));
        return Document(paths, schemas);
    }

    /// <summary>Operations whose bodies all lead to the same many schemas.</summary>
    public static string Sharing(int operations, int schemas)
    {
        var paths = string.Join(',', Enumerable.Range(0, operations).Select(i =>
            $$"""  "/things{{i}}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/s0"} } } } } }  """));
        return Document(paths, string.Join(',', Enumerable.Range(0, schemas).Select(i => Schema(i, [(i + 1) % schemas, (i + 7) % schemas]))));
    }

    public static string Document(string paths, string schemas = "", string more = "") => $$"""
        {
          "openapi": "3.0.3", "info": {"title": "Large", "version": "1"}, "servers": [{"url": "https://api.example.com"}],
          "paths": { {{paths}} },
          "components": {
            "parameters": {
              "owner": {"name": "owner", "in": "path", "required": true, "description": "The account.", "schema": {"type": "string"} },
              "repo": {"name": "repo", "in": "path", "required": true, "description": "The repository.", "schema": {"type": "string"} },
              "id": {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"} },
              "page": {"name": "page", "in": "query", "schema": {"type": "integer", "default": 1} }
              {{(more.Length > 0 ? "," : "")}} {{more}}
            },
            "schemas": { {{schemas}} }
          }
        }
        """;

    private const string Query =
        """{"$ref": "#/components/parameters/page"}, {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["created", "updated"]}}""";

    private static string Operation(string verb, int i, string body, string parameters = "") => $$"""
        {
          "operationId": "things{{i}}/{{verb}}", "summary": "{{verb}} a thing", "tags": ["things{{i % 20}}"],
          "description": "{{string.Concat(Enumerable.Repeat("What it does, at some length. ", 10))}}",
          "parameters": [{{parameters}}] {{(body.Length > 0 ? ", \"requestBody\": " + body : "")}},
          "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/s{{i % 300}}"} } } } }
        }
        """;

    private static string Inline(int i) => $$"""
        {"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["p0"], "properties": { {{Properties(12, i)}} } } } } }
        """;

    private static string Shared(int i) =>
        $$"""{"content": {"application/json": {"schema": {"$ref": "#/components/schemas/s{{i % 300}}"} } } }""";

    private static string Schema(int i, int[] references) => $$"""
        "s{{i}}": {"type": "object", "properties": { {{Properties(10, i)}} {{string.Concat(references.Select((to, at) =>
            $$""", "r{{at}}": {"$ref": "#/components/schemas/s{{to}}"} """))}} } }
        """;

    private static string Properties(int count, int seed)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $$"""{{(i > 0 ? "," : "")}} "p{{i}}": {"type": "string", "description": "Property {{i}} of {{seed}}.", "maxLength": {{10 + i}} }""");
        return text.ToString();
    }
}
