import { between } from "../deterministic";
import { removePath } from "./file-commands";
import { FOLDER, isMissingName, printable, UNKNOWN } from "./machine";
import { hostOf, isAbsentPage, isUnreachable } from "./network-commands";
import { evaluate, type PowerShellScope } from "./powershell-values";

/** An error of a command: it ends the script only where errors are set to stop, or are thrown. */
export class PowerShellError extends Error {
  constructor(
    message: string,
    readonly category = "NotSpecified: (:) [], Exception",
  ) {
    super(message);
  }
}

/** The script took the machine down. */
export class MachineLost extends Error {}

export interface Cmdlet {
  name: string;
  /** Values without a name, in order. */
  values: string[];
  /** Values by lower-case parameter name; switches are "". */
  named: Map<string, string>;
  piped?: string;
  scope: PowerShellScope;
  print: (text: string) => void;
  spend: (ms: number) => void;
}

type Run = (call: Cmdlet) => void;

const SWITCHES =
  /^(force|recurse|wait|passthru|nonewline|usebasicparsing|quiet|confirm|append|y|no.*|asjob|whatif|verbose|includemanagementtools|allowclobber)$/;

/** Reads `Name -Parameter value "value"`; what cannot be read is an unknown value. */
export function readCmdlet(
  text: string,
  scope: PowerShellScope,
): { name: string; values: string[]; named: Map<string, string> } {
  const words =
    text.match(
      /"(?:[^"`]|`[\s\S]|"")*"|'(?:[^']|'')*'|@?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|@?\{[\s\S]*?\}|[^\s"'({]+(?:"[^"]*")?|\S/g,
    ) ?? [];
  const [name = "", ...rest] = words;
  const values: string[] = [];
  const named = new Map<string, string>();
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    const parameter = /^-([A-Za-z]\w*):?$/.exec(word)?.[1]?.toLowerCase();
    if (parameter === undefined) {
      values.push(valueOfWord(word, scope));
      continue;
    }
    const next = rest[at + 1];
    if (next === undefined || /^-[A-Za-z]/.test(next) || SWITCHES.test(parameter)) named.set(parameter, "");
    else {
      named.set(parameter, valueOfWord(next, scope));
      at++;
    }
  }
  return { name: evaluateName(name, scope), values, named };
}

function evaluateName(name: string, scope: PowerShellScope): string {
  return /^["'$]/.test(name) ? evaluate(name, scope) : name;
}

function valueOfWord(word: string, scope: PowerShellScope): string {
  if (/^["'$@({[]/.test(word))
    return /^\$[\w:]+[\\/]/.test(word) ? evaluate(`"${word}"`, scope) : evaluate(word, scope);
  return word;
}

const pathOf = ({ named, values }: Cmdlet): string =>
  named.get("path") ?? named.get("literalpath") ?? named.get("filepath") ?? values[0] ?? UNKNOWN;

const printArguments: Run = (call) => {
  const text =
    call.named.get("object") ??
    call.named.get("inputobject") ??
    call.named.get("message") ??
    call.values.join(" ");
  const prefix = call.name.toLowerCase() === "write-warning" ? "WARNING: " : "";
  call.print(prefix + text + (call.named.has("nonewline") ? "" : "\n"));
};

const writeFile: Run = (call) => {
  const text = call.named.get("value") ?? call.piped ?? call.values[1] ?? UNKNOWN;
  const { files } = call.scope.machine;
  const path = pathOf(call);
  const before = call.named.has("append") || /^add-content$/i.test(call.name) ? (files.get(path) ?? "") : "";
  files.set(path, `${before}${text}\n`);
};

const download: Run = (call) => {
  const address =
    call.named.get("uri") ??
    call.named.get("source") ??
    call.values.find((value) => value.includes("://")) ??
    call.values[0] ??
    UNKNOWN;
  if (isUnreachable(address)) {
    call.spend(5100);
    throw new PowerShellError(
      `The remote name could not be resolved: '${hostOf(address)}'`,
      "InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException",
    );
  }
  if (isAbsentPage(address))
    throw new PowerShellError("The remote server returned an error: (404) Not Found.");
  call.spend(between(address, 400, 5200));
  const target = call.named.get("outfile") ?? call.named.get("destination");
  if (target) call.scope.machine.files.set(target, UNKNOWN);
  else call.print(UNKNOWN);
};

const read: Run = (call) => {
  const path = pathOf(call);
  const content = call.scope.machine.files.get(path);
  if (content === undefined && isMissingName(path)) {
    const shown = printable(path);
    throw new PowerShellError(
      `Cannot find path '${shown}' because it does not exist.`,
      `ObjectNotFound: (${shown}:String) [${call.name}], ItemNotFoundException`,
    );
  }
  call.print(content ?? UNKNOWN);
};

const startProcess: Run = (call) => {
  const path = call.named.get("filepath") ?? call.values[0] ?? "";
  if (isMissingName(path))
    throw new PowerShellError(
      "This command cannot be run due to the error: The system cannot find the file specified.",
    );
  call.spend(between(path, 2000, 26_000));
};

const choco: Run = (call) => {
  const [verb, ...rest] = call.values;
  const packages = rest.filter((word) => !word.startsWith("-"));
  if (verb !== "install" && verb !== "upgrade") return call.print(UNKNOWN);
  call.spend(6000 + packages.length * 4000);
  const missing = packages.find(isMissingName);
  if (missing) {
    call.print(`${printable(missing)} not installed. The package was not found with the source(s) listed.\n`);
    throw new PowerShellError(`Chocolatey installed 0/${packages.length} packages. 1 packages failed.`);
  }
  for (const item of packages)
    call.print(
      `${printable(item)} package files install completed. Performing other installation steps.\nThe install of ${printable(item)} was successful.\n`,
    );
  call.print(`Chocolatey installed ${packages.length}/${packages.length} packages.\n`);
};

const takeDown: Run = () => {
  throw new MachineLost();
};

const RUNS: Readonly<Record<string, Run>> = {
  "write-host": printArguments,
  "write-output": printArguments,
  "write-information": printArguments,
  "write-warning": printArguments,
  echo: printArguments,
  "write-error": (call) => {
    throw new PowerShellError(
      call.named.get("message") ?? call.values.join(" "),
      "NotSpecified: (:) [Write-Error], WriteErrorException",
    );
  },
  "start-sleep": (call) =>
    call.spend(
      Number(call.named.get("milliseconds") ?? 0) +
        1000 * Number(call.named.get("seconds") ?? call.named.get("s") ?? call.values[0] ?? 0),
    ),
  "new-item": (call) => {
    const name = call.named.get("name");
    const path = name ? `${pathOf(call)}\\${name}` : pathOf(call);
    call.scope.machine.files.set(
      path,
      /dir/i.test(call.named.get("itemtype") ?? call.named.get("type") ?? "")
        ? FOLDER
        : (call.named.get("value") ?? ""),
    );
  },
  "set-content": writeFile,
  "add-content": writeFile,
  "out-file": writeFile,
  "remove-item": (call) => {
    removePath(call.scope.machine.files, pathOf(call));
  },
  "copy-item": (call) =>
    call.scope.machine.files.set(call.named.get("destination") ?? call.values[1] ?? UNKNOWN, UNKNOWN),
  "get-content": read,
  "get-childitem": read,
  "get-item": read,
  ls: read,
  dir: read,
  "join-path": (call) =>
    call.print(
      `${[call.named.get("path") ?? call.values[0] ?? "", call.named.get("childpath") ?? call.values.at(-1) ?? ""].join("\\").replaceAll(/\\{2,}/g, "\\")}\n`,
    ),
  "invoke-webrequest": download,
  "invoke-restmethod": download,
  iwr: download,
  "start-bitstransfer": download,
  "start-process": startProcess,
  choco,
  "choco.exe": choco,
  "restart-computer": takeDown,
  "stop-computer": takeDown,
  shutdown: takeDown,
  "shutdown.exe": takeDown,
  "install-windowsfeature": (call) => call.spend(between(call.values.join(), 15_000, 60_000)),
  "out-null": () => {},
  "get-date": (call) => call.print(UNKNOWN),
};

/** Runs one command by the rules of README.md: known ones do what they do, others succeed and print nothing known. */
export function runCmdlet(call: Cmdlet): void {
  const name = call.name.toLowerCase();
  const run = Object.hasOwn(RUNS, name) ? RUNS[name] : undefined;
  if (run) {
    run(call);
    return;
  }
  if (isMissingName(call.name)) {
    throw new PowerShellError(
      `The term '${call.name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
      `ObjectNotFound: (${call.name}:String) [], CommandNotFoundException`,
    );
  }
  call.spend(between(`${call.scope.machine.key}/${name}/${call.values.join()}`, 60, 1800));
  call.print(UNKNOWN);
}
