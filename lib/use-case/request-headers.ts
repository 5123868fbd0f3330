import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { headers } from "next/headers";
import { processSingleton } from "@/lib/core/process-singleton";

const ownRequest = () => processSingleton("own-request", () => new AsyncLocalStorage<Headers>());

/** Headers of the request under way, whether Next received it or a door of our own. */
export async function currentHeaders(): Promise<Headers> {
  return ownRequest().getStore() ?? (await headers());
}

/** Runs `work` for a request that Next never sees. */
export const withRequestHeaders = <Value>(given: Headers, work: () => Value): Value =>
  ownRequest().run(given, work);
