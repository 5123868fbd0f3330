import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { Identity } from "@/lib/auth/types";
import { apiUrls, urls } from "@/lib/core/urls";

/** Who one is here, what one may do, and which claim and rule say so. */
export function AccountView({
  identity: { actor, claims, groups, rules, issuer, session },
  groupsClaim,
}: {
  identity: Identity;
  groupsClaim: string;
}) {
  const isLocal = actor.kind === "local-administrator";
  return (
    <>
      <Card title="Permissions" flush>
        {isLocal ? (
          <p className="m-0 px-3.5 py-3">
            Local mode: no sign-in, this machine only. Every user is an administrator.
          </p>
        ) : rules.length === 0 ? (
          <div className="grid gap-2 px-3.5 py-3">
            <p className="m-0">You don't have access. Ask an administrator for a role.</p>
            <p className="m-0 text-ink-2">{whyNoRole(groups, groupsClaim, claims)}</p>
            {session && (
              <p className="m-0">
                <a href={apiUrls.signInAsOther(urls.home())}>Sign in with another account</a>
              </p>
            )}
          </div>
        ) : (
          <Table caption="Your roles">
            <TableHead>
              {["Role", "Account", "Names", "Granted by"].map((label) => (
                <HeaderCell key={label}>{label}</HeaderCell>
              ))}
            </TableHead>
            <tbody>
              {rules.map(({ role, target, namePrefix, group }) => (
                <Row key={`${group} ${role} ${target} ${namePrefix}`} isQuiet layout="align-top">
                  <Cell layout="font-[550]">{role}</Cell>
                  <Cell>{target === "*" ? "all accounts" : target}</Cell>
                  <Cell>{namePrefix ? <Mono>{`${namePrefix}*`}</Mono> : "all"}</Cell>
                  <Cell layout="[overflow-wrap:anywhere]">
                    {group === "*" ? "all signed-in users" : `your group ${group}`}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {!isLocal && (
        <Card title="Your claims" note={issuer && `signed by ${issuer}`}>
          <FactList
            facts={[
              { label: "User ID", value: <Mono>{actor.id}</Mono> },
              ...Object.entries(claims).map(([label, value]) => ({
                label,
                value: <Mono>{typeof value === "string" ? value : JSON.stringify(value)}</Mono>,
              })),
            ]}
          />
        </Card>
      )}
    </>
  );
}

function whyNoRole(groups: string[], groupsClaim: string, claims: Identity["claims"]): string {
  if (groups.length > 0) {
    return `The identity provider reports these groups: ${groups.join(", ")}. GOLDSMITH_ROLES maps none of them to a role.`;
  }
  if ("_claim_names" in claims) {
    return "You are in too many groups for a token, so the identity provider sent none. Configure it to send only groups assigned to this application.";
  }
  return `The identity provider sent no claim "${groupsClaim}". Configure it to send one, or set GOLDSMITH_GROUPS_CLAIM to another claim.`;
}
