/** Where a message lies within its line: `line.slice(start, end)`. What is around it is the envelope. */
export type Envelope = {
  start: number;
  end: number;
  /** Epoch milliseconds, where the envelope tells. */
  timestamp?: number;
  /** AWSTOE marks what only its application.log has. */
  isDebug: boolean;
  /** The message is quoted as in CSV: `""` stands for `"`. */
  isQuoted: boolean;
};

/** console.log since 2021: nine decimals and one space. */
const AWSTOE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{3})\d{6}Z /;
/** console.log of 2020, with a level. */
const AWSTOE_2020 = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3}) (?=(?:Info|Debug) )/;
const LEVEL = /(?:Info|Debug) /y;
/** CSV that CloudWatch's console exports. */
const CSV = /^(\d{13}),("?)/;
/** A table copied from CloudWatch's console. */
const COPIED = /^\s*\| (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d) \| /;

/**
 * Finds the message within lines of the five envelopes in which build logs are handed around. Takes the lines of
 * one log in order: a quoted CSV message may go over several.
 */
export class EnvelopeReader {
  private inQuotes = false;

  get isInQuotes(): boolean {
    return this.inQuotes;
  }

  read(line: string): Envelope {
    if (this.inQuotes) return this.endOfQuote(line, 0);
    const first = line.charCodeAt(0);
    const isDigit = first >= 48 && first <= 57;
    if (isDigit) {
      const csv = CSV.exec(line);
      if (csv) {
        const start = csv[0].length;
        const timestamp = Number(csv[1]);
        if (csv[2] === "") return { ...plain(line), start, timestamp };
        this.inQuotes = true;
        return { ...this.endOfQuote(line, start), timestamp };
      }
      const awstoe = AWSTOE.exec(line);
      if (awstoe) return withLevel(line, awstoe[0].length, Date.parse(`${awstoe[1]}.${awstoe[2]}Z`));
      const old = AWSTOE_2020.exec(line);
      if (old) return withLevel(line, old[0].length, Date.parse(`${old[1]}T${old[2]}Z`));
    } else if (first === 73 || first === 68) {
      return withLevel(line, 0, undefined);
    } else if (first === 124 || first === 32) {
      const copied = COPIED.exec(line);
      if (copied) return { ...plain(line), start: copied[0].length, timestamp: Date.parse(copied[1] ?? "") };
    }
    return plain(line);
  }

  private endOfQuote(line: string, start: number): Envelope {
    let quotes = 0;
    for (let at = line.indexOf('"', start); at >= 0; at = line.indexOf('"', at + 1)) quotes++;
    // Quotes of the message itself come in pairs, so an odd number has the closing one.
    const closes = quotes % 2 === 1 && /"\r?$/.test(line);
    if (closes) this.inQuotes = false;
    return { ...plain(line), start, end: closes ? line.lastIndexOf('"') : plain(line).end, isQuoted: true };
  }
}

/** The message of a line, as it was written. */
export function messageIn(line: string, { start, end, isQuoted }: Envelope): string {
  const message = start === 0 && end === line.length ? line : line.slice(start, end);
  return isQuoted ? message.replaceAll('""', '"') : message;
}

function withLevel(line: string, start: number, timestamp: number | undefined): Envelope {
  LEVEL.lastIndex = start;
  const level = LEVEL.exec(line)?.[0] ?? "";
  return { ...plain(line), start: start + level.length, timestamp, isDebug: level.startsWith("D") };
}

const plain = (line: string): Envelope => ({
  start: 0,
  end: line.endsWith("\r") ? line.length - 1 : line.length,
  isDebug: false,
  isQuoted: false,
});
