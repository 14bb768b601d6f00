"use client"
import { CalendarDays } from "lucide-react"
import { NavLink } from "@/components/shell/nav-link"

export const CalendarLink = () => <NavLink href="/calendar" icon={CalendarDays} title="Calendar" />
