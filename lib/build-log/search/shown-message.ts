import { cutText, wellFormedText } from "@/lib/core/canonical-text";

/** Units of UTF-16 of a line that an answer holds: an event of CloudWatch may have a megabyte, and a search 200 of them. */
const LONGEST_SHOWN = 2_000;
/** Its beginning stays, by which the line is found again. */
const BEGINNING = 400;
const BEFORE_MATCH = 200;

/** What is looked for of a line to find it again: short enough for an address, whatever letters it is of. */
const LINE_KEY_LENGTH = 300;

/** A line that holds `text`, as it is, or its beginning and what stands around the text. */
export function shownMessage(message: string, text: string): string {
  if (message.length <= LONGEST_SHOWN) return wellFormedText(message);
  const at = message.indexOf(text);
  if (at + text.length < LONGEST_SHOWN) return `${wellFormedText(cutText(message, LONGEST_SHOWN - 1))}…`;
  const around = cutText(message.slice(at - BEFORE_MATCH), LONGEST_SHOWN - BEGINNING - 3);
  return wellFormedText(`${cutText(message, BEGINNING)} … ${around}`);
}

/** Of what a search shows of a line, what the line begins with. */
export const lineKeyOf = (message: string): string =>
  cutText(wellFormedText(message.split("\n", 1)[0] ?? ""), LINE_KEY_LENGTH);
