import "server-only";
import { ApiFailure } from "./problem";

/** Larger than any body that an operation takes. */
const MAX_BODY_BYTES = 65_536;

/** The text of a request's body, also of one that does not say its length. Throws `invalid` for too much. */
export async function readBody(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (const reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new ApiFailure("invalid", `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
