import Link from "next/link"
import { cn } from "@/components/ui/cn"

/** Each service has channels of its own. */
export function ServiceSwitch({
  services,
  chosen,
}: {
  services: readonly { key: string; name: string }[]
  chosen: string
}) {
  return (
    <nav aria-label="Service" className="mb-5 flex flex-wrap gap-1.5">
      {services.map(({ key, name }) => (
        <Link
          key={key}
          href={`/settings/channels?service=${encodeURIComponent(key)}`}
          aria-current={key === chosen ? "page" : undefined}
          className={cn(
            "inline-flex min-h-8 items-center rounded-full border px-3 text-sm",
            key === chosen ? "border-accent font-medium text-ink" : "border-line-strong text-ink-2 hover:text-ink",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
