import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Clock } from "./engine/clock";
import { SettingError } from "./engine/setting-error";
import type { SettleFailure } from "./engine/settling";
import { diskStorage, type Storage } from "./engine/storage";
import { readTrouble, type Trouble } from "./engine/trouble";
import { createSimulator, type Simulator } from "./simulator";
import { ConnectionDropped } from "./wire/gateway";
import { LARGEST_BODY_BYTES } from "./wire/protocol";

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

export interface RunningSimulator {
  url: string;
  /** Resources whose work fails now; all others go on. */
  failures(): SettleFailure[];
  close(): Promise<void>;
}

/** Serves the simulator over HTTP. Rejects with one clear line when the port is taken or the folder cannot be written. */
export async function startSimulator(options: ServerOptions): Promise<RunningSimulator> {
  const { port, host = "127.0.0.1", dataFolder, seed, speed, trouble, clock } = options;
  const simulator = createSimulator({
    ...(dataFolder !== undefined && { storage: openFolder(dataFolder) }),
    ...(seed !== undefined && { seed }),
    ...(speed !== undefined && { speed }),
    ...(trouble !== undefined && { trouble: readSetting(trouble) }),
    ...(clock !== undefined && { clock }),
  });
  const server = createServer((incoming, outgoing) => {
    void serve(simulator, incoming, outgoing);
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `The simulator's port ${port} is in use. Stop what listens there, or choose another port.`;
      reject(error.code === "EADDRINUSE" ? new SettingError("port", taken, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
  // Only now: where the port is taken, another simulator may be at work in the same folder.
  try {
    simulator.open();
  } catch (error) {
    server.close();
    throw error;
  }
  const address = server.address();
  const actualPort = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    failures: simulator.failures,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      simulator.close();
    },
  };
}

function openFolder(dataFolder: string): Storage {
  try {
    return diskStorage(join(dataFolder, "simulator"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SettingError("data", `The folder ${dataFolder} cannot be written (${code}).`, { cause: error });
  }
}

function readSetting(trouble: string): Trouble {
  try {
    return readTrouble(trouble);
  } catch (error) {
    throw new SettingError("trouble", (error as Error).message, { cause: error });
  }
}

async function serve(
  simulator: Simulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(incoming);
    const request = toRequest(incoming, body);
    const response = request ? await simulator.handle(request) : malformed();
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) await pipeline(Readable.fromWeb(response.body as never), outgoing);
    else outgoing.end();
  } catch (error) {
    const hungUp =
      !incoming.complete || (error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE";
    if (!hungUp && !(error instanceof ConnectionDropped))
      process.stderr.write(`simulator: ${String(error)}\n`);
    outgoing.destroy();
  }
}

/** Of a body that is too large, no more is kept than shows that; the rest is read, so that its sender hears the answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (size <= LARGEST_BODY_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

/** Undefined for what HTTP allows and fetch does not, as the method TRACE. */
function toRequest(incoming: IncomingMessage, received: Buffer<ArrayBuffer>): Request | undefined {
  const headers = new Headers();
  const { method = "GET", url = "/" } = incoming;
  const body = method === "GET" || method === "HEAD" ? null : received;
  try {
    for (const [name, value] of Object.entries(incoming.headers)) {
      for (const item of [value].flat()) if (item !== undefined) headers.append(name, item);
    }
    // The host says nothing here: the service stands in the signature, the bucket in the path.
    const address = `http://localhost${url.replace(/^(https?:\/\/[^/?#]*)?\/?/, "/")}`;
    return new Request(address, { method, headers, body });
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/CommonErrors.html */
function malformed(): Response {
  const message = "The request cannot be read at the level of HTTP.";
  return Response.json(
    { message },
    { status: 400, headers: { "x-amzn-errortype": "MalformedHttpRequestException" } },
  );
}
