import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a service of AWS fails. */
export const FAULTS = {
  throttles: { status: 400, code: { json: "ThrottlingException", xml: "Throttling" } },
  fails: { status: 500, code: { json: "InternalServerException", xml: "InternalError" } },
  refuses: { status: 403, code: { json: "AccessDeniedException", xml: "AccessDenied" } },
  /** Keeps every request and never answers. */
  "does not answer": { status: 0, code: { json: "", xml: "" } },
  /** As an emulator does of what it does not simulate. */
  "does not know the operation": {
    status: 400,
    code: { json: "UnknownOperationException", xml: "InvalidAction" },
  },
} as const;
export type Fault = keyof typeof FAULTS;

/** Services that answer in XML; EC2 and S3 each wrap an error in a way of their own. */
const IN_XML: Record<string, (error: string) => string> = {
  ec2: (error) => `<Response><Errors>${error}</Errors></Response>`,
  s3: (error) => error,
  iam: (error) => `<ErrorResponse>${error}</ErrorResponse>`,
  sts: (error) => `<ErrorResponse>${error}</ErrorResponse>`,
  sns: (error) => `<ErrorResponse>${error}</ErrorResponse>`,
  autoscaling: (error) => `<ErrorResponse>${error}</ErrorResponse>`,
};

/** A way to an AWS endpoint on which one service, by its name in signatures, can be made to fail. */
export async function startFailingProxy(endpoint: string): Promise<{
  url: string;
  /** Names of the services that were asked since the last call. */
  asked(): Set<string>;
  breakDown(service: string | undefined, fault?: Fault): void;
  close(): Promise<void>;
}> {
  const { hostname, port } = new URL(endpoint);
  let broken: { service: string; fault: Fault } | undefined;
  let asked = new Set<string>();
  const held = new Set<ServerResponse>();
  const server = createServer((incoming, answer) => {
    const { method, url: path, headers } = incoming;
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
    asked.add(service);
    if (broken?.service === service && broken.fault === "does not answer") {
      incoming.resume();
      held.add(answer);
      return;
    }
    if (broken?.service === service) {
      const { status, code } = FAULTS[broken.fault];
      const inXml = IN_XML[service];
      const error = `<Error><Code>${code.xml}</Code><Message>broken on purpose</Message></Error>`;
      answer.writeHead(status, {
        "content-type": inXml ? "text/xml" : "application/json",
        ...(!inXml && { "x-amzn-errortype": code.json }),
      });
      incoming.resume();
      answer.end(inXml ? inXml(error) : JSON.stringify({ __type: code.json, message: "broken on purpose" }));
      return;
    }
    const onward = request(
      { hostname, port, method, path, headers: { ...headers, connection: "close" }, agent: false },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  // A connection that is closed while a test is busy elsewhere would be a fault of its own.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => {
      const before = asked;
      asked = new Set();
      return before;
    },
    breakDown: (service, fault = "fails") => {
      broken = service === undefined ? undefined : { service, fault };
      for (const answer of held) answer.destroy();
      held.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
