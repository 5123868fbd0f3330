import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";
import { describeApi } from "./open-api";
import { OPERATIONS } from "./operations/all-operations";
import { PROBLEM_CODES } from "./problem";

/** Of the API's first version: a member or an operation that is added makes the second number larger. */
const VERSION = "1.0";

/** The API's document, made once. */
export const apiDocument = () =>
  processSingleton("api-document", () =>
    describeApi(OPERATIONS, { version: VERSION, problemCodes: PROBLEM_CODES }),
  );

/** The same as an answer: it says what the console can do and nothing of what is in it, so anybody may read it. */
export const documentResponse = (): Response =>
  new Response(JSON.stringify(apiDocument()), {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
