import type { SettleFailure } from "../engine/settling";

const PATH = "/_simulator/failures";

/** `GET /_simulator/failures`: the resources whose work fails now, as JSON. Undefined for every other request. */
export function answerFailures(request: Request, list: () => SettleFailure[]): Response | undefined {
  if (new URL(request.url).pathname !== PATH) return undefined;
  if (request.method !== "GET") return Response.json({ message: "GET" }, { status: 405 });
  return Response.json({ failures: list() });
}
