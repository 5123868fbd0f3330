import "server-only";
import { toConsoleError } from "@/lib/use-case/console-error";

/**
 * What the console's own database says, or `instead` and the reason while it is away: what AWS says is shown without.
 * Other errors are thrown.
 */
export async function unlessAway<Value, Instead>(
  part: Promise<Value>,
  instead: Instead,
): Promise<{ value: Value | Instead; reason?: string }> {
  try {
    return { value: await part };
  } catch (error) {
    const { code, message } = toConsoleError(error);
    if (code !== "unavailable") throw error;
    return { value: instead, reason: message };
  }
}
