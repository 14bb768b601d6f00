/** What an authenticator keeps to say whose passkey it is: the person's id, as bytes; here base64url. No name, no address. */
export function userHandleOf(personId: string): string {
  return Buffer.from(personId).toString("base64url")
}
