import { parseArgs } from "node:util";
import type { Setting } from "./engine/setting-error";
import type { ServerOptions } from "./server";

/** The settings by their flag; each is also read from the environment, where a flag does not say otherwise. */
const FLAGS: Record<Setting, { value: string; says: string }> = {
  port: { value: "<number>", says: "port on 127.0.0.1, 4600 by default; 0 takes a free one" },
  data: { value: "<folder>", says: "folder to keep the state in; without it, state ends with the process" },
  speed: { value: "<number>", says: "how many times faster than AWS builds run, 25 by default" },
  seed: { value: "<seed>", says: "demo (the default), empty, or builds=<number>" },
  trouble: { value: "<JSON>", says: "trouble from the start, such as '{\"failureRate\":0.1}'" },
};
const SETTINGS = Object.keys(FLAGS) as Setting[];

/** @example variableOf("port") // "IMAGEBUILDER_SIMULATOR_PORT" */
function variableOf(setting: Setting): string {
  return `IMAGEBUILDER_SIMULATOR_${setting.toUpperCase()}`;
}

/** Both names of a setting, for a message about it. */
export function namesOf(setting: Setting): string {
  return `--${setting} (${variableOf(setting)})`;
}

export type CommandLine = "help" | "version" | ServerOptions;

/**
 * Reads what stands behind the command's name, and the environment. Throws an Error with one line for a person.
 * @example readCommandLine(["--port", "4601"], {}) // { port: 4601 }
 */
export function readCommandLine(args: string[], env: Record<string, string | undefined>): CommandLine {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ port: text, data: text, speed: text, seed: text, trouble: text },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
  });
  if (values.help) return "help";
  if (values.version) return "version";
  const given = (setting: Setting) => {
    const value = values[setting] ?? env[variableOf(setting)];
    return value === "" ? undefined : value;
  };
  const [dataFolder, seed, trouble, speed] = [given("data"), given("seed"), given("trouble"), given("speed")];
  return {
    port: readPort(given("port") ?? "4600"),
    ...(dataFolder !== undefined && { dataFolder }),
    ...(seed !== undefined && { seed }),
    ...(trouble !== undefined && { trouble }),
    ...(speed !== undefined && { speed: readSpeed(speed) }),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`${namesOf("port")} must be a whole number from 0 to 65535, not '${text}'.`);
}

function readSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() !== "" && Number.isFinite(speed) && speed > 0) return speed;
  throw new Error(`${namesOf("speed")} must be a number above 0, not '${text}'.`);
}

export function helpText(): string {
  const flags = SETTINGS.map((name) => {
    const { value, says } = FLAGS[name];
    return `  ${`--${name} ${value}`.padEnd(20)} ${says}`;
  });
  return [
    "Usage: imagebuilder-simulator [options]",
    "",
    "Serves a simulator of EC2 Image Builder and its neighboring AWS services.",
    "",
    ...flags,
    `  ${"--version".padEnd(20)} prints the version`,
    `  ${"--help".padEnd(20)} prints this text`,
    "",
    `Every option can also be set in the environment: ${variableOf("port")} and so on.`,
  ].join("\n");
}
