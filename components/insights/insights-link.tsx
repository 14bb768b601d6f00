"use client"
import { ChartColumn } from "lucide-react"
import { NavLink } from "@/components/shell/nav-link"

export const InsightsLink = () => <NavLink href="/insights" icon={ChartColumn} title="Insights" />
