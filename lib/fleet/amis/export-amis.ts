import "server-only";
import { csvLine } from "@/lib/core/csv";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { listAmis } from "./list-amis";
import type { Ami, AmiUse } from "./types";

const COLUMNS: [string, (row: Ami) => string | number | undefined][] = [
  ["ami", ({ amiId }) => amiId],
  ["name", ({ name }) => name],
  ["region", ({ region }) => region],
  ["owner", ({ ownerId }) => ownerId],
  ["state", ({ state }) => state],
  ["from", ({ origin }) => origin.by],
  [
    "image",
    ({ origin }) => (origin.by === "image build" ? Object.values(origin.build).join("/") : undefined),
  ],
  ["pipeline", ({ build }) => build?.pipeline],
  ["buildsBehind", ({ build }) => build?.newer],
  ["sourceAmi", ({ origin }) => (origin.by === "copy" ? origin.amiId : undefined)],
  ["created", ({ createdAt }) => createdAt],
  ["lastLaunched", ({ lastLaunchedAt }) => lastLaunchedAt],
  ["deprecated", ({ deprecatedAt }) => deprecatedAt],
  ["encryption", ({ encryption }) => encryption.state],
  ["keys", ({ encryption }) => (encryption.state === "encrypted" ? encryption.keys.join(" ") : undefined)],
  ["sharingRead", ({ holders }) => (holders ? "yes" : "no")],
  ["sharedWithAccounts", ({ holders }) => holders?.accounts.join(" ")],
  [
    "sharedWithOrganizations",
    ({ holders }) => holders && [...holders.organizationArns, ...holders.organizationalUnitArns].join(" "),
  ],
  ["public", ({ isPublic }) => (isPublic === undefined ? undefined : String(isPublic))],
  ["deregistrationProtection", ({ protection }) => protection],
  ["watermarks", ({ watermarks }) => watermarks.join(" ")],
  ["instances", ({ used }) => countOf(used, "instance")],
  ["groups", ({ used }) => countOf(used, "auto-scaling-group")],
  ["launchTemplates", ({ used }) => countOf(used, "launch-template")],
  ["launchConfigurations", ({ used }) => countOf(used, "launch-configuration")],
  ["parameters", ({ used }) => countOf(used, "parameter")],
  ["recipes", ({ used }) => countOf(used, "recipe")],
  ["reason", () => undefined],
];

const countOf = (used: Ami["used"], kind: AmiUse["kind"]) => used && (used[kind] ?? 0);

/** A line for what is not in the file, with the reason in its column: a file that is cut must not look whole. */
const missingLine = (reason: string) =>
  csvLine(COLUMNS.map(([name]) => (name === "state" ? "not known" : name === "reason" ? reason : undefined)));

/** All AMIs as CSV: a line for each part that could not be read, then a line an AMI; what was not read is empty. */
export const exportAmis = useCase(
  "export-amis",
  noInput,
  async ({ ctx }): Promise<AsyncGenerator<string>> => {
    const { rows, doubts } = await listAmis({ ctx });
    return (async function* () {
      yield csvLine(COLUMNS.map(([name]) => name));
      for (const doubt of doubts) yield missingLine(doubt);
      for (const row of rows) yield csvLine(COLUMNS.map(([, read]) => read(row)));
    })();
  },
);
