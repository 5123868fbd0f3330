import { type BuildLogMessage, type BuildLogState, isOver, type LogBatch } from "../types";

/** The server-sent events of a build's log: what the route writes and the page reads. `end` is the last one. */
export type LogStreamEvent =
  | { event: "lines"; id: string; data: LogBatch }
  | { event: "state" | "end"; data: BuildLogState }
  | { event: "reset"; id: string; data: null }
  /** The last one too: how many parts to fetch. */
  | { event: "kept"; data: number };

export async function* streamedLog(
  messages: AsyncGenerator<BuildLogMessage>,
): AsyncGenerator<LogStreamEvent> {
  for await (const message of messages) {
    if (message.kind === "lines") yield { event: "lines", id: message.cursor, data: message.batch };
    else if (message.kind === "kept") yield { event: "kept", data: message.parts };
    else if (message.kind === "reset") yield { event: "reset", id: "", data: null };
    else yield { event: isOver(message.state) ? "end" : "state", data: message.state };
  }
}
