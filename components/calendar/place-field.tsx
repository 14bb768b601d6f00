"use client"
import { SelectField } from "@/components/ui/field"
import type { Calendar } from "@/lib/contracts/api/calendar"

/** One environment, all of a service, or everything: as far as the person's roles go. */
export function PlaceField({
  value,
  places,
  all,
  onChange,
}: {
  value: string
  places: Calendar["environments"]
  all: boolean
  onChange(place: string): void
}) {
  const services = [...new Map(places.map(({ service }) => [service.key, service.name]))]
  return (
    <SelectField label="Where" value={value} onChange={(event) => onChange(event.target.value)}>
      {places.map(({ service, environment }) => (
        <option key={`${service.key}/${environment.key}`} value={`${service.key}/${environment.key}`}>
          {service.name} {environment.name}
        </option>
      ))}
      {services.map(([key, name]) => (
        <option key={key} value={key}>
          All of {name}
        </option>
      ))}
      {all ? <option value="">All services</option> : null}
    </SelectField>
  )
}
