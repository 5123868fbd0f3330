/** One request on the wire, told to whoever counts. */
export type AwsCall = {
  service: string;
  operation: string;
  accountId: string;
  region: string;
  outcome: "ok" | "throttled" | "denied" | "error";
  durationMs: number;
};

/** One answer of the console; streams end when they close. */
export type EndedRequest = { method: string; path: string; status: number; durationMs: number };
