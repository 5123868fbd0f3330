import "server-only";
import { readFile, stat } from "node:fs/promises";
import { parse } from "yaml";
import { processSingleton } from "@/lib/core/process-singleton";
import { diagnosisRulesSchema } from "./schemas";
import type { DiagnosisRule } from "./types";

export type TeamRules = { rules: DiagnosisRule[]; mistake?: string };

const known = () =>
  processSingleton("diagnosis-rules", () => new Map<string, { at: number; read: TeamRules }>());

/** A team's rules, read again when the file has changed. A file with a mistake gives no rules and says what is wrong. */
export async function readTeamRules(path: string | undefined): Promise<TeamRules> {
  if (path === undefined) return { rules: [] };
  try {
    const { mtimeMs } = await stat(path);
    const before = known().get(path);
    if (before?.at === mtimeMs) return before.read;
    const read = parseTeamRules(await readFile(path, "utf8"));
    known().set(path, { at: mtimeMs, read });
    return read;
  } catch (error) {
    return { rules: [], mistake: `The diagnosis rules in ${path} cannot be read: ${String(error)}` };
  }
}

/** @param text YAML, of which JSON is a part */
export function parseTeamRules(text: string): TeamRules {
  const parsed = diagnosisRulesSchema.safeParse(parse(text));
  if (parsed.success) return { rules: parsed.data };
  const [issue] = parsed.error.issues;
  return { rules: [], mistake: `Diagnosis rules: ${issue?.path.join(".")} ${issue?.message}` };
}
