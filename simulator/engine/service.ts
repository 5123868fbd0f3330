import type { Handlers } from "../wire/contract";
import type { ProtocolChoice } from "../wire/protocol";
import type { Scope, Seed } from "./scope";
import type { ForResource } from "./settling";

/** A simulated service: how its calls are recognized, where its state lives, who answers. */
export interface Service<Sdk, Store, Neighbours extends object> {
  /** The name in the SigV4 credential scope: `imagebuilder`, `logs`, `ec2`. */
  signingName: string;
  /** The prefix of its IAM actions, where that is another name: `cloudwatch`. */
  actionPrefix?: string;
  protocol: ProtocolChoice;
  /** The code of an answer to missing or malformed members, where no model says it. */
  invalidInputCode?: string;
  /** The code for a member that is there and breaks a bound, where it is another one. */
  brokenBoundCode?: string;
  /** True when the service has no Regions; its state is then kept once an account. */
  global?: boolean;
  /** The SDK client's namespace, from which the wire reads operations and shapes. */
  sdk: Sdk;
  openStore(scope: Scope<Neighbours>): Store;
  /** Fills a scope that was never opened before. Runs again at each start: its rows are not journaled, so it must give the same rows for the same seed. */
  prepare?(store: Store, seed: Seed): void;
  /**
   * Brings the state up to `now` before any request is answered: what a build did at its end, schedules that fell due.
   * Each resource's own work goes through `forResource`, so that one that fails stops no other.
   */
  settle?(store: Store, now: number, forResource: ForResource): void;
  handlers: Partial<Handlers<Sdk, Store>>;
  /** Why operations without a handler are not simulated; absent when all have one. */
  othersUnsupportedBecause?: string;
}

/** Gives the service back, with its types inferred from its parts. */
export function defineService<Sdk, Store, Neighbours extends object>(
  service: Service<Sdk, Store, Neighbours>,
): Service<Sdk, Store, Neighbours> {
  return service;
}

/** Any service, with its own types forgotten. */
export interface AnyService {
  signingName: string;
  actionPrefix?: string;
  protocol: ProtocolChoice;
  invalidInputCode?: string;
  /** The code for a member that is there and breaks a bound, where it is another one. */
  brokenBoundCode?: string;
  global?: boolean;
  sdk: object;
  openStore(scope: Scope<object>): unknown;
  prepare?(store: unknown, seed: Seed): void;
  settle?(store: unknown, now: number, forResource: ForResource): void;
  handlers: object;
  othersUnsupportedBecause?: string;
}
