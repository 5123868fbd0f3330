import Link from "next/link";
import type { ImageOwner } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";

const OWNER_WORDS: Record<ImageOwner, string> = {
  Self: "Owned by me",
  Shared: "Shared with me",
  Amazon: "Amazon-managed",
  ThirdParty: "Third-party",
};

/** From one owner's images to another's. */
export function ImageOwnerLinks({ target, open }: { target: string; open: ImageOwner }) {
  const links = [
    ...(Object.keys(OWNER_WORDS) as ImageOwner[]).map((owner) => ({
      label: OWNER_WORDS[owner],
      href: owner === "Self" ? urls.images(target) : urls.imagesByName(target, owner),
      isOpen: open === owner,
    })),
  ];
  return (
    <nav aria-label="Image owner" className="mb-3 flex flex-wrap gap-1">
      {links.map(({ label, href, isOpen }) => (
        <Link
          key={label}
          href={href}
          prefetch={false}
          aria-current={isOpen ? "page" : undefined}
          className="rounded-[5px] px-2.5 py-1 text-ink-2 no-underline hover:text-ink aria-[current]:bg-mute-soft aria-[current]:font-[550] aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
