import { ConsoleFailure } from "@/lib/core/failure";
import type { PreflightCheck } from "./types";

/** A check that AWS refuses or fails is told as unknown, with the reason; it takes no other check along. */
export async function orUnknown(
  { id, step, what }: Pick<PreflightCheck, "id" | "step"> & { what: string },
  checks: Promise<PreflightCheck[]>,
): Promise<PreflightCheck[]> {
  try {
    return await checks;
  } catch (error) {
    if (!(error instanceof ConsoleFailure)) throw error;
    const title = `${what} couldn't be checked`;
    return [{ id, step, state: "unknown", title, evidence: [error.detail.message] }];
  }
}
