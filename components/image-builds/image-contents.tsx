"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { Skeleton } from "@/components/ui/skeleton";
import { WhenNear } from "@/components/ui/when-near";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { ImageChangesPanel } from "./image-changes-panel";
import { ImageDefinitionPanel } from "./image-definition-panel";
import { ImageFindingsPanel } from "./image-findings-panel";
import { ImagePackagesPanel } from "./image-packages-panel";
import { ImageSharingPanel } from "./image-sharing-panel";
import { ImageTestsPanel } from "./image-tests-panel";
import { ImageUsersNote } from "./image-users-note";

const PARTS = [
  { id: "changes", label: "Changes", ended: true },
  { id: "findings", label: "Findings", ended: true },
  { id: "packages", label: "Packages", ended: true },
  { id: "tests", label: "Tests", ended: false },
  { id: "recipe", label: "Recipe as built", ended: false },
  { id: "users", label: "Used by", ended: true },
  { id: "sharing", label: "Shared with", ended: true },
] as const;
type Part = (typeof PARTS)[number]["id"];

/** What is in an image, each part read when it is looked at. The open part stands in the address as `show`. */
export function ImageContents({ target, build }: { target: string; build: ImageBuild }) {
  const pathname = usePathname();
  const asked = useSearchParams().get("show");
  const parts = PARTS.filter(({ ended }) => !ended || !isInFlight(build.status));
  const open = parts.find(({ id }) => id === asked)?.id ?? parts[0]?.id ?? "tests";
  const show = (part: string) => {
    // A part's search and sort mean nothing to another, so they go.
    window.history.replaceState(null, "", `${pathname}?show=${part}${window.location.hash}`);
  };
  return (
    <section
      aria-label="Image contents"
      className="mb-4 min-w-0 rounded-lg border border-line bg-surface shadow-soft"
    >
      <Tabs selectedKey={open} onSelectionChange={(key) => show(String(key))}>
        <TabList aria-label="Image details" className="flex flex-wrap gap-x-4 border-line border-b px-3.5">
          {parts.map(({ id, label }) => (
            <Tab
              key={id}
              id={id}
              className="-mb-px cursor-pointer whitespace-nowrap border-transparent border-b-2 py-2.5 text-ink-2 outline-offset-[-2px] hover:text-ink data-selected:border-accent data-selected:font-[550] data-selected:text-ink"
            >
              {label}
            </Tab>
          ))}
        </TabList>
        {parts.map(({ id }) => (
          <TabPanel key={id} id={id} className="outline-offset-[-2px]">
            <WhenNear placeholder={<Skeleton label="Loading" lines={4} />}>
              <PartPanel part={id} target={target} build={build} />
            </WhenNear>
          </TabPanel>
        ))}
      </Tabs>
    </section>
  );
}

function PartPanel({ part, target, build }: { part: Part; target: string; build: ImageBuild }) {
  switch (part) {
    case "changes":
      return <ImageChangesPanel target={target} build={build} />;
    case "findings":
      return <ImageFindingsPanel target={target} build={build} />;
    case "packages":
      return <ImagePackagesPanel target={target} build={build} />;
    case "tests":
      return <ImageTestsPanel build={build} />;
    case "recipe":
      return <ImageDefinitionPanel target={target} build={build} />;
    case "sharing":
      return <ImageSharingPanel target={target} imageBuildKey={build} />;
    case "users":
      return (
        <div className="px-3.5 py-3">
          <ImageUsersNote target={target} imageBuildKey={build} />
        </div>
      );
  }
}
