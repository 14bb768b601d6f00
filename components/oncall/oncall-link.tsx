"use client"
import { PhoneCall } from "lucide-react"
import { NavLink } from "@/components/shell/nav-link"

export const OncallLink = () => <NavLink href="/oncall" icon={PhoneCall} title="On call" />
