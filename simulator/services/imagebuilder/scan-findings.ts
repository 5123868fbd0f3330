import type { ImageScanFinding, ImageScanState, SeverityCounts } from "@aws-sdk/client-imagebuilder";
import { DAY_MS, HOUR_MS } from "../../engine/clock";
import { hash32 } from "../../factory/deterministic";
import { buildsNewestFirst } from "./build-history";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf, snapshotOf, timeOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";
import { VULNERABILITIES, type Vulnerability } from "./vulnerabilities";

const SCAN_STEP = "CollectImageScanFindings";

function scanStepOf(store: ImageBuilderStore, row: ImageBuildRow, now: number) {
  const steps = snapshotOf(store, row, now).workflowExecutions.flatMap(({ steps: all }) => all);
  return steps.findLast(({ action }) => action === SCAN_STEP);
}

/** How far the scan of a build is; undefined when it has none. */
export function scanStateOf(
  store: ImageBuilderStore,
  row: ImageBuildRow,
  now: number,
): ImageScanState | undefined {
  if (!row.scanning?.imageScanningEnabled) return undefined;
  const step = scanStepOf(store, row, now);
  if (!step) return { status: buildStateOf(store, row, now).finished ? "ABANDONED" : "PENDING" };
  if (step.status === "RUNNING") return { status: "SCANNING" };
  if (step.status === "COMPLETED") return { status: "COMPLETED" };
  return {
    status: step.status === "FAILED" ? "FAILED" : "ABANDONED",
    ...(step.message && { reason: step.message }),
  };
}

/** Inspector looks at images for a while after they were pushed, not for ever. */
const WATCHED_BUILDS = 60;

/**
 * The findings of the newest scanned builds, newest build first.
 * Differs from AWS: no scanner looks at the image; which vulnerabilities it has follows from its name and version.
 */
export function allFindings(store: ImageBuilderStore, now: number): ImageScanFinding[] {
  const scanned: ImageBuildRow[] = [];
  for (const row of buildsNewestFirst(store)) {
    if (row.scanning?.imageScanningEnabled) scanned.push(row);
    if (scanned.length === WATCHED_BUILDS) break;
  }
  return scanned.flatMap((row) => findingsOf(store, row, now));
}

/**
 * The resource tag of an infrastructure configuration whose value is hours: that long after its scan, one more critical
 * vulnerability of the image is known. Inspector scans again when a vulnerability is published:
 * https://docs.aws.amazon.com/inspector/latest/user/scanning-ec2.html
 */
const LATE_TAG = "simulator:late-finding";

const LATE: Vulnerability = {
  id: "CVE-2025-32433",
  severity: "CRITICAL",
  score: 10,
  vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
  package: "erlang-ssh",
  version: "27.3.2-1",
  fixedIn: "27.3.3-1",
  description: "An SSH server of Erlang/OTP runs commands of clients that have not signed in.",
};

/** Findings of builds that have ended; what a scan found does not change, unless a later one is asked for. */
const known = new WeakMap<ImageBuildRow, ImageScanFinding[]>();

function findingsOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): ImageScanFinding[] {
  const earlier = known.get(row);
  if (earlier) return earlier;
  const findings = scannedFindings(store, row, now);
  const isFinal = lateHoursOf(row) === undefined;
  if (isFinal && buildStateOf(store, row, now).finished) known.set(row, findings);
  return findings;
}

function scannedFindings(store: ImageBuilderStore, row: ImageBuildRow, now: number): ImageScanFinding[] {
  if (row.platform !== "Linux" || scanStateOf(store, row, now)?.status !== "COMPLETED") return [];
  const observedMs = scanStepOf(store, row, now)?.endMs ?? 0;
  const observedAt = new Date(timeOf(row, observedMs));
  const found = VULNERABILITIES.filter(({ id }) => hash32(`${row.name}/${row.version}/${id}`) % 100 < 55);
  const lateAt = new Date(observedAt.getTime() + (lateHoursOf(row) ?? Number.POSITIVE_INFINITY) * HOUR_MS);
  return [
    ...found.map((each) => toFinding(store, row, each, observedAt)),
    ...(lateAt.getTime() <= now ? [toFinding(store, row, LATE, lateAt)] : []),
  ];
}

function lateHoursOf({ infrastructure }: ImageBuildRow): number | undefined {
  const hours = Number.parseFloat(infrastructure.resourceTags?.[LATE_TAG] ?? "");
  return Number.isNaN(hours) ? undefined : hours;
}

function toFinding(
  store: ImageBuilderStore,
  row: ImageBuildRow,
  found: Vulnerability,
  observedAt: Date,
): ImageScanFinding {
  const url = `https://nvd.nist.gov/vuln/detail/${found.id}`;
  const ageDays = hash32(found.id) % 40;
  return {
    awsAccountId: store.account,
    imageBuildVersionArn: row.arn,
    imagePipelineArn: row.pipeline?.arn,
    type: "PACKAGE_VULNERABILITY",
    title: `${found.id} - ${found.package}`,
    description: found.description,
    severity: found.severity,
    fixAvailable: "YES",
    inspectorScore: found.score,
    inspectorScoreDetails: {
      adjustedCvss: {
        scoreSource: "NVD",
        cvssSource: "NVD",
        version: "3.1",
        score: found.score,
        scoringVector: found.vector,
      },
    },
    firstObservedAt: new Date(observedAt.getTime() - ageDays * DAY_MS),
    updatedAt: observedAt,
    remediation: { recommendation: { text: `Update ${found.package} to ${found.fixedIn}.`, url } },
    packageVulnerabilityDetails: {
      vulnerabilityId: found.id,
      source: "NVD",
      sourceUrl: url,
      vendorSeverity: found.severity,
      cvss: [{ baseScore: found.score, scoringVector: found.vector, version: "3.1", source: "NVD" }],
      referenceUrls: [url],
      relatedVulnerabilities: [],
      vulnerablePackages: [
        {
          name: found.package,
          version: found.version,
          arch: "X86_64",
          packageManager: "OS",
          fixedInVersion: found.fixedIn,
        },
      ],
    },
  };
}

/** AWS counts all, and of the severities these three. */
export function severityCounts(findings: readonly ImageScanFinding[]): SeverityCounts {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return { all: findings.length, critical: count("CRITICAL"), high: count("HIGH"), medium: count("MEDIUM") };
}
