import "server-only";
import { FORWARDED_HEADER } from "@/lib/core/request-facts";

/**
 * A GET route without sign-in, for what stands beside the console. What a proxy passed on comes from people, who may be
 * anybody: it gets nothing.
 */
export function insideOnly(answer: () => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    if (!request.headers.has(FORWARDED_HEADER)) return answer();
    const message = "This is not for what comes through a proxy: ask the console itself, at its own port.";
    return Response.json({ error: { code: "forbidden", message } }, { status: 403 });
  };
}
