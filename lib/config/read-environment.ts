import { readFileSync } from "node:fs";
import { ConfigError } from "./config";

type Environment = Record<string, string | undefined>;

/** What nobody should see in a process list or a manifest. */
const SECRETS = [
  "DATABASE_URL",
  "GOLDSMITH_OIDC_CLIENT_SECRET",
  "GOLDSMITH_OIDC_CLIENT_KEY",
  "GOLDSMITH_SECRET",
  "GOLDSMITH_METRICS_TOKEN",
  "GOLDSMITH_SMTP_URL",
];

/**
 * The environment with the secrets that lie in files, as container platforms mount them: `GOLDSMITH_SECRET_FILE`
 * names the file of `GOLDSMITH_SECRET`. Throws `ConfigError` naming each file that cannot be read.
 */
export function readEnvironment(environment: Environment): Environment {
  const mistakes: string[] = [];
  // One that is not set stays absent: a name alone would count as set.
  const secrets = SECRETS.map((name) => [name, secretOf(name, environment, mistakes)] as const).filter(
    ([, secret]) => secret !== undefined,
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return { ...environment, ...Object.fromEntries(secrets) };
}

function secretOf(name: string, environment: Environment, mistakes: string[]): string | undefined {
  const file = environment[`${name}_FILE`];
  if (!file) return environment[name];
  if (environment[name]) {
    mistakes.push(`${name} and ${name}_FILE exclude each other`);
    return undefined;
  }
  try {
    // Editors and `echo` end a file with a line break that is no part of the secret.
    const text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    if (text === "") mistakes.push(`${name}_FILE: ${file} is empty`);
    return text;
  } catch (error) {
    mistakes.push(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return undefined;
  }
}
