import "server-only";
import { csvLine } from "@/lib/core/csv";
import { useCase } from "@/lib/use-case/use-case";
import { imageBuildKeySchema } from "../image-builds/schemas";
import { readFindingsPage } from "./scan-findings";

const HEADINGS = [
  ...["image", "version", "build", "severity", "id", "score", "package", "installed", "fixed in"],
  ...["title", "remedy", "first seen", "source"],
];

/** Every finding of a build as CSV, one line for each package that it touches, in AWS's order. */
export const exportScanFindings = useCase(
  "export-scan-findings",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<AsyncGenerator<string>> => {
    // Read before the first byte, so that what AWS refuses is answered with its reason.
    const first = await readFindingsPage(ctx, key, undefined);
    return (async function* () {
      yield csvLine(HEADINGS);
      for (let page = first; ; page = await readFindingsPage(ctx, key, page.next)) {
        for (const { severity, id, score, packages, title, remedy, firstSeenAt, sourceUrl } of page.items) {
          for (const { name, version, fixedIn } of packages.length > 0 ? packages : [{ name: "" }]) {
            yield csvLine([
              ...[key.name, key.version, key.build, severity, id, score, name, version, fixedIn],
              ...[title, remedy, firstSeenAt, sourceUrl],
            ]);
          }
        }
        if (!page.next) return;
      }
    })();
  },
);
