import "server-only";
import { currentRequestId } from "@/lib/core/current-request";
import { type ConsoleError, ConsoleFailure } from "@/lib/core/failure";
import { toConsoleError } from "@/lib/use-case/console-error";

type Code = ConsoleError["code"] | "method-not-allowed" | "key-reused" | "not-acceptable";

const KINDS: Record<Code, { status: number; title: string }> = {
  "signed-out": { status: 401, title: "No valid token" },
  forbidden: { status: 403, title: "Not permitted" },
  "sign-in-again": { status: 403, title: "Only for a person who has just signed in" },
  "access-denied": { status: 403, title: "AWS denies the console access" },
  "wrong-account": { status: 409, title: "Credentials of another account" },
  "not-found": { status: 404, title: "Not found" },
  invalid: { status: 400, title: "The request is not valid" },
  conflict: { status: 409, title: "Conflict" },
  "slowed-by-aws": { status: 429, title: "AWS throttles the console" },
  unavailable: { status: 503, title: "Not available for now" },
  "not-on-record": { status: 500, title: "Done, but not recorded yet" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  unexpected: { status: 500, title: "Unexpected error" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "key-reused": { status: 422, title: "Idempotency key used for another request" },
  "not-acceptable": { status: 406, title: "Not acceptable" },
};

/** The codes that a problem can have, for the document. */
export const PROBLEM_CODES = Object.keys(KINDS);

/** Seconds after which it is worth asking again, where the failure does not say. */
const RETRY_AFTER: Partial<Record<Code, number>> = { "slowed-by-aws": 5, unavailable: 5 };

/** What a failure is told as. https://www.rfc-editor.org/rfc/rfc9457 */
type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** Members of the query or the body that are wrong, by name. */
  errors?: Record<string, string>;
  /** The IAM action that AWS refused, when it was AWS. */
  missingAction?: string;
  requestId?: string;
};

/** Thrown by the door for what only the API knows. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  constructor(
    readonly code: Code,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** Whatever was thrown, as an answer in `application/problem+json`. */
export function problemResponse(error: unknown, headers: Record<string, string> = {}): Response {
  const problem = problemOf(error);
  const retryAfter = RETRY_AFTER[problem.code as Code];
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(problem.status === 401 && { "www-authenticate": 'Bearer realm="Goldsmith"' }),
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      ...headers,
      ...(error instanceof ApiFailure && error.headers),
    },
  });
}

function problemOf(error: unknown): Problem {
  if (error instanceof ApiFailure) return problem(error.code, error.message);
  const { code, message, fields, missingAction, requestId } = toConsoleError(error);
  const isOfUs = !(error instanceof ConsoleFailure);
  return {
    ...problem(code, message),
    ...(fields && { errors: fields }),
    ...(missingAction && { missingAction }),
    ...(isOfUs && requestId && { requestId }),
  };
}

function problem(code: Code, detail: string): Problem {
  const { status, title } = KINDS[code];
  return {
    type: `urn:goldsmith:problem:${code}`,
    title,
    status,
    detail,
    code,
    requestId: currentRequestId(),
  };
}
