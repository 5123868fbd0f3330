import type * as Sdk from "@aws-sdk/client-imagebuilder";
import { oncePerToken } from "../../engine/idempotency";
import { pageOf } from "../../engine/page";
import type { HandlerCall, Handlers, Input } from "../../wire/contract";
import { dryRunSucceeded, invalidRequest, invalidToken, tokenMismatch } from "./exceptions";
import type { ImageBuilderStore } from "./store";

type ImageBuilderSdk = typeof Sdk;
export type ImageBuilderHandlers = Handlers<ImageBuilderSdk, ImageBuilderStore>;
export type Call = HandlerCall<ImageBuilderStore>;
export type InputOf<Op extends keyof ImageBuilderHandlers> = Input<ImageBuilderSdk, Op>;

const PAGE_SIZE = 25;

/** Does a change once per client token. */
export function once<Answer extends object>(
  { store, now }: Call,
  operation: string,
  input: { clientToken?: string | undefined },
  work: () => Answer,
): Answer {
  const { clientToken, ...rest } = input;
  return oncePerToken(
    store.answers,
    { operation, clientToken, input: rest, now },
    { work, mismatch: tokenMismatch },
  );
}

/** Called when all checks of a create have passed. Most operations have `dryRun` only since after the SDK's model. */
export function stopIfDryRun(input: object): void {
  if ("dryRun" in input && input.dryRun === true) dryRunSucceeded();
}

interface ListInput {
  nextToken?: string | undefined;
  maxResults?: number | undefined;
}

/** One page of at most 25; the token is good for the same question of the same operation only. */
export function page<Row>(operation: keyof ImageBuilderHandlers, rows: readonly Row[], input: ListInput) {
  const { nextToken, maxResults, ...query } = input;
  return pageOf(
    rows,
    { nextToken, maxResults },
    { defaultSize: PAGE_SIZE, query: [operation, query], refuse: invalidToken },
  );
}

/** What each filter of a list looks at. */
export type FilterReaders<Row> = Record<string, (row: Row) => string | readonly string[] | undefined>;

/**
 * Rows that match all filters; a filter matches when any of its values does. Names are case-sensitive.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Filter.html
 */
export function filtered<Row>(
  rows: readonly Row[],
  filters: readonly Sdk.Filter[] | undefined,
  readers: FilterReaders<Row>,
): readonly Row[] {
  const tests = (filters ?? []).map(({ name = "", values = [] }) => {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (!read) {
      const known = Object.keys(readers).sort().join(", ");
      return invalidRequest(`The filter name '${name}' is not valid. Valid filter names are: ${known}.`);
    }
    return (row: Row) => {
      const found = read(row);
      return found === undefined ? false : [found].flat().some((value) => values.includes(value));
    };
  });
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** Now, as Image Builder writes dates. */
export const isoDate = (epochMs: number): string => new Date(epochMs).toISOString();
