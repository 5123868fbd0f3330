import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";

/**
 * A part of a page that AWS may refuse without hiding the rest: its value, or `instead` and the reason.
 * Other failures are thrown.
 */
export async function unlessDenied<Value, Instead>(
  part: Promise<Value>,
  instead: Instead,
): Promise<{ value: Value | Instead; reason?: string }> {
  try {
    return { value: await part };
  } catch (error) {
    if (!(error instanceof ConsoleFailure) || error.detail.code !== "access-denied") throw error;
    return { value: instead, reason: error.detail.message };
  }
}
