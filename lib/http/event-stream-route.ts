import "server-only";
import { identityIn, rightsLastMs } from "@/lib/use-case/session";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest, holdStream } from "./actor-limits";
import { Holding } from "./holding";
import { errorResponse } from "./json-route";
import { trackStream } from "./open-streams";
import { isStillEntitled } from "./still-entitled";

/** One server-sent event. `id` is what the browser sends back as `Last-Event-ID` to go on after it. */
export type StreamedEvent = { event: string; id?: string; data: unknown };

/** Proxies close a connection on which nothing is said; a comment is something and means nothing. */
const HEARTBEAT_MS = 15_000;

type Viewer = { lastEventId: string | undefined; signal: AbortSignal };

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // Compression and buffering proxies would hold lines back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/**
 * A GET route that streams: context of the caller, use case, then its events until they end or the viewer goes.
 * What fails before the first event is answered with its status, as in `jsonRoute`.
 */
export function eventStreamRoute<Segments extends { target: string }>(
  open: (ctx: UseCaseContext, segments: Segments, viewer: Viewer) => Promise<AsyncGenerator<StreamedEvent>>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "stream");
      return await streamEvents(request, {
        actorId: ctx.actor.id,
        open: (viewer) => open(ctx, segments, viewer),
        isEntitled: () =>
          isStillEntitled({ actor: ctx.actor, targetId: ctx.target.id }, () => identityIn(request.headers)),
        beatsBetweenChecks: Math.ceil(rightsLastMs() / HEARTBEAT_MS),
      });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

type Streaming = {
  actorId: string;
  open: (viewer: Viewer) => Promise<AsyncGenerator<StreamedEvent>>;
  isEntitled: () => Promise<boolean>;
  beatsBetweenChecks: number;
};

/** The answer of `eventStreamRoute` once it is known who asks. Throws what `open` throws. */
export async function streamEvents(request: Request, streaming: Streaming): Promise<Response> {
  // The server's framework answers HEAD with this too and never reads the body: nothing may be held for it.
  if (request.method === "HEAD") return new Response(null, { headers: HEADERS });
  const holding = new Holding(request.signal);
  try {
    holding.add(holdStream(streaming.actorId).leave);
    const lastEventId = request.headers.get("last-event-id") ?? undefined;
    const events = await streaming.open({ lastEventId, signal: holding.signal });
    holding.addReader(events);
    return new Response(toByteStream(events, holding, streaming), { headers: HEADERS });
  } catch (error) {
    holding.giveBack();
    throw error;
  }
}

function toByteStream(
  events: AsyncGenerator<StreamedEvent>,
  holding: Holding,
  { isEntitled, beatsBetweenChecks }: Streaming,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let beats = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Sends the headers: a viewer knows at once that it is connected.
        controller.enqueue(encoder.encode(": open\n\n"));
        const end = () => holding.giveBack();
        holding.add(trackStream(end));
        const heartbeat = setInterval(() => {
          beats += 1;
          // The browser connects again, and is told why not.
          if (beats % beatsBetweenChecks === 0) void isEntitled().then((may) => may || end());
          // Nothing is piled up for a viewer who does not read; the idle connection is closed in the end.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(": beat\n\n"));
        }, HEARTBEAT_MS);
        holding.add(() => clearInterval(heartbeat));
        holding.add(() => closeIfOpen(controller));
      },
      async pull(controller) {
        const { value, done } = await events.next().catch((error: unknown) => {
          if (!holding.isOver) controller.error(error);
          holding.giveBack();
          throw error;
        });
        // Ended meanwhile, because the viewer left or the process stops.
        if (holding.isOver) return;
        if (done) holding.giveBack();
        else controller.enqueue(encoder.encode(writeEvent(value)));
      },
      cancel: () => holding.giveBack(),
    },
    { highWaterMark: 1 },
  );
}

/** It may have been cancelled, or have failed. */
function closeIfOpen(controller: ReadableStreamDefaultController): void {
  try {
    controller.close();
  } catch {
    // It is over already, which is all that is wanted.
  }
}

function writeEvent({ event, id, data }: StreamedEvent): string {
  // JSON holds no line break, so one `data:` line is enough.
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
