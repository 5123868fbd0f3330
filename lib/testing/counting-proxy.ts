import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type CountingProxy = {
  port: number;
  /** Requests that came so far. */
  count(): number;
  /** Resolves with the request of that number, after it was answered. */
  answered(number: number): Promise<void>;
  close(): Promise<void>;
};

/** A way to an AWS endpoint of a process's own, so that a test sees what that process asks, and when. */
export async function startCountingProxy(endpoint: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(endpoint);
  let count = 0;
  let waiting: { number: number; resolve: () => void }[] = [];
  const server = createServer((incoming, answer) => {
    const number = ++count;
    const { method, url: path, headers } = incoming;
    const onward = request(
      { hostname, port, method, path, headers: { ...headers, connection: "close" }, agent: false },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer).on("close", () => {
          for (const each of waiting.filter((other) => other.number <= number)) each.resolve();
          waiting = waiting.filter((other) => other.number > number);
        });
      },
    );
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  // A connection that is closed while a test is busy elsewhere would be a fault of its own.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    count: () => count,
    answered: (number) => new Promise((resolve) => waiting.push({ number, resolve })),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
