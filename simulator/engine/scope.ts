import type { Table } from "./table";
import type { Trouble } from "./trouble";

/** What a service may do in one account and Region: keep tables, ask the time, reach the stores of its neighbours. */
export interface Scope<Neighbours extends object = Record<never, never>> {
  readonly account: string;
  /** `aws-global`, `aws-cn-global` and so on for services without Regions (IAM, Organizations). */
  readonly region: string;
  readonly partition: string;
  /** How much faster than life work goes: durations of scripts are divided by it, the clock is not touched. */
  readonly speed: number;
  /** Epoch milliseconds. */
  now(): number;
  /** The trouble asked for in this account at the moment. */
  trouble(): Trouble;
  /** Opens a table of this scope; its rows survive a restart. Rows hold JSON values, dates and bytes. */
  table<Row extends object>(name: string, keyOf: (row: Row) => string): Table<Row>;
  /** The stores of other services here, opened when first asked for. */
  readonly here: Neighbours;
  /** The same stores in another Region or account. */
  at(place: { account?: string; region?: string }): Neighbours;
  /** The same service's stores of other accounts in this Region that are open: where shared things may be. */
  others(service: string): unknown[];
}

/** What an account holds before anybody asks for anything. */
export interface Seed {
  kind: "demo" | "empty";
  /** Builds of history to plant in the demo account; undefined leaves it to the demo. */
  builds?: number;
  /** Epoch milliseconds of the first start, kept over restarts, so that the past does not move. */
  seededAt: number;
}

/** The account that `demo` fills; all others start prepared but empty. */
export const DEMO_ACCOUNT = "111111111111";
export const DEMO_REGION = "us-east-1";
