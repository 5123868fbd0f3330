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

/**
 * In every message of `sign-in-again`: forms and dialogs pass messages on as text, and where they show one the way to a
 * fresh sign-in goes with it.
 */
export const SIGN_IN_AGAIN = "sign in again first";

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
