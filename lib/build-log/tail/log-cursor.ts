import { LOG_START, type LogPosition } from "./log-chunk";

/** A position as text, for the `id:` of a stream. Its checksum lets any replica tell whether it has the same log. */
export const writeCursor = ({ events, checksum }: LogPosition): string =>
  `${events}-${checksum.toString(36)}`;

/** What is no cursor of ours means the beginning. */
export function readCursor(text: string | null | undefined): LogPosition {
  const [, events, checksum] = /^(\d{1,15})-([0-9a-z]{1,7})$/.exec(text ?? "") ?? [];
  return events && checksum ? { events: Number(events), checksum: Number.parseInt(checksum, 36) } : LOG_START;
}
