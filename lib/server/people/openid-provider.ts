import type { OAuthConfig } from "next-auth/providers/oauth"
import { z } from "zod"
import { env } from "@/lib/server/env"

const claimsSchema = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1).max(255),
  email: z.string().max(320).optional(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
})
export type OpenIdClaims = z.infer<typeof claimsSchema>

/** How the button names the identity provider; null: none is set up. */
export function openIdName(): string | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env()
  return OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET ? OIDC_NAME : null
}

/** The identity provider of the environment, found by discovery: code flow with PKCE, state and nonce. */
export function openIdProvider(): OAuthConfig<OpenIdClaims> | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env()
  const name = openIdName()
  if (name === null || !OIDC_ISSUER) return null
  return {
    id: "openid",
    name,
    type: "oauth",
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid email profile" } },
    checks: ["pkce", "state", "nonce"],
    // The nonce is only compared where an ID token is asked for.
    idToken: true,
    httpOptions: { timeout: 10_000 },
    userinfo: {
      // Who it is, the signed ID token says; many providers tell the address only here. The client refuses another `sub`.
      async request({ tokens, client }) {
        const { iss, sub, ...claims } = readClaims(tokens.id_token)
        const accessToken = client.issuer.metadata.userinfo_endpoint ? tokens.access_token : undefined
        const told = accessToken ? await client.userinfo(accessToken) : { sub }
        if (told.sub !== sub) throw new Error("the provider told of another person than its ID token")
        return { ...claims, ...told, iss, sub }
      },
    },
    profile: ({ sub, name: called, email }) => ({ id: sub, name: called ?? email ?? sub, email: email ?? null }),
  }
}

/** The claims of an ID token whose signature, audience and nonce the client has verified by now. */
function readClaims(idToken: string | undefined): OpenIdClaims {
  return claimsSchema.parse(JSON.parse(Buffer.from(idToken?.split(".")[1] ?? "", "base64url").toString()))
}
