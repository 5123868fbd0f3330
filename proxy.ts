import { type NextRequest, NextResponse } from "next/server";
import { REQUESTED_PATH_HEADER, requestAddress } from "@/lib/core/request-facts";
import { spendAddress } from "@/lib/http/address-limits";
import { DATA_POLICY, NONCE_HEADER, pagePolicy } from "@/lib/http/content-security-policy";
import { refusalOf } from "@/lib/http/request-gate";

/**
 * In front of every page, route and action: refuses what no page of ours would send, and gives pages their
 * Content-Security-Policy. Next puts the nonce it finds there on each script it writes.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const refusal =
    refusalOf({ method: request.method, path, headers: request.headers }) ??
    spendAddress(requestAddress(request.headers), pathname);
  if (refusal) return refuse(refusal);

  const headers = new Headers(request.headers);
  // What a browser says about these is replaced.
  headers.set(REQUESTED_PATH_HEADER, path);
  if (pathname.startsWith("/api/")) {
    const response = NextResponse.next({ request: { headers } });
    response.headers.set("content-security-policy", DATA_POLICY);
    return response;
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = pagePolicy(nonce, { isDevelopment: process.env.NODE_ENV === "development" });
  headers.set(NONCE_HEADER, nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

const CODES: Record<number, string> = { 400: "invalid", 429: "too-many-requests" };

function refuse({
  status,
  message,
  retryAfterSeconds,
}: {
  status: number;
  message: string;
  retryAfterSeconds?: number;
}) {
  return NextResponse.json(
    { error: { code: CODES[status] ?? "forbidden", message } },
    {
      status,
      headers: {
        "cache-control": "no-store",
        "content-security-policy": DATA_POLICY,
        ...(retryAfterSeconds && { "retry-after": String(retryAfterSeconds) }),
      },
    },
  );
}

export const config = { matcher: ["/((?!_next/static/).*)"] };
