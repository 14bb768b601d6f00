import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { json, Refusal } from "./http.js"

const derive = promisify(scrypt)
const SESSION_MS = 60 * 60_000
const FAILURES_PER_MINUTE = 20
const MAX_ENTRIES = 10_000

/** Users and sessions live in memory: every process starts empty. */
export function createAuth({ queue, isLimited }) {
  const users = new Map()
  const sessions = new Map()
  const failures = new Map()

  async function signup(body) {
    const { email, password } = credentials(body)
    if (password.length < 12) throw new Refusal(422, "weak_password", "password must have at least 12 characters")
    if (users.has(email)) throw new Refusal(409, "already_registered", "This e-mail address is registered already")
    // Taken before the slow hash, so that two sign-ups at once cannot both win.
    users.set(email, null)
    const salt = randomBytes(16)
    users.set(email, { salt, hash: await derive(password, salt, 32) })
    trim(users)
    queue.add("verification-email", { email })
    return json(201, { email, verification: "sent" })
  }

  async function login(body) {
    const { email, password } = credentials(body)
    if (isLimited() && recentFailures(email) >= FAILURES_PER_MINUTE) {
      throw new Refusal(429, "too_many_attempts", "Too many failed attempts", { "Retry-After": "60" })
    }
    const user = users.get(email)
    // The hash is computed for unknown addresses too: the time taken tells nothing.
    const hash = await derive(password, user?.salt ?? Buffer.alloc(16), 32)
    if (!user || !timingSafeEqual(hash, user.hash)) {
      failures.set(email, [...(failures.get(email) ?? []), Date.now()])
      trim(failures)
      throw new Refusal(401, "invalid_credentials", "E-mail address or password is wrong")
    }
    const token = randomBytes(32).toString("base64url")
    sessions.set(token, { email, until: Date.now() + SESSION_MS })
    trim(sessions)
    return json(200, { access_token: token, token_type: "Bearer", expires_in: SESSION_MS / 1000 })
  }

  /** The e-mail address behind the bearer token, or null. */
  function whoIs(req) {
    const [, token] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? "") ?? []
    const session = token ? sessions.get(token) : undefined
    return session && session.until > Date.now() ? session.email : null
  }

  function recentFailures(email) {
    const recent = (failures.get(email) ?? []).filter((at) => at > Date.now() - 60_000)
    failures.set(email, recent)
    return recent.length
  }

  return { signup, login, whoIs, userCount: () => users.size }
}

function credentials(body) {
  const { email, password } = body
  if (typeof email !== "string" || email.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new Refusal(422, "invalid_email", "email must be an e-mail address")
  }
  if (typeof password !== "string" || password.length === 0 || password.length > 200) {
    throw new Refusal(422, "invalid_password", "password must be a text of 1 to 200 characters")
  }
  return { email: email.toLowerCase(), password }
}

function trim(map) {
  while (map.size > MAX_ENTRIES) map.delete(map.keys().next().value)
}
