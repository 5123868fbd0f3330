import type { ImageAncestryEntry } from "@aws-sdk/client-ec2";
import { imageNotFound, visibleImage } from "./images";
import type { Ec2 } from "./operations";
import { refuseDryRun } from "./paging";
import { publicImages } from "./public-images";
import type { Ec2Store, ImageRow } from "./store";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-ancestry.html */
const MOST_ENTRIES = 50;

export const imageAncestry = {
  /**
   * From the AMI to its root, across accounts and Regions, also where ancestors are gone or not visible.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageAncestry.html
   */
  GetImageAncestry({ store, now }, input) {
    refuseDryRun(input);
    const entries: ImageAncestryEntry[] = [];
    const asked = visibleImage(store, input.ImageId ?? "", now);
    if (!asked) throw imageNotFound(input.ImageId);
    let image: ImageRow | undefined = asked;
    let region = store.region;
    while (image && entries.length < MOST_ENTRIES) {
      const {
        SourceImageId,
        SourceImageRegion = region,
        CreationDate,
        ImageOwnerAlias,
        ImageId,
      }: ImageRow = image;
      entries.push({
        ImageId,
        ...(CreationDate && { CreationDate: new Date(CreationDate) }),
        ...(ImageOwnerAlias && { ImageOwnerAlias }),
        ...(SourceImageId && { SourceImageId, SourceImageRegion }),
      });
      region = SourceImageRegion;
      image = SourceImageId ? imageOf(store.at({ region }), SourceImageId, now) : undefined;
    }
    return { ImageAncestryEntries: entries };
  },
} satisfies Partial<Ec2>;

/** An AMI of any account in a Region, also one that is gone. */
function imageOf(store: Ec2Store, id: string, now: number): ImageRow | undefined {
  for (const each of [store, ...store.sharedBy()]) {
    const found = each.images.get(id) ?? each.pastImages.get(id) ?? each.launchedImages.get(id);
    if (found) return found;
  }
  return publicImages(store.region, now).find(({ ImageId }) => ImageId === id);
}
