import "server-only";
import { identityIn, rightsLastMs } from "@/lib/use-case/session";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest, holdStream } from "./actor-limits";
import { errorResponse } from "./json-route";
import { trackStream } from "./open-streams";
import { isStillEntitled } from "./still-entitled";

/** One server-sent event. `id` is what the browser sends back as `Last-Event-ID` to go on after it. */
export type StreamedEvent = { event: string; id?: string; data: unknown };

/** Proxies close a connection on which nothing is said; a comment is something and means nothing. */
const HEARTBEAT_MS = 15_000;

type Viewer = { lastEventId: string | undefined; signal: AbortSignal };

/**
 * A GET route that streams: context of the caller, use case, then its events until they end or the viewer goes.
 * What fails before the first event is answered with its status, as in `jsonRoute`.
 */
export function eventStreamRoute<Segments extends { target: string }>(
  open: (ctx: UseCaseContext, segments: Segments, viewer: Viewer) => Promise<AsyncGenerator<StreamedEvent>>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    const left = new AbortController();
    request.signal.addEventListener("abort", () => left.abort(), { once: true });
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "stream");
      const place = holdStream(ctx.actor.id);
      left.signal.addEventListener("abort", () => place.leave(), { once: true });
      const lastEventId = request.headers.get("last-event-id") ?? undefined;
      const events = await open(ctx, segments, { lastEventId, signal: left.signal });
      const isEntitled = () =>
        isStillEntitled({ actor: ctx.actor, targetId: ctx.target.id }, () => identityIn(request.headers));
      return new Response(toByteStream(events, left, isEntitled), {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          // Compression and buffering proxies would hold lines back.
          "cache-control": "no-store, no-transform",
          "x-accel-buffering": "no",
        },
      });
    } catch (error) {
      left.abort();
      return errorResponse(error);
    }
  };
}

function toByteStream(
  events: AsyncGenerator<StreamedEvent>,
  left: AbortController,
  isEntitled: () => Promise<boolean>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let untrack = () => {};
  let beats = 0;
  const beatsBetweenChecks = Math.ceil(rightsLastMs() / HEARTBEAT_MS);
  const stop = () => {
    clearInterval(heartbeat);
    untrack();
    left.abort();
  };
  left.signal.addEventListener("abort", stop, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Sends the headers: a viewer knows at once that it is connected.
        controller.enqueue(encoder.encode(": open\n\n"));
        const end = () => {
          if (left.signal.aborted) return;
          stop();
          controller.close();
        };
        untrack = trackStream(end);
        heartbeat = setInterval(() => {
          beats += 1;
          // The browser connects again, and is told why not.
          if (beats % beatsBetweenChecks === 0) void isEntitled().then((may) => may || end());
          // Nothing is piled up for a viewer who does not read; the idle connection is closed in the end.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(": beat\n\n"));
        }, HEARTBEAT_MS);
      },
      async pull(controller) {
        const { value, done } = await events.next().catch((error: unknown) => {
          stop();
          throw error;
        });
        // Ended meanwhile, because the viewer left or the process stops.
        if (left.signal.aborted) return;
        if (!done) {
          controller.enqueue(encoder.encode(writeEvent(value)));
          return;
        }
        stop();
        controller.close();
      },
      cancel: stop,
    },
    { highWaterMark: 1 },
  );
}

function writeEvent({ event, id, data }: StreamedEvent): string {
  // JSON holds no line break, so one `data:` line is enough.
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
