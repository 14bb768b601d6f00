/** A session lasts this long after the sign-in, whatever happens in it. */
export const SESSION_MAX_AGE_S = 12 * 60 * 60

export const sessionMethods = ["password", "passkey", "openid", "invitation"] as const
export type SessionMethod = (typeof sessionMethods)[number]
