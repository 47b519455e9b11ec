import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as OlderClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OlderTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Server } from "./api.ts";

export interface ToolResult {
  readonly text: string;
  readonly structured: Record<string, unknown>;
  readonly isError: boolean;
}

/** An agent at `/mcp`, by the official client of one protocol. */
export interface Agent {
  readonly protocol: string;
  readonly instructions: string;
  tools(): Promise<
    { name: string; annotations?: object | undefined; inputSchema: object; description?: string | undefined }[]
  >;
  call(name: string, given?: Record<string, unknown>): Promise<ToolResult>;
  prompts(): Promise<string[]>;
  prompt(name: string, given?: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

/** The methods that both clients have alike. */
type AnyClient = Pick<Client, "listTools" | "callTool" | "listPrompts" | "getPrompt" | "close" | "getInstructions">;

const identity = { name: "passage-tests", version: "1" };
const headers = ({ testKey }: Server) => ({ authorization: `Bearer ${testKey}` });

/** Revision 2026-07-28: no session, each request on its own. */
export async function newAgent(server: Server): Promise<Agent> {
  const client = new Client(identity, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  const requestInit = { headers: headers(server) };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit }));
  return agent(client, client.getNegotiatedProtocolVersion() ?? "none");
}

/** The revisions of 2025, by the older client. */
export async function olderAgent(server: Server): Promise<Agent> {
  const client = new OlderClient(identity);
  const transport = new OlderTransport(new URL(`${server.url}/mcp`), { requestInit: { headers: headers(server) } });
  await client.connect(transport as unknown as Parameters<typeof client.connect>[0]);
  return agent(client as unknown as AnyClient, transport.protocolVersion ?? "none");
}

function agent(client: AnyClient, protocol: string): Agent {
  return {
    protocol,
    instructions: client.getInstructions() ?? "",
    tools: async () => (await client.listTools()).tools,
    call: async (name, given = {}) => {
      const { content, structuredContent, isError } = await client.callTool({ name, arguments: given });
      const [part] = content;
      return {
        text: part?.type === "text" ? part.text : "",
        structured: (structuredContent ?? {}) as Record<string, unknown>,
        isError: isError === true,
      };
    },
    prompts: async () => (await client.listPrompts()).prompts.map(({ name }) => name),
    prompt: async (name, given = {}) => {
      const { messages } = await client.getPrompt({ name, arguments: given });
      return messages.map(({ content }) => (content.type === "text" ? content.text : "")).join("\n");
    },
    close: () => client.close(),
  };
}
