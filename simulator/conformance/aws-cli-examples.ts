import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PYTHON = ["-c", "import awscli, os; print(os.path.join(awscli.__path__[0], 'examples'))"];
/** Services whose commands are called otherwise than their signing name. */
const COMMAND: Record<string, string> = {
  monitoring: "cloudwatch",
  s3: "s3api",
  servicequotas: "service-quotas",
};

/** Where the AWS CLI of this machine keeps AWS's own examples; undefined where it has none. */
export function findExamples(): string | undefined {
  const said = spawnSync("python3", PYTHON, { encoding: "utf8" }).stdout?.trim() ?? "";
  return [said, "/usr/lib/python3/dist-packages/awscli/examples"].find(
    (folder) => folder && existsSync(folder),
  );
}

/** The answers that AWS's examples of an operation show. What is no JSON, such as a table or a cut answer, is left out. */
export function answersInExamples(folder: string, service: string, operation: string): unknown[] {
  const command = operation.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
  const file = join(folder, COMMAND[service] ?? service, `${command}.rst`);
  if (!existsSync(file)) return [];
  const parts = readFileSync(file, "utf8")
    .split(/^Output:+[ \t]*$/m)
    .slice(1);
  return parts.flatMap((part) => {
    const lines = part.split("\n");
    const end = lines.findIndex((line) => /^\S/.test(line));
    const block = lines.slice(0, end < 0 ? undefined : end).join("\n");
    try {
      return [JSON.parse(block.replace(/^\s*\.\.\.\s*$/gm, "").replace(/,(\s*[}\]])/g, "$1"))];
    } catch {
      return [];
    }
  });
}
