import "server-only";
import { z } from "zod";
import { getFleet } from "@/lib/fleet/groups/get-fleet";
import { getImageVersions } from "@/lib/image-builder/image-versions/get-image-versions";
import { imageNameSchema } from "@/lib/image-builder/image-versions/schemas";
import { listImages } from "@/lib/overview/list-images";
import { named, operation } from "../operation";
import { nextCursorField, pageOf, pagingFields } from "../paging";
import { placeOf, targetPath } from "../place";
import { buildSummarySchema, toApiBuildSummary } from "../resources/build-resource";
import { fleetSchema, toApiFleet } from "../resources/fleet-resource";

export const IMAGE_OPERATIONS = [
  operation({
    id: "listImages",
    method: "get",
    path: "/targets/{target}/images",
    tag: "Images",
    summary: "Images of the account, each with its latest successful build",
    useCase: listImages,
    pathSchema: targetPath,
    query: z.strictObject(pagingFields),
    answer: named(
      "ImagePage",
      z.object({
        items: z.array(
          named(
            "ImageSummary",
            z.object({
              image: z.string().describe("As in its ARN."),
              name: z.string().describe("As it was written."),
              version: z.string(),
              build: z.string(),
              createdAt: z.iso.datetime(),
              status: z.string(),
              type: z.string(),
              platform: z.string().optional(),
              osVersion: z.string().optional(),
              pipelines: z.array(z.string()),
              amis: z.array(z.object({ amiId: z.string(), region: z.string() })),
              maxAgeDays: z.int().describe("How old the image may be, as its team set it."),
              findings: z
                .object({ critical: z.int(), high: z.int() })
                .optional()
                .describe("When the build was indexed; absent for an image that was not scanned."),
            }),
          ),
        ),
        nextCursor: nextCursorField,
        notKnown: z.array(z.string()).describe("Why something is missing, in sentences."),
      }),
    ),
    work: async ({ ctx, query }) => {
      const { images, freshness } = await listImages({ ctx });
      const { items, cursor } = pageOf(images, query, ({ name }) => name);
      return {
        value: {
          items: items.map(
            ({ name, displayName, freshWithinDays, ageDays: _, amis, findings, ...image }) => ({
              ...image,
              image: name,
              name: displayName,
              amis: amis.map(({ amiId, region }) => ({ amiId, region })),
              maxAgeDays: freshWithinDays,
              findings: findings && { critical: findings.critical, high: findings.high },
            }),
          ),
          nextCursor: cursor,
          notKnown: freshness.reasons,
        },
        cursor,
      };
    },
  }),
  operation({
    id: "getImage",
    method: "get",
    path: "/targets/{target}/images/{image}",
    tag: "Images",
    summary: "An image with its versions and their builds, latest first",
    useCase: getImageVersions,
    pathSchema: targetPath.extend({ image: imageNameSchema.shape.name }),
    answer: named(
      "Image",
      z.object({
        image: z.string(),
        name: z.string(),
        arn: z.string(),
        type: z.string(),
        platform: z.string().optional(),
        versions: z.array(
          z.object({
            version: z.string(),
            arn: z.string(),
            createdAt: z.iso.datetime().optional(),
            builds: z.array(buildSummarySchema),
          }),
        ),
      }),
    ),
    work: async ({ ctx, path }) => {
      const { name, displayName, arn, type, platform, versions } = await getImageVersions({
        ctx,
        input: { name: path.image },
      });
      return {
        value: {
          image: name,
          name: displayName,
          ...{ arn, type, platform },
          versions: versions.map(({ version, arn: versionArn, createdAt, builds }) => ({
            version,
            arn: versionArn,
            createdAt,
            builds: builds.map((build) => toApiBuildSummary(build, placeOf(ctx))),
          })),
        },
      };
    },
  }),
  operation({
    id: "getFleet",
    method: "get",
    path: "/targets/{target}/fleet",
    tag: "Fleet",
    summary: "What runs or would start from AMIs, and how far it is behind",
    useCase: getFleet,
    pathSchema: targetPath,
    answer: fleetSchema,
    work: async ({ ctx }) => ({ value: toApiFleet(await getFleet({ ctx })) }),
  }),
];
