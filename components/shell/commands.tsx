"use client"
import { createContext, type ReactNode, useContext, useEffect, useId, useMemo, useState } from "react"

export interface Command {
  id: string
  label: string
  group: string
  /** Words that find it besides its label. */
  keywords?: string[]
  /** What to press instead, as shown. */
  keys?: string
  run(): void
}

interface Registry {
  commands: Command[]
  register(owner: string, commands: Command[]): void
}
const CommandContext = createContext<Registry>({ commands: [], register: () => {} })

/** Collects what the mounted parts of the page offer to the palette. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const [byOwner, setByOwner] = useState<Record<string, Command[]>>({})
  const registry = useMemo<Registry>(
    () => ({
      commands: Object.values(byOwner).flat(),
      register: (owner, commands) => setByOwner((all) => ({ ...all, [owner]: commands })),
    }),
    [byOwner],
  )
  return <CommandContext value={registry}>{children}</CommandContext>
}

export function useRegisteredCommands(): Command[] {
  return useContext(CommandContext).commands
}

/** Offers commands while mounted. `commands` must keep its identity while it says the same. */
export function useCommands(commands: Command[]): void {
  const owner = useId()
  const { register } = useContext(CommandContext)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `register` changes with every registration
  useEffect(() => {
    register(owner, commands)
    return () => register(owner, [])
  }, [owner, commands])
}
