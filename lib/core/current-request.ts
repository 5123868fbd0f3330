import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { processSingleton } from "./process-singleton";

const current = () => processSingleton("current-request", () => new AsyncLocalStorage<{ id: string }>());

/** From here on, whatever this request causes runs under its id. */
export const enterRequest = (id: string): void => current().enterWith({ id });

/** Id of the request under way, for log lines; undefined in background work. */
export const currentRequestId = (): string | undefined => current().getStore()?.id;
