const startWorker = () => new Worker(new URL("./log-worker.ts", import.meta.url), { type: "module" });

/** Started with the code of the page, so that it is ready when the page has come to life. */
let waiting = typeof Worker === "undefined" ? undefined : startWorker();

/** A worker that holds no log yet; whoever takes it ends it. */
export function takeLogWorker(): Worker {
  const worker = waiting ?? startWorker();
  waiting = undefined;
  return worker;
}
