"use client"
import { BellRing, KeyRound, LogOut, Server, UserRound, Users } from "lucide-react"
import Link from "next/link"
import { signOut } from "next-auth/react"
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/components/ui/menu"
import { type Role, roleTitles } from "@/lib/domain/access/roles"
import { ThemeItems } from "./theme-switch"

export function PersonMenu({ name, email, roles }: { name: string; email: string; roles: Role[] }) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name}`}
          className="grid size-8 place-items-center rounded-full border border-line-strong bg-surface font-medium text-ink-2 text-xs hover:text-ink"
        >
          {initials(name)}
        </button>
      }
    >
      <div className="px-2.5 pt-1.5 pb-1">
        <p className="font-medium text-sm">{name}</p>
        <p className="text-ink-3 text-xs">{email}</p>
        <p className="mt-0.5 text-ink-3 text-xs">{roles.map((role) => roleTitles[role]).join(", ") || "No role"}</p>
      </div>
      <MenuLine />
      <ThemeItems />
      <MenuLine />
      <MenuLabel>Account</MenuLabel>
      <MenuItem asChild>
        <Link href="/settings/account">
          <UserRound aria-hidden /> Your account
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/settings/people">
          <Users aria-hidden /> People
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/settings/tokens">
          <KeyRound aria-hidden /> API tokens
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/settings/environments">
          <Server aria-hidden /> Environments
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/settings/channels">
          <BellRing aria-hidden /> Channels
        </Link>
      </MenuItem>
      <MenuItem onSelect={() => void signOut({ callbackUrl: "/signin" })}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.[0] ?? "?"}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase()
}
