/** Larger than the largest form, whose documents AWS limits to 64 KB. */
const MAX_BODY_BYTES = 1_048_576;
const MAX_URL_LENGTH = 4_096;
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

const LOGOUT_PATH = "/api/auth/backchannel-logout";

export type GateRequest = { method: string; path: string; headers: Pick<Headers, "get"> };
export type GateRefusal = { status: number; message: string };

/**
 * What is refused before anything looks at it: pages of other sites that make a browser act or read here, and what
 * is too large. Browsers say by `Sec-Fetch-Site` who makes them ask, older ones by `Origin`; who says neither is no
 * page and has no cookie to misuse, and may read.
 */
export function refusalOf({ method, path, headers }: GateRequest): GateRefusal | undefined {
  if (path.length > MAX_URL_LENGTH) return { status: 414, message: "The URL is too long." };
  if (!isReadable(path)) return { status: 400, message: "The URL is malformed." };
  if (Number(headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    return { status: 413, message: "The request is too large." };
  }
  const site = headers.get("sec-fetch-site");
  const isForeign = site === null ? !isOwnOrigin(headers) : site === "cross-site" || site === "same-site";
  if (READS.has(method)) {
    // A link from a chat or a mail is a navigation and welcome; a picture or script that is one of our answers is not.
    const isNavigation =
      headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-dest") === "document";
    return isForeign && !(isNavigation && isForVisitors(path)) ? FOREIGN : undefined;
  }
  // The identity provider posts here from its own server: the token that it signed says who it is, no cookie counts.
  if (path.replace(/\?.*$/s, "") === LOGOUT_PATH && site === null && headers.get("origin") === null)
    return undefined;
  // A program sends a token of its own, which no browser has: there is nothing that a page could misuse.
  if (isForPrograms(path) && site === null && headers.get("origin") === null) return undefined;
  const saysWho = site !== null || headers.get("origin") !== null;
  return isForeign || !saysWho || site === "none" ? FOREIGN : undefined;
}

/**
 * Whether a link from elsewhere may lead there: to pages, and to where a provider sends people back to. All else under
 * /api works for a page of ours: another site's link would start a download or a search that costs in its victim's name.
 */
function isForVisitors(path: string): boolean {
  const asRouted = decodeURIComponent(path.replace(/\?.*$/s, "")).toLowerCase();
  return !/^[/\\]*api([/\\]|$)/.test(asRouted) || /^\/api\/auth\/(sign-in|callback\/oidc)$/.test(asRouted);
}

/** What is answered by token alone: see `lib/api/answer-api.ts`. */
const isForPrograms = (path: string): boolean => /^\/api\/v1\/[^/?]/.test(path);

/** Percent signs that stand for no text would end in an error without a reason. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path.replace(/\?.*$/s, ""));
    return true;
  } catch {
    return false;
  }
}

const FOREIGN: GateRefusal = {
  status: 403,
  message: "The request didn't come from a page of this console.",
};

/** True where no origin is said. `null` is the origin of sandboxed pages, which are not ours. */
function isOwnOrigin(headers: Pick<Headers, "get">): boolean {
  const origin = headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
