/** Where to go after signing in: a page of this console, whatever was asked for. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > 2_000) return HOME;
  // Browsers take a backslash for a slash and drop tabs and line breaks, which turns paths into other hosts.
  if (!wanted.startsWith("/") || /^\/[/\\]|[\\\p{Cc}]/u.test(wanted)) return HOME;
  const base = "https://console.invalid";
  if (!URL.canParse(wanted, base)) return HOME;
  const { origin, pathname, search } = new URL(wanted, base);
  // Resolving dots may have uncovered a second slash.
  if (origin !== base || pathname.startsWith("//") || NOT_PAGES.test(pathname)) return HOME;
  return `${pathname}${search}`;
}

const HOME = "/";
const NOT_PAGES = /^\/(api|sign-in|_next)(\/|$)/;
