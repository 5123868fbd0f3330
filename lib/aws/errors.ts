import "server-only";
import { type ConsoleError, ConsoleFailure } from "@/lib/core/failure";

/** What we read off an SDK or network error; all of it optional, since anything can be thrown. */
type Thrown = {
  name: string;
  message: string;
  code?: string;
  status?: number;
  requestId?: string;
};

const THROTTLES = new Set([
  "CallRateLimitExceededException",
  "TooManyRequestsException",
  "ThrottlingException",
  "ThrottledException",
  "Throttling",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
  "SlowDown",
]);
const DENIALS = new Set([
  "AccessDeniedException",
  "AccessDenied",
  "ForbiddenException",
  "UnauthorizedOperation",
  "UnauthorizedException",
  "NotAuthorized",
]);
const CREDENTIAL_TROUBLE = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "AuthFailure",
]);
const NOT_FOUND = /^(ResourceNotFound|NoSuch|NotFound|InvalidCommandId$)|\.NotFound$|DoesNotExist/;
const CONFLICTS =
  /^(ResourceAlreadyExists|ResourceDependency|ResourceInUse|IdempotentParameterMismatch|ServiceQuotaExceeded)/;
const INVALID = /^(Invalid|Validation|MissingParameter|MalformedQuery|Client(Exception)?$)/;
/** What an endpoint says that is not AWS itself, or older than the console: it says nothing about what was asked for. */
const UNKNOWN_OPERATION = /^(InvalidAction|UnknownOperation(Exception)?|NotImplemented(Exception)?)$/;
const NETWORK =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR)|^Timeout|^Abort/;

/** AWS asks to come back later: the call was not carried out. */
export const isThrottle = (error: unknown): boolean => {
  const { name, status } = read(error);
  return THROTTLES.has(name) || status === 429;
};

/** Worth another try when the call may be sent twice: AWS or the way to it failed. */
export const isTransient = (error: unknown): boolean => {
  const { name, code, status } = read(error);
  return (status !== undefined && status >= 500 && status !== 501) || NETWORK.test(code ?? name);
};

export const isDenial = (error: unknown): boolean => DENIALS.has(read(error).name);

/**
 * Says any error of an AWS call so that a person can act on it.
 * @param action the IAM action of the call, such as `imagebuilder:GetImage`
 */
export function toAwsFailure(error: unknown, action: string): ConsoleFailure {
  if (error instanceof ConsoleFailure) return error;
  const { requestId, ...thrown } = read(error);
  return new ConsoleFailure({ ...explain(error, thrown, action), requestId }, { cause: error });
}

function explain(error: unknown, { name, code, message, status }: Thrown, action: string): ConsoleError {
  if (isThrottle(error)) {
    return { code: "slowed-by-aws", message: `AWS is throttling requests (${action}). Retrying.` };
  }
  if (DENIALS.has(name)) {
    // AWS names the action it missed, which can be another than the one called: iam:PassRole, say.
    const missingAction = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1] ?? action;
    return {
      code: "access-denied",
      message: `AWS denied access: the console's role needs ${missingAction}.`,
      missingAction,
    };
  }
  if (CREDENTIAL_TROUBLE.has(name)) {
    return { code: "unavailable", message: `AWS rejected the console's credentials: ${message}` };
  }
  if (UNKNOWN_OPERATION.test(name) && status !== 501)
    return { code: "unavailable", message: `AWS does not offer ${action} at this endpoint.` };
  if (NOT_FOUND.test(name) || status === 404) {
    return { code: "not-found", message: message || "Not found in this account and Region." };
  }
  if (CONFLICTS.test(name) || status === 402) return { code: "conflict", message };
  if (status === 501) return { code: "unavailable", message };
  if (isTransient(error)) {
    const what =
      status === undefined
        ? `Couldn't reach AWS (${code ?? name}).`
        : `AWS is temporarily unavailable (${name === "SyntaxError" ? `status ${status}, without a reason` : name}).`;
    return { code: "unavailable", message: `${what} Try again.` };
  }
  if (INVALID.test(name) || status === 400) return { code: "invalid", message };
  return { code: "unexpected", message: message || name };
}

function read(error: unknown): Thrown {
  if (error instanceof ConsoleFailure && error.cause) return read(error.cause);
  if (typeof error !== "object" || error === null) return { name: "Error", message: String(error) };
  const { name, message, code, $metadata } = error as Record<string, unknown>;
  const { httpStatusCode, requestId } = ($metadata ?? {}) as Record<string, unknown>;
  return {
    name: typeof name === "string" ? name : "Error",
    message: typeof message === "string" ? message : "",
    code: typeof code === "string" ? code : undefined,
    status: typeof httpStatusCode === "number" ? httpStatusCode : undefined,
    requestId: typeof requestId === "string" ? requestId : undefined,
  };
}
