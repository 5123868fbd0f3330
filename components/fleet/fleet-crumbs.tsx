import { Crumb } from "@/components/ui/crumb";
import { urls } from "@/lib/core/urls";

/** The way to a page that begins at the fleet of a target. */
export function FleetCrumbs({ target }: { target: { id: string; label: string } }) {
  return (
    <>
      <Crumb to={urls.overview(target.id)}>{target.label}</Crumb> /{" "}
      <Crumb to={urls.fleet(target.id)}>Fleet</Crumb>
    </>
  );
}
