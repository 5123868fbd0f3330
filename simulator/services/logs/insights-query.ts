import { MalformedQueryException } from "@aws-sdk/client-cloudwatch-logs";

/** A row as queries see it. */
export interface QueryEvent {
  timestamp: number;
  ingestedAt: number;
  message: string;
  stream: string;
  /** `<account>:<group>`. */
  log: string;
}

type Predicate = (event: QueryEvent) => boolean;

export interface Query {
  fields: string[];
  keep: Predicate;
  newestFirst: boolean;
  limit?: number;
}

const FIELDS: Record<string, (event: QueryEvent) => string> = {
  "@timestamp": ({ timestamp }) => formatTime(timestamp),
  "@ingestionTime": ({ ingestedAt }) => formatTime(ingestedAt),
  "@message": ({ message }) => message,
  "@logStream": ({ stream }) => stream,
  "@log": ({ log }) => log,
};

/**
 * Reads the part of the query language that finds lines: `fields`, `filter` with like, not like, =, != joined by `and`,
 * `sort @timestamp`, `limit`. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * Differs from AWS: stats, parse, dedup, functions and fields inside JSON are refused as malformed.
 */
export function parseQuery(text: string): Query {
  const query: Query = { fields: ["@timestamp", "@message"], keep: () => true, newestFirst: true };
  for (const part of splitOutsideQuotes(text, "|")) {
    const [, command = "", rest = ""] = /^(\w+)\s*([\s\S]*)$/.exec(part.trim()) ?? [];
    switch (command.toLowerCase()) {
      case "fields":
      case "display":
        query.fields = rest.split(",").map((name) => knownField(name.trim()));
        break;
      case "filter": {
        const earlier = query.keep;
        const predicates = splitOutsideQuotes(rest, " and ").map(predicateOf);
        query.keep = (event) => earlier(event) && predicates.every((holds) => holds(event));
        break;
      }
      case "sort": {
        const [, order] = /^@timestamp(?:\s+(asc|desc))?$/i.exec(rest.trim()) ?? malformed(`sort ${rest}`);
        query.newestFirst = order?.toLowerCase() === "desc";
        break;
      }
      case "limit":
        if (!/^\d+$/.test(rest.trim())) malformed(`limit ${rest}`);
        query.limit = Number(rest);
        break;
      default:
        malformed(part.trim());
    }
  }
  return query;
}

export function fieldValue(event: QueryEvent, field: string): string {
  return FIELDS[field]?.(event) ?? "";
}

function predicateOf(text: string): Predicate {
  const comparison =
    /^(@\w+)\s*(not\s+like|like|=~|!=|=)\s*(?:\/((?:[^/\\]|\\.)+)\/(i?)|"([^"]*)"|'([^']*)')$/is;
  const [, field = "", operator = "", expression, flags, quoted, single] =
    comparison.exec(text.trim()) ?? malformed(text);
  const read = FIELDS[knownField(field)] ?? (() => "");
  const wanted = quoted ?? single ?? "";
  const test =
    expression === undefined ? (value: string) => value.includes(wanted) : matcher(expression, flags);
  switch (operator.toLowerCase().replace(/\s+/g, " ")) {
    case "=":
      return (event) => read(event) === wanted;
    case "!=":
      return (event) => read(event) !== wanted;
    case "not like":
      return (event) => !test(read(event));
    default:
      return (event) => test(read(event));
  }
}

function matcher(source: string, flags = ""): (value: string) => boolean {
  try {
    const expression = new RegExp(source, flags);
    return (value) => expression.test(value);
  } catch {
    return malformed(`/${source}/`);
  }
}

function knownField(name: string): string {
  return name in FIELDS ? name : malformed(name);
}

/** Splits at a separator that stands outside quotes and regular expressions. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const isFree = quote === "";
    if (isFree && text.slice(index, index + separator.length).toLowerCase() === separator) {
      parts.push("");
      index += separator.length - 1;
      continue;
    }
    if (isFree && /["'/]/.test(character)) quote = character;
    else if (character === quote && text.charAt(index - 1) !== "\\") quote = "";
    parts[parts.length - 1] += character;
  }
  return parts;
}

/** `2026-11-20 12:00:00.000`, in UTC, as Insights writes times. */
function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace("T", " ").replace("Z", "");
}

function malformed(part: string): never {
  throw new MalformedQueryException({ message: `unexpected symbol found in: ${part}`, $metadata: {} });
}
