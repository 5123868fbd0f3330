import { createServer, type IncomingMessage } from "node:http";

export type StubRequest = {
  path: string;
  body: Record<string, unknown>;
  /** The body as it came: a form, for services of the query protocol. */
  text: string;
  headers: IncomingMessage["headers"];
};
export type StubAnswer = {
  status: number;
  json: unknown;
  /** Sent in place of `json`. */
  xml?: string;
  errorType?: string;
};

/** Every key of 12 digits is its account's, as in the simulator; a test about accounts answers for itself. */
function identityOf({ text, headers }: StubRequest): StubAnswer | undefined {
  if (!/^Action=GetCallerIdentity&/.test(text)) return undefined;
  const [, account] = /Credential=(\d{12})\//.exec(headers.authorization ?? "") ?? [];
  if (!account) return undefined;
  const result = `<Account>${account}</Account><Arn>arn:aws:iam::${account}:root</Arn><UserId>${account}</UserId>`;
  const xml = `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  return { status: 200, json: undefined, xml };
}

/**
 * An endpoint that answers what a test tells it, for what the simulator cannot be made to say: members newer than
 * the SDK, throttles, outages. Which account a key belongs to it says by itself, and does not count.
 */
export async function startStubAws(
  answer: (request: StubRequest, count: number) => StubAnswer,
  { answersForAccounts = true }: { answersForAccounts?: boolean } = {},
): Promise<{
  url: string;
  requests: StubRequest[];
  close(): Promise<void>;
}> {
  const requests: StubRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
    const request = { path: incoming.url ?? "", body, text, headers: incoming.headers };
    const identity = answersForAccounts ? identityOf(request) : undefined;
    if (!identity) requests.push(request);
    const { status, json, xml, errorType } = identity ?? answer(request, requests.length);
    outgoing.writeHead(status, {
      "content-type": xml === undefined ? "application/json" : "text/xml",
      "x-amzn-requestid": `request-${requests.length}`,
      ...(errorType && { "x-amzn-errortype": errorType }),
    });
    outgoing.end(xml ?? JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("not listening");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
