"use client"
import { useState } from "react"
import { request } from "@/lib/client/api"
import type { PasskeyErrand } from "@/lib/contracts/api/passkeys"
import { askDevice, type ToAnswer } from "./ask-device"

export type ProofMethod = "password" | "passkey"

export interface Proof {
  methods: readonly ProofMethod[]
  /** Null: there is no way to prove it here. */
  method: ProofMethod | null
  choose(method: ProofMethod): void
  password: string
  setPassword(password: string): void
  ready: boolean
  /** What the API takes as proof: asks the device where it is a passkey. Throws `ApiProblem`. */
  give(errand: PasskeyErrand): Promise<{ password: string } | { passkey: Awaited<ReturnType<typeof askDevice>> }>
  forget(): void
}

/** How somebody shows, now, that they are who signed in: a passkey where there is one, a password otherwise. */
export function useProof({ hasPassword, hasPasskey }: { hasPassword: boolean; hasPasskey: boolean }): Proof {
  const [chosen, choose] = useState<ProofMethod | null>(null)
  const [password, setPassword] = useState("")
  const methods = [...(hasPasskey ? (["passkey"] as const) : []), ...(hasPassword ? (["password"] as const) : [])]
  const method = methods.find((one) => one === chosen) ?? methods[0] ?? null
  return {
    methods,
    method,
    choose,
    password,
    setPassword,
    ready: method === "passkey" || (method === "password" && password !== ""),
    async give(errand) {
      if (method !== "passkey") return { password }
      return { passkey: await askDevice(await request<ToAnswer>("POST", "/me/passkeys/challenge", errand)) }
    },
    forget() {
      choose(null)
      setPassword("")
    },
  }
}
