/** The text with its first letter as a capital; the rest as it is. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "1 instance", "3 instances". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** The same; "" for none. */
export const countedIfAny = (count: number, one: string, many?: string): string =>
  count === 0 ? "" : counted(count, one, many);
