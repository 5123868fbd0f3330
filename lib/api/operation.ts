import { z } from "zod";
import type { Action } from "@/lib/auth/permissions";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Schemas with a name of their own in the document, by that name. */
export const namedSchemas = z.registry<{ id: string }>();

/** Gives a schema its name in the document, where everybody refers to it. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  namedSchemas.add(schema, { id });
  return schema;
}

type ApiMethod = "get" | "post";

/** What an operation's work returns: a value of its answer's schema, text piece by piece, or a document for feed readers. */
export type ApiAnswer<Value> =
  | { value: Value; cursor?: string; location?: string }
  | { text: AsyncGenerator<string> }
  | { document: string };

export type ApiCall<Path, Query, Body> = {
  ctx: UseCaseContext;
  path: Path;
  query: Query;
  body: Body;
  /** Aborts when the client goes. */
  signal: AbortSignal;
};

/** One row of the API: the door, the document, its page and the access matrix are made from these. */
export type Operation = {
  /** In camel case: the name that generated clients give to the call. */
  id: string;
  method: ApiMethod;
  /** Below `/api/v1`, with `{names}` of its path parameters. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** The use case's row in `lib/auth/permissions.ts`. */
  action: Action;
  pathSchema: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodType | undefined;
  /** Absent for an answer in plain text, and for a document. */
  answer: z.ZodType | undefined;
  /** For a document that feed readers and calendars ask for, whose key may stand in its address. */
  mediaType: "application/atom+xml" | "text/calendar" | undefined;
  status: 200 | 202;
  /** For an answer that may be held back with `wait`: whether nothing more will happen to the value. */
  isSettled: ((value: unknown) => boolean) | undefined;
  work(call: ApiCall<unknown, unknown, unknown>): Promise<ApiAnswer<unknown>>;
};

const nothing = z.strictObject({});

/** Makes an operation of a use case. Its work is typed by its own schemas; the table forgets them. */
export function operation<
  Path extends z.ZodObject,
  Answer extends z.ZodType = z.ZodNever,
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>({
  useCase,
  query,
  body,
  status = 200,
  isSettled,
  mediaType,
  work,
  ...row
}: Pick<Operation, "id" | "method" | "path" | "tag" | "summary" | "description"> & {
  useCase: { action: Action };
  pathSchema: Path;
  query?: Query;
  body?: Body;
  answer?: Answer;
  status?: Operation["status"];
  mediaType?: Operation["mediaType"];
  isSettled?: (value: z.output<Answer>) => boolean;
  work(call: ApiCall<z.output<Path>, z.output<Query>, z.output<Body>>): Promise<ApiAnswer<z.output<Answer>>>;
}): Operation {
  return {
    answer: undefined,
    ...row,
    action: useCase.action,
    query: query ?? nothing,
    body,
    status,
    mediaType,
    isSettled: isSettled as Operation["isSettled"],
    work: work as Operation["work"],
  };
}
