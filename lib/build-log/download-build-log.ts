import "server-only";
import { csvCell } from "@/lib/core/csv";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readBuildLog } from "./read-build-log";

export type LogFormat = "text" | "csv";

/**
 * A build's log so far as a file. CSV has one row a line in the form that CloudWatch's console exports. It ends
 * where CloudWatch has no more for now, also while the build runs.
 */
export async function downloadBuildLog({
  ctx,
  input: { format, signal, ...key },
}: {
  ctx: UseCaseContext;
  input: ImageBuildKey & { format: LogFormat; signal: AbortSignal };
}): Promise<AsyncGenerator<string>> {
  const messages = await readBuildLog({ ctx, input: { ...key, signal } });
  return (async function* () {
    if (format === "csv") yield "timestamp,message\n";
    for await (const message of messages) {
      if (message.kind === "lines") {
        const { text, times } = message.batch;
        yield format === "text" ? text : toCsv(text, times);
      } else if (message.kind === "state" && message.state.phase !== "opening") return;
    }
  })();
}

function toCsv(text: string, times: number[]): string {
  const lines = text.split("\n");
  return times.map((time, index) => `${time},${quoted(lines[index] ?? "")}\n`).join("");
}

/** CloudWatch's console quotes where it must; a line that would be a formula is quoted, and made text, too. */
const quoted = (text: string) => (/^[=+\-@\t]|[",\r\n]/.test(text) ? csvCell(text) : text);
