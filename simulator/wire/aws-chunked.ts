/**
 * Takes an upload out of the `aws-chunked` envelope: `<hex size>[;chunk-signature=...]\r\n<bytes>\r\n ... 0\r\n<trailers>`.
 * Bodies without it are given back as they are.
 */
export function decodeAwsChunked(headers: Headers, body: Uint8Array): Uint8Array {
  const chunked =
    headers.get("content-encoding")?.includes("aws-chunked") ||
    headers.get("x-amz-content-sha256")?.startsWith("STREAMING-");
  if (!chunked) return body;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Buffer[] = [];
  let position = 0;
  while (position < bytes.length) {
    const lineEnd = bytes.indexOf("\r\n", position);
    if (lineEnd < 0) break;
    const size = Number.parseInt(bytes.toString("latin1", position, lineEnd), 16);
    if (!Number.isFinite(size) || size === 0) break;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    position = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
