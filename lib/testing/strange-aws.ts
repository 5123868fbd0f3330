import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as autoscaling from "@aws-sdk/client-auto-scaling";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecr from "@aws-sdk/client-ecr";
import * as iam from "@aws-sdk/client-iam";
import * as inspector2 from "@aws-sdk/client-inspector2";
import * as kms from "@aws-sdk/client-kms";
import * as organizations from "@aws-sdk/client-organizations";
import * as s3 from "@aws-sdk/client-s3";
import * as servicequotas from "@aws-sdk/client-service-quotas";
import * as sns from "@aws-sdk/client-sns";
import * as ssm from "@aws-sdk/client-ssm";
import { STRANGE_WAYS, type StrangeWay, strangeJson, strangeXml, wordsOf } from "./strange-answers";

/** The services beside Image Builder, by their names in signatures. */
const NEIGHBOURS = {
  autoscaling,
  ec2,
  ecr,
  iam,
  inspector2,
  kms,
  logs,
  organizations,
  s3,
  servicequotas,
  sns,
  ssm,
};

export const STRANGE_SERVICES = Object.keys(NEIGHBOURS);

/** An AWS whose Image Builder is the simulator's and whose other services are strange, or are another emulator's. */
export async function startStrangeAws(simulatorUrl: string): Promise<{
  url: string;
  /** The others are answered by the simulator and changed so; or as the emulator at a URL answers. */
  others(way: StrangeWay | URL | undefined): void;
  close(): Promise<void>;
}> {
  let others: StrangeWay | URL | undefined;
  const words = new Map(Object.entries(NEIGHBOURS).map(([name, sdk]) => [name, wordsOf(sdk)]));
  const server = createServer((incoming, answer) => {
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? "")?.[1];
    const known = words.get(service ?? "");
    const isElsewhere = known !== undefined && others instanceof URL;
    pass(incoming, answer, isElsewhere ? (others as URL) : new URL(simulatorUrl), (body, type) => {
      if (!known || others === undefined || others instanceof URL) return body;
      const way = STRANGE_WAYS[others];
      if (type.includes("xml")) return Buffer.from(strangeXml(body.toString(), way, known));
      return type.includes("json") ? Buffer.from(strangeJson(body.toString(), way, known)) : body;
    });
  });
  // A connection that is closed while a test is busy elsewhere would be a fault of its own.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    others: (way) => {
      others = way;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Hands a request on and its answer back, changed where it is a good one. */
function pass(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { hostname, port }: URL,
  change: (body: Buffer, type: string) => Buffer,
): void {
  const { method, url: path, headers } = incoming;
  const onward = request(
    { hostname, port, method, path, headers: { ...headers, connection: "close" }, agent: false },
    async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      const { "content-length": _, "transfer-encoding": __, ...rest } = response.headers;
      const status = response.statusCode ?? 502;
      answer.writeHead(status, rest);
      const body = Buffer.concat(parts);
      answer.end(status < 300 ? change(body, rest["content-type"] ?? "") : body);
    },
  );
  onward.on("error", () => answer.destroy());
  incoming.pipe(onward);
}
