import { notFound } from "./exceptions";
import type { ImageBuilderHandlers } from "./handlers";
import { findComponent } from "./sharing";

/** Differs from AWS: no product is subscribed; the data of a managed component stands for one. */
export const marketplace = {
  GetMarketplaceResource({ store }, { resourceArn = "", resourceType, resourceLocation }) {
    const component = findComponent(store, resourceArn) ?? notFound(resourceArn);
    if (resourceType === "COMPONENT_DATA") return { resourceArn, data: component.data };
    return {
      resourceArn,
      url: `https://example.com/${encodeURIComponent(resourceLocation ?? component.name)}`,
    };
  },
} satisfies Partial<ImageBuilderHandlers>;
