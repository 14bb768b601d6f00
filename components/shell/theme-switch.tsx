"use client"
import { Monitor, Moon, Sun } from "lucide-react"
import { useState } from "react"
import { MenuItem, MenuLabel } from "@/components/ui/menu"

export type Theme = "light" | "dark" | "system"
const themes = [
  { key: "system", title: "As the system", Icon: Monitor },
  { key: "light", title: "Light", Icon: Sun },
  { key: "dark", title: "Dark", Icon: Moon },
] as const

/** Items of the person's menu; the choice is kept in a cookie, so that the server paints the right theme at once. */
export function ThemeItems() {
  const [theme, setTheme] = useState<Theme>(
    () => (document.documentElement.dataset.theme as Theme | undefined) ?? "system",
  )
  const choose = (next: Theme) => {
    setTheme(next)
    if (next === "system") delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `golive-theme=${next}; path=/; max-age=31536000; samesite=lax`
  }
  return (
    <>
      <MenuLabel>Theme</MenuLabel>
      {themes.map(({ key, title, Icon }) => (
        <MenuItem
          key={key}
          role="menuitemradio"
          aria-checked={theme === key}
          onSelect={(event) => {
            event.preventDefault()
            choose(key)
          }}
        >
          <Icon aria-hidden />
          <span className="flex-1">{title}</span>
          {theme === key ? <span aria-hidden>✓</span> : null}
        </MenuItem>
      ))}
    </>
  )
}
