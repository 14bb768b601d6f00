import { RenderedAgo } from "@/components/releases/rendered-ago"
import { StatusMark } from "@/components/status/status-mark"
import type { PasskeyEntry } from "@/lib/contracts/api/passkeys"
import { RemovePasskey } from "./remove-passkey"
import { RenamePasskey } from "./rename-passkey"

interface PasskeyRowProps {
  passkey: PasskeyEntry
  hasPassword: boolean
  hasPasskey: boolean
  onChanged(): void
  onRemoved(): void
}

export function PasskeyRow({ passkey, hasPassword, hasPasskey, onChanged, onRemoved }: PasskeyRowProps) {
  return (
    <li
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3"
      data-testid="passkey"
      data-kind={passkey.kind}
    >
      <div className="grid min-w-0 flex-1 basis-60 gap-0.5">
        <p className="break-words font-medium text-sm">{passkey.name}</p>
        <p className="text-ink-2 text-xs">
          {kindInWords(passkey)} · added <RenderedAgo at={passkey.createdAt} /> ·{" "}
          {passkey.lastUsedAt ? (
            <>
              last used <RenderedAgo at={passkey.lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </p>
        {passkey.usableHere ? null : <StatusMark look={{ tone: "off", word: `Made for ${passkey.rpId}` }} />}
      </div>
      <div className="flex gap-2">
        <RenamePasskey passkey={passkey} onRenamed={onChanged} />
        <RemovePasskey {...{ passkey, hasPassword, hasPasskey }} onRemoved={onRemoved} />
      </div>
    </li>
  )
}

function kindInWords({ kind, backedUp }: PasskeyEntry): string {
  if (kind === "device") return "on one device only"
  return backedUp ? "synced by its maker" : "can be synced, is not yet"
}
