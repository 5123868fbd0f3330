import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate for these names, signed by itself: who trusts the certificate trusts the server. */
export function makeCertificate(names: string[]): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), "goldsmith-certificate-"));
  const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const alternatives = names.map((name) => `${/^[\d.]+$/.test(name) ? "IP" : "DNS"}:${name}`).join(",");
  try {
    execFileSync(
      "openssl",
      [
        ...[
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:prime256v1",
          "-nodes",
          "-days",
          "2",
        ],
        ...["-subj", `/CN=${names[0]}`, "-addext", `subjectAltName=${alternatives}`],
        ...["-keyout", keyFile, "-out", certificateFile],
      ],
      { stdio: "ignore" },
    );
    return { key: readFileSync(keyFile, "utf8"), certificate: readFileSync(certificateFile, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether this machine can make one. */
export function canMakeCertificates(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
