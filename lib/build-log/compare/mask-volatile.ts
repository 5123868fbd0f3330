/** What differs from run to run and says nothing, each with what stands in its place. Order matters. */
const MASKS: [part: RegExp, mask: string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<uuid>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, "<time>"],
  [/\b\d{4}[-/]\d\d[-/]\d\d\b/g, "<date>"],
  [/\b\d{1,2}:\d\d(:\d\d)?([.,]\d+)?( ?[AP]M)?\b/g, "<time>"],
  [/\b1[0-9]{9}(\d{3})?([.]\d+)?\b/g, "<time>"],
  [/\b(i|ami|snap|vol|eni|sg|subnet|vpc|lt|wf|key|r)-[0-9a-f]{8,17}\b/g, "$1-<id>"],
  [/(:image\/[\w-]+\/)\d+\.\d+\.\d+(\/\d+)?/g, "$1<version>"],
  [/\/tmp\/[^\s\]/]+/g, "/tmp/<name>"],
  [/\bTOE_[\w.-]+/g, "TOE_<name>"],
  [/\bscript-\d+\b/g, "script-<name>"],
  [/\btmp[.-]?[A-Za-z0-9_]{6,}\b/g, "tmp<name>"],
  [/\bip-\d+-\d+-\d+-\d+\b/g, "ip-<address>"],
  [/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, "<address>"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}\b/gi, "<hash>"],
  [/\[\d+\]/g, "[<pid>]"],
  [/\b(pid|PID)([ =:]+)\d+/g, "$1$2<pid>"],
  [/\b(Attempt number: )\d+/g, "$1<n>"],
  [/\b\d+([.,]\d+)? ?(ms|s|sec|seconds?|min|minutes?|[kKMG]i?B\/s|[kKMG]bit\/s)\b/g, "<amount> $2"],
];

/** The line without what changes from one run to the next: ids, times, durations, rates, temporary names. */
export function maskVolatile(line: string): string {
  let masked = line;
  for (const [part, mask] of MASKS) masked = masked.replace(part, mask);
  return masked.trimEnd();
}
