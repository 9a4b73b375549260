// Checks the server at the address given with the TypeScript SDK's client; exits with 1 and says why where something is not as it must be.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const client = new Client({ name: 'check', version: '1' }, { capabilities: { elicitation: {} } });
client.setRequestHandler(ElicitRequestSchema, async () => ({ action: 'accept', content: { username: 'ann', email: 'ann@example.com' } }));
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));

const { tools } = await client.listTools();
assert.ok(tools.some((tool) => tool.name === 'calculator'));

const sum = await client.callTool({ name: 'calculator', arguments: { expression: '6*7' } });
assert.equal(sum.content[0].text, '42');

const invalid = await client.callTool({ name: 'calculator', arguments: { nothing: 1 } });
assert.equal(invalid.isError, true);

await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), { code: -32602 });

const steps = [];
await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, undefined, { onprogress: (step) => steps.push(step.progress) });
assert.deepEqual(steps, [0, 50, 100]);

const asked = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who are you?' } });
assert.match(asked.content[0].text, /action=accept.*ann@example\.com/);

await client.close();
process.exit(0);
