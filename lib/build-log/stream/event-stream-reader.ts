export type ServerSentEvent = { event: string; id: string | undefined; data: string };

/** Reads server-sent events from the bytes of an answer, wherever they are cut. https://html.spec.whatwg.org/#parsing-an-event-stream */
export async function* readEventStream(bytes: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const received = decoder.decode(value, { stream: true });
      // A long event comes in many pieces: they are joined once, when its end is there.
      rest += received;
      if (!received.includes("\n")) continue;
      const events = rest.split("\n\n");
      rest = events.pop() ?? "";
      for (const text of events) {
        const event = readEvent(text);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readEvent(text: string): ServerSentEvent | undefined {
  let event = "message";
  let id: string | undefined;
  let data: string | undefined;
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    else if (field === "id") id = value;
    else if (field === "data") data = data === undefined ? value : `${data}\n${value}`;
  }
  return data === undefined ? undefined : { event, id, data };
}
