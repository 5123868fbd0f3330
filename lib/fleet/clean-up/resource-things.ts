import "server-only";
import { GetImagePolicyCommand, ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { imageBuilderArn, nameInArn } from "@/lib/core/arn";
import { keyOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { accountsIn } from "@/lib/image-builder/image-changes/image-policy";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type Definitions, idOfResource, usesOfResource } from "./read-definitions";
import { idOf, outsideRole } from "./region-asked";
import type { Made, MadeImage, Thing, Use } from "./types";

const idOfImage = ({ arn }: Pick<MadeImage, "arn">) => `image ${arn}`;
const titleOf = ({ name, version, build }: Pick<MadeImage, "name" | "version" | "build">) =>
  `${name} ${version}/${build}`;

/** The builds of a pipeline: each record goes when all of its outputs are gone. */
export const imageThings = (
  ctx: UseCaseContext,
  { images }: Made,
  definitions: Definitions,
): Promise<Thing[]> =>
  Promise.all(
    images.map(async (image): Promise<Thing> => {
      const { arn, name, version, build, amis, containers } = image;
      const users = usesOfResource(ctx, definitions, {
        kind: "image",
        arn,
        name,
        version: `${version}/${build}`,
      });
      const elsewhere = amis.filter(
        ({ accountId = ctx.target.accountId }) => accountId !== ctx.target.accountId,
      );
      const stays = [
        ...(image.isUnderWay ? ["It is under way. Cancel it, or wait until it ends."] : []),
        ...(containers.length > 0
          ? [`Its container images stay in their repositories: ${containers.slice(0, 3).join(", ")}.`]
          : []),
        ...(elsewhere.length > 0
          ? [
              `It has AMIs in other accounts, which cannot be removed from here: ${elsewhere
                .slice(0, 3)
                .map(({ amiId, accountId }) => `${amiId} in ${accountId}`)
                .join(", ")}.`,
            ]
          : []),
        ...outsideRole({ ctx }, "delete-image-build", name),
      ];
      // What stays anyway costs no call: a pipeline may have hundreds of builds.
      const policy =
        stays.length === 0 ? await unlessFailed(sharedWith(ctx, arn), []) : { value: [], reason: undefined };
      return {
        id: idOfImage(image),
        kind: "image",
        name: titleOf(image),
        what: "Its record is deleted. Its history, log, and findings stay in this console.",
        at: { arn },
        usedBy: users.usedBy,
        stays: [...stays, ...(policy.value.length > 0 ? [`Shared with ${policy.value.join(", ")}.`] : [])],
        notKnown: [
          ...users.notKnown,
          ...(image.unread ? [image.unread] : []),
          ...(policy.reason ? [`Not known with whom it is shared. ${policy.reason}`] : []),
        ],
      };
    }),
  );

async function sharedWith({ aws }: UseCaseContext, imageArn: string): Promise<string[]> {
  const answer = await unlessGone(aws.imageBuilder.read(new GetImagePolicyCommand({ imageArn })), undefined);
  return accountsIn(answer?.policy);
}

/**
 * A record stays while one of its AMIs does: it alone says where the AMI comes from. And an AMI stays while something
 * builds on its image, since that starts from the AMI.
 */
export function tieToAmis(images: Thing[], { images: made }: Made, amis: Thing[]): Thing[] {
  const byId = new Map(amis.map((thing) => [thing.id, thing]));
  const tied = images.map((thing) => {
    const own = made.find((image) => idOfImage(image) === thing.id)?.amis ?? [];
    const there = own.flatMap(({ region, amiId }) => byId.get(idOf("ami", region, amiId)) ?? []);
    for (const ami of there)
      byId.set(ami.id, {
        ...ami,
        usedBy: [...ami.usedBy, ...thing.usedBy],
        notKnown: [...ami.notKnown, ...thing.notKnown],
      });
    const uses = there.map(({ id, name }): Use => ({ id, text: `its AMI ${name}` }));
    return { ...thing, usedBy: [...thing.usedBy, ...uses] };
  });
  return [...byId.values(), ...tied];
}

/** The pipeline and what it is made of, as far as AWS still lists it. */
export async function resourceThings(
  ctx: UseCaseContext,
  { resources, images }: Made,
  definitions: Definitions,
): Promise<Thing[]> {
  const found = await Promise.all(
    resources.map(async (resource): Promise<Thing[]> => {
      const { kind, arn, name, version } = resource;
      const listed = await unlessFailed(allResources(ctx, kind), undefined);
      if (listed.value && !listed.value.some((row) => row.arn === arn)) return [];
      const users = usesOfResource(ctx, definitions, resource);
      const isRecipe = kind === "image-recipe" || kind === "container-recipe";
      const builds = isRecipe ? await unlessFailed(buildsOfRecipe(ctx, arn, version), []) : { value: [] };
      const own = new Map(images.map((image) => [image.arn, image]));
      const underWay = images.filter(({ isUnderWay }) => isUnderWay);
      return [
        {
          id: idOfResource(resource),
          kind,
          name: [name, version].filter(Boolean).join(" "),
          what: "Deleted.",
          at: { arn },
          usedBy: [
            ...users.usedBy,
            ...builds.value.map((build) => {
              const image = own.get(build);
              const { name: of = "", version: at = "", build: number = "" } = keyOfBuild(build) ?? {};
              return {
                id: `image ${build}`,
                text: image
                  ? `the build ${titleOf(image)}`
                  : `the build ${of} ${at}/${number}${images.length > 0 ? ", which this pipeline did not make" : ""}`,
              };
            }),
          ],
          stays: [
            ...(kind === "image-pipeline" && underWay.length > 0
              ? [`Its build ${underWay.map(titleOf).join(", ")} is under way.`]
              : []),
            ...outsideRole({ ctx }, "delete-resource", nameInArn(arn)),
          ],
          notKnown: [
            ...users.notKnown,
            ...(listed.reason ? [`AWS could not be asked. ${listed.reason}`] : []),
            ...("reason" in builds && builds.reason
              ? [`Not known which builds were made from it. ${builds.reason}`]
              : []),
          ],
        },
      ];
    }),
  );
  return found.flat();
}

/** ARNs of all builds that were made from a recipe version, by whichever pipeline or by hand. */
const buildsOfRecipe = (
  { aws, target }: UseCaseContext,
  recipeArn: string,
  version: string | undefined,
): Promise<string[]> =>
  unlessGone(
    collectPages({
      load: async (nextToken) => {
        const imageVersionArn = imageBuilderArn(target, "image", nameInArn(recipeArn), version);
        const command = new ListImageBuildVersionsCommand({ imageVersionArn, maxResults: 25, nextToken });
        const page = await aws.imageBuilder.read(command);
        return { items: page.imageSummaryList?.flatMap(({ arn = [] }) => arn), next: page.nextToken };
      },
    }),
    [],
  );
