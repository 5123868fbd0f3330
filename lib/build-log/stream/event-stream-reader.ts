import { createParser, type EventSourceMessage } from "eventsource-parser";

export type ServerSentEvent = { event: string; id: string | undefined; data: string };

/**
 * Reads server-sent events from the bytes of an answer, wherever they are cut.
 * https://html.spec.whatwg.org/#parsing-an-event-stream
 */
export async function* readEventStream(bytes: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let received: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => received.push(message) });
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const events = received;
      received = [];
      for (const { event = "message", id, data } of events) yield { event, id, data };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
