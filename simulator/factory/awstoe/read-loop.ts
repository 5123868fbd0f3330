import { isMapping, type Loop, scalarText } from "./document";

const DELIMITERS: Record<string, string> = {
  ".": ".",
  ",": ",",
  ";": ";",
  ":": ":",
  "\n": "\n",
  "\\n": "\n",
  "\t": "\t",
  "\\t": "\t",
  " ": " ",
  "-": "-",
  _: "_",
};

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-looping-constructs.html */
export function readLoop(value: unknown, refuse: (reason: string) => void): Loop | undefined {
  if (!isMapping(value)) {
    refuse("'loop' must hold 'for' or 'forEach'");
    return undefined;
  }
  const name = scalarText(value.name) ?? "loop";
  if ((value.for === undefined) === (value.forEach === undefined)) {
    refuse("'loop' requires exactly one of 'for' and 'forEach'");
    return undefined;
  }
  if (value.for !== undefined) return readFor(name, value.for, refuse);
  if (Array.isArray(value.forEach)) {
    if (value.forEach.length === 0 || value.forEach.some((item) => scalarText(item) === undefined)) {
      refuse("'forEach' requires a list of strings");
    }
    return { name, values: { kind: "list", items: value.forEach.map((item) => scalarText(item) ?? "") } };
  }
  const list = isMapping(value.forEach) ? scalarText(value.forEach.list) : undefined;
  const delimiter = isMapping(value.forEach) ? (value.forEach.delimiter ?? ",") : ",";
  const known = typeof delimiter === "string" ? DELIMITERS[delimiter] : undefined;
  if (list === undefined) refuse("'forEach' requires a 'list'");
  if (known === undefined) refuse("'delimiter' is not one of the allowed delimiters");
  return { name, values: { kind: "text", list: list ?? "", delimiter: known ?? "," } };
}

function readFor(name: string, value: unknown, refuse: (reason: string) => void): Loop | undefined {
  const range = isMapping(value) ? [value.start, value.end, value.updateBy].map(Number) : [];
  const [start, end, updateBy] = range;
  if (start === undefined || end === undefined || updateBy === undefined || !range.every(Number.isInteger)) {
    refuse("'for' requires the integers 'start', 'end' and 'updateBy'");
    return undefined;
  }
  if (updateBy === 0 || (end - start) * updateBy < 0) {
    refuse("the loop does not terminate: 'updateBy' never leads from 'start' to 'end'");
    return undefined;
  }
  return { name, values: { kind: "for", start, end, updateBy } };
}
