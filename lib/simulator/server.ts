import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Clock } from "./engine/clock";
import { diskStorage } from "./engine/storage";
import { readTrouble, type Trouble } from "./engine/trouble";
import { createSimulator, type Simulator } from "./simulator";
import { ConnectionDropped } from "./wire/gateway";

export interface ServerOptions {
  /** 0 takes a free one. */
  port: number;
  /** Loopback unless told otherwise: the simulator checks no secret. */
  host?: string;
  /** State is kept under it; in memory when absent. */
  dataFolder?: string;
  seed?: string;
  speed?: number;
  /** JSON, as `/_simulator/trouble` takes it. */
  trouble?: string;
  /** The system's unless a test moves its own. */
  clock?: Clock;
}

/** Serves the simulator over HTTP. Rejects with one clear line when the port is taken or the folder cannot be written. */
export async function startSimulator(
  options: ServerOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const { port, host = "127.0.0.1", dataFolder, seed, speed, trouble, clock } = options;
  const simulator = createSimulator({
    ...(dataFolder !== undefined && { storage: diskStorage(join(dataFolder, "simulator")) }),
    ...(seed !== undefined && { seed }),
    ...(speed !== undefined && { speed }),
    ...(trouble !== undefined && { trouble: readSetting(trouble) }),
    ...(clock !== undefined && { clock }),
  });
  const server = createServer((incoming, outgoing) => {
    void serve(simulator, incoming, outgoing);
  });
  simulator.open();
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `The simulator's port ${port} is in use. Stop what listens there, or set GOLDSMITH_SIMULATOR_PORT.`;
      reject(error.code === "EADDRINUSE" ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actualPort = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      simulator.close();
    },
  };
}

function readSetting(trouble: string): Trouble {
  try {
    return readTrouble(trouble);
  } catch (error) {
    throw new Error(`GOLDSMITH_SIMULATOR_TROUBLE is wrong. ${(error as Error).message}`, { cause: error });
  }
}

async function serve(
  simulator: Simulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await simulator.handle(await toRequest(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) await pipeline(Readable.fromWeb(response.body as never), outgoing);
    else outgoing.end();
  } catch (error) {
    if (!(error instanceof ConnectionDropped)) process.stderr.write(`simulator: ${String(error)}\n`);
    outgoing.destroy();
  }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const item of [value].flat()) if (item !== undefined) headers.append(name, item);
  }
  const method = incoming.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(chunks);
  return new Request(`http://${incoming.headers.host ?? "localhost"}${incoming.url}`, {
    method,
    headers,
    body,
  });
}
