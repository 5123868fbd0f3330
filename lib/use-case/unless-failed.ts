import "server-only";
import { type ConsoleError, ConsoleFailure } from "@/lib/core/failure";

/** What AWS or the way to it did. What the console itself refuses, or what is not there, is no failure of a source. */
const OF_THE_SOURCE = new Set<ConsoleError["code"]>([
  "access-denied",
  "wrong-account",
  "slowed-by-aws",
  "unavailable",
  "invalid",
  "unexpected",
]);

/** The reason when a source failed: refused, throttled, out of order, or without an answer. Undefined for other errors. */
export const failureOfSource = (error: unknown): string | undefined =>
  error instanceof ConsoleFailure && OF_THE_SOURCE.has(error.detail.code) ? error.detail.message : undefined;

/**
 * One of several sources of an answer, which may fail without taking the others along: its value, or `instead` and
 * the reason, to be shown in its place. Other errors are thrown.
 */
export async function unlessFailed<Value, Instead>(
  part: Promise<Value>,
  instead: Instead,
): Promise<{ value: Value | Instead; reason?: string }> {
  try {
    return { value: await part };
  } catch (error) {
    const reason = failureOfSource(error);
    if (reason === undefined) throw error;
    return { value: instead, reason };
  }
}

/** What somebody may delete at any time: its value, or `instead` where AWS has it no more. Other errors are thrown. */
export async function unlessGone<Value, Instead>(
  part: Promise<Value>,
  instead: Instead,
): Promise<Value | Instead> {
  try {
    return await part;
  } catch (error) {
    if (error instanceof ConsoleFailure && error.detail.code === "not-found") return instead;
    throw error;
  }
}
