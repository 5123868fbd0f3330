import { isInside } from "@/lib/http/inside-only";
import { checkReadiness } from "@/lib/process/readiness";

/** Orchestrators ask from anywhere, so anybody gets the answer; the reasons are for what stands beside the console. */
export async function GET(request: Request): Promise<Response> {
  const { ready, checks } = await checkReadiness();
  const isKnown = isInside(request.headers);
  return Response.json(isKnown ? { ready, checks } : { ready }, { status: ready ? 200 : 503 });
}
