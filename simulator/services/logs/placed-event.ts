export interface LogEvent {
  /** Epoch milliseconds. */
  timestamp: number;
  message: string;
}

/** One PutLogEvents call. */
export interface EventBatch {
  group: string;
  stream: string;
  number: number;
  ingestedAt: number;
  events: LogEvent[];
}

/** An event at its place in a stream: by time, then by arrival. */
export interface PlacedEvent {
  timestamp: number;
  ingestedAt: number;
  /** Tells apart events of one millisecond; grows with arrival. */
  order: number;
  message: string;
}

/** What CloudWatch Logs counts for an event besides its message. */
const EVENT_OVERHEAD_BYTES = 26;

export function eventBytes(event: { message: string } | undefined): number {
  return Buffer.byteLength(event?.message ?? "") + EVENT_OVERHEAD_BYTES;
}

export function compareEvents(a: PlacedEvent, b: PlacedEvent): number {
  return a.timestamp - b.timestamp || a.order - b.order;
}

/** The events of a batch, at the places that their arrival gives them. */
export function placeBatch(batch: EventBatch): PlacedEvent[] {
  // Stored events come after computed ones of the same millisecond.
  const STORED = 1e9;
  return batch.events.map(({ timestamp, message }, index) => ({
    timestamp,
    message,
    ingestedAt: batch.ingestedAt,
    order: STORED + batch.number * 10_000 + index,
  }));
}
