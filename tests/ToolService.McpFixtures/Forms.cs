using System.Text.Json;

namespace ToolService.McpFixtures;

/// <summary>The schemas that the suite names.</summary>
internal static class Forms
{
    public static readonly JsonElement UserDetails = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "username": { "type": "string", "description": "User's response" },
            "email": { "type": "string", "description": "User's email address" }
          },
          "required": ["username", "email"]
        }
        """);

    public static readonly JsonElement Defaults = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "name": { "type": "string", "default": "John Doe" },
            "age": { "type": "integer", "default": 30 },
            "score": { "type": "number", "default": 95.5 },
            "status": { "type": "string", "enum": ["active", "inactive", "pending"], "default": "active" },
            "verified": { "type": "boolean", "default": true }
          }
        }
        """);

    public static readonly JsonElement Enums = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "untitledSingle": { "type": "string", "enum": ["option1", "option2", "option3"] },
            "titledSingle": {
              "type": "string",
              "oneOf": [
                { "const": "value1", "title": "First Option" },
                { "const": "value2", "title": "Second Option" },
                { "const": "value3", "title": "Third Option" }
              ]
            },
            "legacyEnum": { "type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"] },
            "untitledMulti": { "type": "array", "items": { "type": "string", "enum": ["option1", "option2", "option3"] } },
            "titledMulti": {
              "type": "array",
              "items": {
                "anyOf": [
                  { "const": "value1", "title": "First Choice" },
                  { "const": "value2", "title": "Second Choice" },
                  { "const": "value3", "title": "Third Choice" }
                ]
              }
            }
          }
        }
        """);

    public static readonly JsonElement Everything = JsonElement.Parse("""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": { "$anchor": "addressDef", "type": "object", "properties": { "street": { "type": "string" }, "city": { "type": "string" } } }
          },
          "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" }
          },
          "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """);

    public static readonly JsonElement WithHeader = JsonElement.Parse("""
        {
          "type": "object",
          "properties": { "region": { "type": "string", "x-mcp-header": "Region" } },
          "required": ["region"]
        }
        """);
}
