import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { KEPT_LOG_PARTS } from "@/components/build-log/kept-log-parts";
import { askedTab, firstTab } from "@/components/image-builds/build-tabs";
import { readLogHead } from "@/lib/build-log/read-log-head";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildQuery } from "@/lib/queries/image-builds";
import { openContext } from "@/lib/use-case/use-case-context";
import { BuildPage } from "./build-page";
import { logFont } from "./log-font";

type Props = PageProps<"/[target]/images/[name]/[version]/[build]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, version, build } = await params;
  return { title: `${decodeURIComponent(name)} ${version}/${build}` };
}

export default async function ImageBuildPage({ params, searchParams }: Props) {
  const [{ target, name, version, build }, { show }] = await Promise.all([params, searchParams]);
  const key = { name: decodeURIComponent(name), version: decodeURIComponent(version), build };
  const ctx = await openContext(target);
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...imageBuildQuery(target, key),
    queryFn: () => getImageBuild({ ctx, input: key }),
  });
  const { status } = client.getQueryData(imageBuildQuery(target, key).queryKey) ?? {};
  const asked = [show].flat()[0];
  const opensLog = status !== undefined && (askedTab(asked, status) ?? firstTab(status)) === "log";
  // Only a beginning: the view reads the log again, and says what is wrong.
  const logHead = opensLog ? await readLogHead({ ctx, input: key }).catch(() => undefined) : undefined;
  return (
    <HydrationBoundary state={dehydrate(client)}>
      {opensLog && <meta name={KEPT_LOG_PARTS} content={String(logHead?.parts ?? 0)} />}
      <div className={`${logFont.variable} shipped-mono`}>
        <BuildPage target={target} imageBuildKey={key} logHead={logHead} />
      </div>
    </HydrationBoundary>
  );
}
