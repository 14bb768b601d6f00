import { cn } from "@/components/ui/cn"
import type { CertificateFact } from "@/lib/contracts/api/audit"

/** Labels and values of a certificate, a line each. */
export function CertificateFacts({ facts }: { facts: readonly CertificateFact[] }) {
  return (
    <dl className="grid gap-y-1.5 text-sm sm:grid-cols-[9.5rem_minmax(0,1fr)] sm:gap-x-4">
      {facts.map(({ label, value, mono }, index) => (
        // A document is drawn once: two facts may be called the same, and none ever moves.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className="contents">
          <dt className="text-[#5b5b66] text-xs sm:pt-0.5">{label}</dt>
          <dd className={cn("min-w-0 break-words", mono && "break-all font-mono text-xs")}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
