import { referencePrefixes, resolvedIn, secretsManagerPath } from "goldsmith-languages/component";
import { hash32 } from "../deterministic";
import { initialVariables, instanceMetadata } from "../shell/linux-facts";
import { type Machine, UNKNOWN } from "../shell/machine";

/** Where a reference to the instance stands. */
export interface RuntimePlace {
  machine: Machine;
  phase: string;
  step: string;
  /** Of Parameter Store, by name; null where there is none. Others are not known. */
  parameterValues: Readonly<Record<string, string | null>> | undefined;
}

/** A parameter that Parameter Store does not have: the step that refers to it fails. */
export class MissingParameter extends Error {}

/**
 * The value of a reference to what only the instance knows; undefined for other references. What the simulator
 * cannot know is marked as unknown.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-user-defined-variables.html
 */
export function lookUpAtRuntime(
  reference: string,
  names: ReadonlyMap<string, string>,
  place: RuntimePlace,
): string | undefined {
  const { ssm, imds, env, context } = referencePrefixes;
  const after = (prefix: string) => reference.slice(prefix.length).trim();
  if (reference.startsWith(ssm)) return parameter(reference, names, place);
  if (reference.startsWith(imds)) return instanceMetadata(after(imds), place.machine) ?? UNKNOWN;
  if (reference.startsWith(env)) return environmentVariable(after(env), place.machine) ?? UNKNOWN;
  return reference.startsWith(context) ? contextValue(after(context), place) : undefined;
}

function parameter(reference: string, names: ReadonlyMap<string, string>, place: RuntimePlace): string {
  const inner = resolvedIn(reference);
  const name =
    inner === undefined
      ? reference.slice(referencePrefixes.ssm.length).trim()
      : inner.startsWith(referencePrefixes.ssm)
        ? parameter(inner, names, place)
        : (names.get(inner) ?? UNKNOWN);
  if (name.startsWith(secretsManagerPath)) return UNKNOWN;
  const value = place.parameterValues?.[name];
  if (value === null) throw new MissingParameter(`ParameterNotFound: ${name}`);
  return value ?? UNKNOWN;
}

function environmentVariable(name: string, machine: Machine): string | undefined {
  const own = machine.environment?.(name);
  return own ?? (machine.platform === "Windows" ? undefined : initialVariables(machine).get(name));
}

function contextValue(key: string, { machine, phase, step }: RuntimePlace): string | undefined {
  const { platform, osVersion } = machine;
  switch (key) {
    case "executionId":
    case "uuid": {
      const seed = `${machine.instanceId}/${key}/${key === "uuid" ? `${phase}/${step}` : ""}`;
      const part = (index: number) => hash32(`${seed}/${index}`).toString(16).padStart(8, "0");
      const [a, b, c, d] = [0, 1, 2, 3].map(part) as [string, string, string, string];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
    }
    case "accountId":
      return machine.accountId;
    case "region":
      return machine.region;
    case "osPlatform":
      return platform === "macOS" ? "darwin" : platform.toLowerCase();
    case "osName":
      return osVersion.replace(/ [\d.]+$/, "");
    case "osVersion":
      return platform === "Linux" ? (/[\d.]+$/.exec(osVersion)?.[0] ?? "") : "";
    case "date":
      return new Date(machine.epochMs).toISOString().slice(0, 10);
    case "dateTime":
      return `${new Date(machine.epochMs).toISOString().slice(0, 19)}Z`;
    case "hostname":
      return initialVariables(machine).get("HOSTNAME");
    case "phase":
      return phase;
    case "step":
      return step;
    default:
      return undefined;
  }
}
