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
