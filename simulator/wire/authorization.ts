/** What a signature says, without checking it. */
export interface Signature {
  accessKeyId: string;
  region: string;
  service: string;
  sessionToken?: string;
}

/**
 * Reads the credential scope of SigV4, from the header or from a presigned URL:
 * `Credential=<key>/<date>/<region>/<service>/aws4_request`. Undefined for an unsigned request.
 */
export function readSignature(headers: Headers, query: URLSearchParams): Signature | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(headers.get("authorization") ?? "")?.[1] ??
    query.get("X-Amz-Credential") ??
    "";
  const [accessKeyId, , region, service, terminator] = credential.split("/");
  if (!accessKeyId || !region || !service || terminator !== "aws4_request") return undefined;
  const sessionToken = headers.get("x-amz-security-token") ?? query.get("X-Amz-Security-Token");
  return { accessKeyId, region, service, ...(sessionToken && { sessionToken }) };
}
