import { LogSession } from "@/lib/build-log/reader/log-session";
import type { LogAnswer, LogRequest } from "@/lib/build-log/reader/types";

/** Holds one log away from the page's own thread, so that a long one never holds up a frame. */
const turns = new MessageChannel();
let waiting: (() => void)[] = [];
turns.port1.onmessage = () => {
  const work = waiting;
  waiting = [];
  for (const each of work) each();
};

const session = new LogSession(
  (answer: LogAnswer) => self.postMessage(answer),
  () => performance.now(),
  (work) => {
    waiting.push(work);
    turns.port2.postMessage(null);
  },
);

self.onmessage = ({ data }: MessageEvent<LogRequest>) => session.take(data);
