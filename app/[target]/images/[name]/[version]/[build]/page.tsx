import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KEPT_LOG_PARTS } from "@/components/build-log/kept-log-parts";
import { readLogHead } from "@/lib/build-log/read-log-head";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildQuery } from "@/lib/queries/image-builds";
import { isNotFound } from "@/lib/use-case/console-error";
import { openContext } from "@/lib/use-case/use-case-context";
import { BuildPage } from "./build-page";
import { logFont } from "./log-font";

type Props = PageProps<"/[target]/images/[name]/[version]/[build]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, version, build } = await params;
  return { title: `${decodeURIComponent(name)} ${version}/${build}` };
}

export default async function ImageBuildPage({ params }: Props) {
  const { target, name, version, build } = await params;
  const key = { name: decodeURIComponent(name), version: decodeURIComponent(version), build };
  const ctx = await openContext(target);
  const client = new QueryClient();
  // Only a beginning: the view reads the log again, and says what is wrong.
  const head = readLogHead({ ctx, input: key }).catch(() => undefined);
  // What is wrong beside "there is none" is said by the view, which can try again.
  await client
    .fetchQuery({
      ...imageBuildQuery(target, key),
      queryFn: () => getImageBuild({ ctx, input: key }),
      retry: false,
    })
    .catch((error: unknown) => {
      if (isNotFound(error)) notFound();
    });
  const logHead = await head;
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {logHead && <meta name={KEPT_LOG_PARTS} content={String(logHead.parts)} />}
      <div className={`${logFont.variable} shipped-mono`}>
        <BuildPage target={target} imageBuildKey={key} logHead={logHead} />
      </div>
    </HydrationBoundary>
  );
}
