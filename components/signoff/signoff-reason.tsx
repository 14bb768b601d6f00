import { InlineCode } from "@/components/ui/inline-code"
import { Notice } from "@/components/ui/notice"
import type { Signoff, SignoffStatus } from "@/lib/domain/release/state"

/** Why a role has to sign (again), in words: what changed, who declined or withdrew, what ran out. */
export function SignoffReason({ signoff, status }: { signoff: Signoff; status: SignoffStatus }) {
  const { reason, by, signatures } = signoff
  if (status === "expired") return <Notice tone="warn">What was signed has run out: it is asked for again.</Notice>
  if (status === "signed" || !reason) return null
  const names = signatures.map(({ signer }) => signer.name).join(" and ")
  return (
    <Notice tone={status === "declined" ? "fail" : "warn"} data-testid="signoff-reason">
      {status === "void" ? (
        <>
          <strong className="font-medium">
            {signatures.length === 1
              ? `The signature of ${names} no longer stands. `
              : `What ${names} signed no longer stands. `}
          </strong>
          <InlineCode text={reason} />
        </>
      ) : (
        `${by}: ${reason}`
      )}
    </Notice>
  )
}
