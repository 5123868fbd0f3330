import type { Simulator } from "@/simulator/testing";
import { ACCOUNT } from "./smallest-requests";

/** What a request came to: nothing said where it was taken, else the exception and its words; `body` is the answer. */
export type RawAnswer = { code?: string; message?: string; body: Record<string, unknown> };

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=a`;

/**
 * Sends requests to Image Builder as they are, so that what an SDK does not know or refuses itself reaches the
 * simulator. `method` is PUT for what creates or changes.
 */
export const rawCaller =
  (simulator: Simulator) =>
  async (operation: string, body: object, method = "PUT"): Promise<RawAnswer> => {
    const response = await simulator.handle(
      new Request(`http://simulator.test/${operation}`, {
        method,
        headers: { authorization: authorization("imagebuilder"), "content-type": "application/json" },
        body: JSON.stringify({ clientToken: crypto.randomUUID(), ...body }),
      }),
    );
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.ok) return { body: answer };
    const code = response.headers.get("x-amzn-errortype")?.split(":")[0] ?? String(response.status);
    return { code, message: String(answer.message ?? answer.Message), body: answer };
  };

/** Makes the ECR repository that the smallest container recipe names. */
export async function createRepository(simulator: Simulator, repositoryName: string): Promise<void> {
  await simulator.handle(
    new Request("http://simulator.test/", {
      method: "POST",
      headers: {
        authorization: authorization("ecr"),
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.CreateRepository",
      },
      body: JSON.stringify({ repositoryName }),
    }),
  );
}
