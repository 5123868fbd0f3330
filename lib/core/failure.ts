/** Every failure that crosses a boundary of ours, said so that a person can act on it. */
export type ConsoleError = {
  code:
    | "signed-out"
    | "forbidden"
    /** The right is there, but one must prove again who one is. */
    | "sign-in-again"
    | "access-denied"
    /** The target's credentials belong to another account than the target says. */
    | "wrong-account"
    | "not-found"
    | "invalid"
    | "conflict"
    | "slowed-by-aws"
    | "unavailable"
    | "not-on-record"
    | "too-many-requests"
    | "unexpected";
  message: string;
  /** Field path to message, for forms. */
  fields?: Record<string, string>;
  /** The IAM action that AWS refused, when it was AWS. */
  missingAction?: string;
  requestId?: string;
};

/** What a form or a dialog shows when something was not done: its own words, or a failure with its code. */
export type Refusal = string | Pick<ConsoleError, "code" | "message">;

/** What a server action gives back; it does not throw across the boundary. */
export type ActionResult<Value> = { ok: true; value: Value } | { ok: false; error: ConsoleError };

/** Next bundles the start-up code apart from the pages, so this class exists twice in one process. */
const BRAND = Symbol.for("goldsmith.ConsoleFailure");

/** Thrown on the server's side of a boundary; the boundary hands `detail` to the browser. */
export class ConsoleFailure extends Error {
  override name = "ConsoleFailure";
  readonly [BRAND] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  constructor(
    readonly detail: ConsoleError,
    options?: { cause?: unknown },
  ) {
    super(detail.message, options);
  }
}
