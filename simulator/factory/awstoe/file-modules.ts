import { between } from "../deterministic";
import { globMatches } from "../shell/bash-expand";
import { removePath } from "../shell/file-commands";
import { FOLDER, isMissingName, printable, UNKNOWN } from "../shell/machine";
import { hostOf, isAbsentPage, isUnreachable } from "../shell/network-commands";
import type { Mapping } from "./document";
import { entriesOf, type ModuleCall, type ModuleResult, textOf } from "./module-contract";

interface FileStep {
  text: string;
  error?: string;
  outputs?: Record<string, string>;
  durationMs?: number;
}

const bare = (path: string): string => path.replace(/(?<=[^:])[/\\]+$/, "");
const denied = (entry: Mapping, path: string, files: ReadonlyMap<string, string>): string | undefined =>
  String(entry.overwrite) === "false" && files.has(bare(path))
    ? `File already exists and "overwrite" property for "${path}" is set to false`
    : undefined;

function write(call: ModuleCall, entry: Mapping): FileStep {
  const { files } = call.machine;
  const path = textOf(entry.path);
  const folder = call.action === "CreateFolder";
  const error = denied(entry, path, files);
  if (error) return { text: "", error };
  const before = call.action === "AppendFile" ? (files.get(bare(path)) ?? "") : "";
  files.set(bare(path), folder ? FOLDER : before + textOf(entry.content));
  return { text: `Successfully ${call.action === "AppendFile" ? "appended to" : "created"} ${path}` };
}

function link(call: ModuleCall, entry: Mapping): FileStep {
  call.machine.files.set(bare(textOf(entry.path)), UNKNOWN);
  return { text: `Successfully created symlink ${textOf(entry.path)} to ${textOf(entry.target)}` };
}

function transfer(call: ModuleCall, entry: Mapping): FileStep {
  const { files } = call.machine;
  const [source, destination] = [textOf(entry.source), textOf(entry.destination)];
  const error = denied(entry, destination, files);
  if (error) return { text: "", error };
  if (isMissingName(source) && !files.has(bare(source)))
    return { text: "", error: `open ${source}: no such file or directory` };
  files.set(bare(destination), files.get(bare(source)) ?? UNKNOWN);
  if (call.action.startsWith("Move")) removePath(files, bare(source));
  return {
    text: `Successfully ${call.action.startsWith("Move") ? "moved" : "copied"} ${source} to ${destination}`,
  };
}

function remove(call: ModuleCall, entry: Mapping): FileStep {
  const path = textOf(entry.path);
  const found = removePath(call.machine.files, bare(path));
  if (!found && isMissingName(path)) return { text: "", error: `remove ${path}: no such file or directory` };
  return { text: `Successfully deleted ${path}` };
}

function readFile(call: ModuleCall, entry: Mapping): FileStep {
  const path = textOf(entry.path);
  const content = call.machine.files.get(bare(path));
  if (content === undefined && isMissingName(path))
    return { text: "", error: `open ${path}: no such file or directory` };
  const shown = String(entry.printFileContent) === "true" ? `: ${printable(content ?? UNKNOWN)}` : "";
  return { text: `Successfully read ${path}${shown}`, outputs: { content: content ?? UNKNOWN } };
}

function listFiles(call: ModuleCall, entry: Mapping): FileStep {
  const folder = `${bare(textOf(entry.path))}${call.machine.platform === "Windows" ? "\\" : "/"}`;
  const found = [...call.machine.files]
    .filter(([path, content]) => path.startsWith(folder) && content !== FOLDER)
    .map(([path]) => path);
  const pattern = entry.fileNamePattern === undefined ? "*" : textOf(entry.fileNamePattern);
  const files = found.filter((path) => globMatches(pattern, path.slice(folder.length)));
  return {
    text: `Found ${files.length} files in ${textOf(entry.path)}`,
    outputs: { files: files.join("\n") },
  };
}

function s3(call: ModuleCall, entry: Mapping): FileStep {
  const [source, destination] = [textOf(entry.source), textOf(entry.destination)];
  const remote = call.action === "S3Download" ? source : destination;
  const bucket = /^s3:\/\/([^/]+)/.exec(remote)?.[1] ?? "";
  const durationMs = between(`${call.key}/${remote}`, 250, 2600);
  if (isMissingName(bucket))
    return { text: "", error: "AccessDenied: Access Denied\n\tstatus code: 403", durationMs };
  if (isMissingName(source))
    return {
      text: "",
      error: "NoSuchKey: The specified key does not exist.\n\tstatus code: 404",
      durationMs,
    };
  if (call.action === "S3Upload")
    return { text: `Successfully uploaded ${source} to ${destination}`, durationMs };
  const error = denied(entry, destination, call.machine.files);
  if (error) return { text: "", error };
  call.machine.files.set(bare(destination), source.endsWith("*") ? FOLDER : UNKNOWN);
  return { text: `Successfully downloaded ${source} to ${destination}`, durationMs };
}

function web(call: ModuleCall, entry: Mapping): FileStep {
  const [source, given] = [textOf(entry.source), textOf(entry.destination)];
  const destination = /[/\\]$/.test(given)
    ? given + source.replace(/[?#].*$/, "").replace(/^.*\//, "")
    : given;
  const error = denied(entry, destination, call.machine.files);
  if (error) return { text: "", error };
  if (isUnreachable(source)) {
    return {
      text: "",
      error: `Get "${source}": dial tcp: lookup ${hostOf(source)}: no such host`,
      durationMs: 31_000,
    };
  }
  if (isAbsentPage(source))
    return { text: "", error: `GET ${source}: unexpected status code 404`, durationMs: 15_000 };
  if (/^0{8,}$/.test(textOf(entry.checksum)))
    return { text: "", error: `Checksum of ${source} does not match: expected ${textOf(entry.checksum)}` };
  call.machine.files.set(bare(destination), UNKNOWN);
  return {
    text: `Successfully downloaded ${source} to ${destination}`,
    outputs: { destination },
    durationMs: between(`${call.key}/${source}`, 600, 6000),
  };
}

function change(call: ModuleCall, entry: Mapping): FileStep {
  const path = textOf(entry.path);
  if (isMissingName(path) && !call.machine.files.has(bare(path)))
    return { text: "", error: `chmod ${path}: no such file or directory` };
  return {
    text:
      call.action === "SetRegistry"
        ? `Successfully set ${path}\\${textOf(entry.name)}`
        : `Successfully changed ${path}`,
  };
}

const STEPS: Readonly<Record<string, (call: ModuleCall, entry: Mapping) => FileStep>> = {
  CreateFile: write,
  CreateFolder: write,
  AppendFile: write,
  CreateSymlink: link,
  CopyFile: transfer,
  CopyFolder: transfer,
  MoveFile: transfer,
  MoveFolder: transfer,
  DeleteFile: remove,
  DeleteFolder: remove,
  ReadFile: readFile,
  ListFiles: listFiles,
  S3Download: s3,
  S3Upload: s3,
  WebDownload: web,
};

/**
 * The modules that work on files, one entry after another; the first that fails ends the step.
 * Differs from AWS: the lines of these modules since 2021 are not established.
 */
export function changeFiles(call: ModuleCall): ModuleResult {
  const lines: ModuleResult["lines"] = [];
  const outputs: Record<string, string> = {};
  let endMs = call.startMs;
  for (const entry of entriesOf(call.inputs)) {
    const step = (STEPS[call.action] ?? change)(call, entry);
    endMs += step.durationMs ?? 3;
    if (step.error) {
      lines.push(
        ...step.error.split("\n").map((message, index) => ({
          offsetMs: endMs,
          message: index === 0 ? `${call.action}: ${message}` : message,
        })),
      );
      return { lines, endMs, outputs, failure: { errorMessage: step.error, stderr: step.error } };
    }
    lines.push({ offsetMs: endMs, message: `${call.action}: ${printable(step.text)}` });
    Object.assign(outputs, step.outputs);
  }
  return { lines, endMs, outputs };
}
