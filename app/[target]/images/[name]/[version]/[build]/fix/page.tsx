import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { orNotFound } from "@/app/or-not-found";
import { RepairView } from "@/components/documents/repair-view";
import { Crumb } from "@/components/ui/crumb";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { planVersionMove } from "@/lib/authoring/version-moves/plan-version-move";
import { diagnoseImageBuild } from "@/lib/build-log/diagnose-image-build";
import { readLogExcerpt } from "@/lib/build-log/read-log-excerpt";
import { isOfTarget, parseImageBuilderArn } from "@/lib/core/arn";
import { cutText } from "@/lib/core/canonical-text";
import { urls } from "@/lib/core/urls";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { documentDraft } from "@/lib/image-builder/resources/document-draft";
import { openContext } from "@/lib/use-case/use-case-context";

type Props = PageProps<"/[target]/images/[name]/[version]/[build]/fix">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, version, build } = await params;
  return { title: `Fix ${decodeURIComponent(name)} ${version}/${build}` };
}

/** The component of a failed build, opened at the step that failed. Not found where no component of ours failed. */
export default async function FixPage({ params }: Props) {
  const { target, name, version, build: number } = await params;
  const key = { name: decodeURIComponent(name), version: decodeURIComponent(version), build: number };
  const ctx = await openContext(target);
  const build = await orNotFound(getImageBuild({ ctx, input: key }));
  const diagnosis = await diagnoseImageBuild({ ctx, input: key });
  const arn = diagnosis?.failed.component ?? "";
  const component = parseImageBuilderArn(arn);
  if (!diagnosis || !component?.version || !isOfTarget(arn, ctx.target)) notFound();
  const { failed, evidence, rule } = diagnosis;
  const from = { name: component.name, version: component.version, as: "version" as const };
  const draft = await orNotFound(documentDraft(ctx, "component", from));
  const { previous } = draft;
  if (!previous) notFound();
  const to = String(draft.values.semanticVersion);
  const [plan, excerpt] = await Promise.all([
    planVersionMove({
      ctx,
      input: { kind: "component", name: component.name, from: component.version, to, isPlanned: true },
    }),
    // The document can be mended without its log.
    evidence?.line === undefined
      ? undefined
      : readLogExcerpt({ ctx, input: { ...key, line: evidence.line } }).catch(() => undefined),
  ]);
  return (
    <>
      <PageHeader
        crumbs={
          <>
            <Crumb to={urls.images(target)}>Images</Crumb>
            {" / "}
            <Crumb to={urls.imageBuild(target, key)}>{`${build.displayName} ${version}/${number}`}</Crumb>
          </>
        }
        title={`Fix ${previous.name} in a new version`}
      />
      <p className="-mt-2 mb-4 text-ink-2">
        {failed.step && (
          <>
            Step <Mono>{failed.step}</Mono> failed
            {failed.exitCode !== undefined && ` with exit code ${failed.exitCode}`}.{" "}
          </>
        )}
        Nothing is saved until you create the version.
      </p>
      <RepairView
        target={target}
        build={key}
        step={failed.step}
        defaultValues={draft.values}
        previous={previous}
        plan={plan}
        pipeline={build.pipelineName}
        excerpt={excerpt?.lines ?? []}
        failingLine={evidence?.line}
        why={
          rule
            ? { title: rule.title, text: `${rule.cause} ${rule.fix}` }
            : evidence && { title: "Unknown cause", text: cutText(evidence.text, 400) }
        }
      />
    </>
  );
}
