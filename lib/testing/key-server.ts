import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type KeyServer = {
  url: string;
  /** Path to what is answered; a number is a status without a body. */
  answers: Map<string, string | number>;
  /** Paths asked for so far. */
  requests: string[];
  close(): Promise<void>;
};

/** Serves public keys on loopback, as a Region's load balancers or an identity provider would. */
export async function startKeyServer(): Promise<KeyServer> {
  const answers: KeyServer["answers"] = new Map();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    requests.push(path);
    const answer = answers.get(path) ?? 404;
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.end(answer);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
