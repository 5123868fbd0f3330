import type { Statement } from "./powershell-syntax";

export class PowerShellExit extends Error {
  constructor(readonly code: number) {
    super("exit");
  }
}
export class PowerShellReturn extends Error {}
export class PowerShellLoop extends Error {}
/** The script does more than the simulator is willing to play: it ends here. */
export class PowerShellOverrun extends Error {}

const REBOOT_CODES = [3010, 194];
export const EXIT =
  /^(?:exit\b\s*(.*)|\[(?:System\.)?Environment\]::Exit\(([^)]*)\)|\$host\.SetShouldExit\(([^)]*)\))$/i;

/** Whether a body ends in failure whatever happens in it; an undecided test never leads there. */
export function failsOnItsFace(body: readonly Statement[], restarts: number): boolean {
  return body.some((statement) => {
    if (statement.kind !== "command") return false;
    if (/^throw\b|^Write-Error\b/i.test(statement.text)) return true;
    const match = EXIT.exec(statement.text);
    const code = Number(match?.[1] ?? match?.[2] ?? match?.[3] ?? 0);
    return code !== 0 && !Number.isNaN(code) && (restarts > 0 || !REBOOT_CODES.includes(code));
  });
}
