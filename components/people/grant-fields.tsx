"use client"
import { useQuery } from "@tanstack/react-query"
import { SelectField } from "@/components/ui/field"
import { request } from "@/lib/client/api"
import { type Role, roles, roleTitles } from "@/lib/domain/access/roles"

interface Services {
  services: { key: string; name: string }[]
}

export interface ChosenGrant {
  role: Role
  /** Empty: all services. */
  service: string
}

/** Which role, of which service. */
export function GrantFields({ value, onChange }: { value: ChosenGrant; onChange(value: ChosenGrant): void }) {
  const { data } = useQuery({
    queryKey: ["environments"],
    queryFn: ({ signal }) => request<Services>("GET", "/environments", undefined, signal),
    staleTime: 60_000,
  })
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label="Role"
        value={value.role}
        onChange={(event) => onChange({ ...value, role: event.target.value as Role })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {roleTitles[role]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="For"
        value={value.service}
        onChange={(event) => onChange({ ...value, service: event.target.value })}
      >
        <option value="">All services</option>
        {data?.services.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  )
}
