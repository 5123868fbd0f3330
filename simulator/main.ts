#!/usr/bin/env node
import { helpText, namesOf, readCommandLine } from "./command-line";
import { SettingError } from "./engine/setting-error";
import { startSimulator } from "./index";
import own from "./package.json";

/** `npx imagebuilder-simulator`: the simulator alone on its port, until Ctrl-C. */
try {
  const wanted = readCommandLine(process.argv.slice(2), process.env);
  if (wanted === "help") console.log(helpText());
  else if (wanted === "version") console.log(own.version);
  else {
    const { url, close } = await startSimulator(wanted);
    console.log(
      `AWS simulator at ${url}; the demo account's access key is 111111111111, any secret will do.`,
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof SettingError ? `${namesOf(error.setting)}: ${message}` : message);
  process.exitCode = 1;
}
