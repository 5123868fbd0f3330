import "server-only";
import type { Orm } from "@/lib/db/database";
import { findAmiUsers } from "@/lib/image-builder/lifecycle/find-ami-users";
import type { AmiUser } from "@/lib/image-builder/lifecycle/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readImagesWithFindings } from "./statistics/count-findings";
import type { HistoryScope } from "./statistics/history-scope";
import type { FactoryFindings } from "./types";

/** The images that have findings, and who in the account uses those with critical ones. */
export async function imagesWithUsers(
  ctx: UseCaseContext,
  orm: Orm,
  scope: HistoryScope,
): Promise<Omit<FactoryFindings, "range" | "days">> {
  const { images, ...counts } = await readImagesWithFindings(orm, scope);
  return { ...counts, ...(await withUsers(ctx, images)) };
}

type Images = FactoryFindings["images"];

/** Looks up what of the account still uses an image with critical findings. */
async function withUsers(
  ctx: UseCaseContext,
  images: Images,
): Promise<Pick<FactoryFindings, "images" | "doubts">> {
  const isAskedFor = ({ target, critical }: Images[number]) => target === ctx.target.id && critical > 0;
  const amis = images.filter(isAskedFor).flatMap((image) => image.amis);
  const regions = [...new Set(amis.map(({ region }) => region))];
  const found = await Promise.all(
    regions.map((region) =>
      findAmiUsers(
        ctx.aws.inRegion(region),
        region,
        amis.filter((ami) => ami.region === region).map(({ amiId }) => amiId),
      ),
    ),
  );
  const users = found.flatMap((each) => each.users);
  const usedBy = (image: Images[number]) =>
    users
      .filter(({ amiId }) => image.amis.some((ami) => ami.amiId === amiId))
      .map(inWords(ctx.target.region));
  return {
    images: images.map((image) => (isAskedFor(image) ? { ...image, usedBy: usedBy(image) } : image)),
    doubts: [...new Set(found.flatMap(({ doubts }) => doubts))],
  };
}

/** Of the target's own Region nothing is said. */
const inWords =
  (home: string) =>
  ({ kind, name, detail, region }: AmiUser) =>
    `${kind.replaceAll("-", " ")} ${name}${detail ? ` (${detail})` : ""}${region === home ? "" : ` in ${region}`}`;
