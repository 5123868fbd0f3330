/** One line of a failed step, as its command wrote it. */
export type SaidLine = { text: string; line: number; isStderr: boolean };

/** A line that may decide; `isStatement` as in `Evidence`. */
export type DecidingLine = SaidLine & { isStatement: boolean };

/** Says that something failed. */
const FAILURE =
  /\b(errors?|err!|fatal|fail(s|ed|ing|ures?)?|exception|traceback|panic|denied|refused|forbidden|unauthori[sz]ed|not authorized|invalid|unable|can ?not|can't|could ?n[o']t|did not|does not|not (found|recognized|available|supported|allowed|enough|exist)|no such|missing|abort(ed|ing)?|timed? ?out|unknown|unexpected|illegal|mismatch|expired|segmentation fault|killed|corrupt(ed)?|rejected|violat(ed|ion)|conflicts?|non-?compliant)\b|^\S+: \*\*\* /i;
/** Says that there was none: counts of zero, and failures that were expected or handled. */
const NO_FAILURE =
  /\b(no|0|zero|without) (errors?|failures?)\b|\b(errors?|failed|failures?|unreachable)[=:] ?0\b/i;
/** Warnings and the like: they end nothing. */
const ASIDE =
  /^\W{0,3}(warn(ing)?|notice|info(rmation)?|note|debug|verbose|hint|tip|deprecat\w+)\b|^\s*(npm|pip|yarn|pnpm) (WARN|notice)\b|deprecationwarning|^\s*\+ (exit|return|trap|echo|printf|set|rc=)/i;
/** Sums up, or sends somewhere else: it says that something failed and not what. */
const SUMMARY =
  /^\s*$|^\s*((error|fatal|failed)[:!]?\s*|[:!]\s*)?([\w-]+ ){0,3}(install(ation|er)?|setup|script|build|step|provisioning|bootstrap(ping)?|playbook|command|deployment|run|test suite)( has| did)? ?(failed|not succeed|aborted)(, (aborting|exiting|giving up|stopping))?[.!]*$|^make(\[\d+\])?: \*\*\* \[|\bcomplete log of this run\b|\breturned an error code\b|Errors were encountered while processing|originates from a subprocess|not a problem with pip|subprocess-exited-with-error|did not run successfully|^\s*([╰│─>×]|[|+-]-|\[end of output\])|exit(ed with)?( status| code)?:? ?\d+\.?$|non-zero exit|Unable to fetch some archives|Some index files failed to download|Failed to download metadata for repo '[^']+'(: (Cannot (download|prepare) [^:]+|All mirrors were tried))+$|^Errors during downloading|Ignoring repositories|due to previous errors|PLAY RECAP|^Chef Infra Client failed|^Chocolatey installed \d|\bok=\d+ +changed=\d+|failed=\d+|^See .*(log|help)|for (more )?(details|information)|^Traceback \(most recent|^\s*File "|^\s*at [\w.$<>]+\(|^Run '|^Failures$|Error: Nothing to do|trying other mirror|^To address this issue|^\s*\d+\. /i;
/** Belongs to the line before it: PowerShell's position, an indented part, a caret under code. */
const CONTINUATION =
  /^(At (line:|[A-Z]:\\|\/)|\s*\+ (CategoryInfo|FullyQualifiedErrorId|~+|\S.*)$|\s{2,}\S|\s*[~^]+\s*$)/;
/** The script got over what it said before. */
const WENT_ON =
  /\b(retry(ing)?|will retry|fall(ing)? ?back|success(fully)?|succeeded|completed|recovered|continuing|skipp(ed|ing)|(?<!before )proceeding|using .{1,80} instead|already (installed|the newest)|done\.?)\b|^(ok|passed|complete!)|^\.\.\.ignoring/i;
/** A command traced by `set -x` that is not how a script ends. */
const TRACE =
  /^\++ (?!exit\b|return\b|trap\b|echo\b|printf\b|set\b|rc=|CategoryInfo|FullyQualified|~)\w[\w./-]* /;
/** Lines without a meaning of their own that may follow one that decides. */
const MAX_PLAIN = 4;

/**
 * The lines of a failed step that can decide, the most deciding first: what a tool itself calls fatal, then the end
 * of stderr, then the end of stdout. What a script said before it went on is left out.
 */
export function decidingLines(lines: SaidLine[]): DecidingLine[] {
  const fatal = ansibleFatal(lines);
  if (fatal) return fatal.map((line, index) => ({ ...line, isStatement: index === fatal.length - 1 }));
  return [
    ...fromTheEnd(lines.filter(({ isStderr }) => isStderr)),
    ...fromTheEnd(lines.filter(({ isStderr }) => !isStderr)),
  ];
}

function fromTheEnd(lines: SaidLine[]): DecidingLine[] {
  const deciding: DecidingLine[] = [];
  let plain = 0;
  for (const each of lines.toReversed()) {
    const { text } = each;
    if (isAside(text)) continue;
    if (isFailure(text) || CONTINUATION.test(text)) {
      deciding.push({
        ...each,
        isStatement: isFailure(text) && !isSummary(text) && !CONTINUATION.test(text),
      });
      continue;
    }
    if (isSummary(text)) continue;
    if (WENT_ON.test(text) || TRACE.test(text) || ++plain > MAX_PLAIN) break;
    deciding.push({ ...each, isStatement: false });
  }
  return deciding;
}

const isAside = (text: string) =>
  ASIDE.test(text) || NO_FAILURE.test(text) || text.startsWith('{"executionId"');
const isSummary = (text: string) => SUMMARY.test(text);
const isFailure = (text: string) => FAILURE.test(text) && !WENT_ON.test(text);

/** Ansible prints to stdout, and what failed for good is `fatal:` or `failed:` without `...ignoring` after it. */
const FATAL = /^\s*(fatal|failed): \[/;
/** What a line of the recap counts. Looked for one by one: together they would be tried from each place to each other. */
const recapOf = (text: string) =>
  /\bok=\d/.test(text) && { unreachable: countIn(text, UNREACHABLE), failed: countIn(text, FAILED) };
const UNREACHABLE = /\bunreachable=(\d{1,9})/;
const FAILED = /\bfailed=(\d{1,9})/;
const countIn = (text: string, pattern: RegExp) => pattern.exec(text)?.[1];

function ansibleFatal(lines: SaidLine[]): SaidLine[] | undefined {
  const recap = lines
    .map(({ text }) => recapOf(text) || undefined)
    .filter((counts) => counts?.unreachable !== undefined && counts.failed !== undefined);
  if (recap.length > 0 && recap.every((counts) => counts?.unreachable === "0" && counts.failed === "0"))
    return undefined;
  const at = lines.findLastIndex(
    ({ text }, index) => FATAL.test(text) && !endOfBlock(lines, index)?.text.trim().startsWith("...ignoring"),
  );
  if (at < 0) return undefined;
  const end = lines.findIndex((_, index) => index > at && !/^\s+\S/.test(lines[index]?.text ?? ""));
  return lines.slice(at, end < 0 ? undefined : end);
}

/** The first line after a block of indented ones. */
const endOfBlock = (lines: SaidLine[], from: number): SaidLine | undefined =>
  lines.slice(from + 1).find(({ text }) => !/^\s+\S/.test(text));
