import { ConsoleFailure } from "@/lib/core/failure";

/** What AWS answered, or undefined when it has no such thing. Other failures are thrown. */
export async function unlessMissing<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ConsoleFailure)) throw error;
    // EC2 and S3 say that an ID is malformed, or a name, where others say that there is none.
    if (error.detail.code === "not-found" || error.detail.code === "invalid") return undefined;
    throw error;
  }
}
