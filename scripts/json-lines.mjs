import { format, stripVTControlCharacters } from "node:util";

/** Long enough for a stack; what a stranger sent may be as long as they like. */
const MAX_LENGTH = 8_192;
const LEVELS = { debug: "debug", trace: "debug", log: "info", info: "info", warn: "warn", error: "error" };

/**
 * From now on everything that this process writes is one JSON line each: Next and other packages write several plain
 * lines for one error, and anybody can cause them with a malformed request. It goes through the console's own logger
 * once that is there, with the request's id; lib/telemetry/console-lines.ts leaves it. Worker threads write through
 * their parent's streams.
 */
export function writeJsonLines() {
  const write = process.stdout.write.bind(process.stdout);
  const say = (level, text) => {
    const msg = stripVTControlCharacters(text).trim().slice(0, MAX_LENGTH).toWellFormed();
    if (msg === "") return;
    const log = globalThis[Symbol.for("goldsmith.log-line")];
    if (log) log(level, msg);
    else write(`${JSON.stringify({ level, time: new Date().toISOString(), from: "console", msg })}\n`);
  };
  for (const [method, level] of Object.entries(LEVELS))
    console[method] = (...said) => say(level, format(...said));
  for (const [stream, level] of [
    [process.stdout, "info"],
    [process.stderr, "error"],
  ]) {
    stream.write = (chunk, encoding, done) => {
      say(level, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      const callback = typeof encoding === "function" ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
  }
  // Node writes its warnings past the streams.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => say("warn", warning.stack ?? String(warning)));
}
