"use client"
import { CalendarPlus, Pencil, PhoneForwarded } from "lucide-react"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import type { RotaView } from "@/lib/contracts/api/oncall"
import { rotationInWords } from "@/lib/domain/oncall/rotation-in-words"
import { BothClocks } from "./both-clocks"
import { OverrideList } from "./override-list"
import { PersonMark } from "./person-mark"

export type RotaAction = "take over" | "edit" | "feed"

interface RotaCardProps {
  rota: RotaView
  /** There is more than one service: it is named. */
  many: boolean
  hues: Map<string, number>
  onAct(action: RotaAction): void
  onChanged(): void
}

/** Who is called now, until when, and who then. */
export function RotaCard({ rota, many, hues, onAct, onChanged }: RotaCardProps) {
  const { name, key, service, now, rotation } = rota
  return (
    <section
      aria-label={many ? `${name}, ${service.name}` : name}
      data-testid={`rota-${key}`}
      className="flex flex-col rounded-xl border bg-surface"
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 border-b px-4 py-2">
        <h2 className="min-w-0 break-words font-semibold text-sm">
          {name}
          {many ? <span className="font-normal text-ink-2">, {service.name}</span> : null}
        </h2>
        <code className="text-ink-3 text-xs" title="What playbooks call it">
          {key}
        </code>
      </header>
      <div className="grid flex-1 content-start gap-3 p-4">
        <Now rota={rota} hue={now.person ? hues.get(now.person.id) : undefined} />
        <p className="text-ink-3 text-xs">{rotationInWords(rotation)}</p>
        <OverrideList rota={rota} onChanged={onChanged} />
      </div>
      {rota.mayEdit ? (
        <footer className="flex flex-wrap gap-2 px-4 pb-4">
          <Button size="sm" aria-label={`Take over: ${name}`} onClick={() => onAct("take over")}>
            <PhoneForwarded aria-hidden /> Take over…
          </Button>
          <Button size="sm" aria-label={`Change ${name}`} onClick={() => onAct("edit")}>
            <Pencil aria-hidden /> Change…
          </Button>
          <Button size="sm" aria-label={`Calendar feed of ${name}`} onClick={() => onAct("feed")}>
            <CalendarPlus aria-hidden /> Feed…
          </Button>
        </footer>
      ) : null}
    </section>
  )
}

function Now({ rota, hue }: { rota: RotaView; hue?: number }) {
  const { person, until, next, overrideId } = rota.now
  const { zone } = rota.rotation
  return (
    <div className="flex items-start gap-3">
      {person ? <PersonMark name={person.name} hue={hue} className="mt-0.5 size-9" /> : null}
      <div className="min-w-0">
        <p className="break-words font-semibold text-lg leading-6" data-testid="now">
          {person ? person.name : <StatusMark look={{ tone: "warn", word: "Nobody is on call" }} />}
        </p>
        {person?.disabled ? (
          <StatusMark look={{ tone: "fail", word: "Disabled: nobody is called" }} className="whitespace-normal" />
        ) : null}
        <p className="text-ink-2 text-sm">
          {until ? (
            <>
              until <BothClocks at={until} zone={zone} />, then{" "}
              <span className="font-medium text-ink">{next ? next.name : "nobody"}</span>
              {next?.disabled ? " (disabled)" : ""}
            </>
          ) : person ? (
            "and nobody else in turn"
          ) : (
            "and nobody is planned"
          )}
          {overrideId ? <span className="text-ink-3"> · taken over</span> : null}
        </p>
      </div>
    </div>
  )
}
