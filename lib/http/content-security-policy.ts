/**
 * What a page may load: scripts that carry this answer's nonce and what those load, everything else from this
 * console only. Nothing is inline. https://www.w3.org/TR/CSP3/
 */
export function pagePolicy(nonce: string, { isDevelopment }: { isDevelopment: boolean }): string {
  const directives = {
    "default-src": "'none'",
    // The bundler's development code evaluates modules and styles from text; the built one does not.
    "script-src": `'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src": isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": isDevelopment ? "'self' ws:" : "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** For answers that are no page: opened by themselves they may do nothing. */
export const DATA_POLICY =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** Set by proxy.ts for the layout. */
export const NONCE_HEADER = "x-goldsmith-nonce";
