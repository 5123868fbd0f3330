import { between } from "../deterministic";
import { isMissingName, isUnknown } from "../shell/machine";
import type { ComponentInput, LogEvent } from "../types";
import type { ComponentRun } from "./component-run";
import { entriesOf, type ModuleCall, type ModuleResult, textOf } from "./module-contract";
import { parseComponentDocument } from "./parse-component-document";

/** A document may nest documents three deep: https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html */
const DEEPEST = 3;

/** Where a nested document runs: on the machine of the document that names it. */
export interface Nesting {
  /** The documents that are being run, outermost first. */
  chain: readonly string[];
  documents: ComponentRun["documents"];
  /** Runs the phases of a document from `startMs` on; without phases all of them. */
  run(
    component: ComponentInput,
    phases: readonly string[] | undefined,
    startMs: number,
  ): { lines: LogEvent[]; endMs: number; error?: string; lost?: true };
}

/** ExecuteDocument: the document of a component ARN, an S3 address or a file on the machine runs as one step. */
export function executeDocument(call: ModuleCall, nesting: Nesting): ModuleResult {
  const [inputs = {}] = entriesOf(call.inputs);
  const reference = textOf(inputs.document);
  const refuse = (errorMessage: string): ModuleResult => ({
    lines: [{ offsetMs: call.startMs, message: `ExecuteDocument: ${errorMessage}` }],
    endMs: call.startMs,
    outputs: {},
    failure: { errorMessage, stderr: "" },
  });
  if (nesting.chain.includes(reference)) return refuse(`Document ${reference} executes itself`);
  if (nesting.chain.length > DEEPEST) return refuse(`Documents can be nested ${DEEPEST} deep at most`);
  const document = textFor(reference, call, nesting);
  if (document === null) return refuse(`Document ${reference} does not exist or cannot be read`);
  const start = { offsetMs: call.startMs, message: `ExecuteDocument: Executing document ${reference}` };
  // Differs from AWS: a document that the simulator cannot know, as one that a program wrote, succeeds without lines.
  if (document === undefined) {
    const endMs = call.startMs + between(`${call.key}/${reference}`, 2000, 20_000);
    return { lines: [start], endMs, outputs: { summary: '{"status":"success"}' } };
  }
  const parsed = parseComponentDocument(document, call.machine.platform);
  if (!parsed.ok) return refuse(`Document ${reference} is not valid. ${parsed.problems[0]?.message ?? ""}`);
  const parameters = Object.fromEntries(
    entriesOf(inputs.parameters).map(({ name, value }) => [textOf(name), textOf(value)]),
  );
  const missing = parsed.document.parameters.find(
    ({ name, default: value }) => value === undefined && !(name in parameters),
  );
  if (missing) return refuse(`Document ${reference} requires a value for the parameter ${missing.name}`);
  const phases = textOf(inputs.phases)
    .split(",")
    .map((phase) => phase.trim())
    .filter((phase) => phase !== "");
  const { lines, endMs, error, lost } = nesting.run(
    { arn: reference, document, parameters },
    phases.length > 0 ? phases : undefined,
    call.startMs,
  );
  return {
    lines: [start, ...lines],
    endMs,
    outputs: { summary: JSON.stringify({ status: error === undefined ? "success" : "failed" }) },
    ...(error !== undefined && {
      failure: { errorMessage: `Document ${reference} failed! ${error}`, stderr: "" },
    }),
    ...(lost && { lost }),
  };
}

/** Null: there is none. Undefined: it cannot be known. */
function textFor(reference: string, { machine, workingDirectory }: ModuleCall, { documents }: Nesting) {
  const given = documents?.[reference];
  if (given !== undefined) return given;
  const path = [reference, `${workingDirectory}/${reference}`].find((one) => machine.files.has(one));
  const text = machine.files.get(path ?? "");
  if (text !== undefined) return isUnknown(text) ? undefined : text;
  return isMissingName(reference) ? null : undefined;
}
