import { z } from "zod"

/** The roles a person can hold for a service, least surprising order for lists. */
export const roles = ["admin", "tech_lead", "devops", "product", "security", "ops", "viewer"] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** The roles that put their name to a release. */
export const signoffRoles = ["tech_lead", "devops", "product", "security"] as const
export const signoffRoleSchema = z.enum(signoffRoles)
export type SignoffRole = z.infer<typeof signoffRoleSchema>

/** How each role is called in sentences. */
export const roleTitles: Record<Role, string> = {
  admin: "Admin",
  tech_lead: "Tech Lead",
  devops: "DevOps",
  product: "Product",
  security: "Security",
  ops: "Ops",
  viewer: "Viewer",
}
