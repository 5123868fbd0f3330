import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { decodeRow, encodeRow } from "./row-codec";

/** One change of one row: `row` present is a put, absent a delete. */
export interface Change {
  table: string;
  key: string;
  row?: unknown;
}

/** Where the changes of one account and Region go. */
interface Journal {
  /** Every change since the seed, oldest first. */
  read(): Change[];
  append(changes: Change[]): void;
}

export interface Storage {
  /** A fact kept beside the journals, as the moment the seed was planted. */
  fact(name: string, initial: () => string): string;
  journal(account: string, region: string): Journal;
  /** The account and Region pairs that have a journal. */
  places(): { account: string; region: string }[];
  close(): void;
}

/** Nothing outlives the process. */
export function memoryStorage(): Storage {
  const facts = new Map<string, string>();
  return {
    fact(name, initial) {
      const value = facts.get(name) ?? initial();
      facts.set(name, value);
      return value;
    },
    journal: () => ({ read: () => [], append: () => {} }),
    places: () => [],
    close: () => {},
  };
}

/**
 * One append-only file of JSON lines for each account and Region, in `folder` (made when absent).
 * A change is written before the request that made it is answered, so it survives `kill -9`;
 * a last line torn by a crash is dropped. Files are compacted when they are opened.
 */
export function diskStorage(folder: string): Storage {
  mkdirSync(folder, { recursive: true });
  const open = new Map<string, number>();

  /** A second process of the same folder may have compacted the file: what is written to the replaced one is lost. */
  function descriptorOf(file: string): number {
    const known = open.get(file);
    if (known !== undefined && fstatSync(known).nlink > 0) return known;
    if (known !== undefined) closeSync(known);
    const descriptor = openSync(file, "a");
    open.set(file, descriptor);
    return descriptor;
  }

  return {
    fact(name, initial) {
      const file = join(folder, `${name}.txt`);
      const known = readIfPresent(file);
      if (known) return known;
      const value = initial();
      replaceFile(file, value);
      return value;
    },
    journal(account, region) {
      const file = join(folder, `${account}.${region}.jsonl`);
      return {
        read() {
          const { changes, isTidy } = readJournal(file);
          if (!isTidy) replaceFile(file, changes.map(toLine).join(""));
          return changes;
        },
        append(changes) {
          const descriptor = descriptorOf(file);
          appendWhole(descriptor, Buffer.from(changes.map(toLine).join("")));
        },
      };
    },
    places() {
      return readdirSync(folder).flatMap((name) => {
        const [, account, region] = /^(\d{12})\.(.+)\.jsonl$/.exec(name) ?? [];
        return account && region ? [{ account, region }] : [];
      });
    },
    close() {
      for (const descriptor of open.values()) closeSync(descriptor);
      open.clear();
    },
  };
}

/** The last change of each row, in the order of first mention; a file that holds no more and ends whole is tidy. */
function readJournal(file: string): { changes: Change[]; isTidy: boolean } {
  const latest = new Map<string, Change>();
  const text = readIfPresent(file) ?? "";
  const lines = text.split("\n").filter((line) => line !== "");
  for (const [index, line] of lines.entries()) {
    let change: Change;
    try {
      change = fromLine(line);
    } catch (error) {
      if (index === lines.length - 1) break;
      throw new Error(`The simulator's journal ${file} is damaged at line ${index + 1}.`, { cause: error });
    }
    latest.set(`${change.table}\n${change.key}`, change);
  }
  const endsWhole = text === "" || text.endsWith("\n");
  return { changes: [...latest.values()], isTidy: endsWhole && latest.size === lines.length };
}

function toLine({ table, key, row }: Change): string {
  return `${row === undefined ? JSON.stringify([table, key]) : `[${JSON.stringify(table)},${JSON.stringify(key)},${encodeRow(row)}]`}\n`;
}

function fromLine(line: string): Change {
  const [table, key, row] = decodeRow(line) as [string, string, unknown];
  return { table, key, row };
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** A full disk may take a part only: it is taken back, lest the next line begins in the middle of this one. */
function appendWhole(descriptor: number, bytes: Buffer): void {
  const { size } = fstatSync(descriptor);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  }
}

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
