import type { FetchQueryOptions, QueryClient, QueryKey } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { isNotFound } from "@/lib/use-case/console-error";

/** What was read; the page of what is not there when AWS or the console has none. */
export async function orNotFound<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
}

/**
 * Reads what a page is about into `client`, once; the page of what is not there when there is none. Whatever else fails
 * is said by the view, which can try again.
 */
export async function prefetchOrNotFound<Value, Key extends QueryKey>(
  client: QueryClient,
  query: FetchQueryOptions<Value, Error, Value, Key>,
): Promise<void> {
  try {
    await client.fetchQuery({ ...query, retry: false });
  } catch (error) {
    if (isNotFound(error)) notFound();
  }
}
