import type { GrantEntry } from "@/lib/contracts/api/people"
import { roleTitles } from "@/lib/domain/access/roles"

/** "DevOps · POSTD", "Admin · all services". */
export function grantInWords({ role, service }: GrantEntry): string {
  return `${roleTitles[role]} · ${service ? service.name : "all services"}`
}

export const grantKey = ({ role, service }: GrantEntry) => `${role}/${service?.key ?? ""}`

export function GrantList({ grants }: { grants: readonly GrantEntry[] }) {
  if (grants.length === 0) return <span className="text-ink-3 text-xs">No role</span>
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label="Roles">
      {grants.map((grant) => (
        <li key={grantKey(grant)} className="rounded-md border px-1.5 py-0.5 text-ink-2 text-xs">
          {grantInWords(grant)}
        </li>
      ))}
    </ul>
  )
}
