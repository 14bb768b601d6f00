"use client"
import { Siren } from "lucide-react"
import { useRouter } from "next/navigation"
import { useMemo, useState } from "react"
import { type Command, useCommands } from "@/components/shell/commands"
import { useHotkeys } from "@/components/shell/use-hotkeys"
import { Button, type ButtonProps } from "@/components/ui/button"
import { useMay, useRelease } from "@/lib/client/release-context"
import { openIncident } from "@/lib/domain/incident/declare-incident"
import { DeclareDialog } from "./declare-dialog"

/** Where there is an incident, the way to it; else the way to declare one. From every page of the release, and by key. */
export function DeclareFromAnywhere() {
  const id = useRelease((release) => release.id)
  const open = useRelease(openIncident) !== null
  const may = useMay("incident.declare")
  const router = useRouter()
  const [declaring, setDeclaring] = useState(false)
  const act = () => (open ? router.push(`/releases/${id}/incident`) : may && setDeclaring(true))
  useCommands(
    useMemo<Command[]>(
      () =>
        may
          ? [
              {
                ...{ id: "declare-incident", group: "This release", keywords: ["outage", "broken", "alarm"] },
                // What else goes wrong is usually a sign of the same; where it is not, there may be two.
                ...(open ? { label: "Declare another incident" } : { label: "Declare an incident", keys: "i" }),
                run: () => setDeclaring(true),
              },
            ]
          : [],
      [may, open],
    ),
  )
  useHotkeys({ i: act })
  return (
    <>
      {may && !open ? (
        <Button
          size="lg"
          onClick={() => setDeclaring(true)}
          aria-label="Declare an incident (i)"
          title="Declare an incident (i)"
          className="px-2.5"
        >
          <Siren aria-hidden />
        </Button>
      ) : null}
      {declaring ? <DeclareDialog onClose={() => setDeclaring(false)} /> : null}
    </>
  )
}

export function DeclareButton(props: ButtonProps) {
  const may = useMay("incident.declare")
  const [declaring, setDeclaring] = useState(false)
  return (
    <>
      <Button
        disabled={!may}
        title={may ? undefined : "Your roles do not declare incidents"}
        onClick={() => setDeclaring(true)}
        {...props}
      >
        <Siren aria-hidden /> Declare an incident
      </Button>
      {declaring ? <DeclareDialog onClose={() => setDeclaring(false)} /> : null}
    </>
  )
}
