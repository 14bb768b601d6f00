"use client"
import { Command as Cmdk } from "cmdk"
import { Search } from "lucide-react"
import { useRouter } from "next/navigation"
import { useEffect, useMemo, useState } from "react"
import { Kbd } from "@/components/ui/kbd"
import { groupBy } from "@/lib/client/group-by"
import { type Command, useCommands, useRegisteredCommands } from "./commands"

/** ⌘K / Ctrl K: everything the page offers, by name. */
export function CommandPalette() {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  useCommands(
    useMemo<Command[]>(
      () => [
        { id: "releases", label: "All releases", group: "Go to", run: () => router.push("/") },
        { id: "work", label: "My work", group: "Go to", run: () => router.push("/work") },
        { id: "calendar", label: "Calendar", group: "Go to", run: () => router.push("/calendar") },
        { id: "oncall", label: "On call", group: "Go to", run: () => router.push("/oncall") },
        { id: "incidents", label: "Incidents", group: "Go to", run: () => router.push("/incidents") },
        { id: "insights", label: "Insights", group: "Go to", run: () => router.push("/insights") },
        { id: "new", label: "New release", group: "Go to", run: () => router.push("/releases/new") },
        { id: "account", label: "Your account", group: "Go to", run: () => router.push("/settings/account") },
        { id: "people", label: "People", group: "Go to", run: () => router.push("/settings/people") },
        { id: "tokens", label: "API tokens", group: "Go to", run: () => router.push("/settings/tokens") },
        {
          id: "environments",
          label: "Environments and secrets",
          group: "Go to",
          run: () => router.push("/settings/environments"),
        },
        {
          id: "channels",
          label: "Channels and who gets what",
          group: "Go to",
          keywords: ["notifications", "slack", "e-mail", "webhook", "pager"],
          run: () => router.push("/settings/channels"),
        },
      ],
      [router],
    ),
  )
  const commands = useRegisteredCommands()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      setOpen((was) => !was)
    }
    window.addEventListener("keydown", press)
    return () => window.removeEventListener("keydown", press)
  }, [])

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label="Open the command palette"
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong px-2 text-ink-3 text-sm hover:bg-hover hover:text-ink"
      >
        <Search className="size-3.5" aria-hidden />
        <span className="hidden pr-4 lg:inline">Search or jump to</span>
        <span className="hidden lg:inline">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      <Cmdk.Dialog
        open={open}
        onOpenChange={setOpen}
        label="Command palette"
        overlayClassName="fixed inset-0 z-40 animate-fade bg-scrim"
        contentClassName="fixed left-1/2 top-[14vh] z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 animate-fade overflow-hidden rounded-xl border bg-surface shadow-raise"
      >
        <Cmdk.Input
          placeholder="Type a command or the name of an item…"
          className="h-12 w-full border-b bg-transparent px-4 outline-none placeholder:text-ink-3"
        />
        <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
          <Cmdk.Empty className="px-3 py-8 text-center text-ink-2 text-sm">Nothing is called that.</Cmdk.Empty>
          {[...groupBy(commands, (command) => command.group)].map(([group, members]) => (
            <Cmdk.Group
              key={group}
              heading={group}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs"
            >
              {members.map((command) => (
                <Cmdk.Item
                  key={command.id}
                  value={command.id}
                  keywords={[command.label, ...(command.keywords ?? [])]}
                  onSelect={() => {
                    setOpen(false)
                    command.run()
                  }}
                  className="flex min-h-9 items-center justify-between gap-3 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover"
                >
                  <span className="min-w-0 truncate">{command.label}</span>
                  {command.keys ? <Kbd>{command.keys}</Kbd> : null}
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          ))}
        </Cmdk.List>
      </Cmdk.Dialog>
    </>
  )
}
