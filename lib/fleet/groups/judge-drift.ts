import { DAY_MS } from "@/lib/core/time";
import type { AmiBuild } from "@/lib/history/types";
import type { Behind, FleetMember, FleetRow, FleetStart, Lineage, Mixed, RunningShare } from "./types";

/**
 * Two questions, kept apart: *behind*, whether what would start now is older than the last successful build of its
 * pipeline, and *mixed*, whether what runs is something else than what would start now. What is not known is said
 * with its reason and is never "current". `isPartial`: the lineage has only what somebody may see.
 */
export function judgeDrift(member: FleetMember, lineage: Lineage, isPartial = false): FleetRow {
  const { starts, instances, ...rest } = member;
  return {
    ...rest,
    size: instances.length,
    starts: amisOf(starts).map((amiId) => ({ amiId, ...buildOf(lineage, amiId) })),
    behind: judgeBehind(member, lineage, isPartial),
    mixed: judgeMixed(member),
    running: sharesOf(member, lineage, isPartial),
    ...fewerFindings(member, lineage),
  };
}

const amisOf = (starts: FleetStart[]): string[] => [
  ...new Set(starts.flatMap((start) => ("amiId" in start ? start.amiId : []))),
];

const buildOf = (lineage: Lineage, amiId: string): { build?: AmiBuild } => {
  const build = lineage.get(amiId);
  return build ? { build } : {};
};

/** A single instance starts nothing: what it runs is what would be replaced. */
const judgedAmis = ({ kind, starts, instances }: FleetMember): string[] =>
  kind === "Single instance" ? [...new Set(instances.flatMap(({ amiId }) => amiId ?? []))] : amisOf(starts);

function judgeBehind(member: FleetMember, lineage: Lineage, isPartial: boolean): Behind {
  const amis = judgedAmis(member);
  const builds = amis.flatMap((amiId) => lineage.get(amiId) ?? []);
  const newer = Math.max(0, ...builds.map((build) => build.newer));
  if (newer > 0) {
    const days = builds.map(({ createdAt, newest }) => daysBetween(createdAt, newest.createdAt));
    return { state: "behind", builds: newer, days: Math.max(...days) };
  }
  const unknown = member.starts.find((start) => "unknown" in start);
  if (unknown && "unknown" in unknown) return { state: "unknown", reason: unknown.unknown };
  if (amis.length === 0) return { state: "unknown", reason: "Its AMI is not known." };
  const foreign = amis.find((amiId) => !lineage.has(amiId));
  if (foreign) {
    const which = isPartial ? "No build that you may see" : "No build in the history";
    return { state: "unknown", reason: `${which} made ${foreign}.` };
  }
  return { state: "current" };
}

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS));

function judgeMixed({ kind, starts, instances }: FleetMember): Mixed {
  if (kind === "Single instance" || instances.length === 0) return { state: "same" };
  const expected = new Set(amisOf(starts));
  const differing = instances.filter(({ amiId }) => amiId !== undefined && !expected.has(amiId)).length;
  const unknown = starts.find((start) => "unknown" in start);
  if (unknown && "unknown" in unknown) return { state: "unknown", reason: unknown.unknown };
  if (expected.size === 0) return { state: "unknown", reason: "What would start is not known." };
  if (differing > 0) return { state: "mixed", differing };
  const untold = instances.filter(({ amiId }) => amiId === undefined).length;
  return untold > 0
    ? { state: "unknown", reason: `The AMI of ${untold} of ${instances.length} instances is not known.` }
    : { state: "same" };
}

/** The newest first, then older ones, then what is gone or not known. */
function sharesOf({ instances }: FleetMember, lineage: Lineage, isPartial: boolean): RunningShare[] {
  const shares = new Map<string, RunningShare>();
  for (const { amiId, amiName, isDeregistered } of instances) {
    const known = shares.get(amiId ?? "");
    if (known) {
      shares.set(amiId ?? "", { ...known, count: known.count + 1 });
      continue;
    }
    const build = amiId === undefined ? undefined : lineage.get(amiId);
    const look = isDeregistered
      ? "deregistered"
      : build === undefined
        ? "unknown"
        : build.newer > 0
          ? "older"
          : "newest";
    shares.set(amiId ?? "", {
      ...(amiId !== undefined && { amiId }),
      ...(amiName !== undefined && (build || !isPartial) && { amiName }),
      count: 1,
      ...(build && { build }),
      look,
    });
  }
  const newer = ({ build }: RunningShare) => build?.newer ?? Number.MAX_SAFE_INTEGER;
  return [...shares.values()].toSorted((a, b) => newer(a) - newer(b));
}

/** Of what would start, the image with most critical findings against the newest of its pipeline. */
function fewerFindings(member: FleetMember, lineage: Lineage): Pick<FleetRow, "fewer"> {
  const fewer = judgedAmis(member).flatMap((amiId) => {
    const build = lineage.get(amiId);
    if (!build?.findings || !build.newest.findings) return [];
    const { findings, newest } = build;
    return {
      critical: Math.max(0, findings.critical - (newest.findings?.critical ?? 0)),
      high: Math.max(0, findings.high - (newest.findings?.high ?? 0)),
    };
  });
  const [most] = fewer.toSorted((a, b) => b.critical - a.critical || b.high - a.high);
  return most ? { fewer: most } : {};
}
