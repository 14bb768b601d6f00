"use client"
import { Fingerprint } from "lucide-react"
import { useRouter } from "next/navigation"
import { signIn } from "next-auth/react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { ApiProblem, request } from "@/lib/client/api"
import type { PasskeyList } from "@/lib/contracts/api/passkeys"
import { askDevice, type ToAnswer } from "./ask-device"
import { usePasskeyTrouble } from "./passkey-trouble"

interface PasskeySignInProps {
  /** A path of this console. */
  path: string
  relyingParty: PasskeyList["relyingParty"]
}

/** Signs in whoever the chosen passkey belongs to: no name is asked for. */
export function PasskeySignIn({ path, relyingParty }: PasskeySignInProps) {
  const router = useRouter()
  const trouble = usePasskeyTrouble(relyingParty)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const enter = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const { challengeId, response } = await askDevice(await request<ToAnswer>("POST", "/signin/passkey"))
      const answer = await signIn("passkey", { challengeId, response: JSON.stringify(response), redirect: false })
      if (!answer?.ok || answer.error) throw new ApiProblem(0, "passkey", wordsFor(answer?.error), {}, {})
      router.replace(path)
      router.refresh()
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : wordsFor(null))
    }
    setBusy(false)
  }

  if (trouble) return <p className="mt-4 text-ink-3 text-xs">{trouble}</p>
  return (
    <div className="mt-4 grid gap-4">
      <Button
        size="lg"
        className="justify-center"
        busy={busy}
        disabled={trouble === undefined}
        onClick={() => void enter()}
      >
        <Fingerprint aria-hidden /> Continue with a passkey
      </Button>
      {problem ? (
        <Notice tone="fail" live>
          {problem}
        </Notice>
      ) : null}
    </div>
  )
}

function wordsFor(code: string | null | undefined): string {
  if (code === "TooManyAttempts") return "Too many attempts. Wait a quarter of an hour, then try again."
  if (code) return "This passkey lets nobody in here: it is not known, was removed, or its answer came too late."
  return "The console could not be reached. Try again."
}
