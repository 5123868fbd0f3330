import { FaultConsole } from "./fault-console";
import { type Outcome, tally } from "./fault-report";

/** Two consoles with an embedded database are given one folder; then the first is killed and the second tries again. */
export async function runSecondOwner(
  port: number,
  environment: Record<string, string>,
  folder: string,
): Promise<Outcome> {
  process.stderr.write("Two owners of one folder ...\n");
  const start = (number: number) =>
    FaultConsole.start(port + number * 10, {
      ...environment,
      GOLDSMITH_DATA: folder,
      GOLDSMITH_SIMULATOR_PORT: String(port + number * 10 + 1),
    });
  const first = await start(1);
  const refused = await start(2).then(
    async (second) => {
      await second.stop();
      return "but the second started";
    },
    ({ message }: Error) => message,
  );
  const read = await first.get("/api/faults/pipelines");
  const ready = await first.get("/api/ready");
  await first.kill();
  const heir = await start(2);
  const readAfter = await heir.get("/api/faults/pipelines");
  await heir.stop();
  return {
    fault: "Two owners of one folder",
    how: "a second console is started on the embedded database of a first; then the first is killed",
    reads: `data ${tally([read])}`,
    writes: `of the second: ${refused}`,
    ready: String(ready.status),
    after: `the second starts where the first was killed; data ${tally([readAfter])}`,
    ok: refused.includes("ended with 1") && read.status === 200 && readAfter.status === 200,
  };
}
