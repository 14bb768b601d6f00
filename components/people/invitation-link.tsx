import { CopyButton } from "@/components/ui/copy-button"
import { Notice } from "@/components/ui/notice"

/** The secret link: shown once. */
export function InvitationLink({ link }: { link: string }) {
  return (
    <Notice tone="pass" live actions={<CopyButton text={link} />}>
      <p className="font-medium">Hand over this link: it is not shown again.</p>
      <p className="mt-0.5 break-all font-mono text-xs" data-testid="invitation-link">
        {link}
      </p>
      <p className="mt-1 text-ink-2 text-xs">It works once, within seven days.</p>
    </Notice>
  )
}
