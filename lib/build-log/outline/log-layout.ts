import type { LineRange, LogNode, LogTree, PollRun } from "../parser/types";

/** What the rows of a log are, in runs: a log of a million lines has a few hundred of these. */
export type LayoutBlock =
  | { kind: "header"; node: LogNode; isFolded: boolean }
  | { kind: "poll"; poll: PollRun }
  | { kind: "lines"; first: number; last: number };

export type LogRow =
  | { kind: "header"; node: LogNode; isFolded: boolean }
  | { kind: "poll"; poll: PollRun }
  | { kind: "line"; line: number };

export type LayoutOptions = {
  folded: ReadonlySet<number>;
  /** Polls that somebody opened, by first line. */
  openPolls: ReadonlySet<number>;
  /** Only these lines, in order; undefined for all. */
  only?: LineRange[] | undefined;
};

/** Which row shows what. Holds runs, never single lines. */
export class LogLayout {
  private readonly blocks: LayoutBlock[] = [];
  /** The first row of each block. */
  private readonly starts: number[] = [];
  rowCount = 0;

  constructor(
    tree: Pick<LogTree, "lineCount" | "nodes" | "polls">,
    { folded, openPolls, only }: LayoutOptions,
  ) {
    if (only) {
      for (const [first, last] of only) this.add({ kind: "lines", first, last }, last - first + 1);
      return;
    }
    const cuts = [
      ...tree.nodes.filter(({ level }) => level === "step").map((node) => ({ at: node.firstLine, node })),
      ...tree.polls
        .filter(({ firstLine, lastLine }) => lastLine > firstLine && !openPolls.has(firstLine))
        .map((poll) => ({ at: poll.firstLine, poll })),
    ].toSorted((a, b) => a.at - b.at);
    let next = 0;
    for (const cut of cuts) {
      if (cut.at < next) continue;
      this.addLines(next, cut.at - 1);
      next = cut.at;
      if ("poll" in cut) {
        this.add({ kind: "poll", poll: cut.poll }, 1);
        next = cut.poll.lastLine + 1;
      } else {
        const isFolded = folded.has(cut.node.id);
        this.add({ kind: "header", node: cut.node, isFolded }, 1);
        // The header stands for the step's own line.
        next = isFolded ? cut.node.lastLine + 1 : cut.at + 1;
      }
    }
    this.addLines(next, tree.lineCount - 1);
  }

  row(index: number): LogRow | undefined {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const block = this.blocks[low - 1];
    if (!block || index >= this.rowCount) return undefined;
    if (block.kind !== "lines") return block;
    return { kind: "line", line: block.first + index - (this.starts[low - 1] ?? 0) };
  }

  /** The row that shows a line, or the header or fold it is behind. */
  rowOf(line: number): number {
    let found = 0;
    for (const [index, block] of this.blocks.entries()) {
      const first =
        block.kind === "lines"
          ? block.first
          : block.kind === "poll"
            ? block.poll.firstLine
            : block.node.firstLine;
      if (first > line) break;
      const start = this.starts[index] ?? 0;
      found = block.kind === "lines" ? start + Math.min(line, block.last) - block.first : start;
    }
    return found;
  }

  private addLines(first: number, last: number): void {
    if (last >= first) this.add({ kind: "lines", first, last }, last - first + 1);
  }

  private add(block: LayoutBlock, rows: number): void {
    this.blocks.push(block);
    this.starts.push(this.rowCount);
    this.rowCount += rows;
  }
}
