import type { Metadata } from "next";
import { LogComparison } from "@/components/build-log/log-comparison";
import { readBuildKey } from "@/lib/image-builder/image-builds/schemas";
import { openContext } from "@/lib/use-case/use-case-context";
import { logFont } from "../log-font";

type Props = PageProps<"/[target]/images/[name]/[version]/[build]/compare">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, version, build } = await params;
  return { title: `Compare ${decodeURIComponent(name)} ${version}/${build}` };
}

export default async function CompareLogsPage({ params, searchParams }: Props) {
  const { target, name, version, build } = await params;
  const { with: wanted } = await searchParams;
  await openContext(target);
  const key = { name: decodeURIComponent(name), version: decodeURIComponent(version), build };
  const before = readBuildKey(typeof wanted === "string" ? wanted : undefined);
  return (
    <div className={`${logFont.variable} shipped-mono`}>
      <LogComparison target={target} imageBuildKey={key} before={before} />
    </div>
  );
}
