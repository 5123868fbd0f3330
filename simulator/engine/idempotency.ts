import { checksum } from "./page";
import type { Table } from "./table";

export interface IdempotentAnswer {
  /** Operation and client token. */
  key: string;
  fingerprint: string;
  answer: object;
  at: number;
}

const KEPT_MS = 8 * 60 * 60 * 1000;

/**
 * Does the work once for a client token: the same request again gets the first answer,
 * another request with the same token is refused by `mismatch`, which throws the service's exception.
 */
export function oncePerToken<Answer extends object>(
  answers: Table<IdempotentAnswer>,
  request: { operation: string; clientToken: string | undefined; input: object; now: number },
  options: { work: () => Answer; mismatch: () => never },
): Answer {
  if (!request.clientToken) return options.work();
  const key = `${request.operation} ${request.clientToken}`;
  const fingerprint = checksum(stableJson(request.input));
  const earlier = answers.get(key);
  if (earlier && request.now - earlier.at < KEPT_MS) {
    if (earlier.fingerprint !== fingerprint) options.mismatch();
    return earlier.answer as Answer;
  }
  const answer = options.work();
  answers.put({ key, fingerprint, answer, at: request.now });
  return answer;
}

/** JSON whose object keys are sorted, so that equal requests read equal. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
