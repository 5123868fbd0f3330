"use client";
import { useQuery } from "@tanstack/react-query";
import { ResourceTable } from "@/components/resource-table/resource-table";
import { UnknownAccounts } from "@/components/resources/unknown-accounts";
import { ReadFailure } from "@/components/shell/read-failure";
import { AccountMark, useTargetNames } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { allImagesQuery } from "@/lib/queries/all-accounts";
import { IMAGE_FILTERS, imageColumns, imageText } from "./newest-images";

/** The images of every account, a row each, as the history knows them. */
export function AllImageTable() {
  const { data, error, refetch } = useQuery(allImagesQuery());
  const labelOf = useTargetNames();
  if (!data)
    return (
      <Card flush>
        {error ? (
          <ReadFailure title="Couldn't load the images" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading images" lines={8} />
        )}
      </Card>
    );
  const [name, ...columns] = imageColumns(ALL_ACCOUNTS);
  const ofTarget = ({ target = "" }: { target?: string }) => labelOf(target);
  return (
    <>
      <UnknownAccounts accounts={data.accounts} />
      <Card flush>
        <ResourceTable
          caption="Images of all accounts"
          noun="image"
          rows={data.images}
          columns={[
            ...(name ? [name] : []),
            {
              id: "account",
              header: "Account",
              sortBy: ofTarget,
              cell: ({ target }) => <AccountMark target={target} />,
            },
            // On a phone, an image's age tells more than its build, which is one click away.
            ...columns.map((column) =>
              column.id === "latest" ? { ...column, from: "sm" as const } : column,
            ),
          ]}
          filters={[{ id: "account", label: "Account", valueIn: ofTarget }, ...IMAGE_FILTERS]}
          keyOf={({ target, name: own }) => `${target}/${own}`}
          textOf={(row) => `${imageText(row)} ${labelOf(row.target)}`}
          defaultSort={{ column: "name" }}
          empty={
            <EmptyState title="No images yet">
              The first successful build of a recipe creates the image of its name.
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}
